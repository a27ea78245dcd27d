"""How much one person may ask: a bucket for all requests, and one for each kind that costs more.

A new socket of the same seat goes on with the same buckets.

Whoever is refused more often than any client could be is struck off.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from classroom.errors import Refused
from classroom.live.repeats import Repeats
from classroom.people.throttle import Bucket
from classroom.wire.chat import PostChat
from classroom.wire.messages import (
    AddPage,
    ChangePage,
    ClearPage,
    GivePen,
    JoinMedia,
    JoinRoom,
    MovePage,
    PrepareMedia,
    Produce,
    RemovePage,
    RestartIce,
    RestorePage,
    ResumeProducer,
    SetPreferences,
    SetShareMode,
    ShowBoard,
    SyncRoom,
    TakeBoardTicket,
    TurnPage,
    UnclearPage,
    WatchNetwork,
)


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """Kinds of requests that have the same one share a bucket; equal ones have one each."""

    rate_per_s: float
    burst: float

    def bucket(self, *, now: float) -> Bucket:
        """A full bucket."""
        return Bucket(self.rate_per_s, self.burst, self.burst, now)


EVERY = Limit(50, 300)
"""A page with 60 tiles that is turned asks for the layers of 120 consumers at once."""
CHAT = Limit(1, 10)
COSTLY = Limit(4, 20)
"""A client without media asks again every 300 ms, for ten seconds."""

WHOLE = Limit(1, 5)
"""The whole room in one answer; a client asks for it after a gap in the events, which is rare."""
TURNS = Limit(3, 20)
"""Each is told to everybody. A key that is held to speak is pressed three times a second at most;
letting go of it is never refused, because nobody may be heard who believes not to be."""
PAGES = Limit(5, 60)
"""The page list: each change goes to everybody and to the disk. Whoever leafs through a board with
a key turns some ten pages a second for a moment."""
TICKETS = Limit(3, 15)
"""For the board; a client whose connection breaks asks again after 0.3 s, and then ever later."""
COPIES = Limit(0.5, 20)
"""What begins a new epoch of a page; the old ones are kept."""
WISHES = Limit(10, 40)
"""What is wanted of all consumers: a client tells it once after the page was laid out anew, and a
window that is dragged is laid out some ten times a second."""
WATCHES = Limit(1, 10)
"""Of the network: a switch that a hand turns."""
STRIKES = Limit(2, 200)
"""Refusals that no client causes: so many at once, and so many a second for ever."""
PEOPLE_MAX = 5000
"""Seats whose buckets are remembered; the one that connected longest ago is forgotten."""
STRIKING = frozenset({"rate.limited", "message.malformed", "message.unknown"})

_OWN: dict[type[Any], Limit] = {
    PostChat: CHAT,
    JoinRoom: COSTLY,
    PrepareMedia: COSTLY,
    JoinMedia: COSTLY,
    RestartIce: COSTLY,
    SyncRoom: WHOLE,
    Produce: TURNS,
    ResumeProducer: TURNS,
    SetShareMode: TURNS,
    SetPreferences: WISHES,
    WatchNetwork: WATCHES,
    TakeBoardTicket: TICKETS,
    ShowBoard: TURNS,
    GivePen: PAGES,
    TurnPage: PAGES,
    ChangePage: PAGES,
    MovePage: PAGES,
    RemovePage: PAGES,
    RestorePage: PAGES,
    AddPage: PAGES,
    ClearPage: COPIES,
    UnclearPage: COPIES,
}


@dataclass(slots=True)
class SocketLimits:
    """The buckets of one person's sockets. `kinds` are those of the parts of a room."""

    every: Bucket
    strikes: Bucket
    kinds: Mapping[type[Any], Limit] = field(default_factory=dict)
    own: dict[Limit, Bucket] = field(default_factory=dict)
    repeats: Repeats = field(default_factory=Repeats)
    """What this person asked and had answered lately."""

    def take(self, *, now: float) -> None:
        """Pay for a request of any kind, read or not; or Refused."""
        self._pay(self.every, now)

    def take_own(self, kind: type[Any], *, now: float) -> None:
        """Pay for a request of this kind; or Refused."""
        limit = _OWN.get(kind) or self.kinds.get(kind)
        if limit is not None:
            self._pay(self.own.setdefault(limit, limit.bucket(now=now)), now)

    def is_struck_off(self, code: str, *, now: float) -> bool:
        """Count a refusal; whether it is one too many."""
        return code in STRIKING and self.strikes.take(now=now) > 0

    def _pay(self, bucket: Bucket, now: float) -> None:
        wait_s = bucket.take(now=now)
        if wait_s:
            raise Refused("rate.limited", {"retry_ms": int(wait_s * 1000) + 1})


def socket_limits(*, now: float, kinds: Mapping[type[Any], Limit] | None = None) -> SocketLimits:
    """The limits of somebody who connects for the first time."""
    return SocketLimits(EVERY.bucket(now=now), STRIKES.bucket(now=now), kinds or {})


class PeopleLimits:
    """The buckets of everybody who connected lately, by the seat they hold."""

    def __init__(self, kinds: Mapping[type[Any], Limit]) -> None:
        self._kinds = kinds
        self._people: OrderedDict[Hashable, SocketLimits] = OrderedDict()

    def of(self, seat: Hashable, *, now: float) -> SocketLimits:
        """Those of a seat; full ones when it was not seen among the last PEOPLE_MAX."""
        known = self._people.pop(seat, None) or socket_limits(now=now, kinds=self._kinds)
        self._people[seat] = known
        if len(self._people) > PEOPLE_MAX:
            self._people.popitem(last=False)
        return known
