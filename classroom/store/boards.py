"""The page lists of rooms' boards: loaded when a class opens, saved as often as they change.

What lies on the pages is kept by `board_pages`; pictures by `board_assets`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from classroom.ids import RoomId
from classroom.room.board import BoardState
from classroom.room.page import BoardPage, Placement
from classroom.store.database import FAILURES
from classroom.store.page_rows import read_pages, read_placements, write_pages, write_placements
from classroom.store.placement_tables import BoardPlacement
from classroom.store.tables import Board, BoardClient, BoardDoc
from whiteboard.store import StoreFailed

BOARDS_REMEMBERED = 64
"""Of how many rooms the list written last is known, so that the same is not written again."""
CHUNK = 500
"""Rows a statement names."""

Written = tuple[tuple[BoardPage, ...], tuple[Placement, ...]]


@contextmanager
def failing() -> Iterator[None]:
    """What a database raises that cannot do it becomes StoreFailed."""
    try:
        yield
    except (*FAILURES, RuntimeError) as error:  # RuntimeError: it is closed
        reason = str(error) or type(error).__name__
        raise StoreFailed(reason.splitlines()[0]) from error


async def load_board(room_id: RoomId) -> BoardState | None:
    """The room's board with its pens and its presenter as at the beginning of a class, or None.

    Raises StoreFailed.
    """
    with failing():
        row = await Board.get_or_none(room_id=room_id)
    if row is None:
        return None
    placements = read_placements(row.placements)
    return BoardState(row.id, read_pages(row.pages), row.page_id, placements=placements)


class BoardLists:
    """Writes the lists of pages. Turning a page writes which one it is and not the whole list: with
    slides that would be hundreds of kilobytes each time."""

    def __init__(self) -> None:
        self._written: OrderedDict[RoomId, Written] = OrderedDict()

    async def save(self, room_id: RoomId, board: BoardState, *, at: datetime) -> None:
        """Keep the list of pages; the first time this makes the board. Raises StoreFailed."""
        written = (board.pages, board.placements)
        is_known = self._written.pop(room_id, None) == written
        if not (is_known and await _save_turn(room_id, board, at)):
            await save_board(room_id, board, at=at)
        self._written[room_id] = written
        if len(self._written) > BOARDS_REMEMBERED:
            self._written.popitem(last=False)


async def save_board(room_id: RoomId, board: BoardState, *, at: datetime) -> None:
    """Keep the whole list of pages; the first time this makes the board. Raises StoreFailed."""
    row: dict[str, Any] = {
        "pages": write_pages(board.pages),
        "placements": write_placements(board.placements),
        "page_id": board.page_id,
        "updated_at": at,
    }
    with failing():
        async with in_transaction():
            if not await Board.filter(id=board.board_id, room_id=room_id).update(**row):
                await Board.create(id=board.board_id, room_id=room_id, **row)


async def _save_turn(room_id: RoomId, board: BoardState, at: datetime) -> bool:
    """Write the class's page alone; whether the board is there."""
    with failing():
        known = Board.filter(id=board.board_id, room_id=room_id)
        return await known.update(page_id=board.page_id, updated_at=at) > 0


async def sweep_board(board: BoardState) -> int:
    """Delete what no page of the board can show any more, nor a page of a deck that was put away;
    how many documents went.

    For the opening of a class, when no removed page can be brought back. It also takes away what
    was made for a later epoch that was never begun. Raises StoreFailed.
    """
    with failing():
        pages = [*board.pages, *await _pages_put_away(board.board_id)]
        shown = {(page.id, page.epoch) for page in pages}
        shown |= {(page.id, page.cleared_epoch) for page in pages if page.cleared_epoch is not None}
        names = {page.id for page in pages}
        async with in_transaction():
            docs = BoardDoc.filter(board_id=board.board_id)
            rows = await docs.values_list("id", "page_id", "epoch")
            gone = [row for row, page, epoch in rows if (page, epoch) not in shown]
            for some in _chunks(gone):
                await BoardDoc.filter(id__in=some).delete()
            clients = BoardClient.filter(board_id=board.board_id)
            nobodys = [
                row for row, page in await clients.values_list("id", "page_id") if page not in names
            ]
            for some in _chunks(nobodys):
                await BoardClient.filter(id__in=some).delete()
    return len(gone)


async def _pages_put_away(board_id: str) -> list[BoardPage]:
    rows = BoardPlacement.filter(room__board__id=board_id)
    texts = await rows.values_list("pages", flat=True)
    return [page for text in texts for page in read_pages(str(text))]


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
