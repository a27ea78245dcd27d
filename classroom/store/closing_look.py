"""What has to be known to say whether appointments were held."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from classroom.ids import RoomId
from classroom.lesson.report import PersonReport, make_report
from classroom.lesson.roles import KINDS
from classroom.people.enrolment import participant_of
from classroom.store.booking_tables import Booking
from classroom.store.lesson_reading import lines_of_kinds
from classroom.store.lesson_tables import Lesson
from classroom.store.visit_tables import Visit

BACK_S = 3 * 24 * 3600
"""What is older than that was left to people, and they are not asked any more."""
BROKEN_OFF = timedelta(minutes=30)
"""A class nobody has saved for so long is not going on."""
_LINES = (*KINDS, "room_ended")


@dataclass(frozen=True, slots=True)
class Begun:
    """A booking whose time has come and of which nothing was said yet."""

    booking_id: str
    state: str
    revision: int
    to_s: int
    room_id: str | None
    clients: frozenset[str]
    """The participants its client is in that room."""
    has_waited: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """What was in a room: everybody of each lesson, and whether one goes on."""

    lessons: tuple[tuple[PersonReport, ...], ...]
    is_on: bool


async def begun(now_s: int) -> list[Begun]:
    """All of them, whoever's they are."""
    rows = await Booking.filter(
        state__in=["booked", "live"],
        appointment__kind__in=["talk", "group"],
        appointment__from_s__lte=now_s,
        appointment__to_s__gt=now_s - BACK_S,
    ).select_related("appointment", "client")
    waited = await Visit.filter(booking_id__in=[row.id for row in rows]).values_list(
        "booking_id", flat=True
    )
    came = {str(one) for one in waited}
    return [_begun(row, row.id in came) for row in rows]


async def talk_in(room_id: str | None, *, at: datetime) -> Talk:
    """Of a room that was never made: nothing."""
    rows = await Lesson.filter(room_id=room_id).order_by("started_at") if room_id else []
    lessons = [await _people(row) for row in rows]
    is_on = any(row.ended_at is None and at - row.saved_at < BROKEN_OFF for row in rows)
    return Talk(tuple(lessons), is_on)


async def _people(row: Lesson) -> tuple[PersonReport, ...]:
    lines = await lines_of_kinds(row.id, _LINES)
    length = (row.ended_at or row.saved_at) - row.started_at
    length_ms = max(0, length // timedelta(milliseconds=1))
    return make_report(lines, [], length_ms=length_ms, is_live=row.ended_at is None).people


def _begun(row: Booking, has_waited: bool) -> Begun:
    room_id = row.appointment.room_id
    clients: frozenset[str] = frozenset()
    if room_id is not None:
        ids = json.loads(row.client.enrolments)
        clients = frozenset(participant_of(RoomId(room_id), one) for one in ids)
    return Begun(
        booking_id=row.id,
        state=row.state,
        revision=row.revision,
        to_s=row.appointment.to_s,
        room_id=room_id,
        clients=clients,
        has_waited=has_waited,
    )
