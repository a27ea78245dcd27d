"""Remixing: what is made of everybody is made anew, of those who are left.

The old files go first: whoever was taken out is in them. Blocking, for the child alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from recording.index import MIX, file_name
from recording.manifest import DERIVED_KEY
from recording.mixing import Mixer, Voice
from recording.vault import open_index


def remix(
    folder: Path,
    recording_id: str,
    keys: Mapping[str, bytes],
    order: Mapping[str, Any],
    tell: Callable[[int], None],
) -> dict[str, Any]:
    """`order["voices"]` are (file, name of its key), `order["duration_ms"]` how long it is. A voice
    without a file never said anything. Damaged, OSError."""
    for ending in ("body", "index"):
        (folder / file_name(MIX, ending)).unlink(missing_ok=True)
    voices = []
    for name, key in order["voices"]:
        try:
            voices.append(Voice(name, open_index(folder, recording_id, name, keys[key]), keys[key]))
        except FileNotFoundError:
            continue
    if voices:
        duration_ms = order["duration_ms"]
        mixer = Mixer(folder, recording_id, keys[DERIVED_KEY])

        def alive() -> None:
            tell(min(100 * mixer.reached_ms // max(duration_ms, 1), 99))

        mixer.finish(voices, duration_ms, alive)
    return {"voices": len(voices)}
