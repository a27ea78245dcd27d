"""Story: the logs of a class beside its films, read back: its events and each person's ink.

A log is a journal of JSON lines, sealed under its person's key or the room's. One that a kill cut
off tells what is there. Blocking.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from media.errors import Malformed
from media.journal.envelope import Reader, Tampered, open_whole
from recording.errors import Damaged
from recording.manifest import ROOM_KEY

_PIECE: Final = 256 * 1024
_INK: Final = "/ink"

Line = dict[str, Any]


def events(folder: Path, keys: Mapping[str, bytes]) -> Iterator[Line]:
    """What happened in class, in order. Damaged, OSError."""
    if ROOM_KEY in keys:
        yield from lines(folder / "room.rj", keys[ROOM_KEY])


def ink(folder: Path, keys: Mapping[str, bytes]) -> Iterator[Line]:
    """What became of everybody's items whose key is there, in order; `by` says whose they are.
    Damaged, OSError."""
    return heapq.merge(
        *(_inked(folder, name.removesuffix(_INK), key) for name, key in _inks(keys)),
        key=lambda line: line["ms"],
    )


def _inks(keys: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    return [(name, key) for name, key in sorted(keys.items()) if name.endswith(_INK)]


def _inked(folder: Path, pid: str, key: bytes) -> Iterator[Line]:
    for line in lines(folder / "people" / f"{pid}.ink.rj", key):
        yield line | {"by": pid}


def lines(path: Path, key: bytes) -> Iterator[Line]:
    """The lines of one log that have a time; nothing of one that is not there. Damaged, OSError."""
    reader, rest = Reader(key), b""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        while data := file.read(_PIECE):
            try:
                chunks = reader.feed(data)
            except (Tampered, Malformed) as error:
                raise Damaged("envelope.tampered", path.name) from error
            *whole, rest = (rest + b"".join(chunks)).split(b"\n")
            for one in whole:
                line = _line(one)
                if line is not None:
                    yield line


def asset(folder: Path, keys: Mapping[str, bytes], name: str) -> bytes | None:
    """A picture that was kept with the recording, or None: it is not there, or its key is not.
    Damaged, OSError."""
    if "/" in name or name.startswith("."):
        return None
    pid, kind, own = [*name.split("~", 2), "", ""][:3]
    key = keys.get(f"{pid}/{kind}" if own else ROOM_KEY)
    if key is None:
        return None
    try:
        return open_whole(key, name, (folder / "assets" / name).read_bytes())
    except FileNotFoundError:
        return None
    except Tampered as error:
        raise Damaged("envelope.tampered", "a picture") from error


def _line(text: bytes) -> Line | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    is_timed = isinstance(line, dict) and isinstance(line.get("ms"), int | float)
    return line if is_timed else None
