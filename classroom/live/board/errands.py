"""What the core of a live board wants done with pages: loaded, stored, made small, put away.

Every errand runs beside the board and tells the core how it ended. A failure of the store is told
in the log once, until it works again; the people are told by the core.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from classroom.live.board.shelf import PageShelf
from classroom.live.chores import Chores
from classroom.live.metrics import BOARD_PAGES
from whiteboard.board import Board
from whiteboard.effects import Commit, Deflate, LoadPage, SaveSnapshot, UnloadPage
from whiteboard.frame_writing import deflate
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.page import Page
from whiteboard.store import Batch, StoredPage, StoreFailed

UNAVAILABLE = "board.unavailable"

Errand = LoadPage | Deflate | Commit | SaveSnapshot | UnloadPage

log = structlog.get_logger("classroom.live.board")


class Errands:
    """What one board has to do with its store."""

    def __init__(
        self,
        core: Board,
        shelf: PageShelf,
        monotonic: Callable[[], float],
    ) -> None:
        self._core = core
        self._shelf = shelf
        self._monotonic = monotonic
        self.changed: Callable[[], None] = lambda: None
        """Called after the core heard of something."""
        self._board = core.board_id
        self._chores = Chores()
        self._held: set[PageDocId] = set()
        self._committing = 0
        self._failing: set[PageDocId] = set()
        self._is_idle = asyncio.Event()
        self._is_idle.set()

    def start(self, errand: Errand) -> None:
        """Begin with it, after what was begun before for the same page."""
        match errand:
            case LoadPage(doc_id):
                self._begin(partial(self._load, doc_id), "load page")
            case Commit():
                self._committing += 1
                self._is_idle.clear()
                self._begin(partial(self._commit, errand), "commit")
            case SaveSnapshot():
                self._begin(partial(self._save_snapshot, errand), "save snapshot")
            case UnloadPage(doc_id, page, is_dirty):
                self._note_held(doc_id, is_held=False)
                if is_dirty:
                    self._begin(partial(self._compact, doc_id, page), "compact page")
            case Deflate():
                self._begin(partial(self._deflate, errand), "deflate")

    def name_author(self, author: AuthorId, name: str) -> None:
        """Keep how an author is called."""
        self._begin(partial(self._name_author, author, name), "name author")

    async def idle(self) -> None:
        """Return when nothing waits for the disk."""
        await self._is_idle.wait()

    async def close(self, *, within_s: float) -> None:
        """Let what is under way end for so long."""
        try:
            await self._chores.close(within_s=within_s)
        finally:
            BOARD_PAGES.dec(len(self._held))
            self._held.clear()

    def _begin(self, work: Callable[[], Awaitable[None]], name: str) -> None:
        self._chores.start(work, name=f"board: {name}")

    # The errands

    async def _load(self, doc_id: PageDocId) -> None:
        try:
            page, stored = await self._shelf.load(doc_id)
        except StoreFailed as failure:
            log.error("board.page_not_loaded", board=self._board, reason=str(failure))
            self._not_loaded(doc_id)
        except Exception:
            log.exception("board.page_unreadable", page=str(doc_id))
            self._not_loaded(doc_id)
        else:
            self._loaded(doc_id, page, stored)
        self.changed()

    def _loaded(self, doc_id: PageDocId, page: Page, stored: StoredPage) -> None:
        try:
            self._core.page_loaded(doc_id, page, stored.authors, upto=stored.upto)
        except Exception:  # whoever waits would wait for ever
            log.exception("board.page_not_taken", page=str(doc_id))
            self._not_loaded(doc_id)
        else:
            self._note_held(doc_id, is_held=True)

    def _not_loaded(self, doc_id: PageDocId) -> None:
        self._note_held(doc_id, is_held=False)  # it was, if it failed and was to be loaded anew
        self._core.page_failed(doc_id, UNAVAILABLE)

    async def _commit(self, commit: Commit) -> None:
        try:
            await self._store(commit.batch)
            self.changed()
        finally:
            self._committing -= 1
            if not self._committing and not self._failing:
                self._is_idle.set()

    async def _store(self, batch: Batch) -> None:
        try:
            await self._shelf.commit(batch)
        except StoreFailed as failure:
            self._fail(batch.doc_id, str(failure))
        except Exception as error:
            log.exception("board.commit_failed", page=str(batch.doc_id))
            self._fail(batch.doc_id, type(error).__name__)
        else:
            self._heal(batch.doc_id)
            self._core.committed(batch.doc_id, seq=batch.seq)

    async def _save_snapshot(self, wanted: SaveSnapshot) -> None:
        try:
            await self._shelf.save_snapshot(
                wanted.doc_id, upto=wanted.upto, snapshot=wanted.snapshot
            )
        except StoreFailed as failure:
            log.warning("board.snapshot_not_saved", board=self._board, reason=str(failure))

    async def _compact(self, doc_id: PageDocId, page: Page) -> None:
        try:
            await self._shelf.compact(page, doc_id)
        except StoreFailed as failure:
            log.warning("board.snapshot_not_saved", board=self._board, reason=str(failure))

    async def _deflate(self, wanted: Deflate) -> None:
        doc_id, seq = wanted.doc_id, wanted.seq
        try:
            deflated = await asyncio.to_thread(deflate, wanted.update)
        except Exception:
            log.exception("board.page_not_deflated", page=str(doc_id))
            self._core.page_not_deflated(
                doc_id, seq=seq, code=UNAVAILABLE, is_veiled=wanted.is_veiled
            )
        else:
            self._core.page_deflated(doc_id, seq=seq, update=deflated, is_veiled=wanted.is_veiled)
        self.changed()

    async def _name_author(self, author: AuthorId, name: str) -> None:
        try:
            await self._shelf.name_author(self._board, author, name)
        except StoreFailed as failure:
            log.warning("board.author_not_named", board=self._board, reason=str(failure))

    def _note_held(self, doc_id: PageDocId, *, is_held: bool) -> None:
        """Count the pages in memory; one that failed is loaded again without being put away."""
        before = len(self._held)
        (self._held.add if is_held else self._held.discard)(doc_id)
        BOARD_PAGES.inc(len(self._held) - before)

    # What fails, told once

    def _fail(self, doc_id: PageDocId, reason: str) -> None:
        if not self._failing:
            log.error("board.not_saved", board=self._board, reason=reason)
        self._failing.add(doc_id)
        self._core.commit_failed(doc_id, now=self._monotonic())

    def _heal(self, doc_id: PageDocId) -> None:
        if doc_id in self._failing:
            self._failing.discard(doc_id)
            if not self._failing:
                log.info("board.saved", board=self._board)
