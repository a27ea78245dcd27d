"""Takes somebody out of a recording, that goes on or is over."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.recording_told import Kind
from classroom.ids import ParticipantId
from classroom.store.recording_people import RecordedPerson
from classroom.store.recordings import RecordingRow


async def take_out(
    doors: Doors, row: RecordingRow, person: RecordedPerson, kinds: list[Kind], *, by: str
) -> None:
    """From the class that is recorded now, or from what was made. Refused `recording.held`, and
    `recording.not_ready` while it is made."""
    if row.hold:
        raise Refused("recording.held")
    if row.state == "recording" and row.room_id is not None:
        who = ParticipantId(person.pid)
        if await doors.live.take_back(row.room_id, row.id, who, kinds):
            return
    if set(kinds) & set(person.kinds):
        await doors.library.take_out(row.id, person.pid, kinds, by=by, name=person.name)
