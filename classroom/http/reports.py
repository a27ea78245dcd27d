"""Reports of lessons, as JSON and as a table."""

from __future__ import annotations

import asyncio
from datetime import UTC

from quart import Blueprint, Response, jsonify, request

from classroom.http.class_list import students_of
from classroom.http.doors import Doors
from classroom.http.lesson_told import ReportTold, report_told
from classroom.http.limits import spend
from classroom.http.shown_lesson import (
    end_of,
    goes_on,
    length_until,
    lesson_of,
    reading,
    telling,
)
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.lesson.csv import Language, csv_of
from classroom.lesson.register import Register, call_register
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
        made, register = await _report(doors, lesson)
        return jsonify(report_told(telling(doors, lesson), made, register))

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
        made, register = await _report(doors, lesson)
        language: Language = "zh-CN" if request.args.get("language") == "zh-CN" else "en"
        name = f"report-{lesson.room_code}-{lesson.started_at.astimezone(UTC):%Y-%m-%d-%H%M}.csv"
        return Response(
            csv_of(made, lesson.started_at, language, register.absent),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


async def _report(doors: Doors, lesson: LessonRow) -> tuple[Report, Register]:
    spend(doors.limits.report, asking_address())
    with reading():
        lines = await lines_of_kinds(lesson.id, KINDS)
        spans = await spans_of(lesson.id)
        enrolled = await students_of(lesson.room_id)
    until = end_of(doors, lesson)
    length_ms = length_until(lines[-1], until) if lines else 0
    is_live = goes_on(doors, lesson)
    made = await asyncio.to_thread(make_report, lines, spans, length_ms=length_ms, is_live=is_live)
    return made, call_register(enrolled, made.people, began=lesson.started_at, ended=until)
