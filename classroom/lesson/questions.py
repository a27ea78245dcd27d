"""The questions of a lesson, as its log told them when they were closed. A core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from classroom.room.record import LessonLine


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """`right` is None for an opinion. `asked` is how many it was for."""

    poll_id: str
    kind: str
    text: str
    is_anonymous: bool
    asked: int
    answered: int
    right: int | None


@dataclass(slots=True)
class Score:
    """What one person answered. Nobody knows whether an anonymous answer is right."""

    answers: int = 0
    right: int = 0
    points: int = 0


class Questions:
    """Invariant: of each question the sheet that was told last, unless it was discarded."""

    def __init__(self) -> None:
        self._sheets: dict[str, dict[str, Any]] = {}
        self._scores: dict[str, Score] | None = None

    def read(self, line: LessonLine) -> None:
        """Take note of a line; of another kind it says nothing here."""
        self._scores = None
        if line.kind == "poll_tally":
            sheet = line.body["sheet"]
            self._sheets[sheet["poll_id"]] = sheet
        elif line.kind == "poll_discarded":
            self._sheets.pop(line.body["poll_id"], None)

    def report(self) -> tuple[QuestionReport, ...]:
        """Every question, in the order in which they were closed first."""
        return tuple(_question(sheet) for sheet in self._sheets.values())

    def score(self, who: str) -> Score:
        """What somebody answered in all of them."""
        if self._scores is None:
            self._scores = {}
            for sheet in self._sheets.values():
                _count(sheet, self._scores)
        return self._scores.get(who, Score())


def _question(sheet: dict[str, Any]) -> QuestionReport:
    rated = [answer for answer in sheet["answers"] if answer["is_right"] is not None]
    has_right = bool(sheet["right"] or sheet["right_texts"])
    return QuestionReport(
        poll_id=sheet["poll_id"],
        kind=sheet["kind"],
        text=sheet["text"],
        is_anonymous=any(not answer["participant_id"] for answer in sheet["answers"]),
        asked=len(sheet["people"]),
        answered=len(sheet["answers"]),
        right=sum(answer["is_right"] for answer in rated) if has_right else None,
    )


def _count(sheet: dict[str, Any], scores: dict[str, Score]) -> None:
    for person in sheet["people"]:
        if person["has_answered"]:
            scores.setdefault(person["participant_id"], Score()).answers += 1
    for answer in sheet["answers"]:
        if answer["is_right"] and answer["participant_id"]:
            score = scores.setdefault(answer["participant_id"], Score())
            score.right += 1
            score.points += sheet["points"]
