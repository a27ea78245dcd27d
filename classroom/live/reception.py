"""Who may connect: reads the handshake, looks the seat and the room up, claims the seat."""

from __future__ import annotations

from typing import Any

from classroom.errors import Refused
from classroom.live.hub import Claim, Hub
from classroom.live.ports import SeatDoor
from classroom.people.address import address_key
from classroom.people.seat import SeatClaims
from classroom.people.throttle import Throttle
from classroom.wire import codec

ADDRESS_RATE_PER_S = 20
ADDRESS_BURST = 300
"""A school behind one address comes back at once after a restart."""


class Reception:
    """Refuses with `rate.limited`, `message.malformed`, and the codes of door and hub."""

    def __init__(self, hub: Hub, door: SeatDoor) -> None:
        self._hub = hub
        self._door = door
        self._addresses = Throttle(rate_per_s=ADDRESS_RATE_PER_S, burst=ADDRESS_BURST)

    async def receive(self, socket: str, address: str, auth: Any, *, now: float) -> Claim | None:
        """Give the socket its claim; the claim that lost the seat by it."""
        wait_s = self._addresses.take(address, now=now)
        if wait_s:
            raise Refused("rate.limited", {"retry_ms": int(wait_s * 1000) + 1})
        handshake = codec.decode_handshake(auth)
        seat = self._door.verify(handshake.seat)
        row = await self._door.find_room(seat.room_id)
        if row is None:
            raise Refused("room.unknown")
        if row.has_lost(seat):
            raise Refused("seat.removed")
        if seat.enrolment:
            seat = await self._enrolled(seat)
        claim = Claim(socket, handshake.tab, seat, row)
        return self._hub.claim(claim, takeover=handshake.takeover)

    async def _enrolled(self, seat: SeatClaims) -> SeatClaims:
        """A seat is good for hours: what the list says now counts, not what it said then."""
        now = await self._door.enrolled_seat(seat)
        if now is None:
            raise Refused("enrolment.replaced")
        return now


def address_of(environ: dict[str, Any]) -> str:
    """What the place a connection comes from is counted under."""
    client = environ.get("asgi.scope", {}).get("client")
    return address_key(client[0] if client else None)
