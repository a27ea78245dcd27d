"""Who of those who belong to a room came to a lesson, and who did not. A core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from classroom.ids import ParticipantId
from classroom.lesson.report import PersonReport


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A student on a room's list, and from when until when they are on it."""

    enrolment_id: str
    participant_id: ParticipantId
    name: str
    since: datetime
    until: datetime | None

    def is_expected(self, began: datetime, ended: datetime) -> bool:
        """Whether they were on the list during a lesson, or a part of it."""
        return self.since < ended and (self.until is None or self.until > began)


@dataclass(frozen=True, slots=True)
class Register:
    """`expected` students of the list; `absent` of them never came, in the order of the list."""

    expected: int
    absent: tuple[Enrolled, ...]


def call_register(
    enrolled: Iterable[Enrolled],
    people: Iterable[PersonReport],
    *,
    began: datetime,
    ended: datetime,
) -> Register:
    """Who is missing among those who were there; `ended` is now while the lesson goes on."""
    came = {one.participant_id for one in people}
    expected: Sequence[Enrolled] = [one for one in enrolled if one.is_expected(began, ended)]
    return Register(len(expected), tuple(one for one in expected if one.participant_id not in came))
