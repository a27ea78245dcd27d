"""What is told of a room to whoever stands at its door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from classroom.booking.zone import iso_s
from classroom.clock import utc_now
from classroom.http.asker import Asker, asker_here
from classroom.http.consent_door import RecordingTold, recording_told
from classroom.http.doors import Doors
from classroom.http.enrolled import Fault
from classroom.http.visitor import this_visitor
from classroom.people.role import Role
from classroom.store.rooms import RoomRow
from classroom.store.timetable import next_class


@dataclass(frozen=True, slots=True)
class LiveTold:
    """A class that goes on, seen from the door: students' names stay inside."""

    hosts: list[str]
    participants: int
    started_at: str


@dataclass(frozen=True, slots=True)
class KnownTold:
    """As whom the asker would come in."""

    role: Role
    name: str
    """Empty when they have no account and are not enrolled."""
    enrolled: bool
    """Whether they come in under this name, as in every lesson of the room."""


@dataclass(frozen=True, slots=True)
class LessonAheadTold:
    """The lesson of the timetable that is next, or goes on; `zone` is the one it was set in."""

    at: str
    to: str
    zone: str


@dataclass(frozen=True, slots=True)
class DoorTold:
    """What is behind a room's link."""

    code: str
    title: str
    host_name: str
    capacity: int
    live: LiveTold | None
    rtp_capabilities: dict[str, Any]
    """Of the router, for mediasoup-client's `Device.load`."""
    you: KnownTold | None
    """Null for somebody who is not known."""
    enrolled_only: bool
    """Whether guests do not come in."""
    enrolment_fault: Fault | None
    """The code of why the link that was opened in this browser counts no more."""
    recording: RecordingTold
    next_lesson: LessonAheadTold | None
    """Told to who is enrolled and to who teaches; null to others, and without a timetable."""


async def door_told(doors: Doors, room: RoomRow, locale: str = "") -> DoorTold:
    """The door of a room, as whoever asks sees it, in their language."""
    look = doors.live.look(room.id)
    asker = await asker_here(doors, room)
    return DoorTold(
        code=room.code,
        title=room.title,
        host_name=room.owner_name,
        capacity=room.capacity or doors.settings.room_capacity,
        live=None
        if look is None
        else LiveTold(list(look.hosts), len(look.participant_ids), look.started_at),
        rtp_capabilities=doors.media.capabilities(),
        you=await _known(doors, asker),
        enrolled_only=room.is_enrolled_only,
        enrolment_fault=asker.fault,
        recording=await recording_told(doors, room, asker, locale),
        next_lesson=await _next_lesson(room, asker),
    )


async def _next_lesson(room: RoomRow, asker: Asker) -> LessonAheadTold | None:
    if asker.enrolment is None and asker.role != "host":
        return None
    found = await next_class(room.id, now_s=int(utc_now().timestamp()))
    if found is None:
        return None
    return LessonAheadTold(iso_s(found.from_s), iso_s(found.to_s), found.zone)


async def _known(doors: Doors, asker: Asker) -> KnownTold | None:
    if asker.enrolment is not None:
        return KnownTold(asker.role, asker.enrolment.name, enrolled=True)
    account = (await this_visitor(doors)).account
    if account is None and asker.role != "host":
        return None
    return KnownTold(asker.role, account.name if account else "", enrolled=False)
