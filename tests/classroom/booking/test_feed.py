"""Calendars of others: what they take of a time, and what of them is refused by name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.booking.feed import EVENTS_MAX, FeedRead, read_feed
from classroom.booking.feed_fault import Unread
from classroom.booking.feed_window import Reading

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "feeds"
FROM = int(datetime(2027, 3, 20, tzinfo=UTC).timestamp())
TO = int(datetime(2028, 4, 1, tzinfo=UTC).timestamp())
BERLIN = Reading("Europe/Berlin", FROM, TO)


def corpus(name: str, **more: object) -> FeedRead:
    reading = Reading("Europe/Berlin", FROM, TO, **more)  # type: ignore[arg-type]
    return read_feed((CORPUS / f"{name}.ics").read_bytes(), reading)


def said(read: FeedRead) -> list[str]:
    """Spans as `2027-03-22 08:00 60`: UTC and minutes."""
    return [
        f"{datetime.fromtimestamp(one.from_s, UTC):%Y-%m-%d %H:%M} {(one.to_s - one.from_s) // 60}"
        for one in read.spans
    ]


def feed(*entries: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"]
    for number, entry in enumerate(entries):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *entry.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def test_a_calendar_of_google_with_a_series_one_of_which_was_moved() -> None:
    read = corpus("google")
    assert said(read) == [
        "2027-03-22 08:00 60",
        "2027-03-30 12:00 90",
        "2027-03-31 22:00 2880",
        "2027-04-12 07:00 60",
    ]
    assert (read.name, read.events, read.problems) == ("Ada", 5, ())


def test_holidays_take_time_even_when_they_say_they_do_not() -> None:
    assert "2027-04-03 22:00 1440" in said(corpus("google", is_holidays=True))


def test_a_calendar_of_outlook_with_the_zones_of_windows() -> None:
    assert said(corpus("outlook")) == [
        "2027-03-26 08:00 30",
        "2027-03-28 00:00 45",
        "2027-04-02 07:00 30",
    ]


def test_a_calendar_of_apple_with_floating_times_and_a_leap_day() -> None:
    assert said(corpus("apple")) == [
        "2027-03-26 07:00 60",
        "2027-03-27 03:00 120",
        "2028-02-28 23:00 1440",
    ]


def test_a_calendar_of_nextcloud_with_its_own_zone_and_one_of_ours() -> None:
    ours = "2027-03-29 07:00 60"
    theirs = [
        "2027-03-25 15:00 1440",
        "2027-03-26 20:00 60",
        "2027-03-28 20:00 60",
        "2027-04-01 20:00 60",
    ]
    assert said(corpus("nextcloud", own="@classes.example")) == theirs
    assert ours in said(corpus("nextcloud"))


def test_a_list_of_busy_times() -> None:
    assert said(corpus("freebusy")) == ["2027-03-26 09:00 90", "2027-03-27 09:00 60"]


def test_nine_o_clock_stays_nine_o_clock_in_a_series() -> None:
    raw = feed(
        "DTSTART;TZID=Europe/Berlin:20270327T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"
    )
    assert said(read_feed(raw, BERLIN)) == [
        "2027-03-27 08:00 60",
        "2027-03-28 07:00 60",
        "2027-03-29 07:00 60",
    ]


def test_a_time_that_is_left_out_is_read_by_the_offset_before_it() -> None:
    raw = feed("DTSTART;TZID=Europe/Berlin:20270328T023000\nDURATION:PT30M")
    assert said(read_feed(raw, BERLIN)) == ["2027-03-28 01:30 30"]


def test_what_began_before_the_window_is_cut_to_it() -> None:
    raw = feed("DTSTART:20270319T220000Z\nDTEND:20270320T020000Z")
    assert said(read_feed(raw, BERLIN)) == ["2027-03-20 00:00 120"]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "broken"),
        (b"<!doctype html><html><title>Sign in</title></html>", "page"),
        (b"\n\n <HTML><body>", "page"),
        (b"hello", "broken"),
        (b"{}", "broken"),
        (b"\x00\x01\x02", "broken"),
        (feed("DTSTART:20270326T120000Z")[:-20], "broken"),
        (feed("DTSTART:20270326T120000Z").replace(b"END:VEVENT\r\n", b""), "broken"),
        (feed() + b"BEGIN:VCALENDAR\r\n", "broken"),
        (feed(*["DTSTART:20270326T120000Z"] * (EVENTS_MAX + 1)), "many"),
        (feed("DTSTART:20270326T120000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"), "many"),
        (feed("DTSTART:20000326T120000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY"), "endless"),
    ],
)
def test_what_cannot_be_read_whole_is_refused_by_name(raw: bytes, fault: str) -> None:
    with pytest.raises(Unread) as caught:
        read_feed(raw, BERLIN)
    assert caught.value.fault == fault


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("DTSTART:someday\nDTEND:20270326T120000Z", "broken:1"),
        ("SUMMARY:When?", "broken:1"),
        ("DTSTART:20270326T120000Z\nDTEND:later", "broken:1"),
        ("DTSTART:20270326T120000Z\nDURATION:PT1H\nEXDATE:never", "broken:1"),
        ("DTSTART:20270326T120000Z\nDURATION:PT1H\nthis is no line", "broken:1"),
        ("DTSTART:20270326T120000Z\nDURATION:PT1H\nRRULE:FREQ=NEVER", "broken:1"),
        ("DTSTART:20270326T120000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0", "broken:1"),
        ("DTSTART;TZID=Mars/Base:20270327T120000\nDURATION:PT1H", "zone:1"),
    ],
)
def test_entries_that_say_no_time_are_counted_and_the_others_read(entry: str, problem: str) -> None:
    read = read_feed(feed(entry, "DTSTART:20270326T120000Z\nDURATION:PT1H"), BERLIN)
    assert "2027-03-26 12:00 60" in said(read)
    assert read.problems == (problem,)


def test_names_that_are_spelled_wrongly_do_not_matter() -> None:
    raw = feed("DTSTART:20270326T120000Z\nDURATION:PT1H\nSUMMARY:Müller")
    for text in (raw.decode().encode("latin-1"), raw.decode().encode("utf-16")):
        assert said(read_feed(text, BERLIN)) == ["2027-03-26 12:00 60"]
    assert said(read_feed(b"\xef\xbb\xbf" + raw, BERLIN)) == ["2027-03-26 12:00 60"]


def test_moving_all_that_follow_is_told() -> None:
    moved = "RECURRENCE-ID;RANGE=THISANDFUTURE:20270326T120000Z"
    raw = feed(f"DTSTART:20270326T120000Z\nDURATION:PT1H\n{moved}")
    assert read_feed(raw, BERLIN).problems == ("range:1",)


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@given(
    st.sampled_from(("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")),
    st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.integers(0, 23),
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY")),
    st.integers(1, 4),
    st.sets(st.integers(0, 6), min_size=1),
    st.none() | st.integers(1, 30),
)
@settings(max_examples=60, deadline=None)
def test_series_are_those_of_somebody_who_walks_through_the_days(
    zone: str, first: date, hour: int, often: str, every: int, days: set[int], count: int | None
) -> None:
    days = days | {first.weekday()}
    rule = f"FREQ={often};INTERVAL={every}"
    if often == "WEEKLY":
        rule += ";BYDAY=" + ",".join(WEEKDAYS[day] for day in sorted(days))
    if count is not None:
        rule += f";COUNT={count}"
    lasts = "DURATION:PT10M"
    raw = feed(f"DTSTART;TZID={zone}:{first:%Y%m%d}T{hour:02}0000\n{lasts}\nRRULE:{rule}")
    monday = first - timedelta(days=first.weekday())
    expected, seen, day = [], 0, first
    while day < date(2028, 4, 3) and seen != count:
        weeks, months = (
            (day - monday).days // 7,
            (day.year - first.year) * 12 + day.month - first.month,
        )
        fits = {
            "DAILY": (day - first).days % every == 0,
            "WEEKLY": weeks % every == 0 and day.weekday() in days,
            "MONTHLY": months % every == 0 and day.day == first.day,
        }[often]
        if fits:
            seen += 1
            shown = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
            at_s = int(shown.timestamp())
            if at_s + 600 > FROM and at_s < TO:
                expected.append(max(at_s, FROM))
        day += timedelta(days=1)
    assert [one.from_s for one in read_feed(raw, BERLIN).spans] == expected
