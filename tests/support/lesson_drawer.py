"""Where a class in a test keeps its lessons: in memory, and broken when a test says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from classroom.ids import RoomId
from classroom.live.ports import LessonDrawer, Stored
from classroom.room.kept import Kept
from classroom.room.record import KeptLesson, LessonLine, Span
from tests.support.chat_drawer import ChatTwin
from tests.support.files_drawer import FilesTwin
from whiteboard.store import StoreFailed

NEW = Stored(None, KeptLesson("lesson", None, None))
"""Of a room that opens for the first time."""


@dataclass
class LessonTwin:
    """One lesson as it is kept."""

    room_id: RoomId
    lines: dict[int, LessonLine] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    kept: Kept | None = None
    saved_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass
class LessonsTwin:
    """Lessons by id, the first one `lesson1`. `writes` counts what was written whole."""

    lessons: dict[str, LessonTwin] = field(default_factory=dict)
    is_broken: bool = False
    writes: int = 0
    chat: ChatTwin = field(default_factory=ChatTwin)
    files: FilesTwin = field(default_factory=FilesTwin)

    @property
    def drawer(self) -> LessonDrawer:
        """What the live rooms are given."""
        return LessonDrawer(
            self.open, self.write, self.spans, self.end, self.chat.drawer, self.files.drawer
        )

    async def open(self, room_id: RoomId, title: str, at: datetime) -> KeptLesson:
        self._check()
        for lesson_id, lesson in self.lessons.items():
            if lesson.room_id == room_id and lesson.kept and lesson.ended_at is None:
                return KeptLesson(lesson_id, lesson.kept, lesson.saved_at)
        lesson_id = f"lesson{len(self.lessons) + 1}"
        self.lessons[lesson_id] = LessonTwin(room_id)
        return KeptLesson(lesson_id, None, None)

    async def write(
        self, lesson_id: str, lines: Sequence[LessonLine], kept: Kept, at: datetime
    ) -> None:
        self._check()
        lesson = self.lessons.setdefault(lesson_id, LessonTwin(RoomId("")))
        for line in lines:
            lesson.lines.setdefault(line.line, line)
        lesson.kept, lesson.saved_at = kept, at
        self.writes += 1

    async def spans(self, lesson_id: str, spans: Sequence[Span]) -> None:
        self._check()
        self.lessons[lesson_id].spans += spans

    async def end(self, lesson_id: str, at: datetime) -> None:
        self._check()
        self.lessons[lesson_id].ended_at = at

    def _check(self) -> None:
        if self.is_broken:
            raise StoreFailed("told to fail")
