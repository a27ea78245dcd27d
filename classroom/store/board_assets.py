"""Pictures of boards: what is known of each, and how much a room has. The bytes are `blobs`'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise.functions import Count, Sum
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import RoomId
from classroom.store.tables import Board, BoardAsset

COUNT_MAX = 500
BYTES_MAX = 200 * 1024 * 1024
"""Of all pictures of one board."""


@dataclass(frozen=True, slots=True)
class AssetRow:
    """A picture; `kind` is its media type, `bytes` its size as it is kept."""

    id: str
    kind: str
    width: int
    height: int
    bytes: int


async def must_have_place(room_id: RoomId, size: int) -> None:
    """Refused `asset.limit` when `size` bytes more are too many for the room's board."""
    rows = (
        await BoardAsset.filter(board__room_id=room_id)
        .annotate(pictures=Count("id"), taken=Sum("bytes"))
        .group_by("board_id")
        .values("pictures", "taken")
    )
    count, taken = (rows[0]["pictures"], int(rows[0]["taken"])) if rows else (0, 0)
    if count >= COUNT_MAX or taken + size > BYTES_MAX:
        raise Refused("asset.limit", {"max": COUNT_MAX, "megabytes": BYTES_MAX // 1024**2})


async def add_asset(room_id: RoomId, asset: AssetRow, *, at: datetime) -> None:
    """Note a picture; Refused `asset.limit`, or `room.unknown` when the room has no board."""
    async with in_transaction():
        board = await Board.get_or_none(room_id=room_id)
        if board is None:
            raise Refused("room.unknown")
        await must_have_place(room_id, asset.bytes)
        await BoardAsset.create(
            id=asset.id,
            board_id=board.id,
            kind=asset.kind,
            width=asset.width,
            height=asset.height,
            bytes=asset.bytes,
            created_at=at,
        )


async def find_asset(room_id: RoomId, asset_id: str) -> AssetRow | None:
    """A picture of the room's board, or None."""
    row = await BoardAsset.get_or_none(id=asset_id, board__room_id=room_id)
    if row is None:
        return None
    return AssetRow(row.id, row.kind, row.width, row.height, row.bytes)
