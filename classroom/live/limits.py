"""How much one socket may ask: a bucket for all requests, one for chat, one for costly ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from classroom.errors import Refused
from classroom.people.throttle import Bucket
from classroom.wire.messages import JoinMedia, JoinRoom, PostChat, RestartIce

STRIKES_MAX = 200
"""Refusals in a row after which the socket is closed: nobody types that fast."""


@dataclass(frozen=True, slots=True)
class Limit:
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

_OWN: dict[type[Any], Limit] = {
    PostChat: CHAT,
    JoinRoom: COSTLY,
    JoinMedia: COSTLY,
    RestartIce: COSTLY,
}


@dataclass(slots=True)
class SocketLimits:
    """The buckets of one socket. `strikes` counts refusals since the last grant."""

    every: Bucket
    own: dict[Limit, Bucket] = field(default_factory=dict)
    strikes: int = 0

    def take(self, *, now: float) -> None:
        """Pay for a request of any kind, read or not; or Refused."""
        self._pay(self.every, now)
        self.strikes = 0

    def take_own(self, kind: type[Any], *, now: float) -> None:
        """Pay for a request of this kind; or Refused."""
        limit = _OWN.get(kind)
        if limit is not None:
            self._pay(self.own.setdefault(limit, limit.bucket(now=now)), now)

    def _pay(self, bucket: Bucket, now: float) -> None:
        wait_s = bucket.take(now=now)
        if wait_s:
            self.strikes += 1
            raise Refused("rate.limited", {"retry_ms": int(wait_s * 1000) + 1})


def socket_limits(*, now: float) -> SocketLimits:
    """The limits of a socket that just connected."""
    return SocketLimits(EVERY.bucket(now=now))
