"""The database keeps what every board store promises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from classroom.room.board import new_board
from classroom.store.board_pages import DatabaseBoardStore
from classroom.store.boards import save_board
from classroom.store.rooms import create_room
from tests.support.board_store import BOARDS, CHECKS, Check

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_keeps_its_promises(check: Check) -> None:
    for board_id in BOARDS:
        room = await create_room("Chemistry", owner_id=None, at=AT)
        await save_board(room.id, new_board(board_id, "page-1"), at=AT)
    await check(DatabaseBoardStore(lambda: AT))
