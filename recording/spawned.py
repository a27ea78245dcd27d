"""Spawned: one child process: begun with a first line on its stdin, heard line by line, ended.

Decides how what it says, and a death without a last word, are told. Shell.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from recording.errors import Broken, Code, Damaged, Reason

Said = dict[str, Any]
LINE_MAX: Final = 4 * 1024 * 1024
_HOME: Final = str(Path(__file__).resolve().parent.parent)
_BOOT: Final = (
    "import sys; sys.path.append(sys.argv[1]); from recording.child import main; sys.exit(main())"
)
_CODES: Final[Mapping[str, Code]] = {code: code for code in get_args(Code)}
_REASONS: Final[Mapping[str, Reason]] = {reason: reason for reason in get_args(Reason)}


class Child:
    """One process. The pipe it speaks into is not asyncio's own: its `wait` waits for the end of a
    pipe that nobody reads any more, which never comes."""

    def __init__(
        self, process: asyncio.subprocess.Process, spoken: asyncio.StreamReader, pipe: Any
    ) -> None:
        self.process = process
        self._spoken = spoken
        self._pipe = pipe

    @classmethod
    async def begin(cls, first: Said) -> Child:
        """Broken `spawn`."""
        loop = asyncio.get_running_loop()
        try:
            ear, mouth = os.pipe()
            spoken = asyncio.StreamReader(LINE_MAX, loop)
            protocol = asyncio.StreamReaderProtocol(spoken, loop=loop)
            pipe, _ = await loop.connect_read_pipe(lambda: protocol, os.fdopen(ear, "rb", 0))
        except OSError as error:
            raise Broken("spawn", type(error).__name__) from error
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-B", "-c", _BOOT, _HOME),
                stdin=asyncio.subprocess.PIPE,
                stdout=mouth,
                stderr=asyncio.subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
                start_new_session=True,
            )
        except OSError as error:
            pipe.close()
            raise Broken("spawn", type(error).__name__) from error
        finally:
            os.close(mouth)
        child = cls(process, spoken, pipe)
        child.tell(first)
        return child

    def tell(self, line: Said) -> None:
        """A line on its stdin; nothing when it is gone."""
        if self.process.stdin is not None and not self.process.stdin.is_closing():
            self.process.stdin.write(json.dumps(line).encode() + b"\n")

    async def said(self, silent_s: float) -> AsyncIterator[Said]:
        """Line by line, to the last; raises how it ended otherwise. Broken, Damaged."""
        while True:
            try:
                async with asyncio.timeout(silent_s):
                    raw = await self._spoken.readline()
            except TimeoutError:
                raise Broken("silent") from None
            except ValueError:
                raise Broken("died", "too much was said") from None
            if not raw:
                raise Broken("died", f"returned {await self.process.wait()}")
            line = _read(raw)
            yield line
            if "done" in line:
                return

    async def end(self) -> None:
        """Kill it, and wait until it is gone."""
        self._pipe.close()
        if self.process.stdin is not None:
            self.process.stdin.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()


def _read(raw: bytes) -> Said:
    """One line; raises what it says is wrong."""
    try:
        said = json.loads(raw)
    except ValueError as error:
        raise Broken("died", "no JSON") from error
    if not isinstance(said, dict):
        raise Broken("died", "no object")
    if "fault" not in said:
        return said
    fault, detail = str(said["fault"]), str(said.get("detail", ""))[:200]
    if fault in _CODES:
        raise Damaged(_CODES[fault], detail)
    raise Broken(_REASONS.get(fault, "died"), detail)
