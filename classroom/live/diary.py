"""Writes down a lesson while it goes on: its log, the state of its room, who spoke when.

What cannot be written waits and is tried again; the class never waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from classroom.live.attendance import Attendance
from classroom.live.last_tries import try_last
from classroom.live.network_view import NetworkView
from classroom.live.ports import Clocks, LessonDrawer
from classroom.live.stage import LiveStage
from classroom.room.event import LogEntry
from classroom.room.record import LessonLine, Span
from classroom.room.room import Room
from classroom.wire.entries import record_of
from whiteboard.store import StoreFailed

WRITE_EVERY_S = 0.5
"""All lines until then are one write, and at most so much is lost when the server dies."""
LOOK_EVERY_S = 10.0
"""How often connections are judged, and what was spoken and the room's clock are written."""
AGAIN_AFTER_S = 2.0
LINES_MAX = 20_000
"""Not yet written; beyond that the oldest go."""
CLOSE_WITHIN_S = 1.2
"""For what is not written yet when the server stops."""
SPARE_S = 0.2
"""Of that, for the last try of all."""
END_WITHIN_S = 10.0
"""The same when a class ends while the disk is busy."""

_LATE: set[asyncio.Task[None]] = set()
"""So that nothing that is still on its way is lost."""

log = structlog.get_logger("classroom.live")


@dataclass(frozen=True, slots=True)
class Subject:
    """What the diary is about."""

    lesson_id: str
    room: Room
    stage: LiveStage


class Diary:
    """Invariant: one write at a time, lines in order, each with the state after the newest."""

    def __init__(self, subject: Subject, drawer: LessonDrawer, clocks: Clocks) -> None:
        self._subject = subject
        self._drawer = drawer
        self._clocks = clocks
        self._attendance = Attendance(subject.stage.books)
        self._network = NetworkView(subject.stage.books)
        self._lines: list[LessonLine] = []
        self._spans: list[Span] = []
        self._is_new = asyncio.Event()
        self._is_failing = False
        self._task = asyncio.create_task(self._run(), name=f"diary {subject.lesson_id}")

    # What it is told

    def note(self, entries: Sequence[LogEntry]) -> None:
        """What happened; it is written soon, with the room as it is then."""
        self._lines += [line for line in map(record_of, entries) if line is not None]
        if len(self._lines) > LINES_MAX:
            dropped = len(self._lines) - LINES_MAX
            del self._lines[:dropped]
            log.error("lesson.lines_dropped", lesson=self._subject.lesson_id, lines=dropped)
        if entries:
            self._is_new.set()

    def hear(self, producers: tuple[object, ...]) -> None:
        """Who speaks now."""
        self._attendance.hear(producers, now_ms=self._clock_ms())

    # The end

    async def close(self, is_over: bool) -> None:
        """Write what is left; a lesson that is over is ended, another can be gone on with."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._spans += self._attendance.take_all(now_ms=self._clock_ms())
        within_s = END_WITHIN_S if is_over else CLOSE_WITHIN_S
        until = asyncio.get_running_loop().time() + within_s - SPARE_S
        rest = asyncio.create_task(self._write_rest(until, is_over=is_over))
        _, late = await asyncio.wait({rest}, timeout=within_s)
        if late:  # a write is never broken off: nobody waits for one that hangs
            rest.cancel()
            log.error("lesson.not_written", lesson=self._subject.lesson_id, reason="it hangs")
            if is_over:
                self._leave_ended()

    async def _write_rest(self, until: float, *, is_over: bool) -> None:
        await self._finally(self._write, until)
        await self._finally(self._write_spans, until)
        if is_over:
            await self._finally(self._end, until)

    async def _finally(self, work: Callable[[], Awaitable[None]], until: float) -> None:
        """The last tries; what does not work is said."""
        try:
            await try_last(work, until=until)
        except StoreFailed as failure:
            lesson = self._subject.lesson_id
            log.error("lesson.not_written", lesson=lesson, reason=str(failure))

    async def _end(self) -> None:
        await self._drawer.end(self._subject.lesson_id, self._clocks.utc_now())

    def _leave_ended(self) -> None:
        """Say that it is over without waiting: the drawer knows it from now on."""
        now = asyncio.get_running_loop().time()
        ending = asyncio.create_task(self._finally(self._end, now), name="lesson ends late")
        _LATE.add(ending)
        ending.add_done_callback(_LATE.discard)

    # Its task

    async def _run(self) -> None:
        look_at = self._clocks.monotonic() + LOOK_EVERY_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, look_at - self._clocks.monotonic())):
                    await self._is_new.wait()
                    await asyncio.sleep(WRITE_EVERY_S)
            if self._is_new.is_set():
                self._is_new.clear()
                await self._trying(self._write)
            if self._clocks.monotonic() >= look_at:
                look_at = self._clocks.monotonic() + LOOK_EVERY_S
                await self._trying(self._look)

    async def _trying(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; what failed is tried again after a pause, and told once."""
        try:
            await work()
        except StoreFailed as failure:
            if not self._is_failing:
                lesson = self._subject.lesson_id
                log.error("lesson.not_written", lesson=lesson, reason=str(failure))
            self._is_failing = True
            await asyncio.sleep(AGAIN_AFTER_S)
            self._is_new.set()
        except Exception:
            log.exception("diary.failed", lesson=self._subject.lesson_id)
            await asyncio.sleep(AGAIN_AFTER_S)
        else:
            self._is_failing = False

    async def _write(self) -> None:
        lines = [*self._lines]
        kept = self._subject.room.kept(self._clocks.monotonic())
        await self._drawer.write(self._subject.lesson_id, lines, kept, self._clocks.utc_now())
        written = {line.line for line in lines}  # some may have been dropped meanwhile
        self._lines = [line for line in self._lines if line.line not in written]

    async def _look(self) -> None:
        figures = await self._subject.stage.figures()
        people = self._subject.room.participants
        report = self._network.report(figures, people.values(), now=self._clocks.monotonic())
        now_ms = self._clock_ms()
        self._attendance.judge(report, now_ms=now_ms)
        self._spans += self._attendance.take(people, now_ms=now_ms)
        await self._write_spans()
        await self._write()  # nothing may have happened, but the clock went on

    async def _write_spans(self) -> None:
        if self._spans:
            spans = [*self._spans]
            await self._drawer.spans(self._subject.lesson_id, spans)
            del self._spans[: len(spans)]

    def _clock_ms(self) -> int:
        return self._subject.room.clock_ms(self._clocks.monotonic())
