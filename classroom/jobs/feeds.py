"""Reads calendars when they are due, two hosts' at a time; a restart goes on with what is due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from classroom.booking.feed_fault import Fetched, Unread
from classroom.booking.feed_window import Reading
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.jobs.feed_reading import read_beside
from classroom.jobs.looking import Looking
from classroom.store.feed_telling import tell_broken
from classroom.store.feeds import FeedRow, feed_failed, feed_read, take_feed
from classroom.store.hours import host_of, shortest_of

WORKERS = 2
LOOK_EVERY_S = 2.0
OFTEN = timedelta(minutes=15)
"""While something can be booked with the host."""
SELDOM = timedelta(hours=1)
SOON = timedelta(minutes=10)
"""After it failed for the first time."""
WHOLE_EVERY = timedelta(hours=20)
"""Read whole, changed or not: repeated entries go on as time does."""
TOLD_AFTER = timedelta(days=3)
BEHIND = timedelta(days=1)
AHEAD = timedelta(days=402)
"""Further than anybody can book ahead."""

READINGS = Counter("classroom_feed_readings", "Calendars of hosts read, by outcome", ("outcome",))
log = structlog.get_logger("classroom.feeds")

Fetch = Callable[[str, str], Awaitable[Fetched]]


@dataclass(frozen=True, slots=True)
class Reach:
    """`fetch` gets an address unless it is as its mark says; `own` is how UIDs of ours end;
    `on_letter`: there is a new letter."""

    fetch: Fetch
    own: str
    on_letter: Callable[[], None] = lambda: None


class Feeds(Looking):
    """Invariant: a calendar that cannot be read keeps the times it had."""

    def __init__(self, reach: Reach) -> None:
        super().__init__("feeds", LOOK_EVERY_S, workers=WORKERS)
        self._reach = reach
        self._busy: set[str] = set()
        """Hosts whose calendar is being read: of each one at a time."""
        self._taking = asyncio.Lock()

    async def _look(self) -> None:
        while (feed := await self._take()) is not None:
            try:
                await self.read(feed)  # should that fail, its turn comes when its lease has ended
            finally:
                self._busy.discard(feed.host_id)

    async def _take(self) -> FeedRow | None:
        async with self._taking:
            feed = await take_feed(at=utc_now(), but=self._busy)
            if feed is not None:
                self._busy.add(feed.host_id)
            return feed

    async def read(self, feed: FeedRow) -> None:
        """Read one now, and say when next. Or StoreFailed."""
        at = utc_now()
        try:
            host = await host_of(feed.host_id)
            etag = feed.etag if _is_fresh(feed, at) else ""
            fetched = await self._reach.fetch(feed.url, etag)
            reading = None
            if fetched.body is not None:
                window = _window(feed, host.hours().zone, self._reach.own, at)
                reading = await read_beside(fetched.body, fetched.etag, window)
        except Unread as error:
            await self._failed(feed, error)
            return
        except Refused:  # the host is gone meanwhile
            return
        READINGS.labels("same" if reading is None else "read").inc()
        after = OFTEN if await shortest_of(feed.host_id) else SELDOM
        at = utc_now()
        await feed_read(feed.id, reading, at=at, next_at=at + after)

    async def _failed(self, feed: FeedRow, error: Unread) -> None:
        READINGS.labels(error.fault).inc()
        at = utc_now()
        is_first = feed.failing_since is None
        failure = f"{error.fault} {error.detail}".strip()
        log.info("feed.not_read", feed=feed.id, fault=error.fault)
        after = SOON if is_first else SELDOM
        since = await feed_failed(feed.id, failure, at=at, next_at=at + after)
        if at - since >= TOLD_AFTER and await tell_broken(feed, since, at=at):
            self._reach.on_letter()


def _is_fresh(feed: FeedRow, at: datetime) -> bool:
    return feed.parsed_at is not None and at - feed.parsed_at < WHOLE_EVERY


def _window(feed: FeedRow, zone: str, own: str, at: datetime) -> Reading:
    from_s, to_s = int((at - BEHIND).timestamp()), int((at + AHEAD).timestamp())
    return Reading(zone, from_s, to_s, own=own, is_holidays=feed.kind == "holidays")
