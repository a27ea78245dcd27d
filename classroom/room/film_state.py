"""Films and sounds of a class as values: where each is, on the room clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

FILMS_MAX = 32
"""Whose place is remembered; of more, the one that was touched first is forgotten."""
POSITION_MAX_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Film:
    """Where the film of a page is: at `position_ms` when the room clock showed `at_ms`, and from
    then on at `rate` while it plays. How long it is nobody knows here."""

    page_id: str
    is_playing: bool = False
    position_ms: int = 0
    at_ms: int = 0
    rate: int = 100
    """Percent."""
    backdrop: str = ""
    """Of the page when it was touched: another one is another film."""

    def position_at(self, clock_ms: int) -> int:
        """Where it is at a moment of the room clock."""
        if not self.is_playing:
            return self.position_ms
        went = round((clock_ms - self.at_ms) * self.rate / 100)
        return min(POSITION_MAX_MS, self.position_ms + max(0, went))

    def moved(self, position_ms: int, clock_ms: int) -> Film:
        """The same from another place on."""
        return replace(self, position_ms=position_ms, at_ms=clock_ms)

    def paused(self, clock_ms: int) -> Film:
        """It stands still where it is."""
        return replace(self.moved(self.position_at(clock_ms), clock_ms), is_playing=False)


@dataclass(frozen=True, slots=True)
class FilmsState:
    """Those that were touched, the last one at the end. At most one plays."""

    films: tuple[Film, ...] = ()

    def of(self, page_id: str) -> Film:
        """The film of a page; one nobody touched stands at its beginning."""
        return next((one for one in self.films if one.page_id == page_id), Film(page_id))

    @property
    def playing(self) -> Film | None:
        """The one that plays, or None."""
        return next((one for one in self.films if one.is_playing), None)

    def stopped(self, clock_ms: int) -> FilmsState:
        """The same with nothing that plays."""
        return FilmsState(
            tuple(one.paused(clock_ms) if one.is_playing else one for one in self.films)
        )

    def put(self, film: Film) -> FilmsState:
        """With this one as it is now."""
        others = tuple(one for one in self.films if one.page_id != film.page_id)
        return FilmsState((*others, film)[-FILMS_MAX:])
