"""The process in which a recording is made playable. It alone loads FFmpeg's libraries.

What it is to do comes as JSON lines on stdin, keys among it; what it has to say are JSON lines on
stdout. It ends when stdin does: whoever began it is gone, and what is missing is made by the next.

    in   {"task", "rec", "folder", "keys", "began", "parent", "order"}, then orders of a live one:
         {"order": "track", "track"}, {"order": "closed", "track", "at_ms"},
         {"order": "keys", "keys"}, {"order": "leave_out", "pid", "kinds"},
         {"order": "left_out", "tracks", "is_heard"} (what a child before this one left out),
         {"order": "pause", "at_ms"}, {"order": "resume", "at_ms"},
         {"order": "finish", "duration_ms"}; {"order": "go"} when all is told that was before
    out  {"step", "tracks", "duration_ms"}, {"progress"}, {"alive"}, {"done"}, {"fault", "detail"}
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from traceback import extract_tb
from typing import Any, Final

from recording.confine import confine
from recording.errors import Broken, Damaged

STEP_S: Final = 5.0
LOCK_S: Final = 5.0
LOCK: Final = "lock"

Say = Callable[[dict[str, Any]], None]


def main() -> int:
    """One task, then it ends; 0 unless it could not even say what went wrong."""
    told = Told()
    begin = told.next()
    if begin is None:
        return 0
    confine(begin["parent"])
    try:
        say({"done": _work(begin, told)})
    except Damaged as damaged:
        say({"fault": damaged.code, "detail": str(damaged)})
    except Broken as broken:
        say({"fault": broken.reason, "detail": str(broken)})
    except OSError as error:
        say({"fault": "storage", "detail": os.strerror(error.errno or 0)})
    except ImportError as error:
        say({"fault": "unable", "detail": str(error.name)})
    except Exception as error:
        say({"fault": "died", "detail": _where(error)})
    return 0


def _work(begin: Mapping[str, Any], told: Told) -> dict[str, Any]:
    folder = Path(begin["folder"])
    keys = {name: bytes.fromhex(key) for name, key in begin["keys"].items()}
    if begin["task"] != "live":
        return _task(begin["task"], folder, begin["rec"], keys, begin["order"])
    lock = _lock(folder)
    try:
        return _live(begin, told, folder, keys)
    finally:
        os.close(lock)


def _task(
    task: str, folder: Path, rec: str, keys: dict[str, bytes], order: dict[str, Any]
) -> dict[str, Any]:
    """Each is loaded at its use: they bring libraries of their own."""
    if task == "verify":
        from recording.verifying import verify

        return verify(folder, rec, keys, order, _alive)
    if task == "export":
        from recording.exporting import export

        os.nice(5)  # classes come first
        return export(folder, keys, order, lambda percent: say({"progress": percent}))
    if task == "remix":
        from recording.remixing import remix

        return remix(folder, rec, keys, order, lambda percent: say({"progress": percent}))
    if task == "thumbs":
        from recording.thumbs import thumbs

        return thumbs(folder, rec, keys, order, lambda percent: say({"progress": percent}))
    raise Broken("unable", task)


def _live(
    begin: Mapping[str, Any], told: Told, folder: Path, keys: dict[str, bytes]
) -> dict[str, Any]:
    from recording.living import Living

    living = Living(folder, begin["rec"], keys, say, _alive)
    began = begin["began"]
    due: float | None = None
    try:
        while True:
            if told.is_there(None if due is None else due - time.monotonic()):
                order = told.next()
                if order is None:
                    os._exit(0)  # whoever began this is gone
                if order["order"] == "finish":
                    return living.finish(order["duration_ms"])
                if order["order"] == "go":
                    due = None if began is None else time.monotonic()
                living.obey(order)
            else:
                living.step((time.monotonic() - began) * 1000)
                due = time.monotonic() + STEP_S
    finally:
        living.close()


class Told:
    """What comes on stdin, line by line."""

    def __init__(self) -> None:
        self._lines: deque[bytes] = deque()
        self._kept = b""

    def is_there(self, seconds: float | None) -> bool:
        """Whether there is something, now or within so many seconds; None waits for ever."""
        if self._lines:
            return True
        ready, _, _ = select.select([0], [], [], None if seconds is None else max(seconds, 0.0))
        return bool(ready)

    def next(self) -> dict[str, Any] | None:
        """The next line, however long it takes; None at the end."""
        while not self._lines:
            raw = os.read(0, 1024 * 1024)
            if not raw:
                return None
            *lines, self._kept = (self._kept + raw).split(b"\n")
            self._lines.extend(lines)
        line: dict[str, Any] = json.loads(self._lines.popleft())
        return line


def _lock(folder: Path) -> int:
    """Two never write one recording. Broken `locked`."""
    file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + LOCK_S
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > until:
                raise Broken("locked") from None
            time.sleep(0.1)
        else:
            return file


def _alive() -> None:
    say({"alive": 1})


def say(line: dict[str, Any]) -> None:
    """At once."""
    raw = json.dumps(line).encode() + b"\n"
    while raw:
        raw = raw[os.write(1, raw) :]


def _where(error: Exception) -> str:
    """The kind of error and our line, without its words."""
    frames = [frame for frame in extract_tb(error.__traceback__) if "recording" in frame.filename]
    place = f" {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
