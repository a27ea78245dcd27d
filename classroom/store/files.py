"""What is known of the files of a room: coming, ready or refused, and to whom they were sent.

What they hold lies elsewhere. Bounds are of a room over all its lessons.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from tortoise.expressions import Q
from tortoise.functions import Count, Sum
from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.room.file_card import FILES_MAX, FileCard
from classroom.store.background import in_background
from classroom.store.boards import failing
from classroom.store.file_tables import RoomFile
from classroom.store.held import hold
from classroom.store.tables import Room

SHARE_FILES_MAX = 50
SHARE_BYTES_MAX = 200 * 1024 * 1024
"""Of those that one person sent lately who does not lead the class."""
SHARE_FOR = timedelta(hours=12)
"""A lesson, not the one of the day before: who comes each week is not asked to clear up first."""
KEPT_FOR = timedelta(days=1)
"""How long a file is waited for, or kept that nobody sends."""

FileState = Literal["coming", "ready", "refused"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file and whose it is. `kind` is empty until it is ready, `refusal` unless it is refused."""

    id: str
    room_id: RoomId
    owner: ParticipantId
    owner_name: str
    author: str
    name: str
    kind: str
    bytes: int
    state: FileState
    refusal: str
    scope: str
    width: int | None
    height: int | None
    created_at: datetime
    sent_at: datetime | None

    def card(self) -> FileCard:
        """As the class is told of a file that is ready: not sent to anybody yet."""
        return FileCard(
            id=self.id,
            name=self.name,
            kind=self.kind,
            bytes=self.bytes,
            participant_id=self.owner,
            owner_name=self.owner_name,
            at=self.created_at,
            width=self.width,
            height=self.height,
        )


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is announced."""

    id: str
    name: str
    bytes: int
    owner: ParticipantId
    owner_name: str
    author: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How many files there are, and how large they are together."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a room may have, and whether the author may only have a share of it."""

    room_bytes: int
    has_share: bool

    @property
    def files(self) -> int:
        """Files the room may have then; a part is left to who leads the class."""
        return FILES_MAX * 3 // 4 if self.has_share else FILES_MAX

    @property
    def bytes_for_all(self) -> int:
        """The same of bytes."""
        return self.room_bytes * 3 // 4 if self.has_share else self.room_bytes


async def taken(room_id: RoomId, author: str, *, at: datetime) -> tuple[Taken, Taken]:
    """What the room has, and what its author sent of that lately (SHARE_FOR); refused files count
    for nothing."""
    whole = RoomFile.filter(room_id=room_id).exclude(state="refused")
    own = whole.filter(author=author, created_at__gt=at - SHARE_FOR)
    return await _sum(whole), await _sum(own)


async def _sum(files: QuerySet[RoomFile]) -> Taken:
    (row,) = await files.annotate(files=Count("id"), taken=Sum("bytes")).values("files", "taken")
    return Taken(row["files"], int(row["taken"] or 0))


async def add_file(room_id: RoomId, new: NewFile, bounds: Bounds, *, at: datetime) -> None:
    """Wait for a file; Refused `file.limit` for the room, `file.share` for its author, or
    `room.unknown`."""
    async with in_transaction():
        # Held, so that two at once are counted one after the other.
        if not await hold(Room.filter(id=room_id), "title"):
            raise Refused("room.unknown")
        whole, own = await taken(room_id, new.author, at=at)
        if whole.files >= bounds.files or whole.bytes + new.bytes > bounds.bytes_for_all:
            raise Refused("file.limit", _said(bounds.files, bounds.bytes_for_all))
        is_over = own.files >= SHARE_FILES_MAX or own.bytes + new.bytes > SHARE_BYTES_MAX
        if bounds.has_share and is_over:
            raise Refused("file.share", _said(SHARE_FILES_MAX, SHARE_BYTES_MAX))
        await RoomFile.create(
            id=new.id,
            room_id=room_id,
            owner=new.owner,
            owner_name=new.owner_name,
            author=new.author,
            name=new.name,
            bytes=new.bytes,
            state="coming",
            created_at=at,
        )


