"""Shapes of calendars from elsewhere. Their addresses are secrets: only host names are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field

from classroom.clock import iso
from classroom.errors import Refused
from classroom.hooks.address import URL_MAX, read_url
from classroom.http.body import Body
from classroom.store.feeds import NAME_MAX, FeedRow


class NewFeed(Body):
    """`url` as a calendar gives it, `webcal:` too. Without a name: as it calls itself. `holidays`:
    its entries always take time, as a list of holidays says they do not."""

    url: str = Field(max_length=URL_MAX)
    name: str = Field(default="", max_length=NAME_MAX)
    kind: Literal["busy", "holidays"] = "busy"


class FeedChange(Body):
    """Only what is given."""

    name: str | None = Field(default=None, min_length=1, max_length=NAME_MAX)
    is_on: bool | None = None


@dataclass(frozen=True, slots=True)
class FeedTold:
    """A calendar whose entries take a host's time."""

    id: str
    site: str
    """The host name of its address."""
    name: str
    kind: Literal["busy", "holidays"]
    is_on: bool
    state: Literal["waiting", "read", "failing", "off"]
    """`waiting`: it was not read yet."""
    events: int
    problems: list[str]
    """`broken:2`: so many entries say no time; `zone:1`: of an unknown zone, read in the host's;
    `range:1`: all that follow were moved at once, which is read as one."""
    failure: str
    """Why it cannot be read now, in a word; of `status` with its number. Its last times stay."""
    failing_since: str | None
    tried_at: str | None
    read_at: str | None
    """When it was read last; its times are of then."""
    next_at: str


def feed_told(row: FeedRow) -> FeedTold:
    """As it is told to whoever may see the host's calendar."""
    state: Literal["waiting", "read", "failing", "off"]
    if not row.is_on:
        state = "off"
    elif row.failing_since is not None:
        state = "failing"
    else:
        state = "waiting" if row.read_at is None else "read"
    return FeedTold(
        id=row.id,
        site=urlsplit(row.url).hostname or "",
        name=row.name,
        kind=row.kind,
        is_on=row.is_on,
        state=state,
        events=row.events,
        problems=list(row.problems),
        failure=row.failure,
        failing_since=None if row.failing_since is None else iso(row.failing_since),
        tried_at=None if row.tried_at is None else iso(row.tried_at),
        read_at=None if row.read_at is None else iso(row.read_at),
        next_at=iso(row.next_at),
    )


def read_address(url: str) -> str:
    """The address as it is fetched; Refused `feed.address`."""
    plain = url.strip()
    for scheme in ("webcal://", "webcals://"):
        if plain.lower().startswith(scheme):
            plain = "https://" + plain[len(scheme) :]
    try:
        read_url(plain)
    except Refused:
        raise Refused("feed.address") from None
    return plain
