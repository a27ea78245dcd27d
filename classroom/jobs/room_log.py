"""Writes the log of what happened in a class anew, without who is not in the recording.

Blocking. The new log has the same key and another prefix, and takes the old one's place by rename:
broken off, the old one stands.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from classroom.jobs.recording_lines import read_log
from classroom.lesson.recorded_lines import events_for
from media.journal.envelope import CHUNK_MAX, Header, Sealer, pack_header
from recording.body import replace

LOG = "room.rj"


def leave_out_of_log(
    folder: Path, recording_id: str, key: bytes, people: Mapping[str, Collection[str]]
) -> None:
    """Keep what is about nobody, and about these people with the kinds they agreed to. Nothing
    where there is no log, or nobody else in it. Damaged, OSError."""
    path = folder / LOG
    if not path.exists():
        return
    lines = list(read_log(path, key))
    kept = list(events_for(lines, people, ()))
    if kept == lines:
        return
    header = pack_header(Header({"rec": recording_id}))
    sealer = Sealer(key, header)
    parts, piece = [header], b""
    for line in kept:
        said = json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        if len(piece) + len(said) > CHUNK_MAX:
            parts.append(sealer.seal(piece))
            piece = b""
        piece += said
    parts.append(sealer.seal(piece, is_last=True))
    replace(path, b"".join(parts))
