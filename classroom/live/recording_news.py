"""What live rooms hear of recordings: that one can be watched, and that somebody who may be gone
takes back what they said."""

from __future__ import annotations

from collections.abc import Sequence

from classroom.ids import ParticipantId, RoomId
from classroom.live.hub import Hub
from classroom.room.policy import is_staff
from classroom.room.recording_command import TakeBack
from classroom.room.recording_state import Kind
from classroom.store.recordings import RecordingRow
from classroom.wire.recording import RecordingReady


class RecordingNews:
    """What the making of recordings says to live rooms."""

    _hub: Hub

    def recording_ready(self, row: RecordingRow) -> None:
        """Tell staff who are in its room now; a room that is not live is passed over."""
        live = self._hub.find(row.room_id) if row.room_id is not None else None
        if live is not None:
            ready = RecordingReady(row.id, f"/recordings/{row.id}")
            people = live.room.participants.values()
            live.tell_people(ready, [who.id for who in people if is_staff(who.role)])

    async def take_back(
        self,
        room_id: RoomId,
        recording_id: str,
        who: ParticipantId,
        kinds: Sequence[Kind],
        *,
        erase: bool,
    ) -> bool:
        """Somebody says no to kinds of the recording that goes on, and with `erase` what there is
        of them goes; whether it goes on. Refused `server.busy`."""
        live = self._hub.find(room_id)
        state = None if live is None else live.room.parts.recording.state
        if live is None or state is None or live.recorder is None:
            return False
        if state.recording_id != recording_id or state.phase not in ("on", "paused"):
            return False
        live.do(TakeBack(ParticipantId(""), who, tuple(kinds)))
        if erase:
            await live.recorder.erase(who, kinds)
        return True
