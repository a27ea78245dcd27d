"""A process beside the benchmark that does as it is told: a line of JSON, and a line in answer.

What stands in for a network lives in such a one, so that a busy benchmark or browser driver does
not delay packets.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
_NICE = -10
"""A network does not wait for its turn on a processor. Only root may ask for that."""


class ChildFault(RuntimeError):
    """What the child could not do, in its own words."""


class Child:
    """Ends with the block it stands in, and with its parent: its input is closed then."""

    def __init__(self, module: str, *arguments: str, descriptors: Sequence[int] = ()) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._descriptors = tuple(descriptors)
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            pass_fds=self._descriptors,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), timeout=5)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def ask(self, **command: Any) -> Json:
        """Its answer, or ChildFault."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._turn:
            self._process.stdin.write(json.dumps(command).encode() + b"\n")
            await self._process.stdin.drain()
            line = await self._process.stdout.readline()
        if not line:
            raise ChildFault("it ended")
        answer: Json = json.loads(line)
        if "fault" in answer:
            raise ChildFault(answer["fault"])
        return answer


async def obey(apply: Callable[[Json], Awaitable[Json]]) -> None:
    """The child's side: answer every line of the input until it ends."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        try:
            answer = await apply(json.loads(line))
        except (ValueError, LookupError, TypeError, OSError) as error:
            answer = {"fault": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
