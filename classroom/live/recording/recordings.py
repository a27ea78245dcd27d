"""Records every live room of the server."""

from __future__ import annotations

from classroom.live.recording.house import RecordingHouse
from classroom.live.recording.preparing import LessonFacts
from classroom.live.recording.recorder import LiveRecorder
from classroom.live.room import LiveRoom


class Recordings:
    """Makes the recorder of each room; a `MakeRecorder`."""

    def __init__(self, house: RecordingHouse) -> None:
        self.house = house

    def __call__(self, live: LiveRoom, lesson_id: str, owner: str) -> LiveRecorder:
        return LiveRecorder(live, self.house, LessonFacts(lesson_id, owner))
