"""History: the newest packets of one numbered stream, by reference.

Decides what is a duplicate and what is too old; is everybody's retransmission history. A ring
whose slots are number modulo size, so nothing is ever moved or freed one by one.
"""

from __future__ import annotations

from enum import Enum
from typing import Generic, TypeVar

Item = TypeVar("Item")

AUDIO_PACKETS = 256
"""5 s of 20 ms frames."""
VIDEO_PACKETS = 1024
"""A second of 8 Mbit/s; the replay window of the transport is as long."""


class Place(Enum):
    """What became of a number."""

    NEW = "new"
    DUPLICATE = "duplicate"
    TOO_OLD = "too_old"


class History(Generic[Item]):
    """Items by ever growing number; each number is held at most once, the newest `size` stay."""

    __slots__ = ("_items", "_numbers", "highest", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self._numbers = [-1] * size
        self._items: list[Item | None] = [None] * size
        self.highest = -1
        """Highest number put so far, -1 before the first."""

    def put(self, number: int, item: Item) -> Place:
        """Keeps `item` unless its number was taken, or fell out of the ring already."""
        slot = number % self.size
        held = self._numbers[slot]
        if held == number:
            return Place.DUPLICATE
        if held > number or number <= self.highest - self.size:
            return Place.TOO_OLD
        self._numbers[slot] = number
        self._items[slot] = item
        self.highest = max(self.highest, number)
        return Place.NEW

    def get(self, number: int) -> Item | None:
        """The item of `number`, None if it never came or is gone."""
        slot = number % self.size
        return self._items[slot] if self._numbers[slot] == number else None
