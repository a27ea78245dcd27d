"""The page lists of rooms' boards: loaded when a class opens, saved as often as they change.

What lies on the pages is kept by `board_pages`; pictures by `board_assets`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from classroom.ids import RoomId
from classroom.room.board import BoardState
from classroom.room.page import BoardPage
from classroom.store.database import FAILURES
from classroom.store.tables import Board, BoardClient, BoardDoc
from whiteboard.store import StoreFailed

_PAGE_FIELDS = frozenset(field.name for field in fields(BoardPage))


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
        pages = tuple(_read_page(page) for page in json.loads(row.pages))
        return BoardState(row.id, pages, row.page_id)


async def save_board(room_id: RoomId, board: BoardState, *, at: datetime) -> None:
    """Keep the whole list of pages; the first time this makes the board. Raises StoreFailed."""
    pages = json.dumps([asdict(page) for page in board.pages], separators=(",", ":"))
    with failing():
        async with in_transaction():
            known = Board.filter(id=board.board_id, room_id=room_id)
            if not await known.update(pages=pages, page_id=board.page_id, updated_at=at):
                await Board.create(
                    id=board.board_id,
                    room_id=room_id,
                    pages=pages,
                    page_id=board.page_id,
                    updated_at=at,
                )


async def sweep_board(board: BoardState) -> int:
    """Delete what no page of the board can show any more; how many documents went.

    For the opening of a class, when no removed page can be brought back. It also takes away what
    was made for a later epoch that was never begun. Raises StoreFailed.
    """
    with failing():
        shown = Q(join_type="OR")
        for page in board.pages:
            epochs = [page.epoch, *([] if page.cleared_epoch is None else [page.cleared_epoch])]
            shown |= Q(page_id=page.id, epoch__in=epochs)
        async with in_transaction():
            gone = await BoardDoc.filter(~shown, board_id=board.board_id).values_list(
                "id", flat=True
            )
            await BoardDoc.filter(id__in=gone).delete()
            names = [page.id for page in board.pages]
            await BoardClient.filter(board_id=board.board_id).exclude(page_id__in=names).delete()
    return len(gone)


def _read_page(row: dict[str, Any]) -> BoardPage:
    """A page as it was saved, also by a later version that knew more about it."""
    return BoardPage(**{name: row[name] for name in row.keys() & _PAGE_FIELDS})
