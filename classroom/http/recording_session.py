"""Whether the right on which a session was opened still holds."""

from __future__ import annotations

from collections.abc import Callable

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.recording_right import UNKNOWN, Standing, person_of
from classroom.ids import ParticipantId, RoomId
from classroom.jobs.erasing import is_ordered
from classroom.people.enrolment import participant_of
from classroom.people.play_session import Playing
from classroom.store.enrolments import find_enrolment
from classroom.store.recording_people import people_of
from classroom.store.recording_shares import find_share
from classroom.store.recordings import RecordingRow, find_recording
from whiteboard.store import StoreFailed

IsInside = Callable[[RoomId, ParticipantId], bool]
"""Whether somebody is in the class of a room now."""

NOT_NOW = {
    "recording": "recording.not_ready",
    "interrupted": "recording.not_ready",
    "processing": "recording.not_ready",
    "erasing": "recording.changing",
    "broken": "recording.broken",
}
"""Why it is not played, by its state."""
LIVE = ("recording", "interrupted", "processing")
"""While it is one of these, who is in class may play it."""


async def still_granted(playing: Playing, is_inside: IsInside | None = None) -> RecordingRow:
    """The recording somebody plays, if the right on which their session was opened still holds;
    whoever catches up in a class has to be in it (`is_inside`). Refused `recording.unknown`."""
    row = await find_recording(playing.recording_id)
    if row is None or row.state == "deleting" or not await _holds(row, playing, is_inside):
        raise Refused(UNKNOWN)
    return row


async def _holds(row: RecordingRow, playing: Playing, is_inside: IsInside | None) -> bool:
    enrolment = await find_enrolment(playing.enrolment) if playing.enrolment else None
    if playing.enrolment and (enrolment is None or enrolment.removed_at is not None):
        return False
    match playing.by:
        case "owner":
            return row.owner == playing.viewer
        case "host":
            return f"host:{row.room_id}" == playing.viewer
        case "share":
            share = await find_share(playing.share)
            return share is not None and share.recording_id == row.id and share.is_on(utc_now())
        case "part":
            pid = "" if enrolment is None else participant_of(enrolment.room_id, enrolment.id)
            who = Standing(account=playing.viewer, enrolment=playing.enrolment, pid=pid)
            is_in_it = person_of(who, await people_of(row.id)) is not None
            return row.lets_members and is_in_it
        case "class":
            return row.state in LIVE and _is_inside(row, playing, is_inside)
        case "staff":
            return row.room_id is not None


def _is_inside(row: RecordingRow, playing: Playing, is_inside: IsInside | None) -> bool:
    if is_inside is None or row.room_id is None:
        return False
    return is_inside(row.room_id, ParticipantId(playing.viewer))


async def must_be_ready(row: RecordingRow) -> None:
    """Refused as `NOT_NOW` says, and `recording.changing` while something is to be erased that was
    asked for while it was made."""
    if row.state != "ready":
        raise Refused(NOT_NOW[row.state])
    if await is_ordered(row.id):
        raise Refused("recording.changing")


async def may_go_on(playing: Playing, is_inside: IsInside | None = None) -> bool:
    """Whether somebody who is being sent a part of it may have the rest."""
    try:
        row = await still_granted(playing, is_inside)
    except (Refused, StoreFailed):
        return False
    return row.state not in ("erasing", "broken")
