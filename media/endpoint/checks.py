"""Checks: whose a connectivity check is.

Told by the username fragment it is addressed to (RFC 8445 section 7.3); what cannot be read, and
answers, go by the address they came from. Source addresses can be forged, so an address in use
stays with the line that has had it longest.
"""

from __future__ import annotations

from collections import Counter

from media.endpoint.directory import Directory
from media.endpoint.line import Line
from media.endpoint.outlet import Buffer
from media.endpoint.strangers import Strangers
from media.errors import Malformed
from media.ids import Address
from media.transport.transport import SILENCE_S
from media.wire import stun
from media.wire.demux import PacketKind

HELD_S = SILENCE_S
"""So long after its last check a line keeps an address against others that are checked from it."""


class Checks:
    """Of all lines of an exchange. `drops` counts what is nobody's."""

    def __init__(self, directory: Directory, drops: Counter[str]) -> None:
        self._directory = directory
        self._drops = drops
        self._strangers = Strangers()

    def line_of(
        self, datagram: Buffer, address: Address, owner: Line | None, *, now: float
    ) -> Line | None:
        """The line a check is for; `owner` has the address it came from. None: dropped."""
        if owner is None and not self._strangers.admits(address, now=now):
            self._drops["stun.rate"] += 1
            return None
        try:
            fragment = stun.parse(datagram).local_fragment
        except Malformed:
            fragment = None
        line = owner if fragment is None else self._directory.fragments.get(fragment)
        if line is None:
            self._drops["stun.unknown_address"] += 1
        elif line is owner:
            return line
        elif not line.uplink.admission.admits(PacketKind.STUN, len(datagram), now=now):
            line.drops["stun.rate"] += 1
        elif owner is not None and _is_held(address, owner, line, now):
            line.drops["stun.address_taken"] += 1
        else:
            return line
        return None


def _is_held(address: Address, owner: Line, line: Line, now: float) -> bool:
    """Whether `address` stays with its owner, whatever a check for `line` says.

    A port used again by another browser is free once the old one closed or fell silent.
    """
    theirs, ours = owner.transport.held(address), line.transport.held(address)
    if theirs is None or (ours is not None and ours[0] < theirs[0]):
        return False
    return now - theirs[1] < HELD_S
