"""Recordings on the shelf of a house: rows, keys and sealed files, of tracks that nobody decodes.

Each track's frames hold bytes by which they are known again (`marker`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from classroom.ids import RoomId
from classroom.jobs.library import Library
from classroom.people.secret import Secret
from classroom.store.recording_people import RecordedPerson, note_person
from classroom.store.recordings import NewRecording, change_recording
from media.journal.envelope import Header, Sealer, pack_header, seal_whole
from recording import manifest as manifests
from recording import webm
from recording.body import Body, replace
from recording.index import MIX, Index
from recording.manifest import KINDS_OF, Manifest, Track

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SECOND = 1000
EVERYTHING = ("voice", "camera", "screen", "chat", "ink")


@dataclass
class Shelf:
    """What a house's library holds, as a test puts it there."""

    library: Library
    secret: Secret
    tracks: dict[str, list[Track]] = field(default_factory=dict)
    names: int = 0

    async def put(
        self,
        recording_id: str = "rec1",
        *,
        room_id: str,
        owner: str = "",
        seconds: int = 20,
        people: Sequence[RecordedPerson] = (),
        state: str = "ready",
        **row: Any,
    ) -> Path:
        """A recording with everybody's tracks and all the sound; its folder."""
        new = NewRecording(
            recording_id,
            RoomId(room_id),
            "Chemistry",
            "lesson1",
            "Acids",
            owner,
            "ask",
            AT,
            AT + timedelta(days=18_000),
        )
        folder = await self.library.intake.begin(new)
        for person in people:
            await note_person(recording_id, person)
        tracks = []
        for person in people:
            for source, kind in KINDS_OF.items():
                if kind in person.kinds and source != "screen_audio":
                    tracks.append(await self.track(recording_id, person.pid, source, seconds))
        self.tracks[recording_id] = tracks
        key = await self.library.keys.key(recording_id, "", "derived")
        store(folder, recording_id, MIX, key, seconds, "audio/opus", "all")
        self.write_manifest(recording_id, room_id, folder, people, seconds, state)
        await change_recording(
            recording_id, state=state, duration_ms=seconds * SECOND, people=len(people), **row
        )
        return folder

    async def track(self, recording_id: str, pid: str, source: Any, seconds: int) -> Track:
        """One track of somebody, from the first second."""
        mime = "audio/opus" if source == "microphone" else "video/VP8"
        track_id = f"{pid}-{source}"
        key = await self.library.keys.key(recording_id, pid, KINDS_OF[source])
        folder = self.library.blobs.folder(recording_id)
        store(folder, recording_id, track_id, key, seconds, mime, f"{pid} {source}")
        return Track(track_id, pid, source, mime, 48_000, 1, 0, (), "done")

    def write_manifest(
        self,
        recording_id: str,
        room_id: str,
        folder: Path,
        people: Sequence[RecordedPerson],
        seconds: int,
        state: Any,
    ) -> None:
        manifest = Manifest(
            recording_id,
            room_id,
            "lesson1",
            state if state in ("recording", "processing", "ready", "erasing") else "ready",
            "2026-03-01T09:30:00.000Z",
            seconds * SECOND,
            people=tuple((one.pid, one.kinds) for one in people),
            tracks=tuple(self.tracks[recording_id]),
        )
        packed = manifests.pack(manifest, self.secret.key("manifests"))
        replace(folder / manifests.FILE, packed)

    async def log(
        self, recording_id: str, name: str, pid: str, kind: str, lines: Iterable[dict[str, Any]]
    ) -> None:
        """A log of lines, as a class writes it."""
        key = await self.library.keys.key(recording_id, pid, kind)
        header = pack_header(Header({"rec": recording_id}))
        sealer = Sealer(key, header)
        path = self.library.blobs.folder(recording_id) / name
        path.parent.mkdir(exist_ok=True)
        chunks = [sealer.seal(json.dumps(line).encode() + b"\n") for line in lines]
        path.write_bytes(header + b"".join(chunks) + sealer.seal(b"", is_last=True))

    async def picture(self, recording_id: str, name: str, pid: str, kind: str, body: bytes) -> None:
        """A picture, sealed as a whole."""
        key = await self.library.keys.key(recording_id, pid, kind)
        path = self.library.blobs.folder(recording_id) / "assets" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(seal_whole(key, name, body))


def marker(what: str, second: int) -> bytes:
    """What stands in the frames of that second."""
    return f"<{what} {second}>".encode()


def store(
    folder: Path, rec: str, track: str, key: bytes, seconds: int, mime: str, what: str
) -> Index:
    """A track of one cluster a second."""
    is_sound = mime.startswith("audio")
    index = Index(mime, 0, 48_000 if is_sound else 90_000)
    if is_sound:
        index.private = webm.opus_private(1)
    else:
        index.sizes = [[0, 320, 180]]
    body = Body(folder, rec, track, key)
    body.open(index)
    for second in range(seconds):
        at = second * SECOND
        frames = [(at, marker(what, second) * 20, True), (at + 500, marker(what, second), is_sound)]
        body.add(index, webm.cluster(at, frames), at, has_key=True)
        if second % 7 == 6:
            body.flush(index)
    index.end_ms = seconds * SECOND
    index.voice = [[0, index.end_ms]] if is_sound else []
    body.flush(index)
    body.save(index)
    body.close()
    return index
