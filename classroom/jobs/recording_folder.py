"""What a recording's folder holds before and after it is made, and the manifest of one that is."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from classroom.jobs.leaving_out import tidy_log
from classroom.store.recording_keys import RecordingKeys
from recording.errors import Damaged
from recording.index import MIX, file_name
from recording.manifest import DERIVED_KEY, Manifest, Track
from recording.spawned import Said


def finish_order(manifest: Manifest) -> Said:
    """All of it is written: what a child is told."""
    return {"order": "finish", "duration_ms": manifest.duration_ms}


def made(manifest: Manifest, said: Said) -> Manifest:
    """The manifest of a recording that is made. A track in several files is several from now on."""
    tracks: list[Track] = []
    for track in manifest.tracks:
        for name, start_ms, _ in said["tracks"].get(track.id, ()):
            tracks.append(replace(track, id=name, start_ms=start_ms, state="done"))
    return manifest.next(
        state="ready", duration_ms=max(manifest.duration_ms, said["duration_ms"]),
        tracks=tuple(tracks),
    )  # fmt: skip


def drop_rewritten(folder: Path) -> None:
    """What a worker that was killed had begun to write anew: the journal itself is there."""
    for path in (folder / "journal").glob("*.new"):
        path.unlink(missing_ok=True)


def has_journals(folder: Path) -> bool:
    """Whether something was written that may not be made yet."""
    return any((folder / "journal").glob("*.rj"))


def drop_journals(folder: Path) -> None:
    """All that was written is made and was looked at."""
    for path in (folder / "journal").glob("*.rj"):
        path.unlink(missing_ok=True)


def drop_strangers(folder: Path, manifest: Manifest) -> None:
    """Files of tracks that are not in a recording that is made: nobody has a key of them."""
    known = {track.id for track in manifest.tracks}
    for path in (folder / "tracks").glob("*"):
        if path.stem not in known:
            path.unlink(missing_ok=True)


def those_begun(
    folder: Path, manifest: Manifest, keys: Mapping[str, bytes]
) -> list[tuple[str, str]]:
    """(file, name of its key) of all that was made. The mixed sound of a class that was silent was
    never begun."""
    files = [(track.id, track.key) for track in manifest.tracks if track.key in keys]
    if DERIVED_KEY in keys and (folder / file_name(MIX, "index")).exists():
        files.append((MIX, DERIVED_KEY))
    return files


async def tidied(folder: Path, recording_id: str, keys: RecordingKeys) -> None:
    """The log of the class has nobody in it who took back all they said yes to. One that does not
    open stays: whoever reads it is told. OSError, StoreFailed."""
    with contextlib.suppress(Damaged):
        await tidy_log(folder, recording_id, keys)
