"""The live rooms, as far as HTTP asks them; `classroom.live` answers."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from typing import Protocol

from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.people.role import Role
from classroom.people.seat import SeatClaims
from classroom.room.file_card import FileCard
from classroom.room.page import PlacedDeck
from classroom.room.recording_state import Kind


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
        self,
        room_id: RoomId,
        recording_id: str,
        who: ParticipantId,
        kinds: Sequence[Kind],
        *,
        erase: bool,
    ) -> bool:
        """Somebody says no to kinds of a recording, and with `erase` what there is of them goes;
        whether it goes on. Refused `server.busy`."""
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

    def put_out(self, account_id: AccountId, room_ids: Container[str]) -> None:
        """Take the seats somebody holds in these rooms by their account; silent without any."""
        ...

    def may_draw(self, room_id: RoomId, participant_id: ParticipantId) -> bool:
        """Whether somebody is in the live room, not away, and has a pen for its board."""
        ...
