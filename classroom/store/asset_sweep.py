"""Pictures that lie on no page any more: found in what is stored of the pages, and taken away.

For the opening of a class. An undo brings a picture back within its lesson at most, so one that was
sent lately stays whatever the pages say.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

from classroom.ids import RoomId
from classroom.store.boards import failing
from classroom.store.placement_tables import BoardPlacement
from classroom.store.tables import Board, BoardAsset, BoardDoc, BoardUpdate

KEPT_FOR = timedelta(days=1)
KEY = b"asset"
"""Under which an item of a page names its picture."""
BETWEEN_MAX = 6
"""Bytes between the key and the name: what kind of value follows, and its length."""


async def sweep_pictures(
    room_id: RoomId,
    remove: Callable[[RoomId, str], Awaitable[None]],
    *,
    at: datetime,
) -> int:
    """Take away the room's pictures that no stored page names; how many went.

    After `boards.sweep_board`: what it left is shown, or can be brought back. `remove` takes away
    the file of a picture, silent when there is none; a picture goes after its file, so that what
    was interrupted is done the next time. Raises StoreFailed.
    """
    with failing():
        rows = BoardAsset.filter(board__room_id=room_id, created_at__lt=at - KEPT_FOR)
        left = {row["id"].encode(): row["board_id"] for row in await rows.values("id", "board_id")}
        async for content in _contents(next(iter(left.values()), None)):
            for name in await asyncio.to_thread(names_in, content, frozenset(left)):
                del left[name]
            if not left:
                return 0
        gone = [name.decode() for name in left]
        for name in gone:
            await remove(room_id, name)
        await BoardAsset.filter(id__in=gone).delete()
    return len(gone)


def names_in(content: bytes, names: frozenset[bytes]) -> set[bytes]:
    """Which of the names stand in a document or an update of one (Yjs, version 1).

    There the value of a key follows it, and text stands as it is, so nothing has to be decoded. It
    may find more than the items of the page name, never less.
    """
    lengths = {len(name) for name in names}
    found: set[bytes] = set()
    at = content.find(KEY)
    while at >= 0:
        at += len(KEY)
        for start in range(at, at + BETWEEN_MAX):
            found |= names & {content[start : start + length] for length in lengths}
        at = content.find(KEY, at)
    return found


async def _contents(board_id: str | None) -> AsyncIterator[bytes]:
    """Everything stored of the board's pages, some of one at a time; nothing without a board.

    First the lists of pages, also of decks that were put away: there a picture under a page stands
    as `asset:` and its name.
    """
    if board_id is None:
        return
    for table, of_board in (
        (Board, {"id": board_id}),
        (BoardPlacement, {"room__board__id": board_id}),
    ):
        for pages in await table.filter(**of_board).values_list("pages", flat=True):
            yield str(pages).encode()
    for doc in await BoardDoc.filter(board_id=board_id).values_list("id", flat=True):
        for row in await BoardDoc.filter(id=doc).values("snapshot"):
            if row["snapshot"] is not None:
                yield await asyncio.to_thread(zlib.decompress, row["snapshot"])
        updates = await BoardUpdate.filter(doc_id=doc).values_list("data", flat=True)
        yield b"".join(bytes(update) for update in updates)
