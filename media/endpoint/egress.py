"""Egress: packets out, in batches: every flush sends what the views gained to all who watch them.

`emit` is the hot loop, and replaceable; what is prepared for it is described in `batch`. A line
whose rate does not take a batch now, or that has packets waiting, gets its packets by `queues`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from media.endpoint.batch import Part
from media.endpoint.copies import Copies
from media.endpoint.echoes import Echoes
from media.endpoint.faults import Faults
from media.endpoint.line import Line, Subscription
from media.endpoint.outlet import Outlet
from media.endpoint.plan import Plan
from media.endpoint.queues import Queues
from media.endpoint.resending import Resending
from media.endpoint.single import PACKET_OVERHEAD, single_of
from media.endpoint.singles import Singles
from media.forward.view import Outbox, Receiver, Sent, View

_SEQUENCE_SHIFT = 64
_TIMESTAMP_SHIFT = 32
"""Where these fields stand in a fixed header read as one integer."""
_SEQUENCE_MASK = 0xFFFF
"""Of sequence numbers and of transport-wide ones."""
_TIMESTAMP_MASK = 0xFFFFFFFF
_CROWD = 3
"""Views with packets from which on small ones are made equal."""


Turn = tuple[Line, list[Part], list[Receiver]]


class Egress:
    """Of all lines of an exchange."""

    def __init__(self, outlet: Outlet) -> None:
        self.outbox = Outbox()
        self.lines: dict[Receiver, Line] = {}
        """Where each consumer's packets go."""
        self.batched = 0
        self.batched_octets = 0
        self.faults = Faults()
        self.echoes = Echoes(outlet)
        self.singles = Singles(outlet, self.echoes)
        self.queues = Queues(self.singles, self.faults)
        self.resending = Resending(self.singles, self.queues)
        self.copies = Copies(self.singles, self.faults)
        self._unsent = 0
        self._outlet = outlet

    @property
    def packets(self) -> int:
        """Packets that left so far."""
        return self.batched + self.singles.packets

    @property
    def octets(self) -> int:
        """Their bytes."""
        return self.batched_octets + self.singles.octets

    @property
    def unsent(self) -> int:
        """Packets for lines without an address or keys."""
        return self._unsent + self.singles.unsent

    def flush(self, now: float) -> None:
        """Sends everything pending, or puts it into its line's queue. A fault costs one view, one
        line or one backlog: it is kept in `faults`, and whatever else was pending leaves.
        """
        outbox = self.outbox
        self.copies.gained(now)
        if outbox.views:
            views, outbox.views = outbox.views, []
            self._flush_views(views, now)
        if outbox.owed:
            owed, outbox.owed = outbox.owed, []
            for receiver, backlog in owed:
                line = self.lines.get(receiver)
                if line is None:
                    continue
                try:
                    self._pay(line, receiver, backlog, now)
                except Exception as error:  # a bug of ours must not cost another room its class
                    self.faults.note(error)
        self.queues.release(now)
        self.echoes.release(now)
        self.copies.release(now)

    def resend(self, subscription: Subscription, lost: Iterable[int], now: float) -> None:
        """Answers a NACK for these 16-bit numbers."""
        if not self.copies.answer(subscription, lost, now):
            self.resending.resend(subscription, lost, now)

    def _pay(self, line: Line, receiver: Receiver, backlog: list[Sent], now: float) -> None:
        self.copies.owed(receiver, backlog, now)
        octets = sum(len(sent.payload) + PACKET_OVERHEAD for sent in backlog)
        if line.downlink.may_leave(octets, now=now):
            self._one_by_one(line, receiver, backlog, now)
        else:
            self.queues.hold(line, receiver, backlog, now)

    def _flush_views(self, views: list[View], now: float) -> None:
        plans: dict[tuple[Part, ...], Plan] = {}
        for turn in self._turns(views, now):
            try:
                self._take_turn(turn, plans, now)
            except Exception as error:  # as above
                self.faults.note(error)

    def _take_turn(self, turn: Turn, plans: dict[tuple[Part, ...], Plan], now: float) -> None:
        line, parts, receivers = turn
        key = tuple(parts)
        plan = plans.get(key)
        if plan is None:
            plan = plans[key] = Plan(parts)
        downlink = line.downlink
        if downlink.is_measured and not downlink.pacer.may_burst(plan.wire_bytes, now=now):
            for part, receiver in zip(parts, receivers, strict=True):
                self.queues.hold(line, receiver, part.sent, now)
            return
        if not self.emit(plan, line, receivers, now):
            for part, receiver in zip(parts, receivers, strict=True):
                self._one_by_one(line, receiver, part.sent, now)

    def _turns(self, views: list[View], now: float) -> Iterable[Turn]:
        """What goes to each line: parts, and whom on that line each of them is for.

        A view that kept its pending packets would never be put into the outbox again, so all of
        them are taken before anything can go wrong.
        """
        turns: dict[Line, Turn] = {}
        more: list[Turn] = []
        is_crowded = len(views) >= _CROWD
        for view, pending in [(view, view.take_pending()) for view in views]:
            try:
                for shape, receivers in view.receivers.items():
                    part = Part(
                        pending, shape, is_crowded=is_crowded, now=now, history=view.history
                    )
                    self._allot(part, receivers, turns, more)
            except Exception as error:  # as above
                self.faults.note(error)
        return chain(turns.values(), more)

    def _allot(
        self, part: Part, receivers: list[Receiver], turns: dict[Line, Turn], more: list[Turn]
    ) -> None:
        """Puts `part` into the turns of its receivers' lines.

        It is in a turn once, as a receiver's turn overwrites its memory: a line with two receivers
        of one view has two turns.
        """
        lines = self.lines
        for receiver in receivers:
            line = lines[receiver]
            turn = turns.get(line)
            if turn is None:
                turns[line] = (line, [part], [receiver])
            elif turn[1][-1] is part:
                more.append((line, [part], [receiver]))
            else:
                turn[1].append(part)
                turn[2].append(receiver)

    def emit(self, plan: Plan, line: Line, receivers: list[Receiver], now: float) -> bool:
        """Sends the plan to the receivers, one for each part, that share `line`.

        False, with nothing sent, when the batch is not possible: no AES-GCM, a field that wraps
        inside the batch, packets from before a receiver joined (or redundancy from before it), or
        receivers some of which have transport-wide numbers.
        """
        sealer, address = line.transport.sealer, line.transport.address
        if sealer is None or address is None:
            self._unsent += plan.packets
            return True
        downlink = line.downlink if plan.is_numbered else None
        transport = downlink.sends.next & _SEQUENCE_MASK if downlink else 0
        if (
            sealer.aead is None
            or plan.is_numbered is None
            or transport + plan.packets - 1 > _SEQUENCE_MASK
        ):
            return False
        encrypt, salt = sealer.aead.encrypt_into, sealer.salt
        is_echoed = self.echoes.follows(line)
        for part, receiver in zip(plan.parts, receivers, strict=True):
            sequence = (part.first + receiver.offset) & _SEQUENCE_MASK
            timestamp = (part.timestamp + receiver.timestamp_offset) & _TIMESTAMP_MASK
            if (
                sequence + part.span > _SEQUENCE_MASK
                or timestamp + part.timestamp_span > _TIMESTAMP_MASK
                or part.reach < receiver.floor
            ):
                return False
        for part, receiver, start in zip(plan.parts, receivers, plan.starts, strict=True):
            sequence = (part.first + receiver.offset) & _SEQUENCE_MASK
            timestamp = (part.timestamp + receiver.timestamp_offset) & _TIMESTAMP_MASK
            constants = (
                receiver.lane_constant
                + (sequence << _SEQUENCE_SHIFT)
                + (timestamp << _TIMESTAMP_SHIFT)
            ) << part.extension_bits
            lanes = part.base + part.spread * (constants + transport + start)
            lanes ^= part.salt_spread * salt
            part.lanes[:] = lanes.to_bytes(part.lanes_bytes, "big")
            # all() only drives the map: encrypt_into gives the length, which is never zero.
            all(map(encrypt, part.nonces, part.payloads, part.headers, part.outs))
            if is_echoed:
                datagrams = zip(part.headers, part.outs, strict=True)
                self.echoes.left(line, receiver.ssrc, datagrams, now)
        burst = self._outlet.burst
        for run in plan.runs:
            burst(run.buffers, run.segment_bytes, address)
        if downlink:
            downlink.left(plan.wire_sizes, now=now)
        self.batched += plan.packets
        self.batched_octets += plan.octets
        return True

    def _one_by_one(
        self, line: Line, receiver: Receiver, packets: Sequence[Sent], now: float
    ) -> None:
        """The slow way: any cipher, any numbers."""
        for sent in packets:
            if sent.number >= receiver.floor:
                self.singles.send(line, single_of(sent, receiver), now)
