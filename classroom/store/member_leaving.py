"""What somebody of a team held in the rooms of its talks, when they leave it.

A room of a talk is led by an account, and so is its recording. Both stay with the practice: they go
to an administrator who stays, because nobody else may see everybody's talks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.people.enrolment import participant_of
from classroom.store.booking_tables import Appointment
from classroom.store.client_tables import BookingPerson
from classroom.store.enrolment_tables import Enrolment
from classroom.store.practice_tables import Member
from classroom.store.recording_tables import Recording
from classroom.store.tables import BOOKING, Room

AT_ONCE = 500
"""Rooms of one statement: databases bound how much one may name."""


@dataclass(frozen=True, slots=True)
class Left:
    """Who left a team, and what ended with it: rooms of talks they led, and seats of helpers, by
    room and participant."""

    account_id: AccountId
    room_ids: frozenset[str]
    helped: tuple[tuple[RoomId, ParticipantId], ...]


async def leave_talks(member: Member, *, at: datetime) -> Left:
    """They lead no room of this organisation's talks any more, and help in none. Part of the
    transaction that takes them out of the team."""
    heir = (
        await Member.filter(org_id=member.org_id, role="admin")
        .exclude(id=member.id)
        .order_by("created_at", "id")
        .first()
    )
    rooms = await Appointment.filter(
        host__org_id=member.org_id, room__kind=BOOKING, room__owner_id=member.account_id
    ).values_list("room_id", flat=True)
    ids = [str(one) for one in rooms]
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        await Room.filter(id__in=some).update(owner_id=None if heir is None else heir.account_id)
        recorded = Recording.filter(room_id__in=some, owner=member.account_id)
        await recorded.update(owner="" if heir is None else heir.account_id)
    added = await BookingPerson.filter(member_id=member.id).values_list("enrolment_id", flat=True)
    seats = [str(one) for one in added]
    helped: list[tuple[RoomId, ParticipantId]] = []
    for start in range(0, len(seats), AT_ONCE):
        there = Enrolment.filter(id__in=seats[start : start + AT_ONCE], removed_at=None)
        found = await there.values_list("room_id", "id")
        helped += [_place(RoomId(str(room)), str(id_)) for room, id_ in found]
        await there.update(removed_at=at)
    of_rooms = frozenset((*ids, *(room for room, _ in helped)))
    return Left(AccountId(member.account_id), of_rooms, tuple(helped))


def _place(room_id: RoomId, enrolment_id: str) -> tuple[RoomId, ParticipantId]:
    return room_id, participant_of(room_id, enrolment_id)
