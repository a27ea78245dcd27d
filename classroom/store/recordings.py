"""Recordings: begun, found, listed, changed, deleted. Whether somebody may the caller decides.

Everything here may raise StoreFailed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from classroom.ids import RoomId
from classroom.store.boards import failing
from classroom.store.recording_tables import Recording

State = Literal["recording", "interrupted", "processing", "ready", "erasing", "broken", "deleting"]
UNFINISHED: tuple[State, ...] = ("recording", "interrupted", "processing")

REMIND_MAX = 365
REMIND_DAYS = 7
"""Where no room says it any more."""

Cut = tuple[int, int]
"""From and to, in ms of recording time."""


@dataclass(frozen=True, slots=True)
class NewRecording:
    """A recording that begins. `owner` is an account, or empty; `policy` is the room's."""

    id: str
    room_id: RoomId
    room_title: str
    lesson_id: str
    title: str
    owner: str
    policy: str
    began_at: datetime
    delete_after: datetime | None


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """A recording as it is stored. `room_id` is None, and what is said of the room as when it
    began, once the room is gone."""

    id: str
    room_id: RoomId | None
    room_code: str
    room_title: str
    lets_members: bool
    """Whether who took part may watch, as its room says now."""
    lesson_id: str
    title: str
    owner: str
    state: State
    fault: str
    progress: int
    """Of what is being made of it, 0 to 100."""
    began_at: datetime
    ended_at: datetime | None
    duration_ms: int
    bytes: int
    people: int
    agreed: int
    policy: str
    delete_after: datetime | None
    hold: bool
    hold_why: str
    cuts: tuple[Cut, ...]
    store: str
    created_at: datetime


async def create_recording(new: NewRecording) -> None:
    """It begins. Part of the transaction it is called in."""
    with failing():
        await Recording.create(
            id=new.id,
            room_id=new.room_id,
            room_title=new.room_title,
            lesson_id=new.lesson_id,
            title=new.title,
            owner=new.owner,
            state="recording",
            policy=new.policy,
            began_at=new.began_at,
            delete_after=new.delete_after,
            created_at=new.began_at,
        )


async def find_recording(recording_id: str) -> RecordingRow | None:
    """The recording, or None."""
    with failing():
        row = await Recording.filter(id=recording_id).select_related("room").first()
    return None if row is None else _row(row)


async def recordings_of(
    *,
    owner: str = "",
    room_ids: Collection[str] = (),
    before: datetime | None = None,
    words: str = "",
    limit: int,
) -> list[RecordingRow]:
    """Those of an account, and those of rooms; newest first, begun before `before`, with all the
    words in their title or that of their room."""
    mine = Q(owner=owner) if owner else Q(id="")
    if room_ids:
        mine |= Q(room_id__in=list(room_ids))
    asked = Recording.filter(mine).exclude(state="deleting")
    if before is not None:
        asked = asked.filter(began_at__lt=before)
    for word in words.split():
        asked = asked.filter(Q(title__icontains=word) | Q(room_title__icontains=word))
    return await _rows(asked.order_by("-began_at", "id").limit(limit))


async def recordings_in(states: Sequence[State]) -> list[RecordingRow]:
    """Those in one of these states, the oldest first."""
    return await _rows(Recording.filter(state__in=list(states)).order_by("began_at", "id"))


async def recordings_for(ids: Collection[str]) -> list[RecordingRow]:
    """Those with these ids that are not being deleted, newest first."""
    asked = Recording.filter(id__in=list(ids)).exclude(state="deleting")
    return await _rows(asked.order_by("-began_at", "id"))


async def recordings_of_room(room_id: RoomId) -> list[str]:
    """The ids of all recordings of a room."""
    with failing():
        found = await Recording.filter(room_id=room_id).values_list("id", flat=True)
    return [str(one) for one in found]


async def held_in_room(room_id: RoomId) -> bool:
    """Whether a recording of the room is held."""
    with failing():
        return await Recording.filter(room_id=room_id, hold=True).exists()


async def expiring_recordings(at: datetime) -> list[RecordingRow]:
    """Those that end within the days their room says, and whose owner was not told yet."""
    last = timedelta(days=REMIND_MAX)
    soon = Recording.filter(
        delete_after__gt=at, delete_after__lte=at + last, reminded_at=None, hold=False
    ).exclude(state="deleting")
    with failing():
        rows = await soon.order_by("delete_after", "id").select_related("room")
    return [_row(row) for row in rows if _is_near(row, at)]


async def expired_recordings(at: datetime) -> list[RecordingRow]:
    """Those whose time is over: not those that are held, nor one that is recorded now."""
    over = Recording.filter(delete_after__lte=at, hold=False)
    return await _rows(over.exclude(state__in=("deleting", "recording")).order_by("delete_after"))


def _is_near(row: Recording, at: datetime) -> bool:
    days = row.room.recording_remind if row.room_id is not None and row.room else REMIND_DAYS
    return row.delete_after is not None and row.delete_after <= at + timedelta(days=days)


async def used_bytes(owner: str) -> int:
    """What all recordings of an account take; "" is those of nobody."""
    with failing():
        found = await Recording.filter(owner=owner).values("id", "bytes")
    return sum(int(row["bytes"]) for row in found)


async def change_recording(recording_id: str, **new: Any) -> bool:
    """Give it new values: `title`, `state`, `fault`, `progress`, `ended_at`, `duration_ms`,
    `bytes`, `people`, `agreed`, `delete_after`, `reminded_at`, `hold`, `hold_why`, `cuts` (pairs),
    `store`. Whether it is there. One that is being deleted does not come back."""
    if "cuts" in new:
        new["cuts"] = json.dumps(new["cuts"], separators=(",", ":"))
    with failing():
        living = Recording.filter(id=recording_id).exclude(state="deleting")
        return await living.update(**new) > 0


async def move_recording(recording_id: str, *, to: State, out_of: Sequence[State]) -> bool:
    """Whether it was in one of these states and is in the new one now."""
    with failing():
        there = Recording.filter(id=recording_id, state__in=list(out_of))
        return await there.update(state=to, progress=0) > 0


async def forget_recording(recording_id: str) -> None:
    """Take its row away, with all that hangs on it; who watched and its record stay."""
    with failing():
        await Recording.filter(id=recording_id).delete()


async def _rows(asked: QuerySet[Recording]) -> list[RecordingRow]:
    with failing():
        return [_row(row) for row in await asked.select_related("room")]


def _row(row: Recording) -> RecordingRow:
    room = row.room if row.room_id is not None else None
    return RecordingRow(
        id=row.id,
        room_id=None if row.room_id is None else RoomId(row.room_id),
        room_code="" if room is None else room.code,
        room_title=row.room_title if room is None else room.title,
        lets_members=room is not None and room.recording_members,
        lesson_id=row.lesson_id,
        title=row.title,
        owner=row.owner,
        state=row.state,  # type: ignore[arg-type]
        fault=row.fault,
        progress=row.progress,
        began_at=row.began_at,
        ended_at=row.ended_at,
        duration_ms=row.duration_ms,
        bytes=row.bytes,
        people=row.people,
        agreed=row.agreed,
        policy=row.policy,
        delete_after=row.delete_after,
        hold=row.hold,
        hold_why=row.hold_why,
        cuts=tuple((int(start), int(stop)) for start, stop in json.loads(row.cuts)),
        store=row.store,
        created_at=row.created_at,
    )
