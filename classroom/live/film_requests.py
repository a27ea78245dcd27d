"""What each request about films does, and the room clock for whoever follows it closely."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import film_command as command
from classroom.wire import film
from classroom.wire.requests import Done

DONE = Done()
FILMS = Limit(5, 60)
"""Each is told to everybody; whoever drags along the bar asks some times a second."""
CLOCK = Limit(5, 60)
"""A client asks five times in a row, and again each half minute."""

_COMMANDS: dict[type[Any], Callable[[ParticipantId, Any], command.FilmCommand]] = {
    film.PlayFilm: lambda by, asked: command.PlayFilm(by, asked.page_id, asked.position_ms),
    film.PauseFilm: lambda by, asked: command.PauseFilm(by, asked.page_id, asked.position_ms),
    film.SeekFilm: lambda by, asked: command.SeekFilm(by, asked.page_id, asked.position_ms),
    film.SetFilmRate: lambda by, asked: command.SetFilmRate(by, asked.page_id, asked.rate),
}


async def _do(live: LiveRoom, claim: Claim, request: Any) -> Done:
    live.do(_COMMANDS[type(request)](claim.who, request))
    return DONE


async def _read_clock(live: LiveRoom, claim: Claim, request: film.ReadClock) -> film.RoomClock:
    return film.RoomClock(live.telling.clock_ms())


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    **dict.fromkeys(_COMMANDS, _do),
    film.ReadClock: _read_clock,
}
LIMITS: dict[type[Any], Limit] = {**dict.fromkeys(_COMMANDS, FILMS), film.ReadClock: CLOCK}
