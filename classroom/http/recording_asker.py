"""Who asks for a recording: what of their rights this request shows."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.enrolled import comer
from classroom.http.recording_assisted import assisted_in
from classroom.http.recording_right import UNKNOWN, Granted, Standing, right_to
from classroom.http.visitor import bearer, holds_host_link, this_visitor
from classroom.ids import RoomId, may_be_id
from classroom.people.enrolment import participant_of
from classroom.store.recording_people import people_of
from classroom.store.recordings import RecordingRow, find_recording
from classroom.store.rooms import room_by_id


async def asked_for(doors: Doors, recording_id: str) -> tuple[RecordingRow, Granted]:
    """The recording, for who may watch it without a link. Refused `recording.unknown`."""
    row = await find_recording(recording_id) if may_be_id(recording_id) else None
    # One that is not there is asked about as one that is: who may not know is not told by time.
    people = await people_of(recording_id[:32])
    who = await standing(doors, row)
    granted = None if row is None else right_to(row, who, people)
    if row is None or granted is None:
        raise Refused(UNKNOWN)
    return row, granted


async def must_edit(doors: Doors, recording_id: str) -> tuple[RecordingRow, Granted]:
    """The recording, for who may edit it. Refused `recording.unknown`."""
    row, granted = await asked_for(doors, recording_id)
    if granted.right != "edit":
        raise Refused(UNKNOWN)
    return row, granted


async def standing(doors: Doors, recording: RecordingRow | None) -> Standing:
    """Who sent this request."""
    account = (await this_visitor(doors)).account
    room_id = None if recording is None else recording.room_id
    room = await room_by_id(room_id or RoomId(""))
    enrolment = None
    if room is not None and bearer() is None:
        enrolment = (await comer(doors, room)).enrolment
    return Standing(
        account="" if account is None else account.id,
        name=_name(account.name if account else "", enrolment.name if enrolment else ""),
        hosts=room_id is not None and holds_host_link(doors, room_id),
        assisted=await assisted_in(doors, recording.lesson_id if recording else "", room),
        enrolment="" if enrolment is None else enrolment.id,
        pid="" if enrolment is None else participant_of(enrolment.room_id, enrolment.id),
    )


def _name(*names: str) -> str:
    return next((name for name in names if name), "")
