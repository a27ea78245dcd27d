"""The store in memory keeps every store's promises, and can be told to fail."""

from __future__ import annotations

import pytest

from tests.support.board_store import CHECKS, Check, batch, doc
from whiteboard.store import MemoryBoardStore, StoredPage, StoreFailed


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_it_keeps_a_stores_promises(check: Check) -> None:
    await check(MemoryBoardStore())


async def test_a_broken_one_writes_nothing() -> None:
    store = MemoryBoardStore()
    store.is_broken = True
    with pytest.raises(StoreFailed):
        await store.append(batch(doc(), 1, 2))
    with pytest.raises(StoreFailed):
        await store.write_snapshot(doc(), upto=0, snapshot=b"")
    assert await store.load(doc()) == StoredPage()


async def test_one_that_keeps_its_log_gives_out_only_what_the_snapshot_lacks() -> None:
    store = MemoryBoardStore(keep_log=True)
    await store.append(batch(doc(), 1, 3))
    await store.write_snapshot(doc(), upto=2, snapshot=b"two")
    assert [seq for seq, _ in (await store.load(doc())).updates] == [3]
