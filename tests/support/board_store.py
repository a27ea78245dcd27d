"""What every board store promises, as checks to be run against each of them.

A test file makes a fresh, empty store and gives it to each of `CHECKS`:

    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
    async def test_keeps_its_promises(check: Check, store: BoardStore) -> None:
        await check(store)

A store over foreign keys needs the boards `BOARDS` to exist first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from whiteboard.ids import AuthorId, BoardId, PageDocId, PageId
from whiteboard.store import Batch, BoardStore, Entry, StoredPage

Check = Callable[[BoardStore], Awaitable[None]]

BOARDS = (BoardId("board-a"), BoardId("board-b"))
ANA, BEN = AuthorId("ana"), AuthorId("ben")
LARGEST_CLIENT = 2**32 - 1


def doc(page: str = "page-1", epoch: int = 0, board: BoardId = BOARDS[0]) -> PageDocId:
    return PageDocId(board, PageId(page), epoch)


def batch(
    doc_id: PageDocId, first: int, last: int, *, bindings: tuple[tuple[int, AuthorId], ...] = ()
) -> Batch:
    entries = tuple(Entry(seq, ANA, 7, content(seq)) for seq in range(first, last + 1))
    return Batch(doc_id, entries, bindings)


def content(seq: int) -> bytes:
    return b"\x00update\xff" + bytes((seq % 256,)) * seq


async def an_unknown_page_is_empty(store: BoardStore) -> None:
    assert await store.load(doc()) == StoredPage()


async def what_was_appended_comes_back_in_order(store: BoardStore) -> None:
    await store.append(batch(doc(), 1, 3, bindings=((7, ANA), (LARGEST_CLIENT, BEN))))
    await store.append(batch(doc(), 4, 12))
    stored = await store.load(doc())
    assert stored.snapshot is None
    assert stored.updates == [(seq, content(seq)) for seq in range(1, 13)]
    assert stored.seq == 12
    assert stored.bound == {7: ANA, LARGEST_CLIENT: BEN}


async def a_repeated_batch_changes_nothing(store: BoardStore) -> None:
    await store.append(batch(doc(), 1, 3, bindings=((7, ANA),)))
    await store.append(batch(doc(), 1, 3, bindings=((7, ANA),)))
    await store.append(batch(doc(), 2, 5, bindings=((7, BEN), (8, BEN))))
    await store.append(Batch(doc(), (Entry(3, BEN, 8, b"another third"),)))
    stored = await store.load(doc())
    assert stored.updates == [(seq, content(seq)) for seq in range(1, 6)]
    assert stored.bound == {7: ANA, 8: BEN}


async def pages_epochs_and_boards_are_apart(store: BoardStore) -> None:
    others = (doc("page-2"), doc(epoch=1), doc(board=BOARDS[1]))
    await store.append(batch(doc(), 1, 2))
    for other in others:
        assert (await store.load(other)).updates == []
        await store.append(batch(other, 1, 1))
    assert len((await store.load(doc())).updates) == 2


async def bindings_last_over_all_epochs_of_a_page(store: BoardStore) -> None:
    await store.append(batch(doc(), 1, 1, bindings=((7, ANA),)))
    await store.append(batch(doc(epoch=1), 1, 1, bindings=((8, BEN),)))
    for epoch in (0, 1, 2):
        assert (await store.load(doc(epoch=epoch))).bound == {7: ANA, 8: BEN}
    assert (await store.load(doc("page-2"))).bound == {}


async def a_snapshot_takes_the_place_of_the_log(store: BoardStore) -> None:
    await store.append(batch(doc(), 1, 6))
    await store.write_snapshot(doc(), upto=4, snapshot=b"four \x00\xff" * 1000)
    stored = await store.load(doc())
    assert (stored.snapshot, stored.upto) == (b"four \x00\xff" * 1000, 4)
    assert stored.updates == [(5, content(5)), (6, content(6))]
    await store.write_snapshot(doc(), upto=6, snapshot=b"six")
    stored = await store.load(doc())
    assert (stored.snapshot, stored.upto, stored.updates) == (b"six", 6, [])
    assert stored.seq == 6
    await store.append(batch(doc(), 7, 7))
    assert (await store.load(doc())).updates == [(7, content(7))]


async def an_older_snapshot_changes_nothing(store: BoardStore) -> None:
    await store.append(batch(doc(), 1, 6))
    await store.write_snapshot(doc(), upto=5, snapshot=b"five")
    await store.write_snapshot(doc(), upto=3, snapshot=b"three")
    stored = await store.load(doc())
    assert (stored.snapshot, stored.upto) == (b"five", 5)
    assert stored.updates == [(6, content(6))]


async def a_put_document_is_there_at_once(store: BoardStore) -> None:
    await store.append(batch(doc(), 1, 1, bindings=((7, ANA),)))
    await store.put(doc(epoch=1), b"copy", {7: BEN, 9: BEN})
    stored = await store.load(doc(epoch=1))
    assert (stored.snapshot, stored.upto, stored.updates) == (b"copy", 0, [])
    assert stored.bound == {7: ANA, 9: BEN}
    await store.append(batch(doc(epoch=1), 1, 2))
    stored = await store.load(doc(epoch=1))
    assert stored.snapshot == b"copy"
    assert stored.updates == [(1, content(1)), (2, content(2))]


async def an_author_has_the_last_name_given(store: BoardStore) -> None:
    await store.name_author(BOARDS[0], ANA, "Ana")
    await store.name_author(BOARDS[0], BEN, "本")
    await store.name_author(BOARDS[0], ANA, "Ana B.")
    assert (await store.load(doc("page-9"))).authors == {ANA: "Ana B.", BEN: "本"}
    assert (await store.load(doc(board=BOARDS[1]))).authors == {}


CHECKS: tuple[Check, ...] = (
    an_unknown_page_is_empty,
    what_was_appended_comes_back_in_order,
    a_repeated_batch_changes_nothing,
    pages_epochs_and_boards_are_apart,
    bindings_last_over_all_epochs_of_a_page,
    a_snapshot_takes_the_place_of_the_log,
    an_older_snapshot_changes_nothing,
    a_put_document_is_there_at_once,
    an_author_has_the_last_name_given,
)
