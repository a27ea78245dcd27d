"""The keeper of page lists: the latest wins, whoever waits is answered, failures are repeated."""

from __future__ import annotations

import asyncio

import pytest

from classroom.live.board import keeper
from classroom.live.board.keeper import PageKeeper
from tests.support.signalling import until
from whiteboard.store import StoreFailed


class Store:
    """Saves when it is let, or fails."""

    def __init__(self) -> None:
        self.saved: list[int] = []
        self.begun: list[int] = []
        self.is_broken = False
        self.may_go = asyncio.Event()
        self.may_go.set()

    async def save(self, state: int) -> None:
        self.begun.append(state)
        await self.may_go.wait()
        if self.is_broken:
            raise StoreFailed("the disk is full")
        self.saved.append(state)


def kept_by(store: Store, stored: int | None = None) -> PageKeeper[int]:
    return PageKeeper(store.save, stored, board="b")


async def test_nothing_new_is_not_saved() -> None:
    store = Store()
    kept = kept_by(store, 1)
    kept.keep(1)
    await kept.kept()
    assert (store.begun, kept.is_behind) == ([], False)


async def test_only_the_latest_is_saved_after_one_that_is_under_way() -> None:
    store = Store()
    kept = kept_by(store)
    store.may_go.clear()
    kept.keep(1)
    await until(lambda: store.begun == [1])
    for state in (2, 3, 4):
        kept.keep(state)
    store.may_go.set()
    await kept.kept()
    assert store.saved == [1, 4]


async def test_whoever_comes_while_it_is_saved_is_answered_too() -> None:
    store = Store()
    kept = kept_by(store)
    store.may_go.clear()
    kept.keep(1)
    await until(lambda: store.begun == [1])
    waiting = asyncio.create_task(kept.kept())
    await asyncio.sleep(0)
    store.may_go.set()
    await asyncio.wait_for(waiting, 20)
    assert store.saved == [1]


async def test_a_failure_is_told_and_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "RETRY_S", 0.01)
    store = Store()
    store.is_broken = True
    kept = kept_by(store)
    kept.keep(1)
    with pytest.raises(StoreFailed):
        await kept.kept()
    store.is_broken = False
    kept.keep(2)
    await kept.kept()
    assert store.saved == [2]


async def test_a_bug_in_saving_is_repeated_like_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "RETRY_S", 0.01)
    saved: list[int] = []
    bugs: list[Exception] = [KeyError("odd"), TypeError("odder")]

    async def save(state: int) -> None:
        if bugs:
            raise bugs.pop()
        saved.append(state)

    kept: PageKeeper[int] = PageKeeper(save, None, board="b")
    kept.keep(1)
    with pytest.raises(StoreFailed):
        await asyncio.wait_for(kept.kept(), 20)
    await until(lambda: saved == [1])
    await kept.kept()


async def test_whoever_waits_begins_the_saving_again_when_its_task_was_ended() -> None:
    store = Store()
    kept = kept_by(store)
    store.may_go.clear()
    kept.keep(1)
    await until(lambda: store.begun == [1])
    waiting = asyncio.create_task(kept.kept())
    await asyncio.sleep(0)
    assert kept._task is not None
    kept._task.cancel()
    with pytest.raises(StoreFailed):
        await asyncio.wait_for(waiting, 20)
    store.may_go.set()
    await asyncio.wait_for(kept.kept(), 20)
    assert store.saved == [1]


async def test_the_end_waits_for_what_is_under_way_and_answers_everybody() -> None:
    store = Store()
    kept = kept_by(store)
    store.is_broken = True
    kept.keep(1)
    with pytest.raises(StoreFailed):
        await kept.kept()
    waiting = asyncio.create_task(kept.kept())
    await asyncio.sleep(0)
    await kept.close(within_s=0.01)
    with pytest.raises(StoreFailed):
        await waiting
    kept.keep(2)
    with pytest.raises(StoreFailed):
        await kept.kept()
    assert store.begun == [1]
