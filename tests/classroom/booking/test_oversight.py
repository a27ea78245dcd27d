"""What a host may not have meant by their hours."""

from __future__ import annotations

from datetime import date

from classroom.booking.diary import Away, Bounds, Diary, Hours, Special
from classroom.booking.oversight import Oversight, oversights

TODAY = date(2027, 3, 22)
WEEK = Bounds(horizon_days=7)


def test_hours_nobody_can_come_to_are_told() -> None:
    away = Away(date(2027, 3, 22), date(2027, 3, 29))
    diary = Diary("Europe/Berlin", (Hours(0, 540, 600), Hours(1, 540, 600)), bounds=WEEK)
    assert oversights(diary, TODAY, 0) == []
    closed = Diary("Europe/Berlin", diary.hours, away=(away,), bounds=WEEK)
    assert [(one.kind, one.line) for one in oversights(closed, TODAY, 0)] == [
        ("never", 1),
        ("never", 2),
    ]
    assert [one.kind for one in oversights(diary, TODAY, 90)] == ["short", "short"]


def test_a_special_day_in_an_hour_that_is_left_out_never_opens() -> None:
    special = Special(date(2027, 3, 28), ((120, 180),))
    found = oversights(Diary("Europe/Berlin", specials=(special,), bounds=WEEK), TODAY, 0)
    assert found == [
        Oversight("never", "specials", 1, date(2027, 3, 28)),
        Oversight("clock", "hours", 0, date(2027, 3, 28), -60),
    ]


def test_hours_that_are_in_others_are_told_over_midnight_and_over_the_week() -> None:
    night = Hours(6, 1380, 1500)
    diary = Diary("UTC", (night, Hours(0, 30, 90), Hours(0, 60, 90), Hours(3, 0, 60)), bounds=WEEK)
    found = oversights(diary, TODAY, 0)
    assert [(one.kind, one.line) for one in found] == [("overlap", 2), ("overlap", 3)]


def test_a_day_that_is_longer_says_by_how_much() -> None:
    diary = Diary("Europe/Berlin", (Hours(6, 0, 1440),), bounds=WEEK)
    found = oversights(diary, date(2027, 10, 28), 0)
    assert found == [Oversight("clock", "hours", 0, date(2027, 10, 31), 60)]
