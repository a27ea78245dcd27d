"""Recording at a room's door: what is told of it, and that nobody comes in who did not agree where
that is required."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.asker import Asker
from classroom.http.doors import Doors
from classroom.lesson.consent_text import (
    STANDING_PURPOSE,
    VERSION,
    Asked,
    check_current,
    locale_of,
    render,
)
from classroom.people.enrolment import read_ticket
from classroom.people.seat import SeatClaims
from classroom.room.policy import is_staff
from classroom.room.recording_state import KINDS
from classroom.store.enrolment_consents import keep_standing, standing_text
from classroom.store.rooms import RoomRow

PolicyTold = Literal["ask", "required", "never"]
OWNERLESS_DAYS = 7


@dataclass(frozen=True, slots=True)
class ConsentTextTold:
    """What is read before agreeing, shown unchanged."""

    text_id: str
    locale: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordingTold:
    """Recording, for whoever stands at a room's door."""

    policy: PolicyTold
    is_on: bool
    """Whether the class that goes on is recorded, or people in it are asked now."""
    agreed: bool
    """Whether the asker, who is enrolled, has agreed to this text already."""
    text: ConsentTextTold | None
    """What is to be agreed to before coming in; null for whoever need not."""


async def recording_told(doors: Doors, room: RoomRow, asker: Asker, locale: str) -> RecordingTold:
    """What the door says of recording."""
    look = doors.live.look(room.id)
    agreed = await _has_agreed(asker)
    needs = room.recording_policy == "required" and not is_staff(asker.role) and not agreed
    policy: PolicyTold = room.recording_policy  # type: ignore[assignment]
    is_on = look is not None and look.is_recorded
    return RecordingTold(policy, is_on, agreed, _text(room, locale) if needs else None)


async def with_agreement(room: RoomRow, claims: SeatClaims, agreed: str) -> SeatClaims:
    """The seat with what its holder agreed to. Refused `consent.needed`, `consent.text`."""
    if room.recording_policy != "required" or is_staff(claims.role):
        return claims
    ticket = read_ticket(claims.enrolment)
    if agreed:
        check_current(agreed)
        if ticket is not None:
            await keep_standing(ticket.enrolment_id, agreed, KINDS, at=utc_now())
        return replace(claims, agreed=agreed)
    held = claims.agreed if ticket is None else await standing_text(ticket.enrolment_id)
    if not _is_current(held):
        raise Refused("consent.needed")
    return replace(claims, agreed=held)


async def _has_agreed(asker: Asker) -> bool:
    if asker.enrolment is None:
        return False
    return _is_current(await standing_text(asker.enrolment.id))


def _is_current(text_id: str) -> bool:
    """In whichever language they read it."""
    return text_id.partition("/")[0] == VERSION


def _text(room: RoomRow, locale: str) -> ConsentTextTold:
    language = locale_of(locale)
    days = room.recording_days if room.owner_id else OWNERLESS_DAYS
    purpose = STANDING_PURPOSE[language]
    shown = render(Asked(room.owner_name, purpose, KINDS, room.title, days), language)
    return ConsentTextTold(shown.text_id, language, shown.text)
