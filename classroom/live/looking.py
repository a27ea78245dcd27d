"""A live room as others may see it: strangers at the door, and HTTP that asks for a right."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.clock import iso
from classroom.ids import ParticipantId, RoomId
from classroom.live.decks_looking import DeckQuestions
from classroom.live.decks_news import DeckNews
from classroom.live.files_looking import FileQuestions
from classroom.live.hub import Hub
from classroom.live.recording_news import RecordingNews
from classroom.live.room import LiveRoom
from classroom.people.role import Role
from classroom.people.seat import SeatClaims
from classroom.room.participant import SeatState
from classroom.room.policy import is_staff


@dataclass(frozen=True, slots=True)
class Look:
    """A live room seen from outside: of students nothing but how many there are."""

    hosts: tuple[str, ...]
    participant_ids: frozenset[str]
    started_at: str
    is_recorded: bool = False
    """Also while people in it are asked."""


def look_at(live: LiveRoom) -> Look:
    """What anybody may know of it."""
    people = live.room.participants.values()
    return Look(
        hosts=tuple(who.name for who in people if is_staff(who.role)),
        participant_ids=frozenset(live.room.participants),
        started_at=iso(live.room.started_at),
        is_recorded=live.room.parts.recording.state.phase != "off",
    )


def is_in(live: LiveRoom, participant_id: ParticipantId) -> bool:
    """Whether somebody is in the class, or away and their place is kept."""
    return participant_id in live.room.participants


def has_pen(live: LiveRoom, participant_id: ParticipantId) -> bool:
    """Whether somebody is here now and may draw on the board: the class's, or a page of theirs."""
    who = live.room.participants.get(participant_id)
    if who is None or who.seat is not SeatState.HERE:
        return False
    reserved = live.room.reserve().pens().values()
    return who.pen != "none" or any(pens.get(who.id, "none") != "none" for pens in reserved)


class Questions(FileQuestions, DeckQuestions, DeckNews, RecordingNews):
    """What HTTP asks of the live rooms."""

    _hub: Hub

    def has_class(self) -> bool:
        """Whether any class goes on."""
        return bool(self._hub.rooms)

    def look(self, room_id: RoomId) -> Look | None:
        """The live room as a stranger may see it; None while nobody is in it."""
        live = self._hub.find(room_id)
        if live is None or not live.room.participants:
            return None
        return look_at(live)

    def is_inside(self, room_id: RoomId, participant_id: ParticipantId) -> bool:
        """Whether somebody is in the class, or away for a moment."""
        live = self._hub.find(room_id)
        return live is not None and is_in(live, participant_id)

    def role_of(self, room_id: RoomId, participant_id: ParticipantId) -> Role | None:
        """The present role of somebody in the class; a seat knows only the one it began with."""
        live = self._hub.find(room_id)
        who = live.room.participants.get(participant_id) if live else None
        return None if who is None else who.role

    def is_removed(self, seat: SeatClaims) -> bool:
        """Whether somebody was removed from the class that goes on, as this person or browser."""
        return self._hub.is_removed(seat)

    def may_draw(self, room_id: RoomId, participant_id: ParticipantId) -> bool:
        """Whether somebody is in the class, not away, and has a pen."""
        live = self._hub.find(room_id)
        return live is not None and has_pen(live, participant_id)
