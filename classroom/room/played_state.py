"""What outlives a restart of films and activities."""

from __future__ import annotations

from dataclasses import dataclass, field

from classroom.room.activity_state import ActivitiesState
from classroom.room.film_state import FilmsState


@dataclass(frozen=True, slots=True)
class PlayedState:
    films: FilmsState = field(default_factory=FilmsState)
    activities: ActivitiesState = field(default_factory=ActivitiesState)
