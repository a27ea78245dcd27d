"""Who of the list came to a lesson, and who did not."""

from __future__ import annotations

from datetime import timedelta

from classroom.ids import ParticipantId
from classroom.lesson.csv import csv_of
from classroom.lesson.register import Enrolled, call_register
from classroom.lesson.report import Report, make_report
from classroom.lesson.times import clock_at
from tests.classroom.lesson.log import BEGAN, MINUTE, LessonLog

ENDED = BEGAN + timedelta(minutes=50)
HOUR = timedelta(hours=1)


def enrolled(name: str, *, since: timedelta = -HOUR, until: timedelta | None = None) -> Enrolled:
    who = ParticipantId(name.lower())
    gone = None if until is None else BEGAN + until
    return Enrolled(f"e-{who}", who, name, BEGAN + since, gone)


def a_report(*names: str) -> Report:
    log = LessonLog()
    for name in names:
        log.join(1, name)
    log.end(50)
    return make_report(log.lines, (), length_ms=50 * MINUTE)


def test_who_did_not_come_is_named_and_guests_are_not_counted() -> None:
    people = [enrolled("Mei"), enrolled("Bo"), enrolled("An")]
    report = a_report("mei", "guest")
    register = call_register(people, report.people, began=BEGAN, ended=ENDED)
    assert (register.expected, register.absent) == (3, (people[1], people[2]))


def test_only_who_was_on_the_list_then_is_expected() -> None:
    people = [
        enrolled("Before", until=-HOUR / 2),
        enrolled("After", since=HOUR),
        enrolled("Late", since=HOUR / 2),
        enrolled("Early", until=HOUR / 2),
    ]
    register = call_register(people, (), began=BEGAN, ended=ENDED)
    assert [one.name for one in register.absent] == ["Late", "Early"]


def test_the_table_has_a_row_for_who_did_not_come() -> None:
    table = csv_of(a_report("mei"), BEGAN, "en", [enrolled("=Bo")]).decode("utf-8-sig")
    head, mei, bo = table.splitlines()
    assert len(bo.split(",")) == len(head.split(",")) == len(mei.split(","))
    assert bo == "'=Bo,Student,,,0:00:00,0:00:00,0:00:00,0,0,0,0,0,0,0,0,0:00:00"


def test_the_room_clock_goes_on_from_what_it_showed() -> None:
    assert clock_at(500, BEGAN, BEGAN + timedelta(seconds=2)) == 2500
    assert clock_at(500, BEGAN, BEGAN - HOUR) == 500
