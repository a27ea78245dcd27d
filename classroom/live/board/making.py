"""Makes what a changed page list will show: copies of pages, emptied and brought back epochs.

The content is stored first and the list is changed after it, so a crash between the two leaves
something nobody sees, and never a page without its content.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeAlias

import structlog

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.board.keeper import PageKeeper
from classroom.live.board.shelf import PageShelf
from classroom.room.board import BoardState
from classroom.room.kinds import Pen
from classroom.room.page import BoardPage
from whiteboard.errors import LocalError
from whiteboard.ids import BoardId, PageDocId, PageId
from whiteboard.page import Page
from whiteboard.store import StoreFailed

COPY_TRIES = 10
"""Of bringing a page back while somebody draws on it; a try takes some milliseconds."""
NOT_SAVED = "board.not_saved"
UNAVAILABLE = "board.unavailable"

Reserved: TypeAlias = Mapping[str, Mapping[ParticipantId, Pen]]
"""Of reserved pages, by id: whom they are there for, with their pens."""

log = structlog.get_logger("classroom.live.board")


class PageMaking:
    """Of one board. Refused `board.not_saved` when the store cannot, `page.unknown`."""

    def __init__(
        self,
        state: BoardState,
        shelf: PageShelf,
        keeper: PageKeeper[BoardState],
        held: Callable[[PageDocId], Page | None],
    ) -> None:
        """`held` gives a page that is in memory as it is now."""
        self.state = state
        self.turn = asyncio.Lock()
        """Held while content is made together with the change of the list."""
        self._shelf = shelf
        self._keeper = keeper
        self._held = held
        self._begun: set[PageDocId] = set()
        """Epochs that were made for pages and may never have become theirs."""

    async def kept(self) -> None:
        """Return when the page list is stored as it is now."""
        try:
            await self._keeper.kept()
        except StoreFailed as failure:
            raise Refused(NOT_SAVED) from failure

    async def copy_page(self, page_id: str, copy_id: str) -> None:
        """Store a new page with all that lies on another one."""
        page = self.state.page(page_id)
        copy = PageDocId(BoardId(self.state.board_id), PageId(copy_id), 0)
        await self._copy(copy, [self._doc(page, page.epoch)])

    async def is_empty(self, page_id: str) -> bool:
        """Whether nothing lies on a page now, so that clearing it would only lose what bringing
        back brings back."""
        page = self.state.page(page_id)
        try:
            return await self._shelf.is_empty(self._doc(page, page.epoch), self._held)
        except StoreFailed as failure:
            raise Refused(NOT_SAVED) from failure

    async def empty_next(self, page_id: str) -> None:
        """See that the next epoch of a page is empty, whatever was begun in it before."""
        page = self.state.page(page_id)
        following = self._doc(page, page.epoch + 1)
        if following in self._begun:
            await self._copy(following, [])
            self._begun.discard(following)

    async def bring_back(self, page_id: str) -> None:
        """Store the next epoch of a page: what was cleared, with what was drawn since.

        Nothing was drawn between the copy and the return. Refused `server.busy` when somebody
        draws on and on.
        """
        for _ in range(COPY_TRIES):
            page = self.state.page(page_id)
            if page.cleared_epoch is None:
                raise Refused("page.not_cleared")
            current, following = self._doc(page, page.epoch), self._doc(page, page.epoch + 1)
            self._begun.add(following)
            sources = [self._doc(page, page.cleared_epoch), current]
            _, copied = await self._copy(following, sources)
            held = self._held(current)
            if held is None or held.seq == copied:
                return
        raise Refused("server.busy")

    async def _copy(self, doc_id: PageDocId, sources: list[PageDocId]) -> list[int]:
        try:
            return await self._shelf.copy(doc_id, sources, self._held)
        except StoreFailed as failure:
            raise Refused(NOT_SAVED) from failure
        except LocalError as fault:  # what is kept of the pages does not fit together
            log.error("board.page_not_copied", page=str(doc_id), reason=str(fault))
            raise Refused(UNAVAILABLE) from fault

    def _doc(self, page: BoardPage, epoch: int) -> PageDocId:
        return PageDocId(BoardId(self.state.board_id), PageId(page.id), epoch)


def open_docs(state: BoardState) -> Mapping[PageId, PageDocId]:
    """The document each page shows now."""
    board = BoardId(state.board_id)
    return {PageId(page.id): PageDocId(board, PageId(page.id), page.epoch) for page in state.pages}


def locked_pages(state: BoardState) -> frozenset[PageId]:
    """The pages only staff draws on."""
    return frozenset(PageId(page.id) for page in state.pages if page.is_locked)


def reserved_pages(state: BoardState, pens: Reserved) -> Mapping[PageId, Mapping[str, Pen]]:
    """Every page that is not the class's, with those it is there for; one the class was not on
    yet is there for nobody but staff.

    What a page is, the list of pages says alone: between two of the room's decisions one that was
    reserved is never everybody's, and one that was given to the class never closed again.
    """
    return {
        PageId(page.id): {str(who): pen for who, pen in pens.get(page.id, {}).items()}
        for page in state.pages
        if page.belongs_to or not page.is_seen
    }
