"""Recordings as a benchmark puts them on the shelf of a server that is not started yet: a large
one, and a long one. Anybody plays them who has the link.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from classroom.clock import utc_now
from classroom.ids import RoomId, new_id
from classroom.jobs.library import Library
from classroom.people.secret import open_secret, token_hash
from classroom.store.database import close_database, open_database
from classroom.store.recording_people import RecordedPerson, note_person
from classroom.store.recording_shares import ShareRow, add_share
from classroom.store.recordings import NewRecording, change_recording
from classroom.store.rooms import create_room
from recording import body as bodies
from recording import index as indexes
from recording import manifest as manifests
from recording import webm

MEGABYTE = 1024 * 1024
TRACKS = 3
FRAME = 60_000
LONG_TRACKS, LONG_S = 40, 6 * 3600
BIG, LONG = "big", "long"


def token_of(rec: str) -> str:
    """What the link to a recording carries."""
    return "bench" * 8 + rec


async def put_recordings(folder: Path, megabytes: int) -> None:
    """`BIG`, of so many megabytes in `TRACKS` tracks, and `LONG`, of `LONG_TRACKS`."""
    secret = open_secret(folder / "secret.key")
    await open_database(f"sqlite://{(folder / 'classroom.db').resolve()}")
    try:
        library = Library(folder / "recordings", secret, quota_bytes=1 << 40)
        room = await create_room("Bench", owner_id=None, at=utc_now())
        for rec in (BIG, LONG):
            await _begin(library, rec, room.id)
        each = megabytes * MEGABYTE // TRACKS
        tracks = [await _film(library, BIG, f"t{n}", each) for n in range(TRACKS)]
        _list(library, secret.key("manifests"), BIG, room.id, tracks)
        tracks = [await _long(library, f"t{n}") for n in range(LONG_TRACKS)]
        _list(library, secret.key("manifests"), LONG, room.id, tracks)
    finally:
        await close_database()


async def _begin(library: Library, rec: str, room_id: RoomId) -> None:
    at = utc_now()
    until = at + timedelta(days=1)
    new = NewRecording(rec, room_id, "Bench", "lesson", rec, "", "ask", at, until)
    await library.intake.begin(new)
    await note_person(rec, RecordedPerson("p", "Bench", ("camera",)))
    await change_recording(rec, state="ready", duration_ms=LONG_S * 1000)
    token = token_hash(token_of(rec))
    await add_share(ShareRow(new_id(), rec, "public", token, "", None, False, "", at))


async def _film(library: Library, rec: str, track: str, size: int) -> manifests.Track:
    """Clusters of one frame, of which there are as many as it takes."""
    body = bodies.Body(
        library.blobs.folder(rec), rec, track, await library.keys.key(rec, "p", "camera")
    )
    index = indexes.Index("video/VP8", 0, 90_000, sizes=[[0, 1280, 720]])
    body.open(index)
    frame, ms = os.urandom(FRAME), 0
    while index.body_bytes < size:
        body.add(index, webm.cluster(ms, [(ms, frame, True)]), ms, has_key=True)
        ms += 40
        if ms % 4000 == 0:
            body.flush(index)
    index.end_ms = ms
    body.flush(index)
    body.save(index)
    body.close()
    return _track(track)


async def _long(library: Library, track: str) -> manifests.Track:
    """What is known of six hours; nobody fetches them."""
    key = await library.keys.key(LONG, "p", "camera")
    index = indexes.Index("video/VP8", 0, 90_000, end_ms=LONG_S * 1000, sizes=[[0, 1280, 720]])
    for second in range(LONG_S):
        index.clusters.add(second * 1000, 1000, has_key=second % 10 == 0)
        index.chunks.append(1000)
    path = library.blobs.folder(LONG) / indexes.file_name(track, "index")
    bodies.replace(path, indexes.pack(index, key, indexes.sealed_name(LONG, track)))
    return _track(track)


def _track(track: str) -> manifests.Track:
    return manifests.Track(track, "p", "camera", "video/VP8", 90_000, 1, 0, (), "done")


def _list(
    library: Library, key: bytes, rec: str, room_id: str, tracks: list[manifests.Track]
) -> None:
    people = (("p", ("camera",)),)
    duration_ms = LONG_S * 1000
    manifest = manifests.Manifest(
        rec, room_id, "lesson", "ready", "", duration_ms, people=people, tracks=tuple(tracks)
    )
    bodies.replace(library.blobs.folder(rec) / manifests.FILE, manifests.pack(manifest, key))
