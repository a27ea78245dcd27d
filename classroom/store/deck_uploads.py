"""Files on their way to become decks: announced, and made a deck or a version when they are whole.

What is announced takes its place in the library at once, so that nothing is sent for nothing; what
does not move any more takes none. May raise StoreFailed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.boards import failing
from classroom.store.deck_place import hold_owner
from classroom.store.deck_prints import PrintFile, newest_number
from classroom.store.deck_states import after
from classroom.store.deck_tables import (
    Deck,
    DeckFile,
    DeckFolder,
    DeckPrint,
    DeckRoom,
    DeckUpload,
    DeckVersion,
)
from classroom.store.decks import DECKS_MAX, VERSIONS_MAX, used_bytes
from classroom.store.jobs import NewJob, add_jobs
from classroom.store.tables import Room
from courseware.deck import CONVERTER, Kind

PRINT_JOB = "courseware.print"
AT_ONCE = 4
"""Uploads of one person that move."""
COME_BACK_S = 5
STILL = timedelta(minutes=10)
"""What did not move for so long takes no place; it goes on if there is one by then."""
KEPT_FOR = timedelta(days=1)
MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Source:
    """A file of an upload, as it was announced."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class UploadRow:
    """`sender` is who may bring its pieces; `deck_id` the deck it is a new version of; `room_id`
    the room it is sent in. Empty ones are none."""

    id: str
    owner: str
    sender: str
    sender_name: str
    room_id: str
    deck_id: str
    folder_id: str
    name: str
    sources: tuple[Source, ...]

    @property
    def bytes(self) -> int:
        """Of all its files."""
        return sum(source.bytes for source in self.sources)


