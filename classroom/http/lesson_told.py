"""Lessons and reports in the form in which they are told."""

from __future__ import annotations

from dataclasses import dataclass, fields

from classroom.clock import iso
from classroom.lesson.questions import QuestionReport
from classroom.lesson.register import Register
from classroom.lesson.report import PersonReport, Report
from classroom.lesson.times import Time
from classroom.people.enrolment import is_enrolled
from classroom.people.role import Role
from classroom.store.lesson_reading import LessonRow


@dataclass(frozen=True, slots=True)
class LessonTold:
    """One class in a room, from the first who came until it ended."""

    id: str
    room_id: str
    room_code: str
    title: str
    """What the room was called then."""
    started_at: str
    ended_at: str | None
    """Null while it goes on."""
    is_live: bool


@dataclass(frozen=True, slots=True)
class LessonsTold:
    """Lessons, the newest first."""

    lessons: list[LessonTold]
    has_more: bool
    """Whether there are older ones: ask with `before` the last one's `started_at`."""


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Somebody who was there; times are milliseconds since the lesson began, or lengths of time."""

    participant_id: str
    name: str
    role: Role
    is_inside: bool
    """There now; only while the lesson goes on."""
    stays: tuple[Time, ...]
    """From coming to leaving; a lost connection alone does not end a stay."""
    late_ms: int
    """How long after the beginning a student came; 0 in time, and for everybody else."""
    spoke: tuple[Time, ...]
    trouble: tuple[Time, ...]
    """When their connection was weak, poor or lost."""
    hands: int
    on_stage: int
    """How often they were brought on stage."""
    messages: int
    """Written to the whole class."""
    files: int
    """Sent to the whole class."""
    answers: int
    right: int
    points: int
    stars: int
    present_ms: int
    spoke_ms: int
    trouble_ms: int
    is_enrolled: bool
    """Whether they are on the room's list and the same participant in every lesson."""


@dataclass(frozen=True, slots=True)
class AbsentTold:
    """A student on the room's list who did not come, or not yet."""

    enrolment_id: str
    participant_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportTold:
    """A report, also while the lesson goes on."""

    lesson: LessonTold
    length_ms: int
    teacher_share: float | None
    """The part of all speaking that hosts and assistants did, 0 to 1; null while nobody spoke."""
    people: list[PersonTold]
    """Staff, students, observers, each in the order in which they came."""
    questions: tuple[QuestionReport, ...]
    expected: int
    """How many students were on the room's list during the lesson."""
    absent: list[AbsentTold]
    """Those of them who did not come."""


def lesson_told(lesson: LessonRow, *, is_live: bool) -> LessonTold:
    """A lesson as its teacher sees it. One that was broken off ended when it was stored last."""
    ended_at = None if is_live else lesson.ended_at or lesson.saved_at
    return LessonTold(
        id=lesson.id,
        room_id=lesson.room_id,
        room_code=lesson.room_code,
        title=lesson.title,
        started_at=iso(lesson.started_at),
        ended_at=None if ended_at is None else iso(ended_at),
        is_live=is_live,
    )


def report_told(lesson: LessonTold, report: Report, register: Register) -> ReportTold:
    """The report of a lesson."""
    return ReportTold(
        lesson=lesson,
        length_ms=report.length_ms,
        teacher_share=report.teacher_share,
        people=[_person(person) for person in report.people],
        questions=report.questions,
        expected=register.expected,
        absent=[
            AbsentTold(one.enrolment_id, one.participant_id, one.name) for one in register.absent
        ],
    )


def _person(person: PersonReport) -> PersonTold:
    return PersonTold(
        **{field.name: getattr(person, field.name) for field in fields(person)},
        present_ms=person.present_ms,
        spoke_ms=person.spoke_ms,
        trouble_ms=person.trouble_ms,
        is_enrolled=is_enrolled(person.participant_id),
    )
