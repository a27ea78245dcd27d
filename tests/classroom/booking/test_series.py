"""Series keep the hour of the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from classroom.booking.series import COUNT_MAX, starts_of
from classroom.booking.zone import wall
from classroom.errors import Refused


def at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[misc]


def test_the_hour_stays_over_both_changes() -> None:
    spring = starts_of("Europe/Berlin", at(2027, 3, 22, 8), "week", count=3)
    assert spring == [at(2027, 3, 22, 8), at(2027, 3, 29, 7), at(2027, 4, 5, 7)]
    autumn = starts_of("America/New_York", at(2027, 10, 31, 13), "2 weeks", count=2)
    assert [wall("America/New_York", one).minute for one in autumn] == [9 * 60, 9 * 60]
    assert autumn[1] - autumn[0] == 14 * 86400 + 3600


def test_an_hour_that_is_left_out_begins_after_the_gap() -> None:
    starts = starts_of("Europe/Berlin", at(2027, 3, 27, 1, 30), "day", count=3)
    shown = [divmod(wall("Europe/Berlin", one).minute, 60) for one in starts]
    assert shown == [(2, 30), (3, 0), (2, 30)]


def test_up_to_a_day() -> None:
    until = date(2027, 4, 5)
    assert len(starts_of("UTC", at(2027, 3, 22, 8), "week", until=until)) == 3
    assert len(starts_of("UTC", at(2027, 3, 22, 8), "week", count=2, until=until)) == 2


@pytest.mark.parametrize(
    "more", [{}, {"count": COUNT_MAX + 1}, {"until": date(2030, 1, 1)}, {"until": date(2020, 1, 1)}]
)
def test_bounds(more: dict[str, object]) -> None:
    with pytest.raises(Refused, match=r"body\.malformed"):
        starts_of("UTC", at(2027, 3, 22, 8), "week", **more)  # type: ignore[arg-type]
