"""The files of a client's talks, as far as both sides saw them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from classroom.ids import RoomId
from classroom.room.chat_scope import PERSON
from classroom.room.file_card import FileCard
from classroom.store.booking_tables import Booking
from classroom.store.erasing_client import rooms_of
from classroom.store.files import FileRow, files_of

TALKS_MAX = 500


@dataclass(frozen=True, slots=True)
class TalkFile:
    """A file with the booking it belongs to; `is_given`: the client got it with the summary."""

    file: FileRow
    booking_id: str
    from_s: int
    is_given: bool


async def files_with(client_id: str) -> list[tuple[RoomId, FileCard]]:
    """With the room each was sent in; none that went from one person to another alone."""
    return [
        (room_id, row.card())
        for room_id in await rooms_of(client_id)
        for row in await files_of(room_id)
        if _is_shared(row)
    ]


async def files_of_talks(client_id: str) -> list[TalkFile]:
    """What was sent in the rooms of their talks, the newest talk first. Of a room they had with
    others only what they were given with a summary."""
    alone = set(await rooms_of(client_id))
    rows = (
        await Booking.filter(client_id=client_id, appointment__room_id__not_isnull=True)
        .select_related("appointment")
        .order_by("-appointment__from_s", "-id")
        .limit(TALKS_MAX)
    )
    found: dict[str, TalkFile] = {}
    for row in rows:
        room_id = RoomId(row.appointment.room_id or "")
        given = {one["id"] for one in json.loads(row.files)}
        if room_id not in alone and not given:
            continue
        for file in await files_of(room_id):
            if _is_shared(file) and (room_id in alone or file.id in given):
                one = TalkFile(file, row.id, row.appointment.from_s, file.id in given)
                found.setdefault(file.id, one)
    return list(found.values())


def _is_shared(row: FileRow) -> bool:
    return row.state == "ready" and row.scope != "" and not row.scope.startswith(PERSON)
