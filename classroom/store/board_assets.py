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
SHARE_COUNT_MAX = 100
SHARE_BYTES_MAX = 60 * 1024 * 1024
"""Of those that one person put there who does not lead the class."""


@dataclass(frozen=True, slots=True)
class AssetRow:
    """A picture; `kind` is its media type, `bytes` its size as it is kept."""

    id: str
    kind: str
    width: int
    height: int
    bytes: int


async def must_have_place(room_id: RoomId, size: int, *, author: str, has_share: bool) -> None:
    """Refused when `size` bytes more are too many: `asset.limit` for the room's board, and for the
    author `asset.share`, when they only have a share of it.
    """
    rows = (
        await BoardAsset.filter(board__room_id=room_id)
        .annotate(pictures=Count("id"), taken=Sum("bytes"))
        .group_by("author")
        .values("author", "pictures", "taken")
    )
    _check(sum(row["pictures"] for row in rows), sum(int(row["taken"]) for row in rows) + size)
    own = [row for row in rows if row["author"] == author]
    if has_share and own:
        _check_share(own[0]["pictures"], int(own[0]["taken"]) + size)


def _check(count: int, taken: int) -> None:
    if count >= COUNT_MAX or taken > BYTES_MAX:
        raise Refused("asset.limit", {"max": COUNT_MAX, "megabytes": BYTES_MAX // 1024**2})


def _check_share(count: int, taken: int) -> None:
    if count >= SHARE_COUNT_MAX or taken > SHARE_BYTES_MAX:
        bounds = {"max": SHARE_COUNT_MAX, "megabytes": SHARE_BYTES_MAX // 1024**2}
        raise Refused("asset.share", bounds)


async def add_asset(
    room_id: RoomId, asset: AssetRow, *, author: str, has_share: bool, at: datetime
) -> None:
    """Note a picture; refused like `must_have_place`, or `room.unknown` without a board."""
    async with in_transaction():
        board = await Board.get_or_none(room_id=room_id)
        if board is None:
            raise Refused("room.unknown")
        await must_have_place(room_id, asset.bytes, author=author, has_share=has_share)
        await BoardAsset.create(
            id=asset.id,
            board_id=board.id,
            kind=asset.kind,
            width=asset.width,
            height=asset.height,
            bytes=asset.bytes,
            author=author,
            created_at=at,
        )


async def find_asset(room_id: RoomId, asset_id: str) -> AssetRow | None:
    """A picture of the room's board, or None."""
    row = await BoardAsset.get_or_none(id=asset_id, board__room_id=room_id)
    if row is None:
        return None
    return AssetRow(row.id, row.kind, row.width, row.height, row.bytes)
