"""Enrolled people: who comes to a room's lessons regularly is the same participant in all of them.

Nothing is looked up here. Whether an enrolment still counts is asked of the store.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from classroom.ids import ParticipantId, RoomId

EnrolledRole = Literal["assistant", "student", "observer"]
ENROLLED_ROLES: tuple[EnrolledRole, ...] = get_args(EnrolledRole)
"""A host comes by an account or by the host link."""

_MARK = "e-"
_LENGTH = 22
"""Characters of the URL-safe alphabet: 132 bits."""


def participant_of(room_id: RoomId, enrolment_id: str) -> ParticipantId:
    """The participant somebody is in every lesson of the room.

    Longer than `ids.new_id`, so that no guest ever has such an id.
    """
    told = "\n".join(("enrolment", room_id, enrolment_id))
    digest = base64.urlsafe_b64encode(sha256(told.encode()).digest())
    return ParticipantId(_MARK + digest[:_LENGTH].decode())


def is_enrolled(participant_id: str) -> bool:
    """Whether that is an enrolled person's id; ids come from seats, which only we give out."""
    return participant_id.startswith(_MARK) and len(participant_id) == len(_MARK) + _LENGTH


@dataclass(frozen=True, slots=True)
class Ticket:
    """By which link of which enrolment somebody came; a newer link ends the older ones."""

    enrolment_id: str
    link_number: int

    def text(self) -> str:
        """As it stands in a seat token."""
        return f"{self.enrolment_id}.{self.link_number}"


def read_ticket(text: str) -> Ticket | None:
    """The ticket of a seat token; None when the seat is nobody's who is enrolled."""
    enrolment_id, _, number = text.rpartition(".")
    if not enrolment_id or not number.isascii() or not number.isdigit():
        return None
    return Ticket(enrolment_id, int(number))
