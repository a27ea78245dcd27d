"""Calendars read as they come due: from a real calendar server, and from ones that fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom.booking.feed_fault import FeedFault, Fetched, Unread
from classroom.booking.span import Span
from classroom.hooks.fetching import fetcher
from classroom.jobs import feeds as module
from classroom.jobs.feeds import Feeds, Reach
from classroom.store import feeds as store
from classroom.store.booking_tables import Appointment
from classroom.store.database import close_database
from classroom.store.letter_tables import Letter
from tests.support.migrated import open_migrated
from tests.support.radicale import Radicale, radicale
from tests.support.rows import a_host_of_a_team, new_offer

AT = datetime(2027, 3, 20, 12, tzinfo=UTC)
EVENT = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Tests//EN\r
BEGIN:VEVENT\r
UID:{uid}\r
DTSTAMP:20270301T000000Z\r
DTSTART;TZID=Europe/Berlin:{start}\r
DURATION:PT1H\r
{more}SUMMARY:Elsewhere\r
END:VEVENT\r
END:VCALENDAR\r
"""


class Clock:
    """The wall time of the loop."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "utc_now", made)
    return made


@pytest.fixture
async def host_id(tmp_path: Path) -> AsyncIterator[str]:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    host = await a_host_of_a_team(AT, diary='{"zone": "Europe/Berlin"}')
    yield host.id
    await close_database()


def event(uid: str, start: str, more: str = "") -> str:
    return EVENT.format(uid=uid, start=start, more=more)


async def busy(host_id: str) -> list[str]:
    spans = await store.busy_of(host_id, 0, 2**32)
    return [f"{datetime.fromtimestamp(one.from_s, UTC):%m-%d %H:%M}" for one in spans]


async def read(feeds: Feeds, clock: Clock) -> store.FeedRow:
    """Whatever is due first."""
    row = await store.take_feed(at=clock(), but=())
    assert row is not None
    await feeds.read(row)
    return await store.find_feed(row.host_id, row.id)


class Answers:
    """Somebody elsewhere who answers so."""

    def __init__(self, said: Fetched | FeedFault) -> None:
        self.said = said
        self.asked: list[str] = []

    async def __call__(self, url: str, etag: str) -> Fetched:
        self.asked.append(etag)
        if isinstance(self.said, Fetched):
            return self.said
        raise Unread(self.said)


@pytest.fixture
def server(tmp_path: Path) -> object:
    with radicale(tmp_path / "radicale") as running:
        yield running


async def test_what_changes_in_a_calendar_changes_when_somebody_is_busy(
    host_id: str, clock: Clock, server: Radicale
) -> None:
    server.create("ada")
    weekly = "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20270329T090000\r\n"
    server.put("ada", "a", event("a", "20270322T090000", weekly))
    await store.create_feed(host_id, url=server.feed("ada"), name="", kind="busy", at=AT)
    feeds = Feeds(Reach(fetcher(may_be_private=True), "@classes.example"))
    row = await read(feeds, clock)
    assert (row.events, row.failure, row.next_at) == (1, "", AT + module.SELDOM)
    assert await busy(host_id) == ["03-22 08:00", "04-05 07:00"]
    server.put("ada", "a", event("a", "20270323T090000"))
    server.put("ada", "b", event("b", "20270324T100000"))
    server.put("ada", "c", event("c@classes.example", "20270325T100000"))
    clock.now += module.SELDOM
    await read(feeds, clock)
    assert await busy(host_id) == ["03-23 08:00", "03-24 09:00"]
    server.delete("ada", "a")
    clock.now += module.SELDOM
    await read(feeds, clock)
    assert await busy(host_id) == ["03-24 09:00"]
    server.stop()
    clock.now += module.SELDOM
    row = await read(feeds, clock)
    assert (row.failure, row.failing_since) == ("refused", clock.now)
    assert await busy(host_id) == ["03-24 09:00"]
    server.start()
    clock.now += module.SOON
    assert (await read(feeds, clock)).failing_since is None


async def test_the_loop_reads_what_is_due_by_itself(host_id: str, server: Radicale) -> None:
    server.create("ada")
    soon = datetime.now(UTC) + timedelta(days=2)
    server.put("ada", "a", event("a", soon.strftime("%Y%m%dT090000")))
    feeds = Feeds(Reach(fetcher(may_be_private=True), ""))
    await feeds.start()
    try:
        url = server.feed("ada")
        await store.create_feed(host_id, url=url, name="", kind="busy", at=datetime.now(UTC))
        feeds.wake()
        for _ in range(500):
            if await busy(host_id):
                break
            await asyncio.sleep(0.02)
        assert len(await busy(host_id)) == 1
    finally:
        await feeds.close()


async def test_a_calendar_is_asked_whether_it_changed_and_read_whole_once_a_day(
    host_id: str, clock: Clock
) -> None:
    raw = event("a", "20270322T090000").encode()
    elsewhere = Answers(Fetched(raw, '"1"'))
    feed = await store.create_feed(host_id, url="https://x.example/", name="", kind="busy", at=AT)
    feeds = Feeds(Reach(elsewhere, ""))
    await read(feeds, clock)
    elsewhere.said = Fetched(None, '"1"')
    clock.now += timedelta(hours=1)
    row = await read(feeds, clock)
    assert (row.read_at, row.parsed_at) == (clock.now, AT)
    clock.now += timedelta(hours=20)
    elsewhere.said = Fetched(raw, '"1"')
    row = await read(feeds, clock)
    assert row.parsed_at == clock.now
    await store.ask_again(feed.id, at=clock.now)
    await read(feeds, clock)
    assert elsewhere.asked == ["", '"1"', "", ""]
    assert await busy(host_id) == ["03-22 08:00"]


async def test_with_something_to_book_it_is_read_every_quarter_of_an_hour(
    host_id: str, clock: Clock
) -> None:
    await new_offer(host_id, AT).save()
    raw = event("a", "20270322T090000").encode()
    await store.create_feed(host_id, url="https://x.example/", name="", kind="busy", at=AT)
    row = await read(Feeds(Reach(Answers(Fetched(raw, "")), "")), clock)
    assert row.next_at == AT + timedelta(minutes=15)


async def test_one_that_fails_keeps_its_times_and_after_three_days_the_host_gets_one_letter(
    host_id: str, clock: Clock
) -> None:
    elsewhere = Answers(Fetched(event("a", "20270401T090000").encode(), ""))
    url = "https://calendar.example/s3cret.ics"
    feed = await store.create_feed(host_id, url=url, name="Home", kind="busy", at=AT)
    woken: list[int] = []
    feeds = Feeds(Reach(elsewhere, "", lambda: woken.append(1)))
    await read(feeds, clock)
    elsewhere.said = "status"
    clock.now += timedelta(hours=1)
    row = await read(feeds, clock)
    since = clock.now
    assert (row.failing_since, row.next_at) == (since, clock.now + timedelta(minutes=10))
    for _ in range(75):
        clock.now += timedelta(hours=1)
        await read(feeds, clock)
    assert (await store.find_feed(host_id, feed.id)).failing_since == since
    assert await busy(host_id) == ["04-01 07:00"]
    (letter,) = await Letter.all()
    assert (letter.kind, letter.to_email) == ("feed_broken", "ada@example.org")
    assert "Home" in letter.subject
    assert "Saturday, 20 March 2027, 14:00" in letter.text
    assert "s3cret" not in letter.text + letter.html + letter.subject
    assert woken == [1]
    assert await Appointment.all().count() == 0


async def test_a_calendar_that_became_a_page_takes_nothing_back(host_id: str, clock: Clock) -> None:
    elsewhere = Answers(Fetched(event("a", "20270401T090000").encode(), '"1"'))
    await store.create_feed(host_id, url="https://x.example/", name="", kind="busy", at=AT)
    feeds = Feeds(Reach(elsewhere, ""))
    await read(feeds, clock)
    elsewhere.said = Fetched(b"<html>Sign in</html>", '"2"')
    clock.now += timedelta(hours=1)
    row = await read(feeds, clock)
    assert (row.failure, row.etag) == ("page", '"1"')
    assert await store.busy_of(host_id, 0, 2**32) == (Span(1_806_562_800, 1_806_566_400),)
