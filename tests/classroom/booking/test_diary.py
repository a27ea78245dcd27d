"""Hours as a host writes them: read, refused by the part that is wrong, written again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from classroom.booking.diary import Bounds, Diary, Hours, Special, Stay, read_diary, write_diary
from classroom.errors import Refused

WHOLE: dict[str, Any] = {
    "zone": "Europe/Berlin",
    "hours": [{"weekday": 0, "from_min": 540, "to_min": 1020}],
    "specials": [{"day": "2028-02-29", "hours": [[600, 660], [1380, 1500]]}],
    "away": [{"from_day": "2027-12-24", "to_day": "2027-12-31", "why": "Winter"}],
    "stays": [{"from_day": "2027-05-03", "to_day": "2027-05-09", "zone": "Asia/Tokyo"}],
    "bounds": {"notice_min": 60, "horizon_days": 90, "daily_max": 4, "step_min": 30},
}


def test_what_is_read_is_written_again() -> None:
    diary = read_diary(WHOLE)
    assert write_diary(diary) == WHOLE
    assert diary.hours == (Hours(0, 540, 1020),)
    assert diary.specials == (Special(date(2028, 2, 29), ((600, 660), (1380, 1500))),)
    assert diary.bounds == Bounds(60, 90, 4, 30)


def test_who_wrote_nothing_is_never_open() -> None:
    assert read_diary({}) == Diary()
    assert write_diary(Diary())["hours"] == []


@pytest.mark.parametrize(
    ("part", "given", "field", "line"),
    [
        ("zone", "Berlin", "zone", 0),
        ("hours", "always", "hours", 0),
        ("hours", [{"weekday": 0, "from_min": 540, "to_min": 540}], "hours", 1),
        ("hours", [{"weekday": 7, "from_min": 540, "to_min": 600}], "hours", 1),
        ("hours", [{"weekday": 0, "from_min": 542, "to_min": 600}], "hours", 1),
        ("hours", [{"weekday": 0, "from_min": 540, "to_min": 1985}], "hours", 1),
        ("hours", [{"weekday": True, "from_min": 540, "to_min": 600}], "hours", 1),
        ("hours", [{"weekday": 0}], "hours", 1),
        ("hours", [7], "hours", 1),
        ("hours", [WHOLE["hours"][0]] * 101, "hours", 0),
        ("specials", [{"day": "2027-02-29", "hours": []}], "specials", 1),
        ("specials", [{"day": "2027-03-01", "hours": []}] * 2, "specials", 2),
        ("specials", [{"day": "2027-03-01", "hours": [[540]]}], "specials", 1),
        ("away", [{"from_day": "2027-03-02", "to_day": "2027-03-01"}], "away", 1),
        ("away", [{"from_day": "2027-03-02", "to_day": "2027-03-02", "why": "x" * 121}], "away", 1),
        ("stays", [{**WHOLE["stays"][0], "zone": "Tokyo"}], "stays", 1),
        ("stays", WHOLE["stays"] * 2, "stays", 2),
        ("bounds", {"step_min": 7}, "step_min", 0),
        ("bounds", {"horizon_days": 0}, "horizon_days", 0),
        ("bounds", {"notice_min": "12"}, "notice_min", 0),
        ("bounds", [], "bounds", 0),
    ],
)
def test_what_is_wrong_is_named(part: str, given: object, field: str, line: int) -> None:
    with pytest.raises(Refused) as caught:
        read_diary({**WHOLE, part: given})
    assert (caught.value.code, caught.value.params) == (
        "hours.wrong",
        {"field": field, "line": line},
    )


@pytest.mark.parametrize("body", [None, [], "hours", 3])
def test_what_is_no_diary_is_refused(body: object) -> None:
    with pytest.raises(Refused, match=r"hours\.wrong"):
        read_diary(body)


def test_a_journey_ends_with_its_last_day() -> None:
    diary = Diary("Europe/Berlin", stays=(Stay(date(2027, 5, 3), date(2027, 5, 9), "Asia/Tokyo"),))
    zones = [diary.zone_on(date(2027, 5, day)) for day in (2, 3, 9, 10)]
    assert zones == ["Europe/Berlin", "Asia/Tokyo", "Asia/Tokyo", "Europe/Berlin"]
