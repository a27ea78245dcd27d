"""What can be asked about the film on the stage; `page_id` is the class's page, which has it."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId


@dataclass(frozen=True, slots=True)
class PlayFilm:
    """Let it run from there."""

    by: ParticipantId
    page_id: str
    position_ms: int


@dataclass(frozen=True, slots=True)
class PauseFilm:
    """Let it stand there."""

    by: ParticipantId
    page_id: str
    position_ms: int


@dataclass(frozen=True, slots=True)
class SeekFilm:
    """Go there, and run on or stand as before."""

    by: ParticipantId
    page_id: str
    position_ms: int


@dataclass(frozen=True, slots=True)
class SetFilmRate:
    by: ParticipantId
    page_id: str
    rate: int
    """Percent, 50 to 200."""


FilmCommand = PlayFilm | PauseFilm | SeekFilm | SetFilmRate
