"""Who speaks, told to a room at most five times a second: as fast as an eye follows a ring."""

from __future__ import annotations

from typing import Any

from classroom.live.books import Books
from classroom.wire.messages import Speakers

SPEAKERS_EVERY_S = 0.2


class Speaking:
    """The newest news of speakers, until it is told. A core."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._speakers: Speakers | None = None
        self._spoke_at = float("-inf")

    def hear(self, producers: tuple[Any, ...], dominant: Any) -> None:
        """The producers that speak now, loudest first, and the one that leads."""
        owners = self._books.producers
        speaking = [owners[producer].owner for producer in producers if producer in owners]
        leader = owners[dominant].owner if dominant in owners else None
        self._speakers = Speakers(list(dict.fromkeys(map(str, speaking))), leader)

    @property
    def due(self) -> float | None:
        """When there is something to tell; None while there is nothing."""
        return None if self._speakers is None else self._spoke_at + SPEAKERS_EVERY_S

    def take(self, *, now: float) -> Speakers | None:
        """What is to be told now."""
        if self.due is None or now < self.due:
            return None
        speakers, self._speakers = self._speakers, None
        self._spoke_at = now
        return speakers
