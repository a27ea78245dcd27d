"""Films and sounds in step on the wire, and the room clock they follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.played import Film
from classroom.wire.requests import Done
from classroom.wire.values import Id

FILM_POSITION_MAX_MS = 86_400_000

Position = Annotated[int, Field(ge=0, le=FILM_POSITION_MAX_MS)]
Rate = Annotated[int, Field(ge=50, le=200)]
"""Percent."""


@dataclass(frozen=True, slots=True)
class PlayFilm:
    """Let the film of the class's page run from there, on everybody's screen."""

    NAME: ClassVar[str] = "film.play"
    page_id: Id
    position_ms: Position


@dataclass(frozen=True, slots=True)
class PauseFilm:
    """Let it stand there."""

    NAME: ClassVar[str] = "film.pause"
    page_id: Id
    position_ms: Position


@dataclass(frozen=True, slots=True)
class SeekFilm:
    """Go there, and run on or stand as before."""

    NAME: ClassVar[str] = "film.seek"
    page_id: Id
    position_ms: Position


@dataclass(frozen=True, slots=True)
class SetFilmRate:
    """How fast it runs."""

    NAME: ClassVar[str] = "film.rate"
    page_id: Id
    rate: Rate


@dataclass(frozen=True, slots=True)
class ReadClock:
    """What the room clock shows, to measure how far away the server is."""

    NAME: ClassVar[str] = "room.clock"


@dataclass(frozen=True, slots=True)
class RoomClock:
    clock_ms: int


@dataclass(frozen=True, slots=True)
class FilmChanged:
    """It plays, stands, or is elsewhere."""

    film: Film
    type: Literal["film_changed"] = "film_changed"


REQUESTS: dict[type[Any], type[Any]] = {
    PlayFilm: Done,
    PauseFilm: Done,
    SeekFilm: Done,
    SetFilmRate: Done,
    ReadClock: RoomClock,
}
