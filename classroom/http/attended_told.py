"""What somebody enrolled did in one lesson, in the form in which it is told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from classroom.http.doors import Doors
from classroom.http.lesson_told import LessonTold
from classroom.http.shown_lesson import end_of, length_until, telling
from classroom.lesson.report import KINDS, PersonReport, make_report
from classroom.people.enrolment import participant_of
from classroom.store.enrolments import EnrolmentRow
from classroom.store.lesson_reading import LessonRow, lines_about, newest_line
from classroom.store.lessons import spans_of

ALWAYS = ("poll_tally", "poll_discarded", "room_ended")
"""Lines that say something of somebody also without naming them."""


@dataclass(frozen=True, slots=True)
class AttendedTold:
    """A lesson, and what somebody did in it."""

    lesson: LessonTold
    length_ms: int
    has_come: bool
    """Else all of the rest is 0."""
    present_ms: int
    late_ms: int
    """How long after the beginning they came; 0 in time."""
    spoke_ms: int
    hands: int
    messages: int
    answers: int
    right: int
    points: int
    stars: int


async def attended(doors: Doors, lesson: LessonRow, enrolment: EnrolmentRow) -> AttendedTold:
    """Made of the lines that name them: a lesson's whole log would be too much for a page."""
    who = participant_of(lesson.room_id, enrolment.id)
    newest = await newest_line(lesson.id)
    length_ms = length_until(newest, end_of(doors, lesson)) if newest else 0
    lines = await lines_about(lesson.id, who, KINDS, ALWAYS)
    spans = [span for span in await spans_of(lesson.id) if span.participant_id == who]
    made = await asyncio.to_thread(make_report, lines, spans, length_ms=length_ms)
    person = next((one for one in made.people if one.participant_id == who), None)
    return _told(telling(doors, lesson), length_ms, person)


def _told(lesson: LessonTold, length_ms: int, person: PersonReport | None) -> AttendedTold:
    if person is None:
        return AttendedTold(lesson, length_ms, False, *[0] * 9)
    return AttendedTold(
        lesson,
        length_ms,
        has_come=True,
        present_ms=person.present_ms,
        late_ms=person.late_ms,
        spoke_ms=person.spoke_ms,
        hands=person.hands,
        messages=person.messages,
        answers=person.answers,
        right=person.right,
        points=person.points,
        stars=person.stars,
    )
