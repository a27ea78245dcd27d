"""A virus scanner of the operator's, shown each file before anybody can have it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

import structlog

from classroom.errors import Refused

WITHIN_S = 60.0
AT_ONCE = 2
CLEAN, INFECTED = 0, 1
"""What the command ends with; `clamscan` and `clamdscan` do."""

log = structlog.get_logger("classroom.blobs")


class Scanner:
    """Calls the command with a file's path behind it, without a shell, and never many at once."""

    def __init__(self, command: str, *, within_s: float = WITHIN_S) -> None:
        """An empty command lets everything pass."""
        self._words = shlex.split(command)
        self._within_s = within_s
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def check(self, path: Path) -> None:
        """Refused `file.infected`, or `file.not_scanned` when it gives no such answer in time.

        `path` begins at the root, so that no name can pass for an option.
        """
        if not self._words:
            return
        async with self._turns:
            code = await self._run(path)
        if code == INFECTED:
            raise Refused("file.infected")
        if code != CLEAN:
            log.warning("file.not_scanned", code=code)
            raise Refused("file.not_scanned")

    async def _run(self, path: Path) -> int | None:
        """What it ends with; None when it cannot be started or takes too long."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._words,
                str(path),
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                env=_surroundings(),
                start_new_session=True,
            )
        except OSError:
            return None
        try:
            async with asyncio.timeout(self._within_s):
                return await process.wait()
        except TimeoutError:
            return None
        finally:
            await _end(process)


async def _end(process: Process) -> None:
    """It runs no longer when this returns, nor does anything it began."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _surroundings() -> dict[str, str]:
    """The environment without our own settings: some of them are secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CLASSROOM_")}
