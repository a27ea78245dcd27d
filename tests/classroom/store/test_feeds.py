"""Calendars of hosts: kept, due, read, failing, and what they take of a host's time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.booking.span import Span
from classroom.errors import Refused
from classroom.store import feeds
from classroom.store.booking_rows import host_row
from classroom.store.feed_tables import Feed
from classroom.store.feeds import NewReading
from classroom.store.host_times import times_of
from classroom.store.practice_tables import Host
from tests.support.rows import new_host, new_organisation

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
NOON = int(AT.timestamp())
READING = NewReading((Span(NOON, NOON + 3600),), 1, (), '"a"', 900, "Private")


async def a_host(name: str = "host") -> str:
    org = new_organisation(AT, slug=f"org-{name}")
    await org.save()
    await new_host(org.id, AT, id=name).save()
    return name


async def a_feed(host_id: str, name: str = "") -> feeds.FeedRow:
    return await feeds.create_feed(
        host_id, url="https://calendar.example/x.ics", name=name, kind="busy", at=AT
    )


async def test_a_calendar_takes_the_hosts_time_until_it_goes(store: str) -> None:
    host_id = await a_host()
    feed = await a_feed(host_id)
    assert feed.read_at is None
    await feeds.feed_read(feed.id, READING, at=AT, next_at=AT + timedelta(hours=1))
    read = await feeds.find_feed(host_id, feed.id)
    assert (read.name, read.events, read.etag, read.read_at) == ("Private", 1, '"a"', AT)
    host = host_row(await Host.get(id=host_id))
    times = await times_of(host, NOON, NOON + 60)
    assert times.busy == (Span(NOON, NOON + 3600),)
    assert await feeds.busy_of(host_id, NOON + 3600, NOON + 7200) == ()
    by_feed = await feeds.busy_by_feed(host_id, NOON, NOON + 60)
    assert [(one.name, one.spans) for one in by_feed] == [("Private", READING.spans)]
    await feeds.change_feed(feed.id, name="Home", is_on=False, at=AT)
    assert await feeds.busy_of(host_id, 0, NOON * 2) == ()
    await feeds.delete_feed(feed.id)
    with pytest.raises(Refused, match=r"feed\.unknown"):
        await feeds.find_feed(host_id, feed.id)


async def test_a_calendar_that_fails_keeps_its_times_and_says_since_when(store: str) -> None:
    host_id = await a_host()
    feed = await a_feed(host_id, "Mine")
    await feeds.feed_read(feed.id, READING, at=AT, next_at=AT)
    later = AT + timedelta(hours=1)
    assert await feeds.feed_failed(feed.id, "x" * 500, at=later, next_at=later) == later
    again = later + timedelta(hours=1)
    assert await feeds.feed_failed(feed.id, "slow", at=again, next_at=again) == later
    row = await feeds.find_feed(host_id, feed.id)
    assert (row.failure, row.failing_since, row.read_at, row.name) == ("slow", later, AT, "Mine")
    assert await feeds.busy_of(host_id, NOON, NOON + 60) == READING.spans
    assert await feeds.feed_told(feed.id, at=again)
    assert not await feeds.feed_told(feed.id, at=again)
    await feeds.feed_read(feed.id, None, at=again, next_at=again)
    row = await feeds.find_feed(host_id, feed.id)
    assert (row.failure, row.failing_since, row.told_at, row.read_at) == ("", None, None, again)
    assert row.parsed_at == AT
    assert await feeds.busy_of(host_id, NOON, NOON + 60) == READING.spans


async def test_each_calendar_is_read_by_one_and_when_it_is_due(store: str) -> None:
    mine, other = await a_host("mine"), await a_host("other")
    first = await a_feed(mine)
    await feeds.feed_read(first.id, None, at=AT, next_at=AT + timedelta(minutes=5))
    second = await a_feed(other)
    taken = await feeds.take_feed(at=AT, but=())
    assert taken is not None
    assert taken.id == second.id
    assert await feeds.take_feed(at=AT, but=()) is None
    after = AT + feeds.LEASE
    assert await feeds.take_feed(at=after, but=[other]) is None
    again = await feeds.take_feed(at=after, but=())
    assert again is not None
    assert again.id == second.id
    later = await feeds.take_feed(at=AT + timedelta(hours=1), but=[other])
    assert later is not None
    assert later.id == first.id
    await Host.filter(id=other).update(removed_at=AT)
    await feeds.ask_again(second.id, at=AT)
    assert await feeds.take_feed(at=AT, but=()) is None


async def test_a_host_has_ten_calendars_at_most(store: str) -> None:
    host_id = await a_host()
    for _ in range(feeds.COUNT_MAX):
        await a_feed(host_id)
    with pytest.raises(Refused, match=r"feed\.limit"):
        await a_feed(host_id)
    with pytest.raises(Refused, match=r"host\.unknown"):
        await a_feed("nobody")
    assert len(await feeds.feeds_of(host_id)) == 10


async def test_what_is_kept_of_many_times_is_small(store: str) -> None:
    host_id = await a_host()
    feed = await a_feed(host_id)
    many = tuple(Span(NOON + n * 7200, NOON + n * 7200 + 3600) for n in range(50_000))
    await feeds.feed_read(feed.id, replace(READING, spans=many), at=AT, next_at=AT)
    kept = bytes((await Feed.get(id=feed.id)).spans)
    assert len(kept) == 8 * len(many)
    from_s = many[30_000].from_s
    assert await feeds.busy_of(host_id, from_s, from_s + 7201) == many[30_000:30_002]
