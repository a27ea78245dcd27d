"""Decks that were put away in a room, so that a later lesson goes on with what was drawn on them.

Of a room the last `KEPT_MAX` stay. One that is on the stage again stays here too: what its row says
is what it was when it was put away last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from classroom.ids import RoomId
from classroom.room.page import BoardPage, KeptPlacement, Placement
from classroom.store.boards import failing
from classroom.store.page_rows import read_pages, read_placements, write_pages, write_placements
from classroom.store.placement_tables import BoardPlacement

KEPT_MAX = 10


async def keep_placement(
    room_id: RoomId, placement: Placement, pages: Sequence[BoardPage], at: datetime
) -> None:
    """Keep it as it is now; the oldest of too many goes. Raises StoreFailed."""
    row: dict[str, Any] = {
        "deck_id": placement.deck_id,
        "deck": write_placements([placement]),
        "pages": write_pages(pages),
        "left_at": at,
    }
    with failing():
        async with in_transaction():
            known = BoardPlacement.filter(id=placement.id, room_id=room_id)
            if not await known.update(**row):
                await BoardPlacement.create(id=placement.id, room_id=room_id, **row)
            rows = BoardPlacement.filter(room_id=room_id).order_by("-left_at", "id")
            ids = await rows.values_list("id", flat=True)
            await BoardPlacement.filter(id__in=list(ids)[KEPT_MAX:]).delete()


async def kept_placements(room_id: RoomId, deck_id: str) -> list[KeptPlacement]:
    """Those of a deck, the one put away last first. Raises StoreFailed."""
    with failing():
        rows = BoardPlacement.filter(room_id=room_id, deck_id=deck_id)
        return [_value(row) for row in await rows.order_by("-left_at", "id")]


async def find_placement(room_id: RoomId, placement_id: str) -> KeptPlacement | None:
    """One that was put away in this room. Raises StoreFailed."""
    with failing():
        row = await BoardPlacement.get_or_none(id=placement_id, room_id=room_id)
    return None if row is None else _value(row)


def _value(row: BoardPlacement) -> KeptPlacement:
    (placement,) = read_placements(row.deck)
    return KeptPlacement(placement, read_pages(row.pages), row.left_at)
