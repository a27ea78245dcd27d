"""Calendars that hosts subscribed to: kept, due to be read, and what of a host's time they take."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from tortoise.transactions import in_transaction

from classroom.booking.span import Span, packed, unpacked
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.background import in_background
from classroom.store.boards import failing
from classroom.store.feed_tables import Feed
from classroom.store.statement import ask
from classroom.store.times_taken import hold_host

COUNT_MAX = 10
"""Of one host."""
NAME_MAX = 120
FAILURE_MAX = 120
LEASE = timedelta(minutes=2)
"""After it, whoever reads a feed is gone, and it is read by another."""

FeedKind = Literal["busy", "holidays"]
"""Whether its entries take time when they say so, or always."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A calendar without its times."""

    id: str
    host_id: str
    url: str
    name: str
    kind: FeedKind
    etag: str
    bytes: int
    events: int
    problems: tuple[str, ...]
    failure: str
    failing_since: datetime | None
    told_at: datetime | None
    is_on: bool
    next_at: datetime
    tried_at: datetime | None
    read_at: datetime | None
    parsed_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FeedTimes:
    """What one calendar takes of a window."""

    feed_id: str
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class NewReading:
    """What a calendar said now. `name`: what it calls itself."""

    spans: tuple[Span, ...]
    events: int
    problems: tuple[str, ...]
    etag: str
    bytes: int
    name: str = ""


_COLUMNS = tuple(name for name in FeedRow.__slots__)


async def create_feed(
    host_id: str, *, url: str, name: str, kind: FeedKind, at: datetime
) -> FeedRow:
    """To be read at once; Refused `feed.limit`, `host.unknown`."""
    async with in_transaction():
        await hold_host(host_id)
        if await Feed.filter(host_id=host_id).count() >= COUNT_MAX:
            raise Refused("feed.limit", {"max": COUNT_MAX})
        feed_id = new_id()
        await Feed.create(
            id=feed_id,
            host_id=host_id,
            url=url,
            name=name,
            kind=kind,
            spans=b"",
            etag="",
            bytes=0,
            events=0,
            problems="[]",
            failure="",
            is_on=True,
            next_at=at,
            created_at=at,
        )
    return await find_feed(host_id, feed_id)


async def feeds_of(host_id: str) -> list[FeedRow]:
    """A host's calendars, the oldest first."""
    rows = await Feed.filter(host_id=host_id).order_by("created_at", "id").values(*_COLUMNS)
    return [_row(one) for one in rows]


async def find_feed(host_id: str, feed_id: str) -> FeedRow:
    """One of a host's; Refused `feed.unknown`."""
    rows = await Feed.filter(id=feed_id, host_id=host_id).values(*_COLUMNS)
    if not rows:
        raise Refused("feed.unknown")
    return _row(rows[0])


async def change_feed(feed_id: str, *, name: str | None, is_on: bool | None, at: datetime) -> None:
    """Only what is given. One that is switched on again is read at once."""
    changed: dict[str, Any] = {}
    if name is not None:
        changed["name"] = name
    if is_on is not None:
        changed["is_on"] = is_on
        if is_on:
            changed["next_at"] = at
    if changed:
        await Feed.filter(id=feed_id).update(**changed)


async def ask_again(feed_id: str, *, at: datetime) -> None:
    """Read it at once, and whole."""
    await Feed.filter(id=feed_id).update(next_at=at, etag="")


async def reread(host_id: str, *, at: datetime) -> None:
    """All of a host at once, and whole: they are in another zone now."""
    await Feed.filter(host_id=host_id).update(next_at=at, etag="")


async def delete_feed(feed_id: str) -> None:
    """Its times are free again."""
    await Feed.filter(id=feed_id).delete()


async def take_feed(*, at: datetime, but: Collection[str]) -> FeedRow | None:
    """The calendar that is due longest, for this reader alone, of another host than `but`; None
    when none is. Or StoreFailed."""
    with failing():
        while True:
            due = Feed.filter(is_on=True, next_at__lte=at, host__removed_at=None)
            rows = await (
                due.exclude(host_id__in=list(but)).order_by("next_at").limit(1).values(*_COLUMNS)
            )
            if not rows:
                return None
            row = _row(rows[0])
            mine = Feed.filter(id=row.id, next_at=row.next_at)
            async with in_background():
                is_mine = await mine.update(next_at=at + LEASE)
            if is_mine:
                return row


async def feed_read(
    feed_id: str, reading: NewReading | None, *, at: datetime, next_at: datetime
) -> None:
    """What it said; None: nothing has changed since. Or StoreFailed."""
    changed: dict[str, Any] = {
        "tried_at": at,
        "read_at": at,
        "failure": "",
        "failing_since": None,
        "told_at": None,
        "next_at": next_at,
    }
    if reading is not None:
        changed |= {
            "spans": packed(reading.spans),
            "events": reading.events,
            "problems": json.dumps(list(reading.problems)),
            "etag": reading.etag,
            "bytes": reading.bytes,
            "parsed_at": at,
        }
    with failing():
        async with in_background():
            await Feed.filter(id=feed_id).update(**changed)
            if reading is not None and reading.name:
                await Feed.filter(id=feed_id, name="").update(name=reading.name[:NAME_MAX])


async def feed_failed(feed_id: str, failure: str, *, at: datetime, next_at: datetime) -> datetime:
    """It could not be read; its last times stay. Since when is returned. Or StoreFailed."""
    with failing():
        async with in_background():
            await Feed.filter(id=feed_id).update(
                tried_at=at, failure=failure[:FAILURE_MAX], next_at=next_at
            )
            await Feed.filter(id=feed_id, failing_since=None).update(failing_since=at)
            since = await Feed.filter(id=feed_id).values_list("failing_since", flat=True)
    return cast(datetime, since[0]) if since else at


async def feed_told(feed_id: str, *, at: datetime) -> bool:
    """The host is told that it fails, once for each time it begins to; part of a transaction."""
    return bool(await Feed.filter(id=feed_id, told_at=None).update(told_at=at))


async def busy_of(host_id: str, from_s: int, to_s: int) -> tuple[Span, ...]:
    """What all calendars of a host take of [from_s, to_s)."""
    kept = await ask("SELECT spans FROM feeds WHERE host_id = $1 AND is_on", host_id)
    return tuple(one for row in kept for one in unpacked(bytes(row["spans"]), from_s, to_s))


async def busy_by_feed(host_id: str, from_s: int, to_s: int) -> list[FeedTimes]:
    """The same, told apart by calendar."""
    rows = await Feed.filter(host_id=host_id, is_on=True).values_list("id", "name", "spans")
    return [
        FeedTimes(id_, name, tuple(unpacked(bytes(spans), from_s, to_s)))
        for id_, name, spans in rows
    ]


def _row(values: dict[str, Any]) -> FeedRow:
    return FeedRow(**{**values, "problems": tuple(json.loads(values["problems"]))})
