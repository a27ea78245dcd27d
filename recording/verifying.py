"""Verifying: every chunk of a finished recording opens, and there are no more and no fewer.

Blocking, for a child: an hour of ten people is read in seconds, but not on an event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from recording import vault
from recording.errors import Damaged


def verify(
    folder: Path,
    recording_id: str,
    keys: Mapping[str, bytes],
    order: Mapping[str, Any],
    alive: Callable[[], None],
) -> dict[str, Any]:
    """`order["files"]` are (name, name of its key). Damaged by the name of what is wrong."""
    for name, key in order["files"]:
        try:
            index = vault.open_index(folder, recording_id, name, keys[key])
        except FileNotFoundError:
            raise Damaged("index.tampered", f"{name} is not there") from None
        try:
            vault.verify(folder, name, keys[key], index)
        except FileNotFoundError:
            raise Damaged("envelope.tampered", f"{name} is not there") from None
        alive()
    return {"files": len(order["files"])}
