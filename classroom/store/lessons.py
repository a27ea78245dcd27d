"""Lessons as they are kept: begun or gone on with, written line by line, ended.

The live rooms' port is `live.ports.LessonDrawer`. What is read of them afterwards is not here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from pydantic import TypeAdapter, ValidationError
from tortoise.transactions import in_transaction

from classroom.ids import RoomId, new_id
from classroom.room.record import KeptLesson, LessonLine, Span, SpanKind
from classroom.store import lesson_tables as tables
from classroom.store.background import in_background
from classroom.store.boards import failing
from classroom.store.lesson_pieces import NONE, LessonPieces, Pieces, drop_pieces, write_pieces
from classroom.store.patience import WRITE_WITHIN_S, Patience
from classroom.store.webhooks import News, tell_hooks

RESUMED_WITHIN = timedelta(minutes=30)
"""Since the state was saved last; a class that was away for longer is over."""
ROWS_MAX = 500
"""In one statement."""

NewsOf = Callable[[LessonLine], tuple[str, dict[str, Any]] | None]

log = structlog.get_logger("classroom.store")


@dataclass(frozen=True, slots=True)
class State:
    """A room's state as it is written: JSON, and the pieces of it that are new."""

    rest: str
    pieces: dict[str, str]
    at: datetime


class DatabaseLessons:
    """Keeps lessons in the open database. `kept` is the type of a room's state.

    Invariant: of one lesson there is one write at a time, done whole or not at all. One that takes
    too long is StoreFailed and may still be done, so the same lines and spans may come again: what
    is there stays. A lesson that is gone with its room takes nothing more, and raises nothing.
    """

    def __init__(
        self,
        kept: Any,
        *,
        pieces: Pieces = NONE,
        news_of: NewsOf = lambda line: None,
        write_within_s: float = WRITE_WITHIN_S,
    ) -> None:
        """`pieces` says what of a state is kept apart, `news_of` what of a line goes to webhooks:
        its kind and what it says."""
        self._news_of = news_of
        self._states: TypeAdapter[Any] = TypeAdapter(kept)
        self._pieces = LessonPieces(pieces)
        self._patience = Patience(write_within_s)
        self._ended: dict[str, datetime] = {}
        """Over, and perhaps not yet said to the database."""

    async def open(self, room_id: RoomId, title: str, at: datetime) -> KeptLesson:
        """The room's lesson that was not ended and saved lately, else a new one; or StoreFailed.

        A lesson that nobody goes on with ended when it was saved last.
        """
        with failing():
            found = await tables.Lesson.filter(room_id=room_id, ended_at=None).order_by(
                "-started_at", "id"
            )
            for row in found:
                await self._patience.settled(row.id)
        for row in found:
            row.saved_at = self._ended.get(row.id, row.saved_at)
        lesson = await self._resumed(found[0], at) if found else None
        begun = lesson or KeptLesson(new_id(), None, None)
        over = [row for row in found if row.id != begun.lesson_id]
        with failing():
            await self._patience.write(
                begun.lesson_id, _begin(room_id, title, at, over=over, begun=begun)
            )
        return begun

    async def write(
        self, lesson_id: str, lines: Sequence[LessonLine], kept: Any, at: datetime
    ) -> None:
        """Keep lines and the state after them, together; or StoreFailed."""
        rest, pieces = self._pieces.take(lesson_id, kept)
        state = State(self._states.dump_json(rest).decode(), pieces, at)
        started = [_event("started", lesson_id, line.at) for line in lines if line.line == 1]
        news = started + [
            News(f"{lesson_id}.{line.line}", told[0], {"lesson_id": lesson_id, **told[1]}, line.at)
            for line in lines
            if (told := self._news_of(line)) is not None
        ]
        await self._write(lesson_id, _write(lesson_id, lines, news, state))
        self._pieces.note(lesson_id, list(pieces))

    async def write_spans(self, lesson_id: str, spans: Sequence[Span]) -> None:
        """Keep times that are over; or StoreFailed."""
        await self._write(lesson_id, _write_spans(lesson_id, spans))

    async def end(self, lesson_id: str, at: datetime) -> None:
        """It is over and cannot be gone on with; the state goes. Or StoreFailed.

        A lesson in which nothing happened leaves nothing.
        """
        self._ended[lesson_id] = at
        await self._write(lesson_id, _end(lesson_id, at))
        self._ended.pop(lesson_id, None)
        self._pieces.forget(lesson_id)

    async def _write(self, lesson_id: str, work: Coroutine[Any, Any, None]) -> None:
        with failing():
            await self._patience.write(lesson_id, work)

    async def _resumed(self, row: tables.Lesson, at: datetime) -> KeptLesson | None:
        is_over = row.id in self._ended or at - row.saved_at >= RESUMED_WITHIN
        if is_over or not row.state:
            return None
        try:
            kept = await self._pieces.whole(row.id, self._states.validate_json(row.state))
        except ValidationError as error:  # of another version, which knew other things
            log.warning("lesson.not_resumed", lesson=row.id, faults=error.error_count())
            return None
        return KeptLesson(row.id, kept, row.saved_at)


