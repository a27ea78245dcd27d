"""What begins with a question and then writes: on SQLite the question would be all it could do, as
soon as another process wrote in between."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from classroom.ids import ParticipantId
from classroom.store import clients_found, enrolments, letter_log
from classroom.store.client_tables import ClientHost, Note
from classroom.store.clients import hand_over
from classroom.store.clients_found import ClientGiven, settled
from classroom.store.database import close_database
from classroom.store.file_tables import RoomFile
from classroom.store.files import Bounds, NewFile, add_file, files_of
from classroom.store.hosts import create_host
from classroom.store.letter_log import send_again
from classroom.store.letter_tables import Letter
from classroom.store.letters import post
from classroom.store.notes import NewNote, add_note
from classroom.store.practice_tables import Host, Organisation
from classroom.store.rooms import create_room
from tests.support.hosts import NOW, make_place
from tests.support.letters import new_letter
from tests.support.migrated import open_migrated


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Path]:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    yield tmp_path / "store.db"
    await close_database()


def somebody_else_writes(file: Path) -> None:
    """Another process, which waits for nobody."""
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    with contextlib.closing(other), contextlib.suppress(sqlite3.OperationalError):
        other.execute("UPDATE organisations SET name = 'theirs'")


def meanwhile(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, file: Path) -> None:
    """Somebody else writes right before `name` of a module goes on."""
    asked = getattr(where, name)

    async def told(*of: Any, **more: Any) -> Any:
        found = await asked(*of, **more)
        await asyncio.to_thread(somebody_else_writes, file)
        return found

    monkeypatch.setattr(where, name, told)


async def test_a_client_of_many_bookings(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = await make_place()
    meanwhile(monkeypatch, clients_found, "_fitting", file)
    given = ClientGiven(name="Ana", email="ana@example.org", by_house=True)
    assert (await settled(place.org_id, given, at=NOW)).id
    assert (await Organisation.get()).name == "North"


async def test_a_letter_that_is_sent_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_place()
    await post(new_letter("one"), at=NOW)
    await Letter.all().update(state="sent")
    copied = letter_log._copy

    async def copy(row: Letter, at: Any) -> Letter:
        await asyncio.to_thread(somebody_else_writes, file)
        return await copied(row, at)

    monkeypatch.setattr(letter_log, "_copy", copy)
    made = await send_again((await Letter.get()).id, at=NOW)
    assert made.state == "waiting"


def before_creating(monkeypatch: pytest.MonkeyPatch, model: Any, file: Path) -> None:
    """Somebody else writes right before a row of the model is made."""
    create = model.create

    async def made(*of: Any, **more: Any) -> Any:
        await asyncio.to_thread(somebody_else_writes, file)
        return await create(*of, **more)

    monkeypatch.setattr(model, "create", made)


async def test_hosts_notes_and_clients_of_colleagues(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = await make_place()
    given = ClientGiven(name="Ana", email="ana@example.org", by_house=True)
    ana = (await settled(place.org_id, given, at=NOW)).id
    for model in (Host, Note, ClientHost):
        before_creating(monkeypatch, model, file)
    made = await create_host(
        place.org_id, name="Ben", slug="ben", zone="UTC", title="", about="", at=NOW
    )
    await hand_over(place.org_id, ana, made.id, by="mei", at=NOW)
    note = NewNote(
        client_id=ana, org_id=place.org_id, booking_id="", account_id="mei", name="Mei", body="x"
    )
    assert (await add_note(note, at=NOW)).body == "x"
    assert (await Organisation.get()).name == "North"


async def test_people_and_files_of_a_room(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await make_place()
    room = await create_room("Chemistry", owner_id=None, at=NOW)
    meanwhile(monkeypatch, enrolments, "_must_be_free", file)
    person = enrolments.NewPerson("Ana", "student", "ana@example.org")
    (made,) = await enrolments.add_enrolments(room.id, [person], at=NOW)
    await enrolments.change_enrolment(room.id, made.id, email="a@example.org")
    before_creating(monkeypatch, RoomFile, file)
    new = NewFile("f", "notes.pdf", 10, ParticipantId("p"), "Ana", "ana")
    await add_file(room.id, new, Bounds(1000, has_share=False), at=NOW)
    assert len(await files_of(room.id)) == 1
    assert (await Organisation.get()).name == "North"
