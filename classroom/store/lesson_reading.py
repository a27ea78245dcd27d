"""Lessons read afterwards, or while they go on: which there are, and their lines."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import Q

from classroom.ids import AccountId, RoomId
from classroom.room.record import LessonLine
from classroom.store.boards import failing
from classroom.store.lesson_tables import Lesson
from classroom.store.lesson_tables import LessonLine as LineTable

_BUT_AT = ("line", "clock_ms", "kind", "body", "is_private")
_FIELDS = (*_BUT_AT, "at")


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson. `owner_id` is the room's; None for the demo class.

    `ended_at` is None while it goes on, and of one that was broken off until its room opens again.
    """

    id: str
    room_id: RoomId
    room_code: str
    owner_id: AccountId | None
    title: str
    started_at: datetime
    saved_at: datetime
    ended_at: datetime | None


async def find_lesson(lesson_id: str) -> LessonRow | None:
    """The lesson, or None. Raises StoreFailed."""
    with failing():
        row = await Lesson.filter(id=lesson_id).select_related("room").first()
    return None if row is None else _row(row)


async def lessons_of(
    owner_id: AccountId,
    *,
    limit: int,
    room_id: RoomId | None = None,
    before: datetime | None = None,
) -> list[LessonRow]:
    """Lessons in somebody's rooms, or in one of them, newest first; begun before `before`.

    Raises StoreFailed.
    """
    rows = Lesson.filter(room__owner_id=owner_id)
    if room_id is not None:
        rows = rows.filter(room_id=room_id)
    if before is not None:
        rows = rows.filter(started_at__lt=before)
    with failing():
        found = await rows.order_by("-started_at", "id").limit(limit).select_related("room")
    return [_row(row) for row in found]


async def lines_of_kinds(lesson_id: str, kinds: Collection[str]) -> list[LessonLine]:
    """A lesson's lines of these kinds, in order. Raises StoreFailed.

    `at` of all but the newest is reckoned from the room clock: to read ten thousand times would
    take longer than everything else.
    """
    theirs = LineTable.filter(lesson_id=lesson_id, kind__in=list(kinds))
    with failing():
        rows = await theirs.order_by("line").values(*_BUT_AT)
        newest = await theirs.order_by("-line").limit(1).values("clock_ms", "at")
    return await asyncio.to_thread(_timed, rows, newest)


def _timed(rows: list[dict[str, Any]], newest: list[dict[str, Any]]) -> list[LessonLine]:
    for last in newest:
        for row in rows:
            before = timedelta(milliseconds=last["clock_ms"] - row["clock_ms"])
            row["at"] = last["at"] - before
    return _lines(rows)


async def lines_about(
    lesson_id: str, participant_id: str, kinds: Collection[str], always: Collection[str]
) -> list[LessonLine]:
    """A lesson's lines of these kinds that name somebody, and those of kinds which are always
    needed, in order. Raises StoreFailed."""
    theirs = Q(kind__in=list(kinds), body__contains=participant_id)
    with failing():
        found = LineTable.filter(theirs | Q(kind__in=list(always)), lesson_id=lesson_id)
        rows = await found.order_by("line").values(*_FIELDS)
    return await asyncio.to_thread(_lines, rows)


async def newest_line(lesson_id: str) -> LessonLine | None:
    """A lesson's last line so far; None of one without any. Raises StoreFailed."""
    with failing():
        rows = (
            await LineTable.filter(lesson_id=lesson_id).order_by("-line").limit(1).values(*_FIELDS)
        )
    return next(iter(_lines(rows)), None)


def _lines(rows: list[dict[str, Any]]) -> list[LessonLine]:
    return [LessonLine(**{**row, "body": json.loads(row["body"])}) for row in rows]


def _row(row: Lesson) -> LessonRow:
    owner_id = row.room.owner_id
    return LessonRow(
        id=row.id,
        room_id=RoomId(row.room_id),
        room_code=row.room.code,
        owner_id=None if owner_id is None else AccountId(owner_id),
        title=row.title,
        started_at=row.started_at,
        saved_at=row.saved_at,
        ended_at=row.ended_at,
    )
