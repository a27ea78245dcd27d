"""A lesson for whoever asks: the owner of its room, a browser that came by the host link, and an
assistant of this lesson with their seat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from quart import request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.lesson_told import LessonTold, lesson_told
from classroom.http.shown_seat import seat_of
from classroom.http.visitor import holds_host_link, this_visitor
from classroom.ids import may_be_id
from classroom.lesson import roles
from classroom.lesson.times import clock_at
from classroom.room.record import LessonLine
from classroom.store.lesson_reading import LessonRow, find_lesson, lines_about
from whiteboard.store import StoreFailed


async def lesson_of(doors: Doors, lesson_id: str) -> LessonRow:
    """The lesson, if whoever asks may see it; Refused `lesson.unknown`, `server.busy`."""
    with reading():
        lesson = await find_lesson(lesson_id) if may_be_id(lesson_id) else None
    account = (await this_visitor(doors)).account
    owns = lesson is not None and account is not None and lesson.owner_id == account.id
    if lesson is None:
        raise Refused("lesson.unknown")
    if not owns and not holds_host_link(doors, lesson.room_id):
        await _must_have_assisted(doors, lesson)
    return lesson


async def _must_have_assisted(doors: Doors, lesson: LessonRow) -> None:
    """Refused `lesson.unknown` unless a seat is shown whose holder was an assistant in this lesson
    at last; other lessons of the room are none of theirs."""
    try:
        seat = seat_of(doors, lesson.room_code)
    except Refused as refused:
        raise Refused("lesson.unknown") from refused
    who = seat.participant_id
    with reading():
        lines = await lines_about(lesson.id, who, roles.KINDS, ())
    if seat.room_id != lesson.room_id or roles.last_role(lines, who) != "assistant":
        raise Refused("lesson.unknown")


def goes_on(doors: Doors, lesson: LessonRow) -> bool:
    """Whether it is held now."""
    return lesson.ended_at is None and doors.live.look(lesson.room_id) is not None


def end_of(doors: Doors, lesson: LessonRow) -> datetime:
    """When it ended; now while it is held. One that was broken off ended when it was stored."""
    return utc_now() if goes_on(doors, lesson) else lesson.ended_at or lesson.saved_at


def length_until(newest: LessonLine, until: datetime) -> int:
    """How long a lesson had lasted at `until`, in milliseconds, by its newest line."""
    if newest.kind == "room_ended":  # it is stored as ended a moment later
        return newest.clock_ms
    return clock_at(newest.clock_ms, newest.at, until)


def telling(doors: Doors, lesson: LessonRow) -> LessonTold:
    """The lesson as it is told."""
    return lesson_told(lesson, is_live=goes_on(doors, lesson))


def begun_before() -> datetime | None:
    """The time of the query `before`; Refused `body.malformed` when it is none."""
    text = request.args.get("before")
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("body.malformed", {"field": "before"}) from error
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


@contextmanager
def reading() -> Iterator[None]:
    """A database that cannot answer now is Refused `server.busy`."""
    try:
        yield
    except StoreFailed as failure:
        raise Refused("server.busy") from failure
