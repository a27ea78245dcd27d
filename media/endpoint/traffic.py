"""Traffic: everything of an exchange that has to do with datagrams and time.

Puts together what receives, forwards, repairs and reports, in the order a datagram takes, and
counts. The control verbs above it say only what begins, changes or ends.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from media.endpoint.directory import Directory
from media.endpoint.downlinks import Downlinks
from media.endpoint.egress import Egress
from media.endpoint.event import Event, TransportStateChanged
from media.endpoint.feedback import Feedback
from media.endpoint.ingress import Ingress
from media.endpoint.line import Line, Publication
from media.endpoint.outlet import Buffer, Outlet
from media.endpoint.requests import Requests
from media.endpoint.rounds import Rounds
from media.endpoint.switchboard import Switchboard
from media.ids import Address


class Traffic:
    """See the module. `egress` is also the outbox of every router."""

    def __init__(self, directory: Directory, outlet: Outlet, *, remedies: bool = True) -> None:
        self.egress = Egress(outlet)
        self._directory = directory
        self._events: list[Event] = []
        self._dropped: Counter[str] = Counter()
        """Of lines that are gone."""
        self._board = Switchboard(directory, outlet, self._transport_changed)
        self._requests = Requests(outlet)
        self.downlinks = Downlinks(directory, self.egress, self._requests)
        self.flow = self.downlinks.flow
        self._feedback = Feedback(self._requests, self.egress.resend, self.downlinks.told)
        self._board.connect(Ingress(self._requests), self._feedback)
        self._rounds = Rounds(directory, self._requests, self.downlinks, remedies=remedies)
        self.taps = self._rounds.taps

    # Datagrams and time

    def receive(
        self, datagram: Buffer, address: Address, *, now: float, arrival: float | None = None
    ) -> None:
        """Any datagram that came. Never raises for its bytes."""
        self._board.receive(datagram, address, now=now, arrival=arrival)

    def forget_address(self, address: Address, *, now: float) -> None:
        """The way to an address ended."""
        self._board.forget(address, now=now)

    def flush(self, *, now: float) -> None:
        """Forwards what came, and asks for what was missing."""
        self.downlinks.flush(now=now)
        self._requests.flush(now=now)

    def raise_fault(self) -> None:
        """Raises what went wrong with packets of a view or a line while others' left."""
        self.egress.faults.raise_first()

    def handle_timer(self, *, now: float) -> None:
        """Does what is due."""
        self._board.handle_timer(now=now)
        self._events += self._rounds.make(now=now)
        self.flush(now=now)

    def next_timer(self) -> float | None:
        """When `handle_timer` is wanted next; None for never."""
        times = (
            self._board.wake_at,
            self._rounds.next_at,
            self._requests.next_at(),
            self.downlinks.next_at(),
        )
        return min((at for at in times if at is not None), default=None)

    @property
    def handshake_at(self) -> float | None:
        """When a datagram of an unfinished handshake last came."""
        return self._board.handshake_at

    def take_events(self) -> list[Event]:
        """What happened since the last call, in order."""
        events, self._events = self._events, []
        return events

    # What begins, changes or ends

    def opened(self, line: Line, *, now: float) -> None:
        """A transport was made."""
        self._directory.fragments[line.transport.username_fragment] = line
        self._rounds.start(now=now)

    def changed(self, line: Line, *, now: float) -> None:
        """A verb changed the line's transport."""
        self._directory.fragments[line.transport.username_fragment] = line
        self._board.follow(line, now=now)

    def closed(self, line: Line, *, now: float) -> None:
        """The line has no streams left, and goes."""
        line.transport.close()
        self._board.follow(line, now=now)
        self.downlinks.close(line)
        self._requests.repeating.close(line)
        self._dropped += line.drops + line.transport.drops

    def ended(self, publication: Publication) -> None:
        """Nothing is asked for it any more."""
        self._requests.forget(publication)

    def _transport_changed(self, line: Line, state: str | None, now: float) -> None:
        if state is not None:
            event = TransportStateChanged(line.endpoint_id, line.transport_id, state)
            self._events.append(event)
        elif line.transport.address is not None:
            line.downlink.moved(line.transport.address, now=now)
        line.is_flowing = line.transport.sealer is not None and line.transport.address is not None
        if line.is_flowing and line.report_at is None:
            line.report_at = now
        self.flow.follow(line, now=now)

    # Counters

    def metrics(self) -> dict[str, Any]:
        """Counters since the start, and how many of each thing there are."""
        directory, egress = self._directory, self.egress
        dropped = self._dropped + self._board.drops + egress.faults.counts
        for line in directory.lines.values():
            dropped = dropped + line.drops + line.transport.drops
        return {
            "packets_in": self._board.packets,
            "bytes_in": self._board.octets,
            "packets_out": egress.packets,
            "bytes_out": egress.octets,
            "unsent": egress.unsent,
            "rtx": egress.resending.count,
            "echoes": egress.echoes.count,
            "copies": egress.copies.count,
            "paced": egress.queues.held,
            "probes": self.downlinks.probes.count,
            "probe_packets": self.downlinks.probes.packets,
            **self.downlinks.sharing.counts(),
            "nacks": self._feedback.counts["nack"],
            "plis": self._feedback.counts["pli"],
            "nacks_sent": self._requests.counts["nack"],
            "plis_sent": self._requests.counts["pli"],
            "abandoned": self._requests.counts["abandoned"],
            **self._rounds.remedies.counts(),
            "dropped": dict(dropped),
            "routers": len(directory.routers),
            "endpoints": len(directory.endpoints),
            "producers": len(directory.publications),
            "consumers": len(directory.subscriptions),
            "recorded": len(self.taps),
        }
