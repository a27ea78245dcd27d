"""The letter to a host whose calendar cannot be read: one for each time that it begins to fail."""

from __future__ import annotations

from datetime import datetime

from tortoise.transactions import in_transaction

from classroom.booking.letter_kind import LetterKind
from classroom.booking.when import say_start
from classroom.store.feeds import FeedRow, feed_told
from classroom.store.host_letter import host_reader
from classroom.store.letters import post

KIND: LetterKind = "feed_broken"


async def tell_broken(feed: FeedRow, since: datetime, *, at: datetime) -> bool:
    """Whether there is a new letter: not when it was written already, or nobody would get it."""
    async with in_transaction():
        if not await feed_told(feed.id, at=at):
            return False
        reader = await host_reader(feed.host_id)
        if reader is None:
            return False
        since_s = int(since.timestamp())
        words = {
            "calendar": feed.name,
            "since": say_start(since_s, reader.host.zone, reader.locale),
        }
        once = f"{KIND}.{feed.id}.{since_s}"
        await post(await reader.letter(KIND, words, once=once, path="/offers"), at=at)
    return True
