"""Private notes about clients: saved while typing, searched, kept in versions, forgotten in time.

Who may read one is decided by the caller; here a note is found by its client and, where it is
somebody's own, by who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.booking.office import read_office
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_tables import Client
from classroom.store.client_tables import Note, NoteVersion
from classroom.store.practice_tables import Organisation

BODY_MAX = 50_000
OF_CLIENT_MAX = 2000
VERSIONS_KEPT = 20
VERSION_EVERY = timedelta(minutes=5)
"""Saving while typing is not a version each time."""
MONTH = timedelta(days=30, hours=10, minutes=30)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note; `number` is which state of it this is."""

    id: str
    client_id: str
    booking_id: str
    account_id: str
    name: str
    body: str
    number: int
    at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class NoteVersionRow:
    """What a note said before."""

    number: int
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be written; `name` is the writer's."""

    org_id: str
    client_id: str
    booking_id: str
    account_id: str
    name: str
    body: str


async def add_note(new: NewNote, *, at: datetime) -> NoteRow:
    """Refused `note.limit` when there are too many about one client."""
    async with in_transaction():
        # First what writes: SQLite cannot write after a read when others wrote meanwhile.
        await Client.filter(id=new.client_id).update(name=F("name"))
        if await Note.filter(client_id=new.client_id).count() >= OF_CLIENT_MAX:
            raise Refused("note.limit", {"max": OF_CLIENT_MAX})
        row = await Note.create(
            id=new_id(),
            client_id=new.client_id,
            org_id=new.org_id,
            booking_id=new.booking_id,
            account_id=new.account_id,
            name=new.name,
            body=new.body,
            number=1,
            at=at,
            changed_at=at,
        )
    return _row(row)


async def save_note(note_id: str, body: str, number: int, *, at: datetime) -> NoteRow:
    """What it says now; what it said before is kept now and then.

    Refused `note.unknown`, and `note.changed` when it was written elsewhere meanwhile.
    """
    row = await Note.get_or_none(id=note_id)
    if row is None:
        raise Refused("note.unknown")
    if row.body == body:
        return _row(row)
    async with in_transaction():
        changed = await Note.filter(id=note_id, number=number).update(
            body=body, number=number + 1, changed_at=at
        )
        if not changed:
            raise Refused("note.changed")
        await _keep(row, at)
    return _row(await Note.get(id=note_id))


async def remove_note(note_id: str) -> None:
    """With all it said before."""
    await Note.filter(id=note_id).delete()


async def find_note(note_id: str) -> NoteRow | None:
    """None when there is none."""
    row = await Note.get_or_none(id=note_id)
    return None if row is None else _row(row)


async def notes_of(client_id: str, *, account_id: str = "", limit: int = 200) -> list[NoteRow]:
    """About a client, the newest first; with `account_id` only what that person wrote."""
    rows = Note.filter(client_id=client_id)
    rows = rows.filter(account_id=account_id) if account_id else rows
    return [_row(row) for row in await rows.order_by("-at", "-id").limit(limit)]


async def search_notes(
    org_id: str, text: str, *, account_id: str = "", limit: int = 50
) -> list[NoteRow]:
    """With this text in them, the newest first; with `account_id` only what that person wrote."""
    rows = Note.filter(org_id=org_id, body__icontains=text)
    rows = rows.filter(account_id=account_id) if account_id else rows
    return [_row(row) for row in await rows.order_by("-changed_at", "-id").limit(limit)]


async def versions_of(note_id: str) -> list[NoteVersionRow]:
    """What it said before, the newest first."""
    rows = await NoteVersion.filter(note_id=note_id).order_by("-number")
    return [NoteVersionRow(row.number, row.body, row.at) for row in rows]


async def forget_old_notes(*, at: datetime) -> int:
    """Of every organisation what it keeps no longer; how many went."""
    gone = 0
    for row in await Organisation.all().only("id", "settings"):
        gone += await forget_notes(row.id, read_office(row.settings).notes_months, at=at)
    return gone


async def forget_notes(org_id: str, months: int, *, at: datetime) -> int:
    """Those nobody changed for so long; 0 months forgets none. How many went."""
    if months == 0:
        return 0
    return await Note.filter(org_id=org_id, changed_at__lt=at - months * MONTH).delete()


async def _keep(row: Note, at: datetime) -> None:
    last = await NoteVersion.filter(note_id=row.id).order_by("-number").first()
    if last is not None and at - last.at < VERSION_EVERY:
        return
    await NoteVersion.create(note_id=row.id, number=row.number, body=row.body, at=at)
    kept = (
        await NoteVersion.filter(note_id=row.id)
        .order_by("-number")
        .limit(VERSIONS_KEPT)
        .values_list("id", flat=True)
    )
    await NoteVersion.filter(note_id=row.id).exclude(id__in=list(kept)).delete()


def _row(row: Note) -> NoteRow:
    return NoteRow(
        id=row.id,
        client_id=row.client_id,
        booking_id=row.booking_id,
        account_id=row.account_id,
        name=row.name,
        body=row.body,
        number=row.number,
        at=row.at,
        changed_at=row.changed_at,
    )
