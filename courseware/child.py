"""The process in which somebody's bytes are read: one order, then it ends.

The order is JSON in the last argument: `task`, `files` (opened here, before anything is given
up), `numbers` (what the task needs), `bounds`, `is_root` (become nobody), `parent` (who began it,
and without whom it ends). What it has to say are JSON lines on stdout: what the task yields, then
`{"done": true}`, or `{"fault", "params"}`, or `{"broken": reason}`. What it writes goes into the
folder it stands in.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import sys
from contextlib import ExitStack
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, BinaryIO

from courseware import confine
from courseware.errors import Broken, Fault, Unfit

_CODECS = ("ascii", "cp437", "latin-1", "utf-16", "utf-16-be", "utf-16-le")
"""Loaded at their first use, and nobody may not be able to look where they lie."""


def main() -> int:
    """Carry out the order; 0 unless it could not even say what went wrong."""
    order = json.loads(sys.argv[-1])
    confine.limit(confine.bounds_of(order["bounds"]))
    try:
        _work(order)
    except Unfit as unfit:
        _say({"fault": unfit.fault, "params": unfit.params})
    except Broken as broken:
        _say({"broken": broken.reason, "detail": str(broken)})
    except MemoryError:
        _say({"fault": "memory", "params": {}})
    except OSError as error:
        _say(_of_the_system(error))
    except Exception as error:
        _say({"broken": "died", "detail": _where(error)})
    return 0


def _work(order: dict[str, Any]) -> None:
    from courseware.tasks import task_named

    work = task_named(order["task"])
    for codec in _CODECS:
        codecs.lookup(codec)
    with ExitStack() as stack:
        files = [stack.enter_context(_source(path)) for path in order["files"]]
        if order["is_root"]:
            confine.become_nobody()
        confine.die_with(order["parent"])
        for line in work(files, order["numbers"]):
            _say(line)
    _say({"done": True})


def _source(path: str) -> BinaryIO:
    """A file to read; that it is not there is no fault of the file."""
    try:
        return open(path, "rb")
    except OSError as error:
        raise Broken("spawn", "no source") from error


def _of_the_system(error: OSError) -> dict[str, Any]:
    """A full disk is ours; a file that grew beyond its bound is the sender's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return {"broken": "storage"}
    fault: Fault = "large" if error.errno == errno.EFBIG else "broken"
    return {"fault": fault, "params": {}}


def _where(error: Exception) -> str:
    """The kind of error and our line, without its words: those may quote what was read."""
    frames = [frame for frame in extract_tb(error.__traceback__) if "courseware" in frame.filename]
    place = f" {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place


def _say(line: dict[str, Any]) -> None:
    """At once, so that the first picture is not kept back by those after it."""
    raw = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    while raw:
        raw = raw[os.write(1, raw) :]
