"""Who assisted in the lesson that was recorded, by the seat they show."""

from __future__ import annotations

from quart import request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.shown_seat import seat_of
from classroom.http.visitor import bearer
from classroom.lesson import roles
from classroom.store.lesson_reading import lines_about
from classroom.store.rooms import RoomRow


async def assisted_in(doors: Doors, lesson_id: str, room: RoomRow | None) -> str:
    """The participant whose seat is shown, when they were an assistant in this lesson at last."""
    if room is None or "Authorization" not in request.headers or bearer() is not None:
        return ""
    try:
        seat = seat_of(doors, room.code)
    except Refused:
        return ""
    who = seat.participant_id
    lines = await lines_about(lesson_id, who, roles.KINDS, ())
    same = seat.room_id == room.id
    return who if same and roles.last_role(lines, who) == "assistant" else ""
