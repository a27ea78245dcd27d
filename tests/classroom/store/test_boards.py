"""Page lists and pages of boards in both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.ids import RoomId
from classroom.room.board import BoardState, new_board
from classroom.room.page import BoardPage, Placement
from classroom.store import boards
from classroom.store.board_pages import DatabaseBoardStore
from classroom.store.boards import BoardLists, load_board, save_board, sweep_board
from classroom.store.database import close_database, open_database
from classroom.store.rooms import create_room, delete_room
from classroom.store.tables import Board, BoardAuthor, BoardClient, BoardDoc, BoardUpdate
from whiteboard.ids import AuthorId, BoardId, PageDocId, PageId
from whiteboard.store import Batch, Entry, StoredPage, StoreFailed

AT = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)
BOARD = BoardId("b")
MEI, LI = AuthorId("mei"), AuthorId("li")

pytestmark = pytest.mark.usefixtures("store")


def doc(page: str = "p1", epoch: int = 0) -> PageDocId:
    return PageDocId(BOARD, PageId(page), epoch)


def entries(*numbers: int, author: AuthorId = MEI) -> tuple[Entry, ...]:
    return tuple(Entry(number, author, 2**32 - 1, b"update %d" % number) for number in numbers)


async def new_room_with_board(board: BoardState | None = None) -> RoomId:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    await save_board(room.id, board or new_board(BOARD, "p1"), at=AT)
    return room.id


@pytest.fixture
async def pages() -> DatabaseBoardStore:
    """A store whose board `b` is there."""
    await new_room_with_board()
    return DatabaseBoardStore(lambda: AT)


# The list of pages


async def test_a_room_has_no_board_at_first() -> None:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    assert await load_board(room.id) is None


async def test_a_board_comes_back_as_it_was_saved() -> None:
    long = BoardPage(
        "p2", "Wurzeln 根", "grid", None, None, is_locked=True, epoch=3, cleared_epoch=2
    )
    board = BoardState("b", (BoardPage("p1"), long, BoardPage("p3", belongs_to="li")), "p2")
    room_id = await new_room_with_board(board)
    assert await load_board(room_id) == board
    changed = replace(board, pages=(long,))
    await save_board(room_id, changed, at=AT)
    assert await load_board(room_id) == changed


async def test_a_list_comes_back_after_turns_and_changes_of_it() -> None:
    deck = Placement("d", "deck", "print", "Roots 根", "slides", "2026-03-01T09:30:00.000Z")
    leaves = tuple(
        BoardPage(f"d-{n}-0", paper="plain", kind="slide", placement="d", slide=n, is_seen=n < 3)
        for n in range(1, 1001)
    )
    board = replace(
        new_board("b", "p1"), pages=(BoardPage("p1"), *leaves), placements=(deck,), page_id="d-1-0"
    )
    lists, room = BoardLists(), await create_room("Chemistry", owner_id=None, at=AT)
    await lists.save(room.id, board, at=AT)
    assert await load_board(room.id) == board
    with _lists_written() as lengths:
        turned = replace(board, page_id="d-2-0")
        await lists.save(room.id, turned, at=AT)
        assert await load_board(room.id) == turned
    assert lengths == [], "a turn writes no list"
    seen = replace(turned, pages=(BoardPage("p1"), replace(leaves[0], name="New"), *leaves[1:]))
    await lists.save(room.id, seen, at=AT)
    assert await load_board(room.id) == seen


@contextmanager
def _lists_written() -> Iterator[list[int]]:
    """How long the lists of pages are that are written meanwhile."""
    lengths: list[int] = []
    write = boards.write_pages

    def counted(pages: Iterable[BoardPage]) -> str:
        text = write(pages)
        lengths.append(len(text))
        return text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boards, "write_pages", counted)
        yield lengths


async def test_a_turn_of_a_board_that_is_gone_is_not_taken_for_written() -> None:
    lists, room = BoardLists(), await create_room("Chemistry", owner_id=None, at=AT)
    board = new_board("b", "p1")
    await lists.save(room.id, board, at=AT)
    await Board.filter(id="b").delete()
    await lists.save(room.id, replace(board), at=AT)
    assert await load_board(room.id) == board


async def test_who_presented_and_what_was_removed_is_of_one_class_only() -> None:
    board = new_board("b", "p1")
    room_id = await new_room_with_board(replace(board, everyone="all"))
    assert await load_board(room_id) == board


async def test_a_board_of_a_room_that_is_gone_cannot_be_saved() -> None:
    with pytest.raises(StoreFailed):
        await save_board(RoomId("nowhere"), new_board("b", "p1"), at=AT)


async def test_a_room_has_one_board() -> None:
    room_id = await new_room_with_board()
    with pytest.raises(StoreFailed):
        await save_board(room_id, new_board("other", "p1"), at=AT)


# What lies on them


async def test_an_unknown_page_is_empty(pages: DatabaseBoardStore) -> None:
    assert await pages.load(doc()) == StoredPage()
    assert await BoardDoc.all().count() == 0


async def test_a_batch_is_kept_and_may_come_again(pages: DatabaseBoardStore) -> None:
    await pages.append(Batch(doc(), entries(1, 2), ((7, MEI),)))
    await pages.append(Batch(doc(), entries(2, 3), ((7, LI), (8, LI))))
    stored = await pages.load(doc())
    assert stored.updates == [(1, b"update 1"), (2, b"update 2"), (3, b"update 3")]
    assert stored.bound == {7: MEI, 8: LI}
    row = await BoardUpdate.get(seq=3)
    assert (row.author, row.client_id, row.at) == ("mei", 2**32 - 1, 1772357415250)


async def test_bindings_are_of_all_epochs_of_a_page_and_of_no_other(
    pages: DatabaseBoardStore,
) -> None:
    await pages.append(Batch(doc(epoch=0), entries(1), ((7, MEI),)))
    assert (await pages.load(doc(epoch=1))) == StoredPage(bound={7: MEI})
    assert (await pages.load(doc("p2"))).bound == {}


async def test_a_snapshot_takes_the_place_of_the_log(pages: DatabaseBoardStore) -> None:
    await pages.append(Batch(doc(), entries(1, 2, 3)))
    await pages.append(Batch(doc(epoch=1), entries(1)))
    await pages.write_snapshot(doc(), upto=2, snapshot=b"s" * 5000)
    stored = await pages.load(doc())
    assert (stored.snapshot, stored.upto, stored.seq) == (b"s" * 5000, 2, 3)
    assert stored.updates == [(3, b"update 3")]
    assert len((await BoardDoc.get(epoch=0)).snapshot or b"") < 100, "it is compressed"
    assert await BoardUpdate.all().count() == 2
    await pages.write_snapshot(doc(), upto=1, snapshot=b"older")
    assert (await pages.load(doc())).upto == 2


async def test_a_kept_log_stays_and_is_not_applied_twice(pages: DatabaseBoardStore) -> None:
    keeping = DatabaseBoardStore(lambda: AT, keep_log=True)
    await keeping.append(Batch(doc(), entries(1, 2)))
    await keeping.write_snapshot(doc(), upto=2, snapshot=b"s")
    assert await BoardUpdate.all().count() == 2
    assert (await keeping.load(doc())).updates == []


async def test_a_whole_document_is_put(pages: DatabaseBoardStore) -> None:
    await pages.append(Batch(doc(), entries(1), ((7, MEI),)))
    await pages.put(doc(epoch=1), b"whole", {7: LI, 9: LI})
    stored = await pages.load(doc(epoch=1))
    assert stored == StoredPage(snapshot=b"whole", bound={7: MEI, 9: LI})
    await pages.put(doc(epoch=1), b"again", {})
    assert (await pages.load(doc(epoch=1))).snapshot == b"again"
    await pages.append(Batch(doc(epoch=1), entries(1)))
    assert (await pages.load(doc(epoch=1))).updates == [(1, b"update 1")]


async def test_authors_have_names(pages: DatabaseBoardStore) -> None:
    await pages.name_author(BOARD, MEI, "Mei")
    await pages.name_author(BOARD, LI, "x" * 100)
    await pages.name_author(BOARD, MEI, "Mei 梅")
    assert (await pages.load(doc())).authors == {MEI: "Mei 梅", LI: "x" * 60}


async def test_a_batch_is_written_whole_or_not_at_all(pages: DatabaseBoardStore) -> None:
    broken = (*entries(1, 2), Entry(3, MEI, 1, None))  # type: ignore[arg-type]
    with pytest.raises(StoreFailed):
        await pages.append(Batch(doc(), broken, ((7, MEI),)))
    assert await pages.load(doc()) == StoredPage()
    await pages.append(Batch(doc(), entries(1), ((7, MEI),)))
    assert (await pages.load(doc())).seq == 1


async def test_a_long_batch_is_one_too(pages: DatabaseBoardStore) -> None:
    await pages.append(Batch(doc(), entries(*range(1, 1202))))
    stored = await pages.load(doc())
    assert [seq for seq, _ in stored.updates] == list(range(1, 1202))
    assert stored.updates[-1] == (1201, b"update 1201")
    broken = (*entries(*range(1202, 1502)), Entry(1502, MEI, 1, None))  # type: ignore[arg-type]
    with pytest.raises(StoreFailed):
        await pages.append(Batch(doc(), broken))
    assert (await pages.load(doc())).seq == 1201


async def test_who_is_cancelled_leaves_nothing_half_done(pages: DatabaseBoardStore) -> None:
    await pages.append(Batch(doc(), entries(1)))
    for number in range(2, 30):
        task = asyncio.create_task(pages.append(Batch(doc(), entries(number), ((number, MEI),))))
        for _ in range(number % 7):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    stored = await pages.load(doc())
    assert {client_id for client_id in stored.bound} == {seq for seq, _ in stored.updates} - {1}
    await pages.append(Batch(doc(), entries(99), ((99, MEI),)))
    assert (await pages.load(doc())).seq == 99


async def test_a_database_that_is_gone_is_a_store_that_failed(
    store: str, pages: DatabaseBoardStore
) -> None:
    await pages.append(Batch(doc(), entries(1)))
    await close_database()
    asked = (
        pages.append(Batch(doc(), entries(2))),
        pages.load(doc("p2")),
        pages.write_snapshot(doc(), upto=1, snapshot=b"s"),
        pages.put(doc(epoch=1), b"s", {}),
        pages.name_author(BOARD, MEI, "Mei"),
    )
    for asking in asked:
        with pytest.raises(StoreFailed):
            await asking
    await open_database(store)
    await pages.append(Batch(doc(), entries(2)))
    assert (await pages.load(doc())).seq == 2


# What goes


async def test_a_deleted_room_takes_its_board_along() -> None:
    room_id = await new_room_with_board()
    pages = DatabaseBoardStore(lambda: AT)
    await pages.append(Batch(doc(), entries(1, 2), ((7, MEI),)))
    await pages.name_author(BOARD, MEI, "Mei")
    await delete_room(room_id)
    for table in (BoardDoc, BoardUpdate, BoardClient, BoardAuthor):
        assert await table.all().count() == 0
    with pytest.raises(StoreFailed):
        await pages.append(Batch(doc(), entries(3)))
    assert await pages.load(doc()) == StoredPage()


async def test_what_no_page_can_show_any_more_is_swept_away() -> None:
    first = BoardPage("p1", epoch=2, cleared_epoch=1)
    board = BoardState("b", (first, BoardPage("p2")), "p1")
    await new_room_with_board(board)
    pages = DatabaseBoardStore(lambda: AT)
    kept = [doc("p1", 1), doc("p1", 2), doc("p2", 0)]
    gone = [doc("p1", 0), doc("p1", 3), doc("removed", 0)]
    for doc_id in (*kept, *gone):
        await pages.append(Batch(doc_id, entries(1), ((7, MEI),)))
    assert await sweep_board(board) == len(gone)
    again = DatabaseBoardStore(lambda: AT)
    assert [(await again.load(doc_id)).seq for doc_id in kept] == [1, 1, 1]
    assert [(await again.load(doc_id)).seq for doc_id in gone] == [0, 0, 0]
    assert (await again.load(doc("removed"))).bound == {}
    assert (await again.load(doc("p1"))).bound == {7: MEI}


async def test_a_board_of_a_thousand_pages_is_swept_too() -> None:
    pages = tuple(BoardPage(f"s{n}", epoch=1, cleared_epoch=0) for n in range(1000))
    board = BoardState("b", pages, "s0")
    await new_room_with_board(board)
    docs = [BoardDoc(board_id="b", page_id=p.id, epoch=e, upto=0) for p in pages for e in (1, 2)]
    await BoardDoc.bulk_create(docs, batch_size=200)
    clients = [
        BoardClient(board_id="b", page_id=f"s{n}", client_id=7, author="mei") for n in range(1600)
    ]
    await BoardClient.bulk_create(clients, batch_size=200)
    assert await sweep_board(board) == 1000
    assert {epoch for epoch in await BoardDoc.all().values_list("epoch", flat=True)} == {1}
    assert await BoardClient.all().count() == 1000
    assert await sweep_board(board) == 0
