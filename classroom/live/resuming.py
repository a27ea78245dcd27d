"""Ties a live room to the lesson it belongs to: written down from now on, or gone on with."""

from __future__ import annotations

from classroom.live.diary import Diary, Subject
from classroom.live.followers import follow
from classroom.live.metrics import PARTICIPANTS
from classroom.live.ports import Clocks, LessonDrawer
from classroom.live.room import LiveRoom
from classroom.room.record import KeptLesson


def keep(live: LiveRoom, lesson: KeptLesson, drawer: LessonDrawer, clocks: Clocks) -> None:
    """Write the room's lesson down. Whoever was in it when the server went is in it again, away."""
    live.visitors |= set(live.room.participants)
    PARTICIPANTS.inc(len(live.room.participants))
    live.telling.lesson_id = lesson.lesson_id
    diary = Diary(Subject(lesson.lesson_id, live.room, live.stage), drawer, clocks)
    live.on_entries, live.on_voices, live.on_end = diary.note, diary.hear, diary.close
    follow(live)
