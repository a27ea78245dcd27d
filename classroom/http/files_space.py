"""Which files are waited for, and how much space a room and each person has for them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from classroom.blobs.kinds import kind_of
from classroom.blobs.names import clean_name
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.http.doors import Doors
from classroom.http.shown_seat import leads_class, seat_author
from classroom.ids import new_id
from classroom.people.seat import SeatClaims
from classroom.room.file_card import FILES_MAX
from classroom.store import files

MEGABYTE = 1024**2


class NewFileBody(Body):
    """A file that is announced. `kind` is what the browser takes it for."""

    name: str = Field(max_length=1000)
    bytes: int = Field(ge=0, le=2**50)
    kind: str = Field(default="", max_length=200)


@dataclass(frozen=True, slots=True)
class SpaceTold:
    """What is taken, and how much there may be; null is no bound of their own."""

    files: int
    bytes: int
    max_files: int | None
    max_bytes: int | None


@dataclass(frozen=True, slots=True)
class SpacesTold:
    """The space for files in a room."""

    file_max: int
    """The most bytes of one file."""
    room: SpaceTold
    own: SpaceTold


async def note_file(doors: Doors, seat: SeatClaims, body: NewFileBody) -> str:
    """Wait for a file from now on; its id. Refused `file.empty`, `file.size`, `file.type`,
    `file.limit`, `file.share`."""
    if body.bytes == 0:
        raise Refused("file.empty")
    if body.bytes > doors.settings.file_mb * MEGABYTE:
        raise Refused("file.size", {"megabytes": doors.settings.file_mb})
    name = clean_name(body.name)
    kind_of(name)
    new = files.NewFile(
        id=new_id(),
        name=name,
        bytes=body.bytes,
        owner=seat.participant_id,
        owner_name=seat.name,
        author=seat_author(seat),
    )
    bounds = files.Bounds(_room_max(doors), has_share=not leads_class(doors, seat))
    await files.add_file(seat.room_id, new, bounds, at=utc_now())
    return new.id


async def spaces(doors: Doors, seat: SeatClaims) -> SpacesTold:
    """What is taken of the room's space, and of the seat's own."""
    whole, own = await files.taken(seat.room_id, seat_author(seat), at=utc_now())
    is_staff = leads_class(doors, seat)
    return SpacesTold(
        file_max=doors.settings.file_mb * MEGABYTE,
        room=SpaceTold(whole.files, whole.bytes, FILES_MAX, _room_max(doors)),
        own=SpaceTold(
            own.files,
            own.bytes,
            None if is_staff else files.SHARE_FILES_MAX,
            None if is_staff else files.SHARE_BYTES_MAX,
        ),
    )


def _room_max(doors: Doors) -> int:
    return doors.settings.room_files_mb * MEGABYTE
