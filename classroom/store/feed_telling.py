"""The letter to a host whose calendar cannot be read: one for each time that it begins to fail."""

from __future__ import annotations

from datetime import datetime

from tortoise.transactions import in_transaction

from classroom.booking.letter import LINK, Matter, compose
from classroom.booking.letter_kind import LetterKind
from classroom.booking.when import say_start
from classroom.store.feeds import FeedRow, feed_told
from classroom.store.letter_matter import Lookups, language_of
from classroom.store.letters import NewLetter, post
from classroom.store.practice_tables import Host

KIND: LetterKind = "feed_broken"


async def tell_broken(feed: FeedRow, since: datetime, *, at: datetime) -> bool:
    """Whether there is a new letter: not when it was written already, or nobody would get it."""
    async with in_transaction():
        if not await feed_told(feed.id, at=at):
            return False
        host = await Host.get(id=feed.host_id).select_related("org")
        email = await Lookups().host_email(host.id)
        if not email:
            return False
        locale = language_of(host.org.locale)
        template = await Lookups().template(host.org.id, KIND, locale)
        words = {
            "host": host.name,
            "org": host.org.name,
            "calendar": feed.name,
            "since": say_start(int(since.timestamp()), host.zone, locale),
        }
        made = compose(template, Matter(words), locale)
        await post(
            NewLetter(
                org=host.org.id,
                kind=KIND,
                once=f"{KIND}.{feed.id}.{int(since.timestamp())}",
                to_name=host.name,
                to_email=email,
                locale=locale,
                subject=made.subject,
                text=made.text,
                html=made.html,
                from_name=host.org.name,
                host=host.id,
                links={LINK: "path:/offers"},
            ),
            at=at,
        )
    return True
