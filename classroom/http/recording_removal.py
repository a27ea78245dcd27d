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
    """From the class that is recorded now, or from what was made. Refused `recording.held` when it
    is held, `recording.not_ready` while nobody can; what goes on stops in any case."""
    if row.state == "recording" and row.room_id is not None:
        who = ParticipantId(person.pid)
        goes_on = await doors.live.take_back(row.room_id, row.id, who, kinds, erase=not row.hold)
        if goes_on and not row.hold:
            return
    if row.hold:
        raise Refused("recording.held")
    if set(kinds) & set(person.kinds):
        await doors.library.take_out(row.id, person.pid, kinds, by=by, name=person.name)
