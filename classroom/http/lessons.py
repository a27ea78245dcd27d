"""Lessons and their reports, for whoever owns the room or came by its host link.

Somebody else's lesson does not exist here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from quart import Blueprint, Response, jsonify, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.lesson_told import (
    LessonsTold,
    LessonTold,
    ReportTold,
    lesson_told,
    report_told,
)
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visitor import holds_host_link, this_visitor
from classroom.ids import RoomId, may_be_id
from classroom.lesson.csv import Language, csv_of
from classroom.lesson.report import KINDS, Report, make_report
from classroom.people.address import address_key
from classroom.store.lesson_reading import LessonRow, find_lesson, lessons_of, lines_of_kinds
from classroom.store.lessons import spans_of
from whiteboard.store import StoreFailed

PAGE = 50
"""Lessons told at once."""


_BUSY = "server.busy"
_OF_ONE = ("lesson.unknown", "rate.limited", _BUSY)


def lesson_routes(doors: Doors) -> Blueprint:
    """`/api/lessons` and what is below it."""
    routes = Blueprint("lessons", __name__)

    @routes.get("/api/lessons")
    @tells(
        LessonsTold,
        by="account",
        query={
            "room_id": "Only lessons of this room.",
            "before": "Only lessons that began before this moment (ISO 8601).",
        },
        refuses=("room.unknown", "body.malformed", _BUSY),
    )
    async def listing() -> Response:
        """List lessons of own rooms, the newest first, 50 at a time."""
        account = (await this_visitor(doors)).must_be_signed_in()
        room_id = request.args.get("room_id")
        if room_id is not None and not may_be_id(room_id):
            raise Refused("room.unknown")
        before = _before()
        with _reading():
            found = await lessons_of(
                account.id,
                limit=PAGE + 1,
                room_id=None if room_id is None else RoomId(room_id),
                before=before,
            )
        lessons = [_told(doors, lesson) for lesson in found[:PAGE]]
        return jsonify(LessonsTold(lessons, has_more=len(found) > PAGE))

    @routes.get("/api/lessons/<lesson_id>")
    @tells(LessonTold, by="account", refuses=("lesson.unknown", _BUSY))
    async def show(lesson_id: str) -> Response:
        """Show one lesson."""
        return jsonify(_told(doors, await _lesson(doors, lesson_id)))

    _add_reports(doors, routes)
    return routes


def _add_reports(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/lessons/<lesson_id>/report")
    @tells(ReportTold, by="account", refuses=_OF_ONE)
    async def report(lesson_id: str) -> Response:
        """Report a lesson: who was there, who spoke, what was asked; also while it goes on."""
        lesson = await _lesson(doors, lesson_id)
        made = await _report(doors, lesson)
        return jsonify(report_told(_told(doors, lesson), made))

    @routes.get("/api/lessons/<lesson_id>/report.csv")
    @tells(
        None,
        by="account",
        kind="text/csv",
        query={"language": "Of the heads: `en` or `zh-CN`."},
        refuses=_OF_ONE,
    )
    async def table(lesson_id: str) -> Response:
        """Report a lesson as a table: a row for each person."""
        lesson = await _lesson(doors, lesson_id)
        made = await _report(doors, lesson)
        language: Language = "zh-CN" if request.args.get("language") == "zh-CN" else "en"
        name = f"report-{lesson.room_code}-{lesson.started_at.astimezone(UTC):%Y-%m-%d-%H%M}.csv"
        return Response(
            csv_of(made, lesson.started_at, language),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _told(doors: Doors, lesson: LessonRow) -> LessonTold:
    return lesson_told(lesson, is_live=_is_live(doors, lesson))


def _is_live(doors: Doors, lesson: LessonRow) -> bool:
    return lesson.ended_at is None and doors.live.look(lesson.room_id) is not None


async def _lesson(doors: Doors, lesson_id: str) -> LessonRow:
    """The lesson, if whoever asks may see it; Refused `lesson.unknown`."""
    with _reading():
        lesson = await find_lesson(lesson_id) if may_be_id(lesson_id) else None
    account = (await this_visitor(doors)).account
    owns = lesson is not None and account is not None and lesson.owner_id == account.id
    if lesson is None or not (owns or holds_host_link(doors, lesson.room_id)):
        raise Refused("lesson.unknown")
    return lesson


async def _report(doors: Doors, lesson: LessonRow) -> Report:
    spend(doors.limits.report, address_key(request.remote_addr))
    with _reading():
        lines = await lines_of_kinds(lesson.id, KINDS)
        spans = await spans_of(lesson.id)
    is_live = _is_live(doors, lesson)
    until = utc_now() if is_live else lesson.ended_at or lesson.saved_at
    length_ms = 0
    if lines:
        # The room's clock stands still while the server is away: it is asked, not the calendar.
        is_told_over = lines[-1].kind == "room_ended"  # it is stored as ended a moment later
        since = timedelta(0) if is_told_over else until - lines[-1].at
        length_ms = lines[-1].clock_ms + max(0, since // timedelta(milliseconds=1))
    return await asyncio.to_thread(make_report, lines, spans, length_ms=length_ms, is_live=is_live)


@contextmanager
def _reading() -> Iterator[None]:
    """A database that cannot answer now is Refused `server.busy`."""
    try:
        yield
    except StoreFailed as failure:
        raise Refused("server.busy") from failure


def _before() -> datetime | None:
    """The time of the query `before`; Refused `body.malformed` when it is none."""
    text = request.args.get("before")
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("body.malformed", {"field": "before"}) from error
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
