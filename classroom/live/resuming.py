"""Ties a live room to the lesson it belongs to: written down from now on, or gone on with."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from classroom.live.chat_shelf import ChatShelf
from classroom.live.diary import Diary, Subject
from classroom.live.files_shelf import FilesShelf
from classroom.live.followers import follow
from classroom.live.metrics import PARTICIPANTS
from classroom.live.ports import Clocks, LessonDrawer, Recorder, Stored
from classroom.live.room import LiveRoom
from classroom.room.event import LogEntry


def keep(
    live: LiveRoom,
    stored: Stored,
    drawer: LessonDrawer,
    clocks: Clocks,
    recorder: Recorder | None = None,
) -> None:
    """Write the room's lesson down. Whoever was in it when the server went is in it again, away."""
    live.visitors |= set(live.room.participants)
    PARTICIPANTS.inc(len(live.room.participants))
    lesson_id = stored.lesson.lesson_id
    live.telling.lesson_id = lesson_id
    live.room.parts.chat.go_on(stored.chat)
    diary = Diary(Subject(lesson_id, live.room, live.stage), drawer, clocks)
    shelf = ChatShelf(lesson_id, drawer.chat, asyncio.sleep)
    live.room.parts.files.go_on(stored.files)
    files = FilesShelf(live.room.terms.room_id, lesson_id, drawer.files, asyncio.sleep)

    def note(entries: Sequence[LogEntry]) -> None:
        if recorder is not None:
            recorder.note(entries)
        diary.note(entries)
        shelf.follow(entries)
        files.follow(entries)

    async def end(is_over: bool) -> None:
        ends = [shelf.close(), files.close(), diary.close(is_over)]
        if recorder is not None:
            ends.append(recorder.close(is_over))
        await asyncio.gather(*ends)

    live.shelf, live.files = shelf, files
    if recorder is not None:
        live.recorder = recorder
    live.on_entries, live.on_voices, live.on_end = note, diary.hear, end
    follow(live)
    if stored.lesson.kept is not None:
        live.go_on()
