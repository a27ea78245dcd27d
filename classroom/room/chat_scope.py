"""Who may read a message or a file: one rule, asked by snapshots, by what is told at once, by the
history and by downloads.

A scope is written "room", "staff", "groups", "group:<group id>" or "to:<participant id>".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from classroom.ids import ParticipantId
from classroom.room.participant import Participant
from classroom.room.policy import is_staff

GROUP = "group:"
PERSON = "to:"


class Scoped(Protocol):
    """What is for some people: a message, or a file."""

    @property
    def to(self) -> str: ...
    @property
    def participant_id(self) -> ParticipantId: ...
    @property
    def readers(self) -> tuple[ParticipantId, ...]: ...


def may_read(message: Scoped, viewer: Participant) -> bool:
    """Whether it is for this participant as they are now.

    Who wrote it may always; a message to a person is for the two of them alone, also before staff.
    Who was in the group when it was written keeps it after the groups are over.
    """
    if message.to == "room" or viewer.id in (message.participant_id, *message.readers):
        return True
    if message.to.startswith(PERSON):
        return message.to == PERSON + viewer.id
    if is_staff(viewer.role):
        return True
    if message.to == "groups":
        return viewer.place != ""
    return message.to.startswith(GROUP) and message.to == GROUP + viewer.place


def scope_of(to: str, place: str) -> str:
    """The scope of a message, from what its sender in this place (a group's id) named."""
    match to:
        case "group":
            return GROUP + place
        case "room" | "staff" | "groups":
            return to
        case _:
            return PERSON + to


def readers_of(to: str, people: Iterable[Participant]) -> tuple[ParticipantId, ...]:
    """Who is in the group, or in any, while a message is written to it."""
    if to == "groups":
        return tuple(who.id for who in people if who.place)
    if to.startswith(GROUP):
        return tuple(who.id for who in people if to == GROUP + who.place)
    return ()
