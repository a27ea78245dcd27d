"""Starts children, each in a session of its own with nothing but its folder, watches them, and
ends them with everything they started. Decides how a death is told; what is done is the task's.

Linux and other POSIX. Where `unshare` works a child has no network.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from courseware.confine import DESK, Bounds
from courseware.errors import FAULTS, Broken, CoursewareError, Fault, Reason, Unfit
from courseware.leftovers import MARK

_T = TypeVar("_T")

_SMALL, _LARGE = Bounds(768, 10, 25, 64, 64), Bounds(768, 10, 30, 320, 64)
BOUNDS: Final[Mapping[str, Bounds]] = {
    **dict.fromkeys(("probe", "draw", "substitute", "pictures"), _SMALL),
    **dict.fromkeys(("mend", "bind", "prepare", "unpack"), _LARGE),
    "burn": Bounds(1024, 20, 40, 512, 64),
    "office": Bounds(2048, 40, 60, 256, 512),
}
"""Of each task: a page that takes more than ten seconds is shown to nobody in time."""
SAID_MAX: Final = 4 * 1024 * 1024
LINE_MAX: Final = 256 * 1024
"""Bytes on a child's stdout, in all and of one line."""
_DETAIL: Final = re.compile(r"[A-Za-z]{1,40}( [a-z_]{1,30}\.py:\d{1,5}|: [a-z ]{1,60})?")
"""A kind of error and our line: what a child was made to say else is not for logs."""
_READ: Final = 64 * 1024
_GROUP_GONE_S: Final = 1.0
_BOOT: Final = (
    "import sys; sys.path.append(sys.argv[1]); from courseware.child import main; sys.exit(main())"
)
"""`python -I` looks into no folder of its own accord, so it cannot load what a file unpacked to."""
_HOME: Final = str(Path(__file__).resolve().parent.parent)
_PATH: Final = "/usr/local/bin:/usr/bin:/bin"
_DEATHS: Final[Mapping[int, Fault]] = {
    -signal.SIGXCPU: "slow",
    -signal.SIGALRM: "slow",
    -signal.SIGABRT: "memory",
    -signal.SIGXFSZ: "large",
}
"""pdfium and Pillow's libraries abort when they are given no more memory. Other deaths may be
ours: a kill from outside, a library that is missing."""


@dataclass(frozen=True, slots=True)
class _Child:
    """A process and our end of the pipe it speaks into. The pipe is not asyncio's: its `wait` waits
    for the end of a pipe that nobody reads any more, which never comes."""

    process: asyncio.subprocess.Process
    spoken: asyncio.StreamReader
    pipe: asyncio.ReadTransport


@dataclass(frozen=True, slots=True)
class Order:
    """What a child is told. No name that a person chose stands in it."""

    task: str
    files: Sequence[Path]
    bounds: Bounds
    numbers: Mapping[str, Any] = field(default_factory=dict)


class Cells:
    """The children of one workshop. `wall_off` is put before a command to take its network away;
    as `is_root` a child becomes nobody."""

    def __init__(self, wall_off: Sequence[str], *, is_root: bool) -> None:
        self._wall_off = tuple(wall_off)
        self.is_root = is_root
        self._folders: set[Path] = set()
        self._groups: dict[int, Path] = {}

    def allow(self, folder: Path) -> None:
        """Children may be started for this job's folder."""
        self._folders.add(folder)

    def end(self, folder: Path) -> None:
        """No child may be started for it any more, and those that run are killed."""
        self._folders.discard(folder)
        for group in self._groups_of(folder):
            _kill(group)

    async def gone(self, folder: Path) -> None:
        """Wait until the killed ones are gone, and write no more."""
        await _gone(self._groups_of(folder))

    def end_all(self) -> None:
        """The same for every folder."""
        for folder in list(self._folders):
            self.end(folder)

    @asynccontextmanager
    async def child(
        self, order: Order, folder: Path, *, cwd: Path | None = None
    ) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """A child of this folder's job, standing in `cwd` (or at its desk): what it says, line by
        line. Leaving the context kills it and all it started.

        The lines end when it is done. Unfit: it says so, or died of a bound. Broken: our side.
        """
        if folder not in self._folders:
            raise Broken("closed")
        ends_at = time.monotonic() + order.bounds.wall_s
        child = await self._begin_whole(order, cwd or folder / DESK, folder)
        self._groups[child.process.pid] = folder
        try:
            if folder not in self._folders:  # ended while it was being begun
                raise Broken("closed")
            yield _said(child, ends_at)
        except (Broken, Unfit) as error:
            if folder in self._folders:
                raise
            raise Broken("closed") from error  # it was killed by us
        finally:
            await self._finish(child)

    async def _begin_whole(self, order: Order, cwd: Path, folder: Path) -> _Child:
        """Whoever gives up meanwhile waits until it is begun, and it is ended: asyncio can wait for
        ever for a process whose beginning was cancelled."""
        beginning = asyncio.ensure_future(self._begin(order, cwd, folder))
        try:
            return await asyncio.shield(beginning)
        except asyncio.CancelledError:
            with contextlib.suppress(Broken):
                await self._finish(await asyncio.shield(beginning))
            raise

    async def _finish(self, child: _Child) -> None:
        child.pipe.close()
        _kill(child.process.pid)
        await asyncio.shield(asyncio.ensure_future(self._bury(child.process)))

    async def _begin(self, order: Order, cwd: Path, folder: Path) -> _Child:
        told = {
            "task": order.task,
            "files": [str(path.absolute()) for path in order.files],
            "numbers": dict(order.numbers),
            "bounds": order.bounds.plain(),
            "is_root": self.is_root,
            "parent": os.getpid(),
        }
        python = (sys.executable, "-I", "-B", "-c", _BOOT, _HOME, json.dumps(told))
        try:
            spoken, pipe, mouth = await _new_pipe()
        except OSError as error:
            raise Broken("spawn", type(error).__name__) from error
        try:
            process = await asyncio.create_subprocess_exec(
                *self._wall_off,
                *python,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=mouth,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=cwd,
                env=_environment(cwd, folder),
                start_new_session=True,
            )
        except OSError as error:
            pipe.close()
            raise Broken("spawn", type(error).__name__) from error
        finally:
            os.close(mouth)
        return _Child(process, spoken, pipe)

    async def _bury(self, process: asyncio.subprocess.Process) -> None:
        """Wait for it and for the rest of its group."""
        await process.wait()
        await _gone([process.pid])
        self._groups.pop(process.pid, None)

    def _groups_of(self, folder: Path) -> list[int]:
        return [group for group, owner in self._groups.items() if owner == folder]


