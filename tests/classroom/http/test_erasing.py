"""Erasing a client: nothing of them is left in the database or its folder, whatever is killed."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from classroom.blobs.files import FileBlobs
from classroom.booking.person import STEPS, Step, steps_after
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.ids import RoomId
from classroom.jobs.clients import ErasingClients
from classroom.jobs.room_removal import RoomRemoval
from classroom.store import client_tasks
from classroom.store import erasing_client as store
from classroom.store.booking_rooms import room_for, seat_for
from classroom.store.booking_tables import Booking, Client
from classroom.store.client_tables import AuditLine, Note
from classroom.store.letter_sending import (
    Fate,
    begin_letters,
    expire_letters,
    mark_unsendable,
    settle_letters,
    take_letters,
)
from classroom.store.letter_tables import Letter
from classroom.store.rooms import room_by_id
from tests.support.booker import Practice, open_practice, visitor
from tests.support.people import Browser, House

MARK = "zanzibarian"
PLACE = "quixotic"
"""Words that stand nowhere else."""


class Erased:
    """A client with all that a client can leave."""

    def __init__(self, practice: Practice, ana: Browser, booking_id: str) -> None:
        self.practice, self.ana, self.booking_id = practice, ana, booking_id
        self.home = practice.home
        doors = self.home.doors
        folders = (FileBlobs(doors.settings.board_folder),)
        removal = RoomRemoval(self.home.live.end, doors.library.deletion, folders)
        self.erasing = ErasingClients(doors.appointments.bookings, removal.remove)
        self.client_id = ""
        self.room_id = RoomId("")

    async def leaves_traces(self) -> None:
        doors, mei = self.home.doors, self.practice.mei
        booking = await Booking.get(id=self.booking_id)
        self.client_id = booking.client_id
        note = {"body": f"{MARK} sleeps badly", "booking_id": booking.id}
        assert (await mei.post(f"/api/clients/{self.client_id}/notes", note)).status == 201
        room = await room_for(
            booking.appointment_id, host_id=self.practice.host_id, policy="ask", at=utc_now()
        )
        self.room_id = room.id
        await seat_for(booking.id, room.id, at=utc_now())
        await FileBlobs(doors.settings.board_folder).put(room.id, "picture", MARK.encode())
        summary = {"text": f"Dear {MARK}", "files": []}
        assert (await mei.post(f"/api/bookings/{booking.id}/summary", summary)).status == 200
        await Booking.filter(id=booking.id).update(comment=f"{MARK} says thanks")
        await self.ana.post(f"/api/mine/bookings/{booking.id}/wish", {"kind": "erase"})

    def left(self) -> list[str]:
        """Every table and file in which a word of the person stands."""
        settings = self.home.doors.settings
        found: list[str] = []
        database = sqlite3.connect(settings.data_dir / "classroom.db")
        try:
            names = database.execute("select name from sqlite_master where type = 'table'")
            for (table,) in names.fetchall():
                for row in database.execute(f"select * from {table}"):
                    if any(mark in str(cell).lower() for cell in row for mark in (MARK, PLACE)):
                        found.append(table)
        finally:
            database.close()
        for path in Path(settings.data_dir).rglob("*"):
            if (
                path.is_file()
                and "classroom.db" not in path.name
                and MARK.encode() in path.read_bytes()
            ):
                found.append(path.name)
        return found


@pytest.fixture
async def erased(home: House) -> Erased:
    fields: list[dict[str, Any]] = [{"id": "why", "kind": "long", "label": "Why?"}]
    practice = await open_practice(home)
    await practice.mei.send("PATCH", f"/api/offers/{practice.offer_id}", {"intake": fields})
    ana = await visitor(home)
    at = (await practice.free(ana))[200]
    answer = await practice.books(
        ana, at, name=f"Ana {MARK}", email=f"{PLACE}@example.org", intake={"why": f"{MARK}'s job"}
    )
    assert answer.status == 201, answer.body
    one = Erased(practice, ana, answer.json["id"])
    await one.leaves_traces()
    settings = {"settings": {"keeps_invoice_names": False}}
    await practice.mei.send("PATCH", f"/api/organisations/{practice.org_id}", settings)
    return one


def test_steps_follow_one_another() -> None:
    assert steps_after("") == STEPS
    assert steps_after("links") == STEPS[1:]
    assert steps_after(STEPS[-1]) == ()
    assert (STEPS[0], STEPS[-1]) == ("links", "person")


async def test_nothing_is_left_of_an_erased_person(erased: Erased) -> None:
    tables = {"clients", "bookings", "notes", "letters", "enrolments"}
    assert tables <= set(erased.left())
    assert "picture" in str(erased.left())
    mei, path = erased.practice.mei, f"/api/clients/{erased.client_id}"
    assert (await mei.post(f"{path}/erase", {"name": "Ana"})).code == "client.name"
    begun = await mei.post(f"{path}/erase", {"name": f"Ana  {MARK}"})
    assert (begun.status, begun.json["state"]) == (202, "waiting")
    await erased.erasing.run()
    await sent_or_not()
    assert erased.left() == []
    assert await room_by_id(erased.room_id) is None
    assert (await mei.get(path)).code == "client.erased"
    found = await mei.get(f"/api/clients?org={erased.practice.org_id}&q=")
    assert found.json["clients"] == []
    assert (await erased.ana.get("/api/mine")).json["bookings"] == []
    booking = await Booking.get(id=erased.booking_id)
    assert (booking.state, json.loads(booking.intake)) == ("cancelled", {})
    wishes = (await mei.get(f"/api/organisations/{erased.practice.org_id}/wishes")).json
    assert [(one["kind"], one["state"]) for one in wishes] == [("erase", "done")]


@pytest.mark.parametrize("broken", STEPS)
async def test_a_kill_after_any_step_loses_nothing(
    erased: Erased, broken: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client_tasks.begin_erasing(
        erased.practice.org_id, erased.client_id, by="mei", at=utc_now()
    )
    whole = store.forget

    async def killed(step: Step, client_id: str, **more: Any) -> None:
        await whole(step, client_id, **more)
        if step == broken:
            raise KeyboardInterrupt

    monkeypatch.setattr(store, "forget", killed)
    with pytest.raises(KeyboardInterrupt):
        await erased.erasing.run()
    monkeypatch.setattr(store, "forget", whole)
    (task,) = await client_tasks.waiting_tasks()
    assert task.step == ("" if broken == STEPS[0] else STEPS[STEPS.index(broken) - 1])
    await erased.erasing.run()
    await sent_or_not()
    assert erased.left() == []
    assert await client_tasks.waiting_tasks() == []


async def test_what_is_held_by_law_stops_it_and_it_goes_on_later(erased: Erased) -> None:
    async def held(_room_id: RoomId) -> None:
        raise Refused("recording.held")

    org, client = erased.practice.org_id, erased.client_id
    await client_tasks.begin_erasing(org, client, by="mei", at=utc_now())
    bookings = erased.home.doors.appointments.bookings
    await ErasingClients(bookings, held).run()
    (task,) = [one for one in await client_tasks.tasks_of(org) if one.kind == "erase"]
    assert (task.state, task.step) == ("failed", "talks")
    assert (await Client.get(id=client)).erased_at is None
    await client_tasks.begin_erasing(org, client, by="mei", at=utc_now())
    await erased.erasing.run()
    await sent_or_not()
    assert erased.left() == []


async def test_only_administrators_erase(erased: Erased) -> None:
    nobody = await erased.home.browser("10.0.0.44").signs_up("nobody@example.org")
    path = f"/api/clients/{erased.client_id}/erase"
    assert (await nobody.post(path, {"name": f"Ana {MARK}"})).code == "client.unknown"
    assert await client_tasks.waiting_tasks() == []


async def test_old_notes_go_by_the_organisations_rule_once_a_day(erased: Erased) -> None:
    old = utc_now() - timedelta(days=400)
    await Note.all().update(changed_at=old)
    await AuditLine.all().update(at=old - timedelta(days=800))
    await erased.erasing.forget_old()
    assert await Note.all().count() == 1
    assert await AuditLine.all().count() == 0
    months = {"settings": {"notes_months": 12}}
    path = f"/api/organisations/{erased.practice.org_id}"
    assert (await erased.practice.mei.send("PATCH", path, months)).status == 200
    await erased.erasing.forget_old()
    assert await Note.all().count() == 1  # once a day is enough
    await ErasingClients(erased.home.doors.appointments.bookings, _never).forget_old()
    assert await Note.all().count() == 0


async def sent_or_not() -> None:
    """There is no mail server: the last letter is not kept either."""
    await mark_unsendable(at=utc_now())


async def test_the_last_letter_has_the_address_until_it_is_sent(erased: Erased) -> None:
    org = erased.practice.org_id
    await client_tasks.begin_erasing(org, erased.client_id, by="mei", at=utc_now())
    await erased.erasing.run()
    row = await Letter.get(kind="erased")
    assert (row.to_email, row.state, row.client, row.booking) == (
        f"{PLACE}@example.org",
        "waiting",
        "",
        "",
    )
    assert "has erased your name" in row.text
    assert erased.left() == ["letters"]
    at = utc_now()
    (due,) = [one for one in await take_letters("me", limit=50, at=at) if one.kind == "erased"]
    assert await begin_letters([due.id], "me", at=at) == {due.id}
    again = Fate(due.id, "waiting", "refused", at)
    await settle_letters([again], at=at)
    assert erased.left() == ["letters"]
    await settle_letters([Fate(due.id, "sent")], at=at)
    assert erased.left() == []
    await row.refresh_from_db()
    assert (row.state, row.to_email, row.to_name, row.text) == ("sent", "", "", "")
    await store.forget("person", erased.client_id, at=at)
    assert await Letter.filter(kind="erased").count() == 1


async def test_a_last_letter_that_nobody_takes_goes_after_three_days(erased: Erased) -> None:
    org = erased.practice.org_id
    await client_tasks.begin_erasing(org, erased.client_id, by="mei", at=utc_now())
    await erased.erasing.run()
    await expire_letters(at=utc_now() + timedelta(days=2))
    assert erased.left() == ["letters"]
    await expire_letters(at=utc_now() + timedelta(days=4))
    assert erased.left() == []


async def _never(_room_id: RoomId) -> None:
    raise AssertionError
