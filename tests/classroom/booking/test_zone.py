"""What a wall shows, and at which instants, over every kind of change."""

from __future__ import annotations

from datetime import date

import pytest

from classroom.booking.span import Span, joined, without
from classroom.booking.zone import (
    at_wall,
    instants,
    iso_s,
    pieces,
    read_iso_s,
    read_zone,
    wall,
    zone_of,
)
from classroom.errors import Refused

HOUR = 3600


@pytest.mark.parametrize(
    "name", ["", "Berlin", "localtime", "Factory", "Europe/Nowhere", "../etc/passwd", None, 3]
)
def test_what_is_no_zone_is_refused(name: object) -> None:
    with pytest.raises(Refused, match=r"booking\.zone"):
        read_zone(name)


def test_old_names_of_zones_are_zones() -> None:
    assert read_zone("Asia/Calcutta") == "Asia/Calcutta"
    assert zone_of("UTC").key == "UTC"
    for name in ("GMT", "Japan", "EST"):  # as some browsers name where they are
        assert read_zone(name) == name


@pytest.mark.parametrize(
    ("zone", "day", "from_min", "to_min", "expected"),
    [
        # 02:00 to 03:00 is left out on 28 March
        ("Europe/Berlin", date(2027, 3, 28), 120, 180, []),
        ("Europe/Berlin", date(2027, 3, 28), 60, 240, [("00:00", "02:00")]),
        # and comes twice on 31 October
        ("Europe/Berlin", date(2027, 10, 31), 120, 180, [("00:00", "02:00")]),
        ("Europe/Berlin", date(2027, 10, 31), 120, 150, [("00:00", "00:30"), ("01:00", "01:30")]),
        ("America/New_York", date(2027, 11, 7), 60, 90, [("05:00", "05:30"), ("06:00", "06:30")]),
        ("Europe/Dublin", date(2027, 10, 31), 60, 120, [("00:00", "02:00")]),
    ],
)
def test_hours_of_a_day_are_the_instants_at_which_the_wall_shows_them(
    zone: str, day: date, from_min: int, to_min: int, expected: list[tuple[str, str]]
) -> None:
    found = instants(zone, day, from_min, to_min)
    assert [(iso_s(one.from_s)[11:16], iso_s(one.to_s)[11:16]) for one in found] == expected


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2027, 3, 28), 23),
        ("Europe/Berlin", date(2027, 10, 31), 25),
        ("Australia/Lord_Howe", date(2027, 4, 4), 24.5),
        ("Australia/Lord_Howe", date(2027, 10, 3), 23.5),
        ("Antarctica/Troll", date(2027, 3, 28), 22),
        ("Asia/Almaty", date(2024, 2, 29), 25),  # moved from +06 to +05 for good
        ("Pacific/Apia", date(2011, 12, 30), 0),  # that day was left out
        ("Asia/Kathmandu", date(2028, 2, 29), 24),
    ],
)
def test_a_day_is_as_long_as_its_zone_makes_it(zone: str, day: date, hours: float) -> None:
    length = sum(one.to_s - one.from_s for one in instants(zone, day, 0, 1440))
    assert length == hours * HOUR


def test_a_wall_says_which_of_two_equal_hours_it_shows() -> None:
    first = wall("Europe/Berlin", 1_824_940_800)  # 2027-10-31T00:00Z
    second = wall("Europe/Berlin", 1_824_940_800 + HOUR)
    assert (first.minute, first.is_second, first.offset_s) == (120, False, 7200)
    assert (second.minute, second.is_second, second.offset_s) == (120, True, 3600)


def test_an_hour_that_is_kept_goes_to_the_first_moment_that_there_is() -> None:
    assert iso_s(at_wall("Europe/Berlin", date(2027, 3, 28), 150)) == "2027-03-28T01:00:00Z"
    assert iso_s(at_wall("Europe/Berlin", date(2027, 10, 31), 150)) == "2027-10-31T00:30:00Z"
    assert iso_s(at_wall("Europe/Berlin", date(2027, 3, 29), 540)) == "2027-03-29T07:00:00Z"
    assert iso_s(at_wall("Pacific/Apia", date(2011, 12, 30), 540)) == "2011-12-30T10:00:00Z"


def test_the_pieces_of_years_join_where_nothing_changes() -> None:
    years = pieces("Asia/Kathmandu", 1_704_067_200, 1_924_905_600)
    assert len(years) == 1
    berlin = pieces("Europe/Berlin", 1_704_067_200, 1_893_456_000)  # 2024 until 2030
    assert [one.offset_s for one in berlin] == [3600, 7200] * 6 + [3600]


def test_times_are_read_as_they_are_written() -> None:
    assert read_iso_s("2027-03-29T07:00:00Z") == 1_806_303_600
    assert read_iso_s("2027-03-29T09:00:00+02:00") == 1_806_303_600
    for text in ("", "2027-03-29T07:00:00", "2027-03-29T07:00:00.5Z", "tomorrow", "9999-99-99T"):
        assert read_iso_s(text) is None
    for text in ("0001-01-01T00:00:00Z", "1969-12-31T23:55:00Z", "9999-12-31T23:55:00Z"):
        assert read_iso_s(text) is None  # some zone has no day for it


def test_spans_are_joined_and_cut() -> None:
    assert joined([(5, 9), (1, 3), (3, 4), (6, 7), (8, 8)]) == ((1, 4), (5, 9))
    assert without([(0, 10), (20, 30)], [(3, 5), (9, 22), (40, 50)]) == (
        Span(0, 3),
        Span(5, 9),
        Span(22, 30),
    )
