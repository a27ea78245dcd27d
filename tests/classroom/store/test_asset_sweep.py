"""Pictures that no page names any more go; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom.app import _open_board
from classroom.blobs.drafts import FileDrafts
from classroom.blobs.files import FileBlobs
from classroom.ids import RoomId, new_id
from classroom.live.files_disposal import FilesDisposal
from classroom.room.board import new_board
from classroom.room.page import BoardPage
from classroom.store.asset_sweep import KEPT_FOR, names_in, sweep_pictures
from classroom.store.board_assets import AssetRow, add_asset
from classroom.store.board_pages import DatabaseBoardStore
from classroom.store.boards import save_board, sweep_board
from classroom.store.rooms import create_room
from classroom.store.tables import BoardAsset
from tests.support.boards import ANN, Browser, Browsers, Class, Value
from whiteboard.ids import BoardId, PageDocId, PageId
from whiteboard.store import Batch, Entry, StoreFailed

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LONG_AGO = AT - KEPT_FOR - timedelta(seconds=1)


@pytest.fixture(scope="module")
def browsers() -> Iterator[Browsers]:
    process = Browsers()
    yield process
    process.close()


def picture(asset: str) -> Value:
    value = {"t": "img", "by": ANN, "at": 1.7e12, "z": "a0", "asset": asset}
    return {**value, "x": 1, "y": 2, "w": 30, "h": 40}


class Folder:
    """A room with a board, pictures in it, and what became of their files."""

    def __init__(self, room_id: RoomId) -> None:
        self.room_id = room_id
        self.removed: list[str] = []
        self.pages = DatabaseBoardStore(lambda: AT)

    async def has(self, *names: str, at: datetime = LONG_AGO) -> None:
        for name in names:
            row = AssetRow(name, "image/png", 1, 1, 1)
            await add_asset(self.room_id, row, author="ann", has_share=True, at=at)

    async def draws(self, *updates: bytes, doc: str = "b/p1/0") -> None:
        entries = tuple(Entry(seq, ANN, 7, update) for seq, update in enumerate(updates, 1))
        await self.pages.append(Batch(PageDocId.parse(doc), entries))

    async def remove(self, room_id: RoomId, name: str) -> None:
        assert room_id == self.room_id
        assert await BoardAsset.exists(id=name), "the file goes first"
        self.removed.append(name)

    async def sweeps(self) -> list[str]:
        """Which pictures went."""
        before = len(self.removed)
        count = await sweep_pictures(self.room_id, self.remove, at=AT)
        gone = sorted(self.removed[before:])
        assert len(gone) == count
        assert not await BoardAsset.filter(id__in=gone).exists()
        return gone


@pytest.fixture
async def folder(store: str) -> Folder:
    assert store
    room = await create_room("Chemistry", owner_id=None, at=AT)
    await save_board(room.id, new_board("b", "p1"), at=AT)
    return Folder(room.id)


def drawn(browsers: Browsers, *assets: str) -> tuple[Class, Browser, list[str], list[bytes]]:
    """A page with pictures on it, whose ids and updates these are."""
    lesson = Class(browsers)
    browser = lesson.join(ANN)
    ids = [browser.new_id() for _ in assets]
    pairs = zip(ids, assets, strict=True)
    updates = browser.edit(*(("set", "el", item, picture(asset)) for item, asset in pairs))
    assert all(lesson.send(browser, updates))
    return lesson, browser, ids, updates


async def test_a_picture_on_a_page_stays_and_another_goes(
    folder: Folder, browsers: Browsers
) -> None:
    await folder.has("a" * 16, "b" * 16, "on-no_page-16chr")
    await folder.has("c" * 16, at=AT - KEPT_FOR)
    lesson, *_, updates = drawn(browsers, "a" * 16)
    await folder.draws(*updates)
    doc_id = PageDocId(BoardId("b"), PageId("p2"), 0)
    other, *_ = drawn(browsers, "b" * 16)
    await folder.pages.put(doc_id, other.page.snapshot(), {})
    assert await folder.sweeps() == ["on-no_page-16chr"], "neither what is drawn nor what is new"
    assert await folder.sweeps() == []
    await folder.pages.write_snapshot(
        PageDocId.parse("b/p1/0"), upto=1, snapshot=lesson.page.snapshot()
    )
    assert await folder.sweeps() == []


async def test_what_was_erased_goes_when_the_page_forgot_it(
    folder: Folder, browsers: Browsers
) -> None:
    await folder.has("a" * 16, "b" * 16)
    lesson, browser, ids, updates = drawn(browsers, "a" * 16, "b" * 16)
    erased = browser.edit(("delete", "el", ids[0]))
    assert all(lesson.send(browser, erased))
    await folder.draws(*updates, *erased)
    assert await folder.sweeps() == [], "the log still has it"
    lesson.reload()
    await folder.pages.write_snapshot(
        PageDocId.parse("b/p1/0"), upto=2, snapshot=lesson.page.snapshot()
    )
    assert await folder.sweeps() == ["a" * 16]


async def test_what_can_be_brought_back_keeps_its_pictures(
    folder: Folder, browsers: Browsers
) -> None:
    await folder.has("a" * 16, "b" * 16)
    for epoch, asset in ((0, "a" * 16), (1, "b" * 16)):
        await folder.draws(*drawn(browsers, asset)[3], doc=f"b/p1/{epoch}")
    await folder.draws(b"later", doc="b/p1/2")
    board = replace(new_board("b", "p1"), pages=(BoardPage("p1", epoch=2, cleared_epoch=1),))
    await sweep_board(board)
    assert await folder.sweeps() == ["a" * 16]


async def test_a_file_that_cannot_be_removed_keeps_its_picture(folder: Folder) -> None:
    await folder.has("a" * 16)

    async def fail(_room: RoomId, _name: str) -> None:
        raise OSError("read only")

    with pytest.raises(StoreFailed):
        await sweep_pictures(folder.room_id, fail, at=AT)
    assert await folder.sweeps() == ["a" * 16]


async def test_a_room_without_a_board_has_nothing_to_sweep(folder: Folder) -> None:
    room = await create_room("Physics", owner_id=None, at=AT)
    assert await sweep_pictures(room.id, folder.remove, at=AT) == 0


async def test_a_class_opens_without_the_pictures_nobody_sees(
    folder: Folder, tmp_path: Path
) -> None:
    blobs, files = FileBlobs(tmp_path / "boards"), FilesDisposal(FileDrafts(tmp_path / "files"))
    await folder.has("a" * 16, "b" * 16)
    for name in ("a" * 16, "b" * 16):
        await blobs.put(folder.room_id, name, b"bytes")
    (tmp_path / "boards" / folder.room_id / ("b" * 16)).unlink()
    assert await _open_board(blobs, files, folder.room_id) == new_board("b", "p1")
    assert await BoardAsset.all().count() == 0
    assert await blobs.size(folder.room_id, "a" * 16) is None


async def test_a_class_opens_although_the_pictures_cannot_be_swept(
    folder: Folder, tmp_path: Path
) -> None:
    await folder.has("a" * 16)
    in_the_way = tmp_path / "boards" / folder.room_id / ("a" * 16)
    in_the_way.mkdir(parents=True)
    blobs, files = FileBlobs(tmp_path / "boards"), FilesDisposal(FileDrafts(tmp_path / "files"))
    assert await _open_board(blobs, files, folder.room_id) == new_board("b", "p1")
    assert await BoardAsset.all().count() == 1


def test_names_are_found_among_many(browsers: Browsers) -> None:
    names = [new_id() for _ in range(300)]
    lesson, browser, ids, updates = drawn(browsers, *names[:200])
    every = frozenset(name.encode() for name in names)
    wanted = {name.encode() for name in names[:200]}
    assert names_in(browser.state(), every) == wanted
    assert names_in(lesson.page.snapshot(), every) == wanted
    assert names_in(updates[0][:100], every) <= wanted
    assert len(ids) == 200
