"""What the core wants done, when doing it fails: it is told, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from classroom.live.board import errands as errands_module
from classroom.live.board.errands import Errands
from classroom.live.board.shelf import PageShelf
from classroom.live.metrics import BOARD_PAGES
from tests.support.signalling import until
from whiteboard import frame
from whiteboard.board import Board
from whiteboard.effects import Close, Wake
from whiteboard.frame_reading import server_frames
from whiteboard.frame_writing import encode
from whiteboard.ids import AuthorId, BoardId, PageDocId, PageId
from whiteboard.page import Page
from whiteboard.store import MemoryBoardStore
from whiteboard.visitor import Visitor

DOC = PageDocId(BoardId("b"), PageId("p"), 0)


class Desk:
    """A core with its errands, and one person who looks on."""

    def __init__(self, errands: Errands, core: Board) -> None:
        self.errands = errands
        self.core = core
        self.heard: list[frame.ServerFrame] = []
        errands.changed = self.perform
        core.set_pages({DOC.page: DOC}, frozenset())
        self.peer = core.join(Visitor("li", "Li", AuthorId("li"), "none"), now=0.0)

    def opens(self) -> None:
        close, open_it = frame.CloseChannel(0), frame.Open(0, str(DOC), 0, b"", frame.LOOK)
        self.core.receive(self.peer, encode(close) + encode(open_it), now=0.0)
        self.perform()

    def perform(self) -> None:
        for effect in self.core.take_effects():
            if not isinstance(effect, Wake | Close):
                self.errands.start(effect)
        self.heard += server_frames(self.core.messages_to_send(self.peer) or encode(frame.Pong(0)))

    @property
    def refusals(self) -> list[str]:
        return [one.code for one in self.heard if isinstance(one, frame.ChannelRefused)]

    @property
    def states(self) -> int:
        return sum(isinstance(one, frame.State) for one in self.heard)


@asynccontextmanager
async def desk(store: MemoryBoardStore) -> AsyncIterator[Desk]:
    async def kept() -> None:
        return

    core = Board(BoardId("b"))
    errands = Errands(core, PageShelf(store, kept), lambda: 0.0)
    try:
        yield Desk(errands, core)
    finally:
        await errands.close(within_s=1.0)


async def test_a_page_that_cannot_be_compressed_is_refused_and_opens_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("whiteboard.content.INLINE_BYTES_MAX", 1)

    def deflate(update: bytes) -> bytes:
        raise MemoryError

    monkeypatch.setattr(errands_module, "deflate", deflate)
    async with desk(MemoryBoardStore()) as li:
        li.opens()
        await until(lambda: li.refusals == ["board.unavailable"])
        monkeypatch.setattr(errands_module, "deflate", lambda update: update)
        li.opens()
        await until(lambda: li.states == 1)


async def test_a_page_the_core_stumbles_over_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    async with desk(MemoryBoardStore()) as li:
        monkeypatch.setattr(li.core, "page_loaded", stumble)
        li.opens()
        await until(lambda: li.refusals == ["board.unavailable"])


async def test_the_pages_in_memory_are_counted_right_when_one_breaks_and_stays_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = MemoryBoardStore()
    before = BOARD_PAGES._value.get()
    async with desk(store) as li:
        li.opens()
        await until(lambda: li.states == 1)
        assert BOARD_PAGES._value.get() == before + 1
        monkeypatch.setattr(Page, "load", lambda *_, **__: exec("raise ValueError"))
        sheet = li.core._sheets.known(DOC)
        sheet._break()
        sheet.commit()
        li.perform()
        await until(lambda: li.core.page(DOC) is None and not li.core._sheets.get(DOC))
        assert BOARD_PAGES._value.get() == before
    assert BOARD_PAGES._value.get() == before
