"""Tells staff that a recording of their class can be watched."""

from __future__ import annotations

from classroom.live.hub import Hub
from classroom.room.policy import is_staff
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
