"""How fast copies of an activity may send: a package that sets a value in each frame it paints, on
thirty screens, must not fill everybody's line.
"""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.people.throttle import Bucket

KILOBYTE = 1024
PERSON = (8.0 * KILOBYTE, 40.0 * KILOBYTE)
"""Bytes a second, and in a row; the second holds the longest message there is."""
BYTES = (64.0 * KILOBYTE, 256.0 * KILOBYTE)
TO_ALL = (40.0, 120.0)
"""Messages a second, and in a row, that everybody hears."""
TO_STAFF = (100.0, 300.0)
"""A class answers at the same moment, and only its teachers hear it."""


class ActivityPace:
    """One for a room: only the activity on the stage sends. `now` is in monotonic seconds."""

    def __init__(self) -> None:
        self._people: dict[ParticipantId, Bucket] = {}
        self._shared: dict[str, Bucket] = {}

    def check(self, by: ParticipantId, size: int, *, to_all: bool, now: float) -> None:
        """Refused `activity.busy` for a message of so many bytes; nothing is taken."""
        for bucket, cost in self._buckets(by, size, to_all, now):
            if replace(bucket).take(now=now, cost=cost) > 0:
                raise Refused("activity.busy")

    def spend(self, by: ParticipantId, size: int, *, to_all: bool, now: float) -> None:
        """It was checked, and is sent."""
        for bucket, cost in self._buckets(by, size, to_all, now):
            bucket.take(now=now, cost=cost)

    def forget(self, who: ParticipantId) -> None:
        """They left."""
        self._people.pop(who, None)

    def _buckets(
        self, by: ParticipantId, size: int, to_all: bool, now: float
    ) -> list[tuple[Bucket, float]]:
        kind = "all" if to_all else "staff"
        own = self._people.setdefault(by, _full(PERSON, now))
        bytes_ = self._shared.setdefault(f"{kind} bytes", _full(BYTES, now))
        count = self._shared.setdefault(kind, _full(TO_ALL if to_all else TO_STAFF, now))
        return [(own, size), (bytes_, size), (count, 1)]


def _full(measure: tuple[float, float], now: float) -> Bucket:
    rate, burst = measure
    return Bucket(rate, burst, burst, now)
