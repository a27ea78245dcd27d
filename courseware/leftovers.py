"""What a server that was killed left running: processes of the office program, which do not die
with their parent. They are found by the mark in their environment, where there is a /proc.
"""

from __future__ import annotations

import logging
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Final

MARK: Final = "COURSEWARE_JOB"
"""The variable that names a child's job folder; what a child starts has it, too."""
_ROUNDS: Final = 3
"""One may begin another while they are looked for."""

log = logging.getLogger(__name__)


def end_leftovers(folder: Path) -> int:
    """Kill every process of a job in this workshop's folder; how many there were. To be called
    before the first job."""
    ended = 0
    for _ in range(_ROUNDS):
        found = [number for number in _processes() if _job_of(number).startswith(f"{folder}/")]
        for number in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)
                ended += 1
        if not found:
            break
    if ended:
        log.warning("%d processes of an earlier server were ended", ended)
    return ended


def _processes() -> list[int]:
    with suppress(OSError):
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return []


def _job_of(number: int) -> str:
    """The job folder of a process; empty for those of others."""
    try:
        told = Path(f"/proc/{number}/environ").read_bytes()
    except OSError:
        return ""
    start = f"{MARK}=".encode()
    marks = (entry for entry in told.split(b"\0") if entry.startswith(start))
    return next(marks, start)[len(start) :].decode("utf-8", "replace")
