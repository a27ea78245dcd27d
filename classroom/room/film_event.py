"""What happened to a film."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.film_state import Film


@dataclass(frozen=True, slots=True)
class FilmChanged:
    """It plays, stands, or is elsewhere."""

    film: Film


FilmEvent = FilmChanged
