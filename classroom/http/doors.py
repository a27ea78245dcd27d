"""What the resources need of the rest of the house, as one value handed to each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from classroom.http.limits import Limits
from classroom.ids import ParticipantId, RoomId
from classroom.jobs.decks import Decks
from classroom.jobs.exports import Exports
from classroom.jobs.library import Library
from classroom.people.password import Passwords
from classroom.people.role import Role
from classroom.people.seat import SeatClaims
from classroom.people.secret import Secret
from classroom.room.file_card import FileCard
from classroom.room.page import PlacedDeck
from classroom.room.recording_state import Kind
from classroom.settings import Settings


class LiveLook(Protocol):
    """A live room seen from outside. `hosts` are names; students' names stay inside."""

    @property
    def hosts(self) -> Collection[str]: ...
    @property
    def participant_ids(self) -> Collection[str]: ...
    @property
    def started_at(self) -> str: ...
    @property
    def is_recorded(self) -> bool: ...


class LiveFiles(Protocol):
    """The files of live rooms, as far as HTTP asks for them. Who is asked about must be in the
    class: Refused `room.not_joined`."""

    def check_sending(self, room_id: RoomId, who: ParticipantId) -> None:
        """Raise Refused when somebody may send no file now."""
        ...

    def add_file(self, room_id: RoomId, card: FileCard) -> None:
        """It has arrived, and its owner may send it; a second time is nothing. Refused
        `seat.away`."""
        ...

    def file_for(self, room_id: RoomId, who: ParticipantId, file_id: str) -> FileCard:
        """The file, when somebody may see it now; Refused `file.unknown`."""
        ...

    def files_for(self, room_id: RoomId, who: ParticipantId) -> tuple[FileCard, ...]:
        """Every file that was sent and that somebody may see now."""
        ...

    def share_file(self, room_id: RoomId, who: ParticipantId, file_id: str) -> None:
        """Send somebody's own file that has arrived to everybody."""
        ...

    def is_sent(self, room_id: RoomId, file_id: str) -> bool:
        """Whether a class goes on in which the file was sent, whoever of it is still there."""
        ...

    def drop_file(self, room_id: RoomId, file_id: str) -> None:
        """Take a file out of the class, if one goes on; the caller has the right."""
        ...


class LiveDecks(Protocol):
    """The decks on the stages of live rooms, as far as HTTP asks for them."""

    def placed_deck(self, room_id: RoomId, placement_id: str) -> PlacedDeck | None:
        """A deck that is on the stage of a class; None when there is none."""
        ...

    def shows_print(self, room_id: RoomId, print_id: str) -> bool:
        """Whether it is on the stage of a class."""
        ...


class LiveRecordings(Protocol):
    """The recordings that go on, as far as HTTP asks for them."""

    async def take_back(
        self, room_id: RoomId, recording_id: str, who: ParticipantId, kinds: Sequence[Kind]
    ) -> bool:
        """Somebody says no to kinds of a recording, and what there is of them is erased; whether
        it goes on. Refused `server.busy`."""
        ...


class LiveRooms(LiveFiles, LiveDecks, LiveRecordings, Protocol):
    """The live rooms, as far as HTTP asks them."""

    def look(self, room_id: RoomId) -> LiveLook | None: ...

    async def end(self, room_id: RoomId) -> None:
        """End the class; it is stored when this returns."""
        ...

    def is_inside(self, room_id: RoomId, participant_id: ParticipantId) -> bool:
        """Whether somebody is in the live room; also while they are away and may come back."""
        ...

    def role_of(self, room_id: RoomId, participant_id: ParticipantId) -> Role | None:
        """The present role of somebody in the live room; None when they are not in it."""
        ...

    def is_removed(self, seat: SeatClaims) -> bool:
        """Whether somebody was removed from the class that goes on, as this person or browser."""
        ...

    def let_go(self, room_id: RoomId, participant_id: ParticipantId) -> None:
        """Take the seat of somebody whose link counts no more; silent when they are not there."""
        ...

    def may_draw(self, room_id: RoomId, participant_id: ParticipantId) -> bool:
        """Whether somebody is in the live room, not away, and has a pen for its board."""
        ...


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
