"""The students on a room's list, as its lessons expect them."""

from __future__ import annotations

from classroom.ids import RoomId
from classroom.lesson.register import Enrolled
from classroom.people.enrolment import participant_of
from classroom.store.enrolments import enrolments_of


async def students_of(room_id: RoomId) -> list[Enrolled]:
    """Everybody on the list who comes as a student, also who was removed lately.

    Raises StoreFailed.
    """
    return [
        Enrolled(row.id, participant_of(room_id, row.id), row.name, row.created_at, row.removed_at)
        for row in await enrolments_of(room_id)
        if row.role == "student"
    ]
