"""The report of a lesson: everybody who was there, and every question. A core.

Made from the lines of the lesson's log and the spans in which people spoke or had trouble, also
while the lesson goes on. Times are milliseconds of the room clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from classroom.lesson.questions import QuestionReport, Questions
from classroom.lesson.times import Time, joined, total_ms, within
from classroom.people.role import Role
from classroom.room.record import LessonLine, Span

LATE_AFTER_MS = 120_000
"""Since the lesson began; whoever came before was in time."""


@dataclass(frozen=True, slots=True)
class PersonReport:
    """Somebody who was there. `stays` end when the seat was given up or lost, not when only the
    connection was: that is `trouble`, together with a weak or poor connection."""

    participant_id: str
    name: str
    role: Role
    is_inside: bool
    stays: tuple[Time, ...]
    late_ms: int
    """How long after the beginning a student came; 0 in time, and for everybody else."""
    spoke: tuple[Time, ...]
    trouble: tuple[Time, ...]
    hands: int
    on_stage: int
    """How often they were brought on stage."""
    messages: int
    """How many they wrote to the whole class."""
    files: int
    """How many they sent to the whole class."""
    answers: int
    right: int
    points: int
    stars: int

    @property
    def present_ms(self) -> int:
        """How long they were there."""
        return total_ms(self.stays)

    @property
    def spoke_ms(self) -> int:
        """How long they spoke."""
        return total_ms(self.spoke)

    @property
    def trouble_ms(self) -> int:
        """How long their connection was bad or lost."""
        return total_ms(self.trouble)


@dataclass(frozen=True, slots=True)
class Report:
    """`teacher_share` is the staff's part of all speaking, 0 to 1; None while nobody spoke."""

    length_ms: int
    people: tuple[PersonReport, ...]
    """Staff, students, observers; in each in the order in which they came."""
    questions: tuple[QuestionReport, ...]
    teacher_share: float | None


def make_report(
    lines: Iterable[LessonLine], spans: Iterable[Span], *, length_ms: int, is_live: bool = False
) -> Report:
    """The report of a lesson that has lasted `length_ms` until its end, or `is_live` until now."""
    book = _Book()
    for line in lines:
        book.read(line)
    length_ms = max(length_ms, book.clock_ms)
    heard = _by_person(spans, length_ms)
    people = [book.person(known, heard, length_ms) for known in book.known.values()]
    if not is_live:
        people = [replace(one, is_inside=False) for one in people]
    people.sort(key=lambda one: _ORDER[one.role])
    return Report(length_ms, tuple(people), book.questions.report(), _teacher_share(people))


_ORDER: dict[Role, int] = {"host": 0, "assistant": 1, "student": 2, "observer": 3}


@dataclass(slots=True)
class _Known:
    """What is known of a person so far; `since` and `away_since` are of what is not over."""

    participant_id: str
    name: str
    role: Role
    since: int | None = None
    away_since: int | None = None
    stays: list[Time] = field(default_factory=list)
    gaps: list[Time] = field(default_factory=list)
    is_on_stage: bool = False
    on_stage: int = 0
    hands: int = 0
    messages: int = 0
    files: int = 0
    stars: int = 0

    def note(self, line: LessonLine) -> None:
        """A line that tells of them."""
        match line.kind:
            case "participant_changed":
                self.look(line.body["participant"], line.clock_ms)
            case "participant_left":
                self.leave(line.clock_ms, is_lost=line.body["reason"] == "lost")
            case "hand_raised":
                self.hands += 1
            case "stars_changed":
                self.stars = line.body["stars"]["count"]
            case "file_added":
                self.files += not line.is_private
            case _:
                self.messages += not line.is_private

    def look(self, told: dict[str, Any], clock_ms: int) -> None:
        """They are as `told` from now on."""
        self.name, self.role = told["name"], told["role"]
        is_on_stage = told.get("on_stage") is not None
        self.on_stage += is_on_stage and not self.is_on_stage
        self.is_on_stage = is_on_stage
        if told["connection"] == "away":
            self.away_since = clock_ms if self.away_since is None else self.away_since
        else:
            self.come_back(clock_ms)

    def come_back(self, clock_ms: int) -> None:
        """They are not away any more."""
        if self.away_since is not None:
            self.gaps.append(Time(self.away_since, clock_ms))
            self.away_since = None

    def leave(self, clock_ms: int, *, is_lost: bool = False) -> None:
        """Their seat is gone; a lost one since they were away."""
        if is_lost and self.away_since is not None:
            clock_ms, self.away_since = self.away_since, None
        self.come_back(clock_ms)
        if self.since is not None:
            self.stays.append(Time(self.since, clock_ms))
            self.since = None
        self.is_on_stage = False