@dataclass(frozen=True, slots=True)
class Whole:
    """What came: the checksum of the print it makes, its kind, and its files, which are kept."""

    checksum: str
    kind: Kind
    files: tuple[PrintFile, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What an upload became. `dropped` are prints of versions that had to go."""

    deck_id: str
    print_id: str
    is_waiting: bool
    dropped: tuple[str, ...]


async def add_upload(row: UploadRow, most_bytes: int, *, at: datetime) -> None:
    """Wait for it. Refused `deck.quota`, `deck.limit`, `deck.unknown`, `folder.unknown`,
    `rate.limited` for more than AT_ONCE that move."""
    with failing():
        async with in_transaction():
            await hold_owner(row.owner)
            await _must_have_place(row, most_bytes, at=at)
            moving = DeckUpload.filter(sender=row.sender, moved_at__gt=at - STILL)
            if await moving.count() >= AT_ONCE:
                raise Refused("rate.limited", {"retry_after_s": COME_BACK_S})
            await DeckUpload.create(
                id=row.id,
                owner=row.owner,
                sender=row.sender,
                sender_name=row.sender_name,
                room_id=row.room_id,
                deck_id=row.deck_id,
                folder_id=row.folder_id,
                name=row.name,
                sources=json.dumps([[one.name, one.bytes] for one in row.sources]),
                bytes=row.bytes,
                moved_at=at,
            )


async def find_upload(upload_id: str, sender: str) -> UploadRow | None:
    """An upload of this sender, or None."""
    with failing():
        row = await DeckUpload.get_or_none(id=upload_id, sender=sender)
    if row is None:
        return None
    return UploadRow(
        id=row.id,
        owner=row.owner,
        sender=row.sender,
        sender_name=row.sender_name,
        room_id=row.room_id,
        deck_id=row.deck_id,
        folder_id=row.folder_id,
        name=row.name,
        sources=tuple(Source(*one) for one in json.loads(row.sources)),
    )


async def note_moved(upload_id: str, *, at: datetime) -> None:
    """A piece of it came."""
    with failing():
        await DeckUpload.filter(id=upload_id).update(moved_at=at)


async def drop_upload(upload_id: str) -> None:
    """Nobody waits for it any more."""
    with failing():
        await DeckUpload.filter(id=upload_id).delete()


async def old_uploads(*, at: datetime) -> list[tuple[str, int]]:
    """Those that did not move for KEPT_FOR, and how many files each has."""
    with failing():
        rows = await DeckUpload.filter(moved_at__lt=at - KEPT_FOR)
    return [(row.id, len(json.loads(row.sources))) for row in rows]


async def uploads_known(upload_ids: Collection[str]) -> set[str]:
    """Those of them that somebody waits for."""
    with failing():
        found = DeckUpload.filter(id__in=list(upload_ids))
        return {str(upload_id) for upload_id in await found.values_list("id", flat=True)}


async def make_deck(upload: UploadRow, whole: Whole, most_bytes: int, *, at: datetime) -> Made:
    """The upload becomes a deck, or a version of one, with a print that is known or is to be made.

    All of it together or nothing. Refused as `add_upload`; `upload.unknown` when it was given up.
    """
    with failing():
        async with in_transaction():
            await hold_owner(upload.owner)
            if not await DeckUpload.filter(id=upload.id).delete():
                raise Refused("upload.unknown")
            made = await _printed(whole, upload.bytes, at=at)
            await _must_have_place(upload, most_bytes, at=at, size=made.bytes)
            version_id = new_id()
            deck_id = await _deck(upload, version_id, at=at)
            dropped = await _add_version(upload, deck_id, version_id, made, at=at)
            if upload.room_id and await Room.exists(id=upload.room_id):
                known = await DeckRoom.exists(deck_id=deck_id, room_id=upload.room_id)
                if not known:
                    await DeckRoom.create(deck_id=deck_id, room_id=upload.room_id)
    return Made(deck_id, made.id, made.state == "waiting", dropped)


async def _must_have_place(
    upload: UploadRow, most_bytes: int, *, at: datetime, size: int = 0
) -> None:
    """`size` is what a print is known to take, which may be more than what is sent."""
    coming = DeckUpload.filter(owner=upload.owner, moved_at__gt=at - STILL).exclude(id=upload.id)
    promised = sum(int(row["bytes"]) for row in await coming.values("id", "bytes"))
    if await used_bytes(upload.owner) + promised + max(size, upload.bytes) > most_bytes:
        raise Refused("deck.quota", {"megabytes": most_bytes // MEGABYTE})
    if upload.deck_id:
        if not await Deck.exists(id=upload.deck_id, owner=upload.owner):
            raise Refused("deck.unknown")
        return
    if await Deck.filter(owner=upload.owner).count() + await coming.count() >= DECKS_MAX:
        raise Refused("deck.limit", {"max": DECKS_MAX})
    folder_id = upload.folder_id
    if folder_id and not await DeckFolder.exists(id=folder_id, owner=upload.owner):
        raise Refused("folder.unknown")


async def _printed(whole: Whole, size: int, *, at: datetime) -> DeckPrint:
    """The print of these files; one that is new, or failed before, waits to be made."""
    fresh = DeckPrint(
        id=new_id(),
        checksum=whole.checksum,
        converter=CONVERTER,
        kind=whole.kind,
        state="waiting",
        bytes=size,
        created_at=at,
        updated_at=at,
    )
    asked = DeckPrint.filter(checksum=whole.checksum, converter=CONVERTER)
    await DeckPrint.bulk_create([fresh], ignore_conflicts=True)
    row = await asked.select_for_update().first()
    if row is None:  # the one there was went at this moment
        await DeckPrint.bulk_create([fresh], ignore_conflicts=True)
        row = await asked.select_for_update().get()
    again = after("failed", "again") if row.state == "failed" else None
    if again is not None:
        row.state, row.fault, row.params = again, "", "{}"  # pictures it has stay
        await row.save(update_fields=["state", "fault", "params"])
    if row.id == fresh.id:
        await _add_files(row.id, whole.files)
    if row.id == fresh.id or again is not None:
        await add_jobs([NewJob(PRINT_JOB, row.id, new_id(), {})], at=at)
    return row


async def _add_files(print_id: str, files: Sequence[PrintFile]) -> None:
    await DeckFile.bulk_create(
        DeckFile(
            printed_id=print_id,
            name=file.name,
            kind=file.kind,
            checksum=file.checksum,
            bytes=file.bytes,
        )
        for file in files
    )


async def _deck(upload: UploadRow, version_id: str, *, at: datetime) -> str:
    """The deck it belongs to, made when there is none."""
    if upload.deck_id:
        await Deck.filter(id=upload.deck_id).update(updated_at=at)
        return upload.deck_id
    deck = await Deck.create(
        id=new_id(),
        owner=upload.owner,
        folder_id=upload.folder_id,
        name=upload.name,
        version_id=version_id,
        created_at=at,
        updated_at=at,
    )
    return deck.id


async def _add_version(
    upload: UploadRow, deck_id: str, version_id: str, made: DeckPrint, *, at: datetime
) -> tuple[str, ...]:
    """Add it; it is used at once when it is ready, or when what is in use cannot be shown.

    The prints of those that had to go for it.
    """
    deck = await Deck.filter(id=deck_id).select_for_update().get()
    await DeckVersion.create(
        id=version_id,
        deck_id=deck_id,
        number=await newest_number(deck_id) + 1,
        printed_id=made.id,
        name=upload.sources[0].name,
        bytes=max(upload.bytes, made.bytes),
        by_name=upload.sender_name,
        created_at=at,
    )
    used = await DeckVersion.get_or_none(id=deck.version_id).select_related("printed")
    if made.state == "ready" or used is None or used.printed.state == "failed":
        deck.version_id = version_id
        await deck.save(update_fields=["version_id"])
    keep = (deck.version_id, version_id)
    rows = await DeckVersion.filter(deck_id=deck_id).order_by("number")
    gone = [row for row in rows if row.id not in keep][: max(0, len(rows) - VERSIONS_MAX)]
    await DeckVersion.filter(id__in=[row.id for row in gone]).delete()
    return tuple(row.printed_id for row in gone)
