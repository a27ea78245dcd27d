"""The load generator's process, as whoever drives it sees it (see `loadgen`)."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent


class Generator:
    """One process; told and heard in lines of JSON."""

    def __init__(self, process: asyncio.subprocess.Process, dtls: dict[str, Any]) -> None:
        self._process = process
        self.dtls_parameters = dtls

    @classmethod
    async def start(cls, core: int | None) -> Generator:
        """Start it, on a core of its own when one is given."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bench.loadgen",
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 20,
        )
        pin(process.pid, core)
        assert process.stdout is not None
        hello = json.loads(await process.stdout.readline())
        return cls(process, hello["dtlsParameters"])

    def tell(self, message: dict[str, Any]) -> None:
        """Send one line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")

    async def hear(self, key: str) -> Any:
        """The value of the next line, which must be about `key`."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load generator ended")
        return json.loads(line)[key]

    async def close(self) -> None:
        """End its input, and so itself."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


def pin(pid: int, core: int | None) -> None:
    """Keep a process on one core, when one is given."""
    if core is not None:
        os.sched_setaffinity(pid, {core})
