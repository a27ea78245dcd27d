"""A lesson's log written by hand, in the form in which the room records it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from classroom.room.record import LessonLine

BEGAN = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
MINUTE = 60_000


class LessonLog:
    """Lines with numbers and times; minutes may be broken numbers."""

    def __init__(self) -> None:
        self.lines: list[LessonLine] = []
        self._people: dict[str, dict[str, Any]] = {}

    def add(self, minute: float, kind: str, body: dict[str, Any], *, private: bool = False) -> None:
        """Any line."""
        ms = round(minute * MINUTE)
        at = BEGAN + timedelta(milliseconds=ms)
        self.lines.append(LessonLine(len(self.lines) + 1, ms, at, kind, body, private))

    def join(self, minute: float, who: str, role: str = "student", name: str = "") -> None:
        """Somebody takes a seat."""
        person = {
            "id": who,
            "name": name or who.title(),
            "role": role,
            "connection": "here",
            "on_stage": None,
        }
        self._people[who] = person
        self.add(minute, "participant_joined", {"participant": person})

    def change(self, minute: float, who: str, **fields: Any) -> None:
        """Somebody is another."""
        self._people[who] = {**self._people[who], **fields}
        self.add(minute, "participant_changed", {"participant": self._people[who]})

    def leave(self, minute: float, who: str, reason: str = "left") -> None:
        """Somebody's seat is gone."""
        self.add(minute, "participant_left", {"participant_id": who, "reason": reason})

    def hand(self, minute: float, who: str) -> None:
        """A hand goes up."""
        hand = {"participant_id": who, "raised_ms": round(minute * MINUTE)}
        self.add(minute, "hand_raised", {"hand": hand})

    def say(self, minute: float, who: str, *, private: bool = False) -> None:
        """Something is written, to everybody or to some."""
        body = {"message_id": "m1", "participant_id": who}
        self.add(minute, "chat_posted", body, private=private)

    def close_poll(
        self, minute: float, answers: dict[str, bool | None], *, asked: list[str], **more: Any
    ) -> None:
        """A question is closed; `answers` by person, whether they are right."""
        sheet = {
            "poll_id": "q1",
            "is_final": True,
            "kind": "yes_no",
            "text": "Is it a circle?",
            "points": 2,
            "right": [0] if any(answer is not None for answer in answers.values()) else [],
            "right_texts": [],
            "people": [
                {"participant_id": who, "name": who.title(), "has_answered": who in answers}
                for who in asked
            ],
            "answers": [
                {"participant_id": who, "name": who.title(), "is_right": right}
                for who, right in answers.items()
            ],
            **more,
        }
        self.add(minute, "poll_tally", {"sheet": sheet}, private=True)

    def end(self, minute: float) -> None:
        """The class is over."""
        self.add(minute, "room_ended", {"by": ""})
