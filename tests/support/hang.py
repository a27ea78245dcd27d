"""A test that hangs fails, and says where it stood; the tests after it go on.

Every test has `LIMIT_S` for its setup, its body and its teardown together. After that an alarm
raises in the main thread, again and again until the test is over: an exception can be caught by
what it meets. `faulthandler_timeout` (pyproject.toml) is for what no exception can end. It ends the
process, and then xdist begins the file anew in another one.
"""

from __future__ import annotations

import asyncio
import faulthandler
import signal
import sys
import time
from collections.abc import Generator
from types import CoroutineType, FrameType, GeneratorType
from typing import Any

import pytest

LIMIT_S = 300.0
AGAIN_S = 10.0
EXIT_S = 30.0
_UNTIL = pytest.StashKey[float]()


class Hangs(Exception):
    """Which test, and what everything in it was waiting for."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("limit_s", "seconds a test may take", type="float", default=LIMIT_S)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, Any, Any]:
    item.stash[_UNTIL] = time.monotonic() + float(item.config.getini("limit_s"))
    return (yield from _bounded(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    return (yield from _bounded(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, Any, Any]:
    return (yield from _bounded(item))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """A thread that does not end must not hold up the end of the process."""
    faulthandler.dump_traceback_later(EXIT_S, exit=True, file=sys.__stderr__)


def _bounded(item: pytest.Item) -> Generator[None, Any, Any]:
    def too_long(number: int, frame: FrameType | None) -> None:
        raise Hangs(f"{item.nodeid} takes too long. It stood at:\n{standing(frame)}")

    before = signal.signal(signal.SIGALRM, too_long)
    left_s = item.stash[_UNTIL] - time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, left_s if left_s > 0 else AGAIN_S, AGAIN_S)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def standing(frame: FrameType | None) -> str:
    """Our lines of the main thread, and of every task of the loop that runs in it, innermost last;
    of what is waited for in others' code the line in ours that waits."""
    lines = ["the main thread:", *_lines(_callers(frame))]
    loop = asyncio._get_running_loop()
    for task in asyncio.all_tasks(loop) if loop is not None else ():
        lines += [f"{task.get_name()}:", *_lines(_awaited(task.get_coro()))]
    return "\n".join(lines)


def _lines(frames: list[FrameType]) -> list[str]:
    ours = [one for one in frames if "site-packages" not in one.f_code.co_filename] or frames
    return [
        f"  {one.f_code.co_filename}:{one.f_lineno} {one.f_code.co_qualname}" for one in ours[-12:]
    ]


def _callers(frame: FrameType | None) -> list[FrameType]:
    found = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found[::-1]


def _awaited(waiting: object) -> list[FrameType]:
    """The frames of a coroutine and of what it awaits."""
    found = []
    while isinstance(waiting, CoroutineType | GeneratorType):
        if isinstance(waiting, CoroutineType):
            frame, waiting = waiting.cr_frame, waiting.cr_await
        else:
            frame, waiting = waiting.gi_frame, waiting.gi_yieldfrom
        if frame is not None:
            found.append(frame)
    return found