async def lines_of(lesson_id: str) -> list[LessonLine]:
    """All of a lesson's lines, in order; none when it is unknown. Raises StoreFailed."""
    with failing():
        rows = await tables.LessonLine.filter(lesson_id=lesson_id).order_by("line")
        return [
            LessonLine(
                line=row.line,
                clock_ms=row.clock_ms,
                at=row.at,
                kind=row.kind,
                body=json.loads(row.body),
                is_private=row.is_private,
            )
            for row in rows
        ]


async def spans_of(lesson_id: str) -> list[Span]:
    """All of a lesson's spans, by their beginning. Raises StoreFailed."""
    with failing():
        found = tables.LessonSpan.filter(lesson_id=lesson_id).order_by("from_ms", "id")
        # Plain values: models of thousands of rows take three times as long.
        rows = await found.values_list("participant_id", "kind", "from_ms", "to_ms")
        return [Span(who, cast(SpanKind, kind), begin, end) for who, kind, begin, end in rows]


# What the writes do


async def _begin(
    room_id: RoomId, title: str, at: datetime, *, over: list[tables.Lesson], begun: KeptLesson
) -> None:
    async with in_transaction():
        for row in over:
            await _close(row.id, row.saved_at)
        if begun.saved_at is None:
            await tables.Lesson.create(
                id=begun.lesson_id,
                room_id=room_id,
                title=title,
                started_at=at,
                saved_at=at,
                ended_at=None,
                state="",
            )


async def _write(
    lesson_id: str, lines: Sequence[LessonLine], news: list[News], state: State
) -> None:
    rows = [
        tables.LessonLine(
            lesson_id=lesson_id,
            line=line.line,
            clock_ms=line.clock_ms,
            at=line.at,
            kind=line.kind,
            is_private=line.is_private,
            body=json.dumps(line.body, separators=(",", ":")),
        )
        for line in lines
    ]
    async with in_background():
        going_on = tables.Lesson.filter(id=lesson_id, ended_at=None)
        if not await going_on.update(state=state.rest, saved_at=state.at):
            log.warning("lesson.gone", lesson=lesson_id, lines=len(lines))
            return
        await write_pieces(lesson_id, state.pieces)
        if rows:
            await tables.LessonLine.bulk_create(rows, batch_size=ROWS_MAX, ignore_conflicts=True)
        if news:
            await tell_hooks(await _room_of(lesson_id), news)


async def _write_spans(lesson_id: str, spans: Sequence[Span]) -> None:
    rows = [
        tables.LessonSpan(
            lesson_id=lesson_id,
            participant_id=span.participant_id,
            kind=span.kind,
            from_ms=span.from_ms,
            to_ms=span.to_ms,
        )
        for span in spans
    ]
    async with in_background():
        if not await tables.Lesson.exists(id=lesson_id):
            log.warning("lesson.gone", lesson=lesson_id, spans=len(spans))
        elif rows:
            await tables.LessonSpan.bulk_create(rows, batch_size=ROWS_MAX, ignore_conflicts=True)


async def _end(lesson_id: str, at: datetime) -> None:
    async with in_transaction():
        await _close(lesson_id, at)


async def _close(lesson_id: str, at: datetime) -> None:
    """End it now; one in which nothing happened goes."""
    going_on = tables.Lesson.filter(id=lesson_id, ended_at=None)
    await drop_pieces(lesson_id)
    if not await tables.LessonLine.exists(lesson_id=lesson_id):
        await going_on.delete()
    elif await going_on.update(ended_at=at, saved_at=at, state=""):
        await tell_hooks(await _room_of(lesson_id), [_event("ended", lesson_id, at)])


def _event(what: str, lesson_id: str, at: datetime) -> News:
    return News(f"{lesson_id}.{what}", f"lesson.{what}", {"lesson_id": lesson_id}, at)


async def _room_of(lesson_id: str) -> RoomId:
    return RoomId((await tables.Lesson.get(id=lesson_id)).room_id)
