"""Egress: packets out, in batches: every flush sends what the views gained to all who watch them.

`emit` is the hot loop, and replaceable; what is prepared for it is described in `batch`. A number
is sealed once: retransmissions go by RTX under numbers of their own (RFC 4588), because an AES-GCM
nonce must never serve two packets (RFC 7714 section 8.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from media.endpoint.batch import Part, header_of, payload_for
from media.endpoint.line import Line, Subscription
from media.endpoint.outlet import WIRE_OVERHEAD, Outlet
from media.endpoint.plan import Plan
from media.forward.view import Outbox, Receiver, Sent, Shape, View
from media.repair.rtx import wrap

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
        self.packets = 0
        self.octets = 0
        self.resent = 0
        self.unsent = 0
        """Packets for lines without an address or keys."""
        self.drops: Counter[str] = Counter()
        """`egress.fault`: views, turns and backlogs that a bug of ours cost their receivers."""
        self._first_fault: Exception | None = None
        self._outlet = outlet

    def flush(self, now: float) -> None:
        """Sends everything pending. A fault costs one view, one line or one backlog: it is kept
        for `raise_fault`, and whatever else was pending leaves.
        """
        outbox = self.outbox
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
                    self._one_by_one(line, receiver, backlog, now)
                except Exception as error:  # a bug of ours must not cost another room its class
                    self._fault(error)

    def raise_fault(self) -> None:
        """Raises the first fault since the last call, for whoever counts and shows them."""
        fault, self._first_fault = self._first_fault, None
        if fault is not None:
            raise fault

    def _fault(self, error: Exception) -> None:
        self.drops["egress.fault"] += 1
        self._first_fault = self._first_fault or error

    def _flush_views(self, views: list[View], now: float) -> None:
        plans: dict[tuple[Part, ...], Plan] = {}
        for turn in self._turns(views, now):
            try:
                self._take_turn(turn, plans, now)
            except Exception as error:  # as above
                self._fault(error)

    def _take_turn(self, turn: Turn, plans: dict[tuple[Part, ...], Plan], now: float) -> None:
        line, parts, receivers = turn
        key = tuple(parts)
        plan = plans.get(key)
        if plan is None:
            plan = plans[key] = Plan(parts)
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
                    part = Part(pending, shape, is_crowded=is_crowded, now=now)
                    self._allot(part, receivers, turns, more)
            except Exception as error:  # as above
                self._fault(error)
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
        inside the batch, packets from before a receiver joined, or receivers some of which have
        transport-wide numbers.
        """
        sealer, address = line.transport.sealer, line.transport.address
        if sealer is None or address is None:
            self.unsent += plan.packets
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
        for part, receiver in zip(plan.parts, receivers, strict=True):
            sequence = (part.first + receiver.offset) & _SEQUENCE_MASK
            timestamp = (part.timestamp + receiver.timestamp_offset) & _TIMESTAMP_MASK
            if (
                sequence + part.span > _SEQUENCE_MASK
                or timestamp + part.timestamp_span > _TIMESTAMP_MASK
                or part.first < receiver.floor
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
        burst = self._outlet.burst
        for run in plan.runs:
            burst(run.buffers, run.segment_bytes, address)
        if downlink:
            downlink.sends.sent(plan.wire_sizes, now=now, cluster=downlink.cluster)
        self.packets += plan.packets
        self.octets += plan.octets
        return True

    def _one_by_one(
        self, line: Line, receiver: Receiver, packets: Sequence[Sent], now: float
    ) -> None:
        """The slow way: any cipher, any numbers."""
        for sent in packets:
            if sent.number < receiver.floor:
                continue
            number = sent.number + receiver.offset
            timestamp = sent.packet.timestamp + receiver.timestamp_offset
            payload = payload_for(sent, receiver.shape)
            numbers = (receiver.payload_type, number, timestamp, receiver.ssrc)
            self._seal_and_send(line, sent, receiver.shape, numbers, payload, now)

    def _seal_and_send(
        self,
        line: Line,
        sent: Sent,
        shape: Shape,
        numbers: tuple[int, int, int, int],
        payload: bytes,
        now: float,
    ) -> None:
        sealer, address = line.transport.sealer, line.transport.address
        if sealer is None or address is None:
            self.unsent += 1
            return
        downlink = line.downlink if shape.extensions.transport else None
        transport = downlink.sends.next if downlink else 0
        header = header_of(
            sent,
            shape,
            now=now,
            numbers=numbers,
            is_padded=not payload,
            transport=transport & _SEQUENCE_MASK,
        )
        _, number, _, ssrc = numbers
        datagram = sealer.seal_rtp(header, payload or b"\x01", ssrc, number)
        self._outlet.datagram(datagram, address)
        if downlink:
            sizes = (len(datagram) + WIRE_OVERHEAD,)
            downlink.sends.sent(sizes, now=now, cluster=downlink.cluster)
        self.packets += 1
        self.octets += len(datagram)

    def resend(self, subscription: Subscription, lost: Iterable[int], now: float) -> None:
        """Answers a NACK from the history, by RTX; what is gone from it stays lost."""
        line, resends, consumer = subscription.line, subscription.resends, subscription.consumer
        if resends is None:
            return
        for sequence in lost:
            found = consumer.find(sequence)
            if found is None or not found.sent.payload:
                continue
            sent_at = found.sent.packet.arrival
            if not resends.may_send(found.number, sent_at, consumer.round_trip, now=now):
                continue
            if not line.downlink.resent.spend(len(found.sent.payload), now=now):
                line.drops["rtx.limit"] += 1
                continue
            stretch = found.stretch
            shape = Shape(stretch.picture_delta, stretch.tl0_delta, consumer.delivery.extensions)
            payload = wrap(found.number & _SEQUENCE_MASK, payload_for(found.sent, shape))
            index = resends.take_index()
            numbers = (resends.payload_type, index, found.timestamp, resends.ssrc)
            self._seal_and_send(line, found.sent, shape, numbers, payload, now)
            self.resent += 1
