"""Whether the right on which a session was opened still holds."""

from __future__ import annotations

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.recording_right import UNKNOWN, Standing, person_of
from classroom.people.play_session import Playing
from classroom.store.recording_people import people_of
from classroom.store.recording_shares import find_share
from classroom.store.recordings import RecordingRow, find_recording
from whiteboard.store import StoreFailed

NOT_NOW = {
    "recording": "recording.not_ready",
    "interrupted": "recording.not_ready",
    "processing": "recording.not_ready",
    "erasing": "recording.changing",
    "broken": "recording.broken",
}
"""Why it is not played, by its state."""


async def still_granted(playing: Playing) -> RecordingRow:
    """The recording somebody plays, if the right on which their session was opened still holds.
    Refused `recording.unknown`."""
    row = await find_recording(playing.recording_id)
    if row is None or row.state == "deleting" or not await _holds(row, playing):
        raise Refused(UNKNOWN)
    return row


async def _holds(row: RecordingRow, playing: Playing) -> bool:
    if playing.by == "owner":
        return row.owner == playing.viewer
    if playing.by == "host":
        return f"host:{row.room_id}" == playing.viewer
    if playing.by == "share":
        share = await find_share(playing.share)
        return share is not None and share.recording_id == row.id and share.is_on(utc_now())
    if playing.by == "part":
        people = await people_of(row.id)
        who = Standing(account=playing.viewer, enrolment=playing.viewer)
        return row.lets_members and person_of(who, people) is not None
    return row.room_id is not None or playing.by == "class"


async def may_go_on(playing: Playing) -> bool:
    """Whether somebody who is being sent a part of it may have the rest."""
    try:
        row = await still_granted(playing)
    except (Refused, StoreFailed):
        return False
    return row.state not in ("erasing", "broken")
