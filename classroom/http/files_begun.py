"""How a file of a class begins: announced by a browser, or made here for somebody who sends it."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import BinaryIO

from classroom.blobs.files import pieces_of
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_desk import FilesDesk
from classroom.http.files_space import NewFileBody, note_file
from classroom.people.seat import SeatClaims
from classroom.store.files import FileRow

CHECKS = 12
"""How often a file that was made here is asked for; each waits some seconds for the scanner."""
COME_BACK_S = 5


async def begin_file(doors: Doors, desk: FilesDesk, seat: SeatClaims, new: NewFileBody) -> str:
    """Wait for a file of the seat's holder, who may send one; its id. What nobody needs makes space
    for it. Refused as `note_file`, `storage.full`."""
    try:
        file_id = await note_file(doors, seat, new)
    except Refused as refused:
        is_full = refused.code in ("file.limit", "file.share")
        if not is_full or not await desk.make_space(seat.room_id):
            raise
        file_id = await note_file(doors, seat, new)
    await desk.open(seat.room_id, file_id)
    return file_id


async def hand_out(
    doors: Doors, desk: FilesDesk, seat: SeatClaims, name: str, made: BinaryIO
) -> FileRow:
    """Send everybody what was made for the seat's holder. Refused as if they sent it themselves,
    `server.busy` when it cannot be checked in time."""
    new = NewFileBody(name=name, bytes=os.fstat(made.fileno()).st_size)
    row = await desk.own_file(seat, await begin_file(doors, desk, seat, new))
    is_shared = False
    try:
        await desk.append(row, 0, pieces_of(made))
        for _ in range(CHECKS):
            if (await desk.progress(row)).is_ready:
                doors.live.share_file(row.room_id, row.owner, row.id)
                is_shared = True
                return row
        raise Refused("server.busy", {"retry_after_s": COME_BACK_S})
    finally:
        if not is_shared:
            with suppress(Refused):  # one that is still checked goes with those nobody sent
                await asyncio.shield(desk.discard(row))
