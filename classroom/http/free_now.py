"""Whether somebody takes whoever asks for a talk at once."""

from __future__ import annotations

from classroom.booking.queue import WAITING
from classroom.errors import Refused
from classroom.http.asked_now import AskNow
from classroom.http.doors import Doors
from classroom.store.booking_rows import HostRow

QUEUE_MAX = 20
"""Who waits for one host."""


async def must_be_free(doors: Doors, host: HostRow, body: AskNow) -> None:
    """Refused `visit.busy`, `visit.full`; what is no person is answered as by somebody busy."""
    if body.website or not host.is_free:
        raise Refused("visit.busy")
    now = await doors.desks.look(host.org_id)
    waiting = [one for one in now.visits if one.host_id == host.id and one.state in WAITING]
    if len(waiting) >= QUEUE_MAX:
        raise Refused("visit.full")
