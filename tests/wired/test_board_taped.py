"""A board that is recorded: whoever records it is told of every change, and by whose hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from classroom.live.board.live_board import LiveBoard
from classroom.live.board.taping import Taping
from tests.support.board_class import BoardClass, board_class
from tests.support.signalling import until
from whiteboard.errors import LocalError
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.tape import Item, Taken


@dataclass
class Recorder:
    """Keeps what it is told, and the page as it must be from that."""

    board: LiveBoard
    told: list[tuple[str, Taken]] = field(default_factory=list)
    pages: list[PageDocId] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    is_faulty: bool = False

    def __post_init__(self) -> None:
        self.taping = Taping(self.board, self.taken, self.pages.append)

    def taken(self, doc_id: PageDocId, writer: str, taken: Taken) -> None:
        if self.is_faulty:
            raise OSError("told to fail")
        self.told.append((writer, taken))
        self.items |= taken.put
        for name in taken.gone:
            del self.items[name]

    def base(self, *authors: str) -> dict[str, Item]:
        (doc_id,) = self.taping.pages()
        slices = self.taping.items(doc_id, [AuthorId(author) for author in authors])
        return {name: item for part in slices for name, item in part.items()}


def board_of(room: BoardClass) -> LiveBoard:
    (live,) = room.place.live._hub.rooms.values()
    return live.board


async def test_each_change_is_told_with_its_writer() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        left, right = await teacher.page(), await student.page()
        (before,) = await right.draw()
        await right.saved()
        recorder = Recorder(board_of(room))
        recorder.taping.begin()
        (doc_id,) = recorder.pages
        assert str(doc_id) == left.doc_id
        mine, theirs = teacher.board.author, student.board.author
        assert recorder.base(theirs).keys() == {before}
        assert recorder.base(mine) == {}

        drawn = await left.draw(2)
        await left.saved()
        await left.sees(before)
        await left.erase(before)
        await left.saved()
        assert {writer for writer, _ in recorder.told} == {teacher.person.id}
        assert recorder.told[-1][1].gone == (before,)
        assert recorder.items.keys() == set(drawn) == recorder.base(mine, theirs).keys()
        assert recorder.taping.author_of(doc_id, before) == theirs
        assert board_of(room).people[AuthorId(theirs)] == {student.person.id}

        recorder.taping.end()
        recorder.taping.end()
        count = len(recorder.told)
        await right.draw()
        await right.saved()
        assert len(recorder.told) == count
        assert recorder.taping.pages() == []
        assert recorder.taping.author_of(doc_id, before) is None


async def test_a_recorder_that_fails_costs_nobody_a_stroke() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        left, right = await teacher.page(), await student.page()
        recorder = Recorder(board_of(room))
        recorder.taping.begin()
        recorder.is_faulty = True
        (lost,) = await left.draw()
        await right.sees(lost)
        recorder.is_faulty = False
        (kept,) = await left.draw()
        await right.sees(lost, kept)
        assert recorder.items.keys() == {kept}


async def test_a_page_that_broke_is_listened_to_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with board_class() as room:
        teacher, _ = await room.pair()
        left = await teacher.page()
        (before,) = await left.draw()
        await left.saved()
        board = board_of(room)
        recorder = Recorder(board)
        recorder.taping.begin()

        def fails(*_: object, **__: object) -> None:
            raise LocalError("the document failed")

        (page,) = board.pages()
        with monkeypatch.context() as broken:
            broken.setattr(page, "receive", fails)
            await left.draw()
            await left.until(lambda: left.state in ("denied", "gone"))
        again = await teacher.page(channel=1)
        await until(lambda: len(recorder.pages) == 2)
        assert recorder.base(teacher.board.author).keys() == {before}
        (after,) = await again.draw()
        await again.saved()
        assert recorder.items.keys() == {after}


async def test_a_cleared_page_is_another_one() -> None:
    async with board_class() as room:
        teacher, _ = await room.pair()
        left = await teacher.page()
        await left.draw()
        await left.saved()
        recorder = Recorder(board_of(room))
        recorder.taping.begin()
        page_id = recorder.pages[0].page
        await teacher.ask("board.clear_page", page_id=page_id)
        fresh = await teacher.page(channel=1)
        await until(lambda: len(recorder.pages) == 2)
        assert recorder.pages[1] == PageDocId(recorder.pages[0].board, page_id, 1)
        (name,) = await fresh.draw()
        await fresh.saved()
        assert recorder.items.keys() == {name}


async def test_what_goes_while_it_is_read_ends_the_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("classroom.live.board.taping.SLICE", 1)
    async with board_class() as room:
        teacher, _ = await room.pair()
        left = await teacher.page()
        drawn = await left.draw(3)
        await left.saved()
        recorder = Recorder(board_of(room))
        recorder.taping.begin()
        assert recorder.base(teacher.board.author).keys() == set(drawn)
        author = AuthorId(teacher.board.author)
        slices = recorder.taping.items(recorder.pages[0], [author])
        assert len(next(slices)) == 1
        recorder.taping.end()
        assert list(slices) == []
        assert list(recorder.taping.items(recorder.pages[0], [author])) == []
