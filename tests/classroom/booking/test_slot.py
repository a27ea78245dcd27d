"""Which starts are free and why others are not, with the times written out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from classroom.booking.diary import Away, Bounds, Diary, Hours, Special, Stay, day_at
from classroom.booking.slot import Free, Lengths, Taken, free_starts, judged_starts, refusal

EVERY_DAY = tuple(Hours(weekday, 540, 720) for weekday in range(7))
OPEN = Bounds(notice_min=0, horizon_days=400, daily_max=0, step_min=30)
HOUR = Lengths(60)


def at(text: str) -> int:
    """Seconds of `2027-03-29 07:00` in UTC."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC).timestamp())


def utc(starts: list[Free]) -> list[str]:
    return [datetime.fromtimestamp(one.start_s, UTC).strftime("%d %H:%M") for one in starts]


def free(
    diary: Diary,
    offer: Lengths = HOUR,
    *,
    from_: str,
    to: str,
    taken: tuple[Taken, ...] = (),
    busy: tuple[tuple[int, int], ...] = (),
) -> list[str]:
    from_s, to_s = at(from_), at(to)
    starts = free_starts(
        diary, offer, busy=busy, taken=taken, now_s=from_s - 86_400, from_s=from_s, to_s=to_s
    )
    return utc(starts)


def hours(zone: str, from_min: int, to_min: int, **more: object) -> Diary:
    weekly = tuple(Hours(weekday, from_min, to_min) for weekday in range(7))
    return Diary(zone, weekly, bounds=OPEN, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Berlin", "2027-03-27", ["27 08:00", "27 09:00", "27 10:00"]),
        ("Europe/Berlin", "2027-03-28", ["28 07:00", "28 08:00", "28 09:00"]),
        ("Europe/Berlin", "2027-10-31", ["31 08:00", "31 09:00", "31 10:00"]),
        ("America/New_York", "2027-03-14", ["14 13:00", "14 14:00", "14 15:00"]),
        ("Asia/Kathmandu", "2028-02-29", ["29 03:15", "29 04:15", "29 05:15"]),
        ("Asia/Kolkata", "2027-06-01", ["01 03:30", "01 04:30", "01 05:30"]),
        ("Africa/Casablanca", "2027-02-06", ["06 08:00", "06 09:00", "06 10:00"]),
        ("Africa/Casablanca", "2027-02-08", ["08 09:00", "08 10:00", "08 11:00"]),
        ("Africa/Cairo", "2027-04-29", ["29 07:00", "29 08:00", "29 09:00"]),
        ("Africa/Cairo", "2027-04-30", ["30 06:00", "30 07:00", "30 08:00"]),
        ("America/Nuuk", "2023-06-01", ["01 11:00", "01 12:00", "01 13:00"]),
        ("America/Nuuk", "2024-06-01", ["01 10:00", "01 11:00", "01 12:00"]),
        ("Asia/Almaty", "2024-02-28", ["28 03:00", "28 04:00", "28 05:00"]),
        ("Asia/Almaty", "2024-03-02", ["02 04:00", "02 05:00", "02 06:00"]),
        ("Australia/Lord_Howe", "2027-04-03", ["02 22:00", "02 23:00", "03 00:00"]),
        ("Australia/Lord_Howe", "2027-04-05", ["04 22:30", "04 23:30", "05 00:30"]),
    ],
)
def test_nine_o_clock_on_the_wall_is_nine_o_clock(zone: str, day: str, expected: list[str]) -> None:
    one_day = Special(date.fromisoformat(day), ((540, 720),))
    bounds = Bounds(notice_min=0, horizon_days=400, step_min=60)
    diary = Diary(zone, specials=(one_day,), bounds=bounds)
    noon = at(f"{day} 12:00")
    starts = free_starts(
        diary,
        HOUR,
        busy=(),
        taken=(),
        now_s=noon - 5 * 86_400,
        from_s=noon - 86_400,
        to_s=noon + 86_400,
    )
    assert utc(starts) == expected


def test_an_hour_that_is_left_out_is_offered_to_nobody() -> None:
    diary = hours("Europe/Berlin", 90, 210)  # 01:30 until 03:30: one hour long that night
    assert free(diary, from_="2027-03-28 00:00", to="2027-03-28 03:00") == ["28 00:30"]
    nothing = hours("Europe/Berlin", 120, 180)
    assert free(nothing, from_="2027-03-28 00:00", to="2027-03-28 03:00") == []


def test_an_hour_that_comes_twice_is_offered_twice() -> None:
    diary = hours("Europe/Berlin", 120, 180)
    expected = ["31 00:00", "31 00:30", "31 01:00"]
    assert free(diary, from_="2027-10-31 00:00", to="2027-10-31 03:00") == expected


def test_a_repeated_half_hour_is_one_and_a_half_hours_long() -> None:
    diary = hours("Australia/Lord_Howe", 60, 120)  # 01:30 to 02:00 comes twice on 4 April
    expected = ["03 14:00", "03 14:30"]
    assert free(diary, from_="2027-04-03 12:00", to="2027-04-03 18:00") == expected


def test_hours_over_midnight_go_on_into_the_next_day() -> None:
    diary = Diary("Europe/Berlin", (Hours(4, 1380, 1500),), bounds=OPEN)  # Friday 23 to 01
    expected = ["26 22:00", "26 22:30", "26 23:00"]
    assert free(diary, from_="2027-03-26 00:00", to="2027-03-28 00:00") == expected


