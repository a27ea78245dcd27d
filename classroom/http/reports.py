"""Reports of lessons, as JSON and as a table."""

from __future__ import annotations

import asyncio
from datetime import UTC, timedelta

from quart import Blueprint, Response, jsonify, request

from classroom.clock import utc_now
from classroom.http.doors import Doors
from classroom.http.lesson_told import ReportTold, report_told
from classroom.http.limits import spend
from classroom.http.shown_lesson import goes_on, lesson_of, reading, telling
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.lesson.csv import Language, csv_of
from classroom.lesson.report import KINDS, Report, make_report
from classroom.store.lesson_reading import LessonRow, lines_of_kinds
from classroom.store.lessons import spans_of

_REFUSES = ("lesson.unknown", "rate.limited", "server.busy")


def add_reports(doors: Doors, routes: Blueprint) -> None:
    """`/api/lessons/<lesson_id>/report` and its table."""

    @routes.get("/api/lessons/<lesson_id>/report")
    @tells(ReportTold, by="account", refuses=_REFUSES)
    async def report(lesson_id: str) -> Response:
        """Report a lesson: who was there, who spoke, what was asked; also while it goes on."""
        lesson = await lesson_of(doors, lesson_id)
        return jsonify(report_told(telling(doors, lesson), await _report(doors, lesson)))

    @routes.get("/api/lessons/<lesson_id>/report.csv")
    @tells(
        None,
        by="account",
        kind="text/csv",
        query={"language": "Of the heads: `en` or `zh-CN`."},
        refuses=_REFUSES,
    )
    async def table(lesson_id: str) -> Response:
        """Report a lesson as a table: a row for each person."""
        lesson = await lesson_of(doors, lesson_id)
        made = await _report(doors, lesson)
        language: Language = "zh-CN" if request.args.get("language") == "zh-CN" else "en"
        name = f"report-{lesson.room_code}-{lesson.started_at.astimezone(UTC):%Y-%m-%d-%H%M}.csv"
        return Response(
            csv_of(made, lesson.started_at, language),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


async def _report(doors: Doors, lesson: LessonRow) -> Report:
    spend(doors.limits.report, asking_address())
    with reading():
        lines = await lines_of_kinds(lesson.id, KINDS)
        spans = await spans_of(lesson.id)
    is_live = goes_on(doors, lesson)
    until = utc_now() if is_live else lesson.ended_at or lesson.saved_at
    length_ms = 0
    if lines:
        # The room's clock stands still while the server is away: it is asked, not the calendar.
        is_told_over = lines[-1].kind == "room_ended"  # it is stored as ended a moment later
        since = timedelta(0) if is_told_over else until - lines[-1].at
        length_ms = lines[-1].clock_ms + max(0, since // timedelta(milliseconds=1))
    return await asyncio.to_thread(make_report, lines, spans, length_ms=length_ms, is_live=is_live)
