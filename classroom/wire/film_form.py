"""Films in the form they cross the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room import film_event, film_state
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import film, played


def form(of: film_state.Film) -> played.Film:
    """Where the film of a page is."""
    return played.Film(of.page_id, of.is_playing, of.position_ms, of.at_ms, of.rate)


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    film_event.FilmChanged: lambda event: film.FilmChanged(form(event.film)),
}


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """The field of a snapshot."""
    return {"films": [form(one) for one in room.parts.films.state.films]}
