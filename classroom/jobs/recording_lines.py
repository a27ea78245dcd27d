"""The logs of a recording, opened and read in the order of their times; and its pictures.

Nobody's log speaks for somebody else: whose a line is says the log it stands in. Reading is done in
threads.
"""

from __future__ import annotations

import asyncio
import heapq
import json
from collections.abc import Iterator
from pathlib import Path

from classroom.jobs.recording_opening import Opened
from classroom.lesson.recorded_lines import Line
from media.errors import Malformed
from media.journal.envelope import Reader, open_whole
from recording.errors import Damaged
from recording.manifest import ROOM_KEY, key_name

PIECE = 1024 * 1024
Log = tuple[str, str, tuple[str, str] | None]
"""A file, the name of its key, and what is written into its lines."""


async def events(opened: Opened) -> list[Line]:
    """What happened in the class, in order."""
    return await _lines(opened, [("room.rj", ROOM_KEY, None)])


async def chat(opened: Opened) -> list[Line]:
    """What was written by those who agreed to that."""
    return await _lines(opened, _logs(opened, "chat", "pid"))


async def tape(opened: Opened) -> list[Line]:
    """What was drawn by those who agreed to that."""
    return await _lines(opened, _logs(opened, "ink", "by"))


async def picture(opened: Opened, name: str, key_named: str) -> bytes | None:
    """A small file that is sealed as a whole; None when there is none. Damaged."""
    key = opened.keys.get(key_named)
    if key is None:
        return None
    path = opened.folder / name
    return await asyncio.to_thread(_open_whole, path, key)


def _logs(opened: Opened, kind: str, whose: str) -> list[Log]:
    """Files of everybody who is in it with this kind, their keys, and what to write into lines."""
    return [
        (f"people/{one.pid}.{kind}.rj", key_name(one.pid, kind), (whose, one.pid))
        for one in opened.people
        if kind in one.kinds
    ]


async def _lines(opened: Opened, logs: list[Log]) -> list[Line]:
    """All lines of these logs, in order of their times."""

    def read() -> list[Line]:
        runs = []
        for name, named, mark in logs:
            key = opened.keys.get(named)
            if key is not None:
                lines = read_log(opened.folder / name, key)
                runs.append(_marked(lines, mark))
        return list(heapq.merge(*runs, key=lambda line: line["ms"]))

    return await asyncio.to_thread(read)


def _marked(lines: Iterator[Line], mark: tuple[str, str] | None) -> Iterator[Line]:
    """Lines that say whose they are; nobody's log speaks for somebody else."""
    return lines if mark is None else ({**line, mark[0]: mark[1]} for line in lines)


def read_log(path: Path, key: bytes) -> Iterator[Line]:
    """The lines of a log, as far as they are whole. Damaged."""
    reader = Reader(key)
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                for plain in reader.feed(piece):
                    yield from map(json.loads, plain.splitlines())
    except FileNotFoundError:
        return
    except (Malformed, ValueError) as error:
        raise Damaged("envelope.tampered", path.name) from error


def _open_whole(path: Path, key: bytes) -> bytes | None:
    try:
        return open_whole(key, path.name, path.read_bytes())
    except FileNotFoundError:
        return None
    except Malformed as error:
        raise Damaged("envelope.tampered", path.name) from error
