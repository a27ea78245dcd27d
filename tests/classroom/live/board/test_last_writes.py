"""A write that began is done whole, however often whoever waits for it is told to go."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from classroom.store.board_pages import _whole


async def test_a_write_that_fails_after_its_waiter_went_twice_is_no_surprise() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    may_go = asyncio.Event()

    async def write() -> None:
        await may_go.wait()
        raise OSError("the disk is gone")

    waiting = asyncio.create_task(_whole(write()))
    for _ in range(2):
        await asyncio.sleep(0)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    may_go.set()
    for _ in range(5):
        await asyncio.sleep(0)
    del waiting
    gc.collect()
    assert complaints == []


async def test_a_write_is_done_when_its_waiter_went() -> None:
    done: list[str] = []
    may_go = asyncio.Event()

    async def write() -> None:
        await may_go.wait()
        done.append("written")

    waiting = asyncio.create_task(_whole(write()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.sleep(0)
    may_go.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert done == ["written"]
