"""One enrolled person over all lessons of the room: whether they came, and what they did."""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify

from classroom.errors import Refused
from classroom.http.attended_told import AttendedTold, attended
from classroom.http.doors import Doors
from classroom.http.enrolment_told import EnrolmentTold, enrolment_told
from classroom.http.limits import spend
from classroom.http.own_room import own_room
from classroom.http.shown_lesson import begun_before, end_of, reading
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.ids import AccountId, may_be_id
from classroom.store.enrolments import find_enrolment
from classroom.store.lesson_reading import lessons_of

PAGE = 20
"""Lessons told at once: each is read anew."""


@dataclass(frozen=True, slots=True)
class PersonLessonsTold:
    """Somebody enrolled over the lessons since they are on the list, the newest first."""

    enrolment: EnrolmentTold
    lessons: list[AttendedTold]
    has_more: bool
    """Whether there are older ones: ask with `before` the last one's `started_at`."""


def add_lessons(doors: Doors, routes: Blueprint) -> None:
    """`/api/rooms/<room_id>/enrolments/<enrolment_id>/lessons`."""

    @routes.get("/api/rooms/<room_id>/enrolments/<enrolment_id>/lessons")
    @tells(
        PersonLessonsTold,
        by="account",
        query={"before": "Only lessons that began before this moment (ISO 8601)."},
        refuses=("room.unknown", "enrolment.unknown", "body.malformed", "rate.limited"),
    )
    async def lessons(room_id: str, enrolment_id: str) -> Response:
        """Tell how somebody enrolled took part in each lesson, 20 at a time."""
        room = await own_room(doors, room_id)
        spend(doors.limits.report, asking_address())
        found = await find_enrolment(enrolment_id) if may_be_id(enrolment_id) else None
        if found is None or found.room_id != room.id:
            raise Refused("enrolment.unknown")
        before = begun_before()
        with reading():
            rows = await lessons_of(
                room.owner_id or AccountId(""), limit=PAGE + 1, room_id=room.id, before=before
            )
            since = [row for row in rows if end_of(doors, row) > found.created_at]
            told = [await attended(doors, row, found) for row in since[:PAGE]]
        enrolment = enrolment_told(doors, found)
        return jsonify(PersonLessonsTold(enrolment, told, has_more=len(since) > PAGE))