_WHOSE: dict[str, Callable[[dict[str, Any]], str]] = {
    "participant_changed": lambda body: body["participant"]["id"],
    "participant_left": lambda body: body["participant_id"],
    "hand_raised": lambda body: body["hand"]["participant_id"],
    "stars_changed": lambda body: body["stars"]["participant_id"],
    "chat_posted": lambda body: body["participant_id"],
    "file_added": lambda body: body["participant_id"],
}
"""Whom a line of a kind tells of."""

KINDS = frozenset({*_WHOSE, "participant_joined", "poll_tally", "poll_discarded", "room_ended"})
"""The lines that a report is made from; others need not be read."""


class _Book:
    """The log, read line by line. A line of a kind it does not know says nothing here."""

    def __init__(self) -> None:
        self.known: dict[str, _Known] = {}
        self.questions = Questions()
        self.clock_ms = 0

    def read(self, line: LessonLine) -> None:
        self.clock_ms = max(self.clock_ms, line.clock_ms)
        whose = _WHOSE.get(line.kind)
        if whose is not None:
            known = self.known.get(whose(line.body))
            if known is not None:
                known.note(line)
        elif line.kind == "participant_joined":
            self._join(line.body["participant"], line.clock_ms)
        elif line.kind == "room_ended":
            for known in self.known.values():
                known.leave(line.clock_ms)
        else:
            self.questions.read(line)

    def _join(self, told: dict[str, Any], clock_ms: int) -> None:
        who = told["id"]
        known = self.known.setdefault(who, _Known(who, told["name"], told["role"]))
        if known.since is None:
            known.since = clock_ms
        known.look(told, clock_ms)

    def person(
        self, known: _Known, heard: dict[tuple[str, bool], list[Time]], length_ms: int
    ) -> PersonReport:
        who = known.participant_id
        is_inside = known.since is not None
        open_stay = [] if known.since is None else [Time(known.since, length_ms)]
        open_gap = [] if known.away_since is None else [Time(known.away_since, length_ms)]
        stays = joined([*known.stays, *open_stay])
        gaps = [*known.gaps, *open_gap, *heard.get((who, False), [])]
        came_ms = stays[0].from_ms if stays else length_ms
        is_late = known.role == "student" and came_ms > LATE_AFTER_MS
        score = self.questions.score(who)
        return PersonReport(
            participant_id=who,
            name=known.name,
            role=known.role,
            is_inside=is_inside,
            stays=stays,
            late_ms=came_ms if is_late else 0,
            spoke=within(heard.get((who, True), []), stays),
            trouble=within(gaps, stays),
            hands=known.hands,
            on_stage=known.on_stage,
            messages=known.messages,
            files=known.files,
            answers=score.answers,
            right=score.right,
            points=score.points,
            stars=known.stars,
        )


def _by_person(spans: Iterable[Span], length_ms: int) -> dict[tuple[str, bool], list[Time]]:
    """By person, and whether they spoke in it; the rest is trouble."""
    found: dict[tuple[str, bool], list[Time]] = {}
    for span in spans:
        time = Time(span.from_ms, min(span.to_ms, length_ms))
        found.setdefault((span.participant_id, span.kind == "spoke"), []).append(time)
    return found


def _teacher_share(people: list[PersonReport]) -> float | None:
    everybody = sum(one.spoke_ms for one in people)
    staff = sum(one.spoke_ms for one in people if one.role in ("host", "assistant"))
    return staff / everybody if everybody else None