def _said(most: int, size: int) -> dict[str, str | int]:
    return {"max": most, "megabytes": size // 1024**2}


async def find_file(room_id: RoomId, file_id: str) -> FileRow | None:
    """A file of the room, or None."""
    row = await RoomFile.get_or_none(id=file_id, room_id=room_id)
    return None if row is None else _row(row)


async def files_of(room_id: RoomId) -> list[FileRow]:
    """Every file of the room that takes space, the newest first: also those that are coming."""
    rows = RoomFile.filter(room_id=room_id).exclude(state="refused")
    return [_row(row) for row in await rows.order_by("-created_at", "id")]


async def unsent_files(room_id: RoomId) -> list[FileRow]:
    """Those of them that nobody but their owner has: coming, or ready and not sent."""
    rows = RoomFile.filter(room_id=room_id, scope="").exclude(state="refused")
    return [_row(row) for row in await rows]


async def set_ready(file_id: str, kind: str, size: tuple[int, int] | None) -> bool:
    """It was checked; `size` is that of a picture with a preview. False when it is gone."""
    width, height = size or (None, None)
    row = RoomFile.filter(id=file_id, state="coming")
    return bool(await row.update(state="ready", kind=kind, width=width, height=height))


async def set_refused(file_id: str, code: str) -> None:
    """It did not pass."""
    await RoomFile.filter(id=file_id, state="coming").update(state="refused", refusal=code)


async def forget_files(room_id: RoomId, file_ids: Sequence[str]) -> None:
    """They are gone. Raises StoreFailed."""
    with failing():
        await RoomFile.filter(room_id=room_id, id__in=list(file_ids)).delete()


# Of a lesson


async def load_cards(lesson_id: str) -> tuple[FileCard, ...]:
    """The files of a lesson that goes on, in the order in which they were sent; those that were
    not sent yet at the end. Raises StoreFailed."""
    with failing():
        rows = await RoomFile.filter(lesson_id=lesson_id, state="ready")
    return tuple(sorted(map(_card, rows), key=lambda card: (not card.is_sent, card.at, card.id)))


async def keep_cards(lesson_id: str, cards: Sequence[FileCard]) -> None:
    """To whom they were sent in the lesson, or that they may be. Raises StoreFailed."""
    with failing():
        async with in_background():
            for card in cards:
                await RoomFile.filter(id=card.id).update(
                    lesson_id=lesson_id,
                    scope=card.to,
                    readers=json.dumps(card.readers),
                    message_id=card.message_id,
                    sent_at=card.at if card.is_sent else None,
                )


async def sweep_files(
    room_id: RoomId, remove: Callable[[RoomId, str], Awaitable[None]], *, at: datetime
) -> int:
    """Take away what did not arrive, did not pass, or was never sent, a day ago; how many went.

    `remove` takes away all that lies under an id, silent when there is nothing; a file goes after
    it, so that what was interrupted is done the next time. Raises StoreFailed.
    """
    with failing():
        old = RoomFile.filter(room_id=room_id, created_at__lt=at - KEPT_FOR)
        left = old.filter(~Q(state="ready") | Q(scope=""))
        gone = [str(file_id) for file_id in await left.values_list("id", flat=True)]
        for file_id in gone:
            await remove(room_id, file_id)
        await RoomFile.filter(id__in=gone).delete()
    return len(gone)


def _row(row: RoomFile) -> FileRow:
    return FileRow(
        id=row.id,
        room_id=RoomId(row.room_id),
        owner=ParticipantId(row.owner),
        owner_name=row.owner_name,
        author=row.author,
        name=row.name,
        kind=row.kind,
        bytes=row.bytes,
        state=cast(FileState, row.state),
        refusal=row.refusal,
        scope=row.scope,
        width=row.width,
        height=row.height,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )


def _card(row: RoomFile) -> FileCard:
    return FileCard(
        id=row.id,
        name=row.name,
        kind=row.kind,
        bytes=row.bytes,
        participant_id=ParticipantId(row.owner),
        owner_name=row.owner_name,
        at=row.sent_at or row.created_at,
        to=row.scope,
        readers=tuple(json.loads(row.readers)),
        message_id=row.message_id,
        width=row.width,
        height=row.height,
    )
