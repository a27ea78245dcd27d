"""Rooms: made, found, changed, deleted. Whether somebody may is decided by the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from classroom.clock import utc_now
from classroom.errors import LocalError
from classroom.ids import AccountId, RoomId, new_id, new_room_code
from classroom.people.seat import SeatClaims
from classroom.store.tables import BOOKING, CLASS, Room
from classroom.store.webhooks import News, tell_hooks

TITLE_MAX = 120
CODE_TRIES = 5
"""A collision of two random codes is about one in 10 ** 11 per room; five in a row is a bug."""


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room as it is stored. `owner_id` is None for the demo class."""

    id: RoomId
    code: str
    title: str
    owner_id: AccountId | None
    owner_name: str
    """Empty when nobody owns the room."""
    created_at: datetime
    capacity: int | None = None
    """How many may be in it; None is what the operator set."""
    has_lobby: bool = False
    """Whether newcomers wait when a class begins."""
    lets_enrolled_in: bool = True
    """Whether enrolled people come in past the lobby."""
    is_enrolled_only: bool = False
    """Whether nobody comes in who is not enrolled, but for who teaches."""
    recording_policy: str = "ask"
    """"ask", "required" or "never"."""
    recording_days: int = 180
    """How long a recording is kept."""
    recording_remind: int = 7
    """How many days before that its owner is told."""
    recording_members: bool = True
    """Whether who took part and is known may watch."""
    kind: str = CLASS

    @property
    def is_of_talk(self) -> bool:
        """Whether it is that of an appointment, where nobody comes in as a guest."""
        return self.kind == BOOKING

    def has_lost(self, seat: SeatClaims) -> bool:
        """Whether the seat was that of somebody who led this room of an appointment, and leads it
        no more: they left the team."""
        return self.is_of_talk and not seat.enrolment and seat.account_id != self.owner_id


async def create_room(
    title: str, *, owner_id: AccountId | None, at: datetime, kind: str = CLASS
) -> RoomRow:
    """A new room with a code of its own."""
    for _ in range(CODE_TRIES):
        try:
            async with in_transaction():
                room = await Room.create(
                    id=new_id(),
                    code=new_room_code(),
                    title=title,
                    owner_id=owner_id,
                    kind=kind,
                    created_at=at,
                )
                await _tell("created", room, at)
        except IntegrityError:
            continue
        found = await room_by_id(RoomId(room.id))
        if found is not None:
            return found
    raise LocalError("no free room code was found")


async def room_by_id(room_id: RoomId) -> RoomRow | None:
    """The room, or None."""
    return await _first(id=room_id)


async def room_by_code(code: str) -> RoomRow | None:
    """The room with this code in its one spelling (see `ids.read_room_code`), or None."""
    return await _first(code=code)


async def rooms_of(owner_id: AccountId) -> list[RoomRow]:
    """Own rooms but those of appointments, newest first."""
    own = Room.filter(owner_id=owner_id, kind=CLASS).order_by("-created_at", "id")
    return [_row(room) for room in await own.select_related("owner")]


async def change_room(room_id: RoomId, **new: str | int | bool | None) -> RoomRow | None:
    """The room with new values of its row, `title` to `recording_members`; None when it is gone."""
    if new:
        await Room.filter(id=room_id).update(**new)
    return await room_by_id(room_id)


async def delete_room(room_id: RoomId) -> bool:
    """Whether there was one to delete."""
    async with in_transaction():
        room = await Room.get_or_none(id=room_id)
        if room is not None:
            await _tell("deleted", room, utc_now())
        return await Room.filter(id=room_id).delete() > 0


async def _tell(what: str, room: Room, at: datetime) -> None:
    data = {"code": room.code, "title": room.title}
    news = News(f"{room.id}.{what}", f"room.{what}", data, at)
    await tell_hooks(RoomId(room.id), [news])


async def _first(**where: str) -> RoomRow | None:
    room = await Room.filter(**where).select_related("owner").first()
    return None if room is None else _row(room)


def _row(room: Room) -> RoomRow:
    owner = room.owner if room.owner_id is not None else None
    return RoomRow(
        id=RoomId(room.id),
        code=room.code,
        title=room.title,
        owner_id=AccountId(room.owner_id) if room.owner_id is not None else None,
        owner_name=owner.name if owner is not None else "",
        created_at=room.created_at,
        capacity=room.capacity,
        has_lobby=room.has_lobby,
        lets_enrolled_in=room.lets_enrolled_in,
        is_enrolled_only=room.is_enrolled_only or room.kind == BOOKING,
        recording_policy=room.recording_policy,
        recording_days=room.recording_days,
        recording_remind=room.recording_remind,
        recording_members=room.recording_members,
        kind=room.kind,
    )
