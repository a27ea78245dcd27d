"""The real product beside a real calendar server, over a change of clocks: what stands there cannot
be booked, and what was booked can be read."""

from __future__ import annotations

import time
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.booked import Practice, answer, instant, open_practice
from tests.support.clocked import MovedClock
from tests.support.radicale import Radicale, radicale
from tests.support.served import Served

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

FRIDAY = datetime(2027, 3, 26, 12, tzinfo=UTC)
NINE = datetime(2027, 3, 29, 7, tzinfo=UTC)
"""Monday, nine in Berlin: an hour earlier in UTC than on Friday."""
HOUR = timedelta(hours=1)
WEEKLY = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Tests//EN\r
BEGIN:VEVENT\r
UID:weekly\r
DTSTAMP:20270301T000000Z\r
DTSTART;TZID=Europe/Berlin:20270322T090000\r
DTEND;TZID=Europe/Berlin:20270322T100000\r
RRULE:FREQ=WEEKLY\r
SUMMARY:Elsewhere\r
END:VEVENT\r
END:VCALENDAR\r
"""


def read_anew(practice: Practice, feed_id: str) -> None:
    """Have the calendar read, and wait until it was."""
    desk, path = practice.helen.desk, f"/api/hosts/{practice.helen.host_id}/feeds"
    before = answer(desk.get(path))[0]["read_at"]
    answer(desk.post(f"{path}/{feed_id}/read"), 202)
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        if answer(desk.get(path))[0]["read_at"] not in (None, before):
            return
        time.sleep(0.05)
    raise AssertionError("the calendar was not read")


def subscribe(practice: Practice, server: Radicale) -> str:
    desk, path = practice.helen.desk, f"/api/hosts/{practice.helen.host_id}/feeds"
    feed = answer(desk.post(path, {"url": server.feed("helen")}), 201)
    ends = time.monotonic() + 10
    while answer(desk.get(path))[0]["state"] == "waiting" and time.monotonic() < ends:
        time.sleep(0.05)
    assert answer(desk.get(path))[0]["state"] == "read"
    return str(feed["id"])


def test_what_stands_in_another_calendar_is_not_offered(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock")
    clock.set(FRIDAY)
    with radicale(tmp_path / "radicale") as server:
        server.create("helen")
        server.put("helen", "weekly", WEEKLY)
        served = Served(
            tmp_path / "data", program=clock.program, DEMO="false", HOOKS_PRIVATE="true"
        )
        try:
            practice = open_practice(served.port)
            _walk(practice, server)
        finally:
            served.close()


def _walk(practice: Practice, server: Radicale) -> None:
    def free() -> list[str]:
        return practice.free(NINE, NINE + 4 * HOUR)

    assert free()[0] == instant(NINE)
    feed_id = subscribe(practice, server)
    assert free()[0] == instant(NINE + HOUR)

    booked = practice.books(NINE + HOUR)
    paths = answer(practice.helen.desk.get(f"/api/hosts/{practice.helen.host_id}/feed-address"))
    ours = answer(practice.guest().get(paths["client"])).decode()
    event = vobject.readOne(ours).vevent
    assert event.dtstart.value == NINE + HOUR
    assert event.summary.value == "Planning, Ana"
    assert "Ana" not in answer(practice.guest().get(paths["plain"])).decode()

    server.put("helen", "ours", ours)  # a calendar that keeps our invitation
    read_anew(practice, feed_id)
    answer(booked.browser.post(booked.path("cancel"), {}))
    assert free()[0] == instant(NINE + HOUR), "our own entry takes no time of itself"

    server.delete("helen", "weekly")
    read_anew(practice, feed_id)
    assert free()[0] == instant(NINE)
