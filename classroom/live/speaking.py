"""Who speaks, told to a room at most five times a second: as fast as an eye follows a ring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.books import Books
from classroom.room.reach import Reach
from classroom.wire.messages import Speakers

SPEAKERS_EVERY_S = 0.2


class Speaking:
    """The newest news of speakers, until it is told. A core."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._speakers: Speakers | None = None
        self._spoke_at = float("-inf")
        self._led: dict[str, str | None] = {}
        """Who led last, by place."""

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

    def take(
        self, *, now: float, reach: Reach, people: Iterable[ParticipantId]
    ) -> list[tuple[Speakers, list[ParticipantId]]]:
        """What is to be told now, and to whom: nobody hears of speech that does not reach them."""
        if self._speakers is None or self.due is None or now < self.due:
            return []
        speakers, self._speakers = self._speakers, None
        self._spoke_at = now
        by_place = reach.by_place(people)
        self._led = {place: led for place, led in self._led.items() if place in by_place}
        return [(self._heard(speakers, reach, who[0]), who) for who in by_place.values()]

    def _heard(self, speakers: Speakers, reach: Reach, listener: ParticipantId) -> Speakers:
        """Those whom the listener hears, and with them everybody at the same place. While the
        leader is elsewhere, the loudest of them leads, and goes on through short pauses, too."""

        def hears(who: str | None) -> bool:
            return who is not None and reach.receives(listener, ParticipantId(who), "microphone")

        heard = [who for who in speakers.participant_ids if hears(who)]
        place = reach.place_of(listener)
        before = self._led.get(place)
        last = before if hears(before) else None
        led = speakers.dominant if hears(speakers.dominant) else next(iter(heard), last)
        self._led[place] = led
        return Speakers(heard, led)
