"""Asked twice, done once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from classroom.live import repeats
from classroom.live.limits import EVERY
from classroom.live.repeats import Repeats


def deed(done: list[str], name: str, *, ok: bool = True) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def do() -> dict[str, Any]:
        done.append(name)
        await asyncio.sleep(0)
        return {"ok": ok, "data": len(done)}

    return do


async def test_the_second_time_gets_the_same_answer() -> None:
    kept, done = Repeats(), list[str]()
    first = await kept.once("1", deed(done, "a"))
    assert await kept.once("1", deed(done, "a")) == first
    assert done == ["a"]
    await kept.once("2", deed(done, "b"))
    assert done == ["a", "b"]


async def test_while_it_is_done_the_second_waits() -> None:
    kept, done = Repeats(), list[str]()
    both = (kept.once("1", deed(done, "a")) for _ in range(2))
    first, second = await asyncio.gather(*both)
    assert first == second
    assert done == ["a"]


async def test_what_was_refused_was_not_done() -> None:
    kept, done = Repeats(), list[str]()
    await kept.once("1", deed(done, "a", ok=False))
    assert not kept.knows("1")
    await kept.once("1", deed(done, "a"))
    assert done == ["a", "a"]


async def test_what_was_broken_off_may_be_asked_again() -> None:
    kept, done = Repeats(), list[str]()
    first = asyncio.ensure_future(kept.once("1", asyncio.Event().wait))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    second = asyncio.ensure_future(kept.once("1", deed(done, "a")))
    await asyncio.sleep(0)
    first.cancel()
    assert await second is None
    assert await kept.once("1", deed(done, "a"))


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "KEPT_MAX", 3)
    kept, done = Repeats(), list[str]()
    for number in range(5):
        await kept.once(str(number), deed(done, "a"))
    assert [number for number in range(5) if kept.knows(str(number))] == [2, 3, 4]


@pytest.mark.parametrize("data", ["x" * 5_000, [0] * 500, {"a": [{"b": "x" * 50}] * 90}])
async def test_long_answers_are_not_remembered(data: Any) -> None:
    async def do() -> dict[str, Any]:
        return {"ok": True, "data": data}

    kept = Repeats()
    assert await kept.once("1", do)
    assert not kept.knows("1")


async def test_as_many_as_may_be_asked_at_once_are_done_once() -> None:
    """A page is added, and leafed through, and then the connection breaks."""
    kept, done = Repeats(), list[str]()
    names = [str(number) for number in range(int(EVERY.burst))]
    for name in [*names, *names]:
        await kept.once(name, deed(done, name))
    assert done == names


async def test_long_answers_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "KEPT_CHARACTERS_MAX", 10_000)

    async def long() -> dict[str, Any]:
        return {"ok": True, "data": "x" * 3_000}

    kept = Repeats()
    for name in "abcd":
        await kept.once(name, long)
    assert [kept.knows(name) for name in "abcd"] == [False, True, True, True]
