"""Where a class in a test keeps its recordings: in memory, and broken when a test says so."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.ports import RecordingDrawer
from classroom.store.consent import ConsentDeed
from classroom.store.recording_people import RecordedPerson
from classroom.store.recordings import NewRecording
from whiteboard.store import StoreFailed


@dataclass
class RecordingsTwin:
    """Rows, keys, people and lines by recording; folders lie below `root`."""

    root: Path
    rows: dict[str, NewRecording] = field(default_factory=dict)
    keys: dict[tuple[str, str, str], bytes] = field(default_factory=dict)
    people: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    deeds: dict[str, list[ConsentDeed]] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    """How many people were in class, of those that are over."""
    erased: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    sessions: list[tuple[str, str]] = field(default_factory=list)
    is_broken: bool = False
    is_full: bool = False

    @property
    def drawer(self) -> RecordingDrawer:
        """What the live rooms are given."""
        return RecordingDrawer(
            begin=self.begin,
            note_person=self.note_person,
            key_for=self.key_for,
            end=self.end,
            erase=self.erase,
            session_for=self.session_for,
            lines=self.lines,
            link_for=lambda recording_id, pid: f"/consent/{recording_id}.{pid}.proof",
        )

    async def begin(self, new: NewRecording) -> Path:
        self._check()
        if self.is_full:
            raise Refused("recording.storage")
        self.rows[new.id] = new
        folder = self.root / new.id
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    async def note_person(self, recording_id: str, person: RecordedPerson) -> None:
        self._check()
        kinds = self.people.setdefault(recording_id, {}).setdefault(person.pid, set())
        kinds |= set(person.kinds)

    async def key_for(self, recording_id: str, pid: str, kind: str) -> bytes:
        self._check()
        return self.keys.setdefault((recording_id, pid, kind), os.urandom(32))

    async def end(self, recording_id: str, at: datetime, people: int) -> None:
        self._check()
        self.ended[recording_id] = people

    async def erase(self, recording_id: str, pid: ParticipantId, kinds: Collection[str]) -> None:
        self._check()
        self.erased.append((recording_id, pid, tuple(sorted(kinds))))
        for kind in kinds:
            self.keys.pop((recording_id, pid, kind), None)

    async def session_for(self, recording_id: str, pid: ParticipantId, name: str) -> str:
        self._check()
        if recording_id not in self.rows:
            raise Refused("recording.unknown")
        self.sessions.append((recording_id, pid))
        return f"session-{len(self.sessions)}"

    async def lines(self, recording_id: str, deeds: Sequence[ConsentDeed]) -> None:
        self._check()
        self.deeds.setdefault(recording_id, []).extend(deeds)

    def _check(self) -> None:
        if self.is_broken:
            raise StoreFailed("broken by the test")