def test_days_that_touch_at_midnight_hold_an_appointment_over_it() -> None:
    diary = hours("Europe/Berlin", 0, 1440)
    got = free(diary, Lengths(120), from_="2027-01-01 22:00", to="2027-01-02 00:30")
    assert got == ["01 22:00", "01 22:30", "01 23:00", "01 23:30", "02 00:00"]


def test_who_flies_at_midnight_is_met_where_they_are() -> None:
    stay = Stay(date(2027, 5, 3), date(2027, 5, 4), "Asia/Tokyo")
    diary = hours("Europe/Berlin", 540, 600, stays=(stay,))
    got = free(diary, from_="2027-05-02 00:00", to="2027-05-06 00:00")
    assert got == ["02 07:00", "03 00:00", "04 00:00", "05 07:00"]
    assert day_at(diary, at("2027-05-02 16:00")) == date(2027, 5, 2)  # Berlin 18:00
    assert day_at(diary, at("2027-05-04 16:00")) == date(2027, 5, 4)  # in neither day: home


def test_a_special_day_has_its_own_hours_and_a_holiday_none() -> None:
    diary = hours(
        "UTC",
        540,
        600,
        specials=(Special(date(2027, 5, 4)), Special(date(2027, 5, 5), ((780, 840),))),
        away=(Away(date(2027, 5, 6), date(2027, 5, 7)),),
    )
    got = free(diary, from_="2027-05-03 00:00", to="2027-05-09 00:00")
    assert got == ["03 09:00", "05 13:00", "08 09:00"]


def test_a_holiday_cuts_the_night_before_it() -> None:
    diary = hours("UTC", 1380, 1500, away=(Away(date(2027, 5, 6), date(2027, 5, 6)),))
    got = free(diary, from_="2027-05-05 01:00", to="2027-05-08 01:00")
    assert got == ["05 23:00", "07 23:00", "07 23:30", "08 00:00"]


def test_pauses_keep_their_distance_on_both_sides() -> None:
    diary = hours("UTC", 540, 720)
    offer = Lengths(30, before_min=15, after_min=15)
    lesson = Taken(at("2027-05-03 10:00"), at("2027-05-03 10:30"))
    got = free(diary, offer, from_="2027-05-03 00:00", to="2027-05-04 00:00", taken=(lesson,))
    assert got == ["03 09:00", "03 11:00", "03 11:30"]


def test_a_group_that_is_there_is_free_at_its_own_start_while_seats_are_left() -> None:
    diary = hours("UTC", 540, 720)
    offer = Lengths(60, seats=8, offer_id="yoga")
    start = at("2027-05-03 09:10")
    group = Taken(start, start + 3600, "yoga", start, 3, date(2027, 5, 3))
    starts = free_starts(
        diary,
        offer,
        busy=(),
        taken=(group,),
        now_s=start - 86_400,
        from_s=at("2027-05-03 00:00"),
        to_s=at("2027-05-04 00:00"),
    )
    assert starts == [
        Free(start, 3),
        Free(at("2027-05-03 10:30"), 8),
        Free(at("2027-05-03 11:00"), 8),
    ]


def code(diary: Diary, start: str, now: str, *taken: Taken, offer: Lengths = HOUR) -> str:
    why = refusal(diary, offer, busy=(), taken=taken, start_s=at(start), now_s=at(now))
    return "" if why is None else why.code


def test_each_refusal_has_its_own_code() -> None:
    bounds = Bounds(notice_min=600, horizon_days=2, daily_max=1, step_min=30)
    diary = Diary("UTC", EVERY_DAY, bounds=bounds)
    day = date(2027, 5, 3)
    lesson = Taken(at("2027-05-03 09:00"), at("2027-05-03 10:00"), day=day)
    now = "2027-05-02 22:00"
    assert code(diary, "2027-05-03 09:00", now) == ""
    assert code(diary, "2027-05-03 09:10", now) == "booking.closed"
    assert code(diary, "2027-05-03 11:30", now) == "booking.closed"
    assert code(diary, "2027-05-03 09:00", "2027-05-03 00:00") == "booking.early"
    assert code(diary, "2027-05-05 09:00", now) == "booking.far"
    assert code(diary, "2027-05-03 09:30", now, lesson) == "booking.taken"
    assert code(diary, "2027-05-03 10:00", now, lesson) == "booking.cap"
    group = Taken(lesson.from_s, lesson.to_s, "yoga", lesson.from_s, 0, day)
    yoga = Lengths(60, seats=8, offer_id="yoga")
    assert code(diary, "2027-05-03 09:00", now, group, offer=yoga) == "booking.full"


def test_a_start_that_is_gone_says_by_what() -> None:
    bounds = Bounds(notice_min=0, horizon_days=2, daily_max=0, step_min=30)
    diary = Diary("UTC", EVERY_DAY, bounds=bounds)
    from_s = at("2027-05-03 00:00")
    judged = judged_starts(
        diary,
        Lengths(30, before_min=10),
        busy=[(at("2027-05-03 10:00"), at("2027-05-03 10:30"))],
        taken=[Taken(at("2027-05-03 11:00"), at("2027-05-03 11:30"))],
        now_s=at("2027-05-03 09:10"),
        from_s=from_s,
        to_s=from_s + 86_400,
    )
    whys = [one.why for one in judged]
    assert whys == ["early", None, "busy", "pause", "taken", "pause"]
