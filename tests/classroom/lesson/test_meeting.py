"""Whether a talk was held: together for two minutes, or who did not come."""

from __future__ import annotations

import pytest

from classroom.lesson.meeting import HELD_MS, Met, Outcome, meeting, outcome
from classroom.lesson.report import PersonReport, make_report
from tests.classroom.lesson.log import MINUTE, LessonLog

CLIENT = {"min"}


def people(log: LessonLog, length: float = 60) -> tuple[PersonReport, ...]:
    return make_report(log.lines, [], length_ms=round(length * MINUTE)).people


def told(*logs: LessonLog) -> Outcome:
    return outcome(meeting([people(log) for log in logs], CLIENT), has_waited=True)


def both(came: float, left: float) -> LessonLog:
    log = LessonLog()
    log.join(0, "helen", "host")
    log.join(came, "min")
    log.leave(left, "min")
    log.end(60)
    return log


def test_two_minutes_together_are_a_talk() -> None:
    assert told(both(1, 3)) == Outcome("held", held_ms=HELD_MS)
    assert told(both(1, 31)) == Outcome("held", held_ms=30 * MINUTE)


def test_less_is_for_the_host_to_say() -> None:
    assert told(both(1, 2.9)) == Outcome(None)


def test_a_line_that_was_lost_counts_once() -> None:
    log = LessonLog()
    log.join(0, "helen", "host")
    for came in (1, 3, 5):
        log.join(came, "min")
        log.leave(came + 1, "min")
    log.end(20)
    assert told(log).held_ms == 3 * MINUTE


def test_a_host_who_is_late_counts_from_when_they_come() -> None:
    log = LessonLog()
    log.join(0, "min")
    log.join(10, "helen", "host")
    log.end(40)
    assert told(log) == Outcome("held", held_ms=30 * MINUTE)


def test_a_talk_that_was_broken_off_is_counted_whole() -> None:
    assert told(both(1, 2), both(0, 1)) == Outcome("held", held_ms=2 * MINUTE)


def test_a_colleague_who_was_added_is_of_the_house_and_a_guest_is_not() -> None:
    log = LessonLog()
    log.join(0, "omar", "assistant")
    log.join(0, "min")
    log.end(5)
    assert told(log) == Outcome("held", held_ms=5 * MINUTE)
    log = LessonLog()
    log.join(0, "leila")
    log.join(0, "min")
    log.end(5)
    assert told(log) == Outcome("missed", "host")


def test_another_client_of_a_group_is_not_this_one() -> None:
    log = LessonLog()
    log.join(0, "helen", "host")
    log.join(0, "leila")
    log.end(30)
    met = meeting([people(log)], CLIENT)
    assert (met.has_client, outcome(met, has_waited=False)) == (False, Outcome("missed", "client"))


@pytest.mark.parametrize(
    ("met", "has_waited", "expected"),
    [
        (Met(), False, Outcome("missed", "client")),
        (Met(), True, Outcome("missed", "host")),
        (Met(has_client=True), True, Outcome("missed", "host")),
        (Met(has_host=True), False, Outcome("missed", "client")),
        (Met(has_host=True), True, Outcome(None)),
        (Met(has_host=True, has_client=True), True, Outcome(None)),
    ],
)
def test_who_did_not_come(met: Met, has_waited: bool, expected: Outcome) -> None:
    assert outcome(met, has_waited=has_waited) == expected