def _environment(cwd: Path, folder: Path) -> dict[str, str]:
    """Nothing of ours but a path; the last one says whose child it is, to whoever looks."""
    here = str(cwd)
    return {
        "PATH": _PATH,
        "HOME": here,
        "TMPDIR": here,
        "LANG": "C.UTF-8",
        MARK: str(folder),
    }


async def _new_pipe() -> tuple[asyncio.StreamReader, asyncio.ReadTransport, int]:
    """What is read, what closes it, and the descriptor to write into. OSError: there is none."""
    loop = asyncio.get_running_loop()
    ear, mouth = os.pipe()
    spoken = asyncio.StreamReader(_READ, loop)
    protocol = asyncio.StreamReaderProtocol(spoken, loop=loop)
    pipe, _ = await loop.connect_read_pipe(lambda: protocol, os.fdopen(ear, "rb", 0))
    return spoken, pipe, mouth


async def _said(child: _Child, ends_at: float) -> AsyncIterator[dict[str, Any]]:
    """The lines, until the last one; how it ended otherwise is raised."""
    kept, heard = b"", 0
    while True:
        raw = await _before(ends_at, child.spoken.read(_READ))
        heard += len(raw)
        *lines, kept = (kept + raw).split(b"\n")
        if heard > SAID_MAX or len(kept) > LINE_MAX:
            raise Broken("answer", "too much was said")
        for line in lines:
            said = _read(line)
            if "done" in said:
                return
            yield said
        if not raw:
            raise death(await _before(ends_at, child.process.wait()))


async def _before(ends_at: float, waited: Awaitable[_T]) -> _T:
    """Wait until then and not longer."""
    try:
        async with asyncio.timeout(max(0.0, ends_at - time.monotonic())):
            return await waited
    except TimeoutError:
        raise Unfit("slow") from None


def _read(line: bytes) -> dict[str, Any]:
    """One line; raises what it says is wrong. A child that was taken over can say anything, so
    only faults we know and small numbers are passed on."""
    try:
        said = json.loads(line)
    except ValueError as error:
        raise Broken("answer", "no JSON") from error
    if not isinstance(said, dict):
        raise Broken("answer", "no object")
    if "broken" in said:
        told: Mapping[Any, Reason] = {"storage": "storage", "spawn": "spawn"}
        reason = told.get(str(said["broken"]), "died")
        detail = str(said.get("detail", ""))
        raise Broken(reason, detail if _DETAIL.fullmatch(detail) else "")
    if "fault" not in said:
        return said
    fault = FAULTS.get(str(said["fault"]))
    params = said.get("params")
    if fault is None or not isinstance(params, dict):
        raise Broken("answer", "no such fault")
    numbers = {str(key): value for key, value in params.items() if isinstance(value, int)}
    raise Unfit(fault, numbers)


def death(returned: int) -> CoursewareError:
    """How a child's end without a last word is told. Negative: the signal it died of."""
    fault = _DEATHS.get(returned)
    return Broken("died", f"returned {returned}") if fault is None else Unfit(fault)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


async def _gone(groups: Iterable[int]) -> None:
    """Look until no group has anybody left: we are not the parents of all in them."""
    until = time.monotonic() + _GROUP_GONE_S
    while any(map(_is_there, groups)) and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.005)


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
