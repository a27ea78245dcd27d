"""Switchboard: which line a datagram belongs to, and what its transport wants of the outside.

Checks are told apart by username fragment (`checks`), everything else by the address a check came
from (RFC 7983). A datagram that belongs to no line is dropped by name, and so is what a line sends
beyond its allowances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from media.endpoint.checks import Checks
from media.endpoint.directory import Directory
from media.endpoint.feedback import Feedback
from media.endpoint.ingress import Ingress
from media.endpoint.line import Line
from media.endpoint.outlet import Buffer, Outlet
from media.ids import Address
from media.transport.ice import AddressForgotten, AddressValidated, FragmentRetired
from media.transport.transport import AddressChanged, StateChanged
from media.wire.demux import PacketKind, classify

Changed = Callable[[Line, str | None, float], None]
"""A line's transport has this state now; None when only its address changed."""

_UNKNOWN_ADDRESS = {kind: f"{kind.value}.unknown_address" for kind in PacketKind}
_RATE = {kind: f"{kind.value}.rate" for kind in PacketKind}


class Switchboard:
    """Of all lines of an exchange. `wake_at` is when some transport has something to do."""

    def __init__(self, directory: Directory, outlet: Outlet, changed: Changed) -> None:
        self.drops: Counter[str] = Counter()
        self.packets = 0
        self.octets = 0
        self.wake_at: float | None = None
        self.handshake_at: float | None = None
        """When a check or DTLS last came for a line without keys."""
        self._directory = directory
        self._outlet = outlet
        self._changed = changed
        self._receivers: tuple[Ingress, Feedback] | None = None
        self._checks = Checks(directory, self.drops)

    def connect(self, ingress: Ingress, feedback: Feedback) -> None:
        """Where RTP and RTCP go."""
        self._receivers = (ingress, feedback)

    def receive(
        self, datagram: Buffer, address: Address, *, now: float, arrival: float | None = None
    ) -> None:
        """Any datagram, come at `arrival` if that is known. Never raises for its bytes."""
        self.packets += 1
        self.octets += len(datagram)
        kind = classify(datagram)
        line = self._directory.addresses.get(address)
        if not self._is_admitted(line, kind, len(datagram), now):
            return
        if kind is PacketKind.STUN:
            line = self._checks.line_of(datagram, address, line, now=now)
        if line is None:
            return
        if kind is PacketKind.RTP and self._receivers:
            self._receivers[0].receive(line, datagram, now=now, arrival=arrival)
        elif kind is PacketKind.RTCP and self._receivers:
            self._receivers[1].receive(line, datagram, now=now)
        else:
            if line.transport.opener is None and line.haste > 0:
                line.haste -= 1
                self.handshake_at = now
            line.transport.receive(datagram, address, now=now)
            self.follow(line, now=now)

    def _is_admitted(self, owner: Line | None, kind: PacketKind, octets: int, now: float) -> bool:
        """Floods end here, on the line they come on, before anything is read."""
        if owner is None:
            if kind is PacketKind.STUN:
                return True
            self.drops[_UNKNOWN_ADDRESS[kind]] += 1
        elif kind is PacketKind.UNKNOWN:
            owner.drops["transport.kind"] += 1
        elif owner.uplink.admission.admits(kind, octets, now=now):
            return True
        else:
            owner.drops[_RATE[kind]] += 1
        return False

    def forget(self, address: Address, *, now: float) -> None:
        """Nothing comes from `address` any more, nor gets there."""
        line = self._directory.addresses.get(address)
        if line is not None:
            line.transport.forget_address(address, now=now)
            self.follow(line, now=now)

    def follow(self, line: Line, *, now: float) -> None:
        """Sends what the line's transport has to send, and learns what became of it."""
        transport = line.transport
        for event in transport.take_events():
            match event:
                case AddressValidated():
                    self._directory.addresses[event.address] = line
                case AddressForgotten():
                    if self._directory.addresses.get(event.address) is line:
                        del self._directory.addresses[event.address]
                case FragmentRetired():
                    self._directory.fragments.pop(event.username_fragment, None)
                case _:
                    self._changed(line, _state(event), now)
        for datagram, address in transport.datagrams_to_send(now):
            self._outlet.datagram(datagram, address)
        line.wake_at = at = transport.next_timer()
        if at is not None and (self.wake_at is None or at < self.wake_at):
            self.wake_at = at

    def handle_timer(self, *, now: float) -> None:
        """Lets transports do what is due."""
        if self.wake_at is None or now < self.wake_at:
            return
        for line in list(self._directory.lines.values()):
            if line.wake_at is not None and line.wake_at <= now:
                line.transport.handle_timer(now=now)
                self.follow(line, now=now)
        times = [line.wake_at for line in self._directory.lines.values()]
        self.wake_at = min((at for at in times if at is not None), default=None)


def _state(event: StateChanged | AddressChanged) -> str | None:
    return event.state.value if isinstance(event, StateChanged) else None
