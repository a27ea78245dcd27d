"""Recordings opened for who plays them: the list of tracks, tracks as files that play, and lines.

What lies in a recording's folder is sealed and may grow while it is read. Reading is done in
threads, and what was read is remembered as long as the file is the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from classroom.blobs.recordings import ReadFar, RecordingBlobs
from classroom.jobs.remembered import Remembered
from classroom.people.secret import Secret
from classroom.store.recording_keys import KeyName, RecordingKeys
from classroom.store.recording_people import RecordedPerson, people_of
from classroom.store.recordings import RecordingRow
from recording import index as indexes
from recording import manifest as manifests
from recording.errors import Damaged
from recording.index import MIX, Index
from recording.manifest import DERIVED_KEY, Manifest, Track
from recording.vault import open_index

PIECE = 1024 * 1024
INDEXES = 256
"""Remembered; one of six hours takes 200 kB."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A recording with what is needed to read it. `written` are the tracks that have files."""

    row: RecordingRow
    folder: Path
    manifest: Manifest
    people: tuple[RecordedPerson, ...]
    keys: dict[str, bytes]
    """By name (`recording.manifest.key_name`)."""
    written: tuple[Track, ...]
    has_thumbs: bool
    far: ReadFar | None = None
    """Reads bodies that are not in the folder."""

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Those of people who are in it with that kind, and whose key there still is, in the order
        in which they began."""
        kinds = {person.pid: person.kinds for person in self.people}
        return tuple(
            track
            for track in self.written
            if track.kind in kinds.get(track.pid, ()) and track.key in self.keys
        )

    def key_of(self, track: str) -> bytes | None:
        """With which a track is sealed (`recording.index.MIX` is everybody's sound); None for one
        that nobody here may have."""
        if track == MIX:
            return self.keys.get(DERIVED_KEY)
        known = next((one for one in self.tracks if one.id == track), None)
        return None if known is None else self.keys.get(known.key)


class Opening:
    """Opens recordings of one folder."""

    def __init__(self, blobs: RecordingBlobs, keys: RecordingKeys, secret: Secret) -> None:
        self._blobs = blobs
        self._keys = keys
        self._mac = secret.key("manifests")
        self._indexes: Remembered[Index] = Remembered(INDEXES)

    async def open(self, row: RecordingRow) -> Opened:
        """The recording. FileNotFoundError before anything was written, Damaged, OSError,
        StoreFailed."""
        folder = self._blobs.folder(row.id)
        manifest, written, has_thumbs = await asyncio.to_thread(self._read, folder)
        if manifest.id != row.id:
            raise Damaged("manifest.tampered", "of another recording")
        keys = {_named(name): key for name, key in (await self._keys.all(row.id)).items()}
        people = tuple(await people_of(row.id))
        far = self._blobs.reads_far(row.id)
        return Opened(row, folder, manifest, people, keys, written, has_thumbs, far)

    def _read(self, folder: Path) -> tuple[Manifest, tuple[Track, ...], bool]:
        manifest = manifests.unpack((folder / manifests.FILE).read_bytes(), self._mac)
        there = {path.stem for path in folder.glob("tracks/*.index")}
        has_thumbs = (folder / "thumbs" / "sprite-0").exists()
        return manifest, tuple(tracks_with_files(manifest.tracks, there)), has_thumbs

    async def index(self, opened: Opened, track: str) -> Index | None:
        """What is known of a track so far (`recording.index.MIX` is everybody's sound); None before
        there is anything to play. Damaged, OSError."""
        key = opened.key_of(track)
        if key is None:
            return None
        return await asyncio.to_thread(self._index, opened, track, key)

    def _index(self, opened: Opened, track: str, key: bytes) -> Index | None:
        path = opened.folder / indexes.file_name(track, "index")
        try:
            there = path.stat()
        except FileNotFoundError:
            return None
        print_ = (str(path), there.st_mtime_ns, there.st_size, there.st_ino, key)
        found = self._indexes.get(print_)
        if found is None:
            read = open_index(opened.folder, opened.row.id, track, key)
            found = self._indexes.put(print_, read)
        return found if found.is_begun else None


def tracks_with_files(tracks: Iterable[Track], there: Collection[str]) -> Iterator[Track]:
    """Each track, and its further files where it has some, as tracks of their own; once it is made
    the list has them as such."""
    listed = list(tracks)
    own = {track.id for track in listed}
    for track in listed:
        number, name = 1, track.id
        while name in there and (number == 1 or name not in own):
            yield replace(track, id=name)
            number += 1
            name = f"{track.id}-{number}"


def _named(name: KeyName) -> str:
    """Nobody's keys have names of their own."""
    return manifests.key_name(*name)
