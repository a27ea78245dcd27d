"""What the resources need of the rest of the house, as one value handed to each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from classroom.http.limits import Limits
from classroom.http.live_rooms import LiveRooms
from classroom.jobs.appointments import Appointments
from classroom.jobs.decks import Decks
from classroom.jobs.exports import Exports
from classroom.jobs.library import Library
from classroom.live.desks import Desks
from classroom.people.password import Passwords
from classroom.people.secret import Secret
from classroom.settings import Settings


class Media(Protocol):
    """The media server, as far as HTTP asks it."""

    @property
    def ready(self) -> bool: ...
    def capabilities(self) -> dict[str, Any]: ...
    async def metrics(self) -> list[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """Made once by the composition root."""

    settings: Settings
    secret: Secret
    passwords: Passwords
    limits: Limits
    live: LiveRooms
    media: Media
    is_database_alive: Callable[[], Awaitable[bool]]
    wake_jobs: Callable[[], None]
    """Have what was added to the jobs done now, for somebody who looks on."""
    decks: Decks
    library: Library
    exports: Exports
    appointments: Appointments
    desks: Desks
