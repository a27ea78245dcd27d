"""Takes somebody's files out of a recording's folder, their tracks out of its list, and their name
out of its log.

What is gone already is nothing, so it can be done again.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from classroom.jobs.room_log import leave_out_of_log
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recording_people import people_of
from recording import manifest as manifests
from recording.body import replace


async def tidy_log(folder: Path, recording_id: str, keys: RecordingKeys) -> None:
    """Leave everybody out of the log who is not in the recording. Damaged, OSError, StoreFailed."""
    people = {one.pid: one.kinds for one in await people_of(recording_id)}
    key = await keys.key(recording_id, "", "room")
    await asyncio.to_thread(leave_out_of_log, folder, recording_id, key, people)


def leave_out(folder: Path, mac: bytes, pid: str, kinds: Sequence[str]) -> None:
    """Of these kinds; blocking. Damaged for a list that somebody changed, OSError."""
    path = folder / manifests.FILE
    manifest = manifests.unpack(path.read_bytes(), mac)
    for kind in kinds:
        (folder / "people" / f"{pid}.{kind}.rj").unlink(missing_ok=True)
        for asset in folder.glob(f"assets/{pid}~{kind}~*"):
            asset.unlink()
    theirs = [track for track in manifest.tracks if track.pid == pid and track.kind in kinds]
    for track in theirs:
        files = re.compile(rf"{re.escape(track.id)}(-\d+)?\..*")
        for file in (*folder.glob("tracks/*"), *folder.glob("journal/*")):
            if files.fullmatch(file.name):
                file.unlink()
    kept = tuple(track for track in manifest.tracks if track not in theirs)
    people = tuple(_people(manifest.people, pid, kinds))
    new = manifest.next(tracks=kept, people=people)
    if (kept, people) != (manifest.tracks, manifest.people):
        replace(path, manifests.pack(new, mac))


def _people(people: Any, pid: str, kinds: Collection[str]) -> Any:
    for one, agreed in people:
        left = tuple(kind for kind in agreed if one != pid or kind not in kinds)
        if left:
            yield one, left
