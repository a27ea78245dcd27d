"""Taking a room away with all that is in it: the class, recordings, board, pictures and files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from classroom.ids import RoomId
from classroom.jobs.recording_deletion import Deletion
from classroom.store.rooms import delete_room


class Folders(Protocol):
    """Where files of rooms lie, by room."""

    async def remove_folder(self, folder: str, /) -> None: ...


@dataclass(frozen=True, slots=True)
class RoomRemoval:
    """`end` ends a class that is on."""

    end: Callable[[RoomId], Awaitable[None]]
    deletion: Deletion
    folders: Sequence[Folders]

    async def remove(self, room_id: RoomId) -> None:
        """May be done again. Refused `recording.held` when a recording is kept for a legal
        reason."""
        await self.deletion.must_hold_none(room_id)
        await self.end(room_id)  # first: it still has something to store
        await self.deletion.delete_of_room(room_id)
        await delete_room(room_id)
        await self.end(room_id)  # whoever came in meanwhile
        for folder in self.folders:
            await folder.remove_folder(room_id)
