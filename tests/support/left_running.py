"""Processes that tests began and did not end: a failure that names them, and they are ended.

Every process has what it was begun with in `/proc/<pid>/environ`. The run as a whole and each of
its workers leave a mark there. Where there is no /proc nothing is found.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

RUN, WORKER = "TESTS_OF_RUN", "TESTS_OF_WORKER"
GONE_WITHIN_S = 5.0
"""Who was told to end may take so long."""


def pytest_configure(config: pytest.Config) -> None:
    """Marks what is begun from now on."""
    mark = uuid.uuid4().hex
    os.environ[WORKER] = mark
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = mark


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_running() -> Iterator[None]:
    """An error of the last test of a worker when something runs that one of its tests began."""
    yield
    left = ended(f"{WORKER}={os.environ[WORKER]}")
    assert not left, "tests left running:\n" + "\n".join(left)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """What a worker that died left is ended when all is over."""
    yield
    if not hasattr(session.config, "workerinput"):
        for one in ended(f"{RUN}={os.environ[RUN]}"):
            print(f"\nleft running by a worker that died: {one}")


def ended(mark: str) -> list[str]:
    """The other processes that bear this mark, by their commands; they are killed."""
    until = time.monotonic() + GONE_WITHIN_S
    while (found := _marked(mark)) and time.monotonic() < until:
        time.sleep(0.05)
    for pid in found:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    return [f"{pid}: {command}" for pid, command in found.items()]


def _marked(mark: str) -> dict[int, str]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        with contextlib.suppress(OSError):
            if pid != os.getpid() and mark.encode() in (folder / "environ").read_bytes():
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found[pid] = command.decode(errors="replace")[:200]
    return found
