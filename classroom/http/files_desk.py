"""What all routes of files share: where files lie, whose a file is, and what becomes of one that
has come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from classroom.blobs.drafts import DraftStore
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_uploads import Uploads, UploadTold
from classroom.http.limits import fine
from classroom.http.pieces import PieceTurns
from classroom.http.shown_seat import seat_key, seat_of
from classroom.ids import RoomId, may_be_id
from classroom.live.files_disposal import FilesDisposal
from classroom.people.seat import SeatClaims
from classroom.store.files import FileRow, find_file, forget_files, unsent_files

IDLE_MAX_S = 300.0
"""A file that does not come on for so long gives its space to others who need it."""
WASTED_TRIES = 3
"""That a file costs its sender which does not pass, beside its own."""


class FilesDesk:
    """Made once for all routes of files."""

    def __init__(self, doors: Doors, drafts: DraftStore) -> None:
        self.drafts = drafts
        self.disposal = FilesDisposal(drafts)
        self._doors = doors
        self._uploads = Uploads(drafts, doors.settings.scan_command)
        self._turns = PieceTurns(doors.limits.file_piece)

    def seat_inside(self, code: str) -> SeatClaims:
        """The seat that is shown, of somebody who is in the class; Refused `room.not_joined`."""
        seat = seat_of(self._doors, code)
        if not self._doors.live.is_inside(seat.room_id, seat.participant_id):
            raise Refused("room.not_joined")
        return seat

    async def own_file(self, seat: SeatClaims, file_id: str) -> FileRow:
        """A file of the seat's holder; Refused `file.unknown` for any other."""
        row = await find_file(seat.room_id, file_id) if may_be_id(file_id) else None
        if row is None or row.owner != seat.participant_id:
            raise Refused("file.unknown")
        return row

    async def make_space(self, room_id: RoomId) -> int:
        """Take away what keeps space from others: files that nobody sent, of who is not in the
        class any more, or that did not come on for some minutes; how many went."""
        idle = []
        for row in await unsent_files(room_id):
            if await self._is_idle(row) and not self._is_needed(row):
                self._doors.live.drop_file(room_id, row.id)
                idle.append(row.id)
        await self.disposal.remove(room_id, idle)
        return len(idle)

    async def _is_idle(self, row: FileRow) -> bool:
        if not self._doors.live.is_inside(row.room_id, row.owner):
            return True
        if row.state != "coming":
            return False
        moved_at = await self.drafts.moved_at(row.room_id, row.id) or row.created_at.timestamp()
        return utc_now().timestamp() - moved_at > IDLE_MAX_S

    def _is_needed(self, row: FileRow) -> bool:
        """The class knows that it was sent before the table does."""
        is_sent = self._doors.live.is_sent(row.room_id, row.id)
        return is_sent or self._uploads.is_at_work(row.id)

    async def open(self, room_id: RoomId, file_id: str) -> None:
        """Begin to take in a file that is noted; Refused `storage.full`, and it is forgotten."""
        try:
            await self.drafts.open_draft(room_id, file_id)
        except Refused:
            await forget_files(room_id, [file_id])
            raise

    async def take_turn(self, seat: SeatClaims) -> None:
        """Wait as long as pieces of this person come faster than they may."""
        await self._turns.take(seat_key(seat))

    async def append(self, row: FileRow, offset: int, body: AsyncIterator[bytes]) -> None:
        """Write a piece at the end of the file. Refused as `Uploads.append`."""
        try:
            await self._uploads.append(row, offset, body)
        except Refused as refused:
            if refused.code == "file.size":
                megabytes = self._doors.settings.file_mb
                raise Refused("file.size", {"megabytes": megabytes}) from refused
            raise

    async def progress(self, row: FileRow) -> UploadTold:
        """How far it has come; one that is ready is given to its sender, who may be away for a
        moment. Refused with what a check found."""
        try:
            told = await self._uploads.progress(row)
        except Refused:
            if row.state == "coming":
                fine(self._doors.limits.file_new, f"{row.room_id} {row.owner}", WASTED_TRIES)
            raise
        if not told.is_ready:
            return told
        ready = await find_file(row.room_id, row.id)
        if ready is None:
            raise Refused("file.unknown")
        return replace(told, is_ready=self._is_given(ready))

    def _is_given(self, row: FileRow) -> bool:
        try:
            self._doors.live.add_file(row.room_id, row.card())
        except Refused as refused:
            if refused.code == "seat.away":
                return False
            raise
        return True

    async def discard(self, row: FileRow) -> None:
        """Take away a file that was not sent. Refused `file.unknown` when it was, `upload.busy`."""
        if row.scope or self._doors.live.is_sent(row.room_id, row.id):
            raise Refused("file.unknown")
        if self._uploads.is_at_work(row.id):
            raise Refused("upload.busy")
        self._doors.live.drop_file(row.room_id, row.id)
        await self.disposal.remove(row.room_id, [row.id])
