"""Two clients become one: nothing of either is lost, on both databases."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise import Tortoise, fields
from tortoise.models import Model

from classroom.booking.form import FormText, first_broken
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store import client_tasks, forms
from classroom.store.booking_tables import Booking, Client
from classroom.store.client_tables import ClientHost, ClientTask, MergedClient
from classroom.store.clients import find_client, hosts_of, search_clients, talks_of
from classroom.store.erasing_client import forget
from classroom.store.form_tables import Signature
from classroom.store.merged import ids_of, older_links, who_is
from classroom.store.merging import MOVED, Part, _person, merge, move_late
from tests.support.practice import Practiced, a_booking, a_client, a_practice

AT = datetime(2027, 3, 26, 12, tzinfo=UTC)
STAYS = {
    "client_hosts": "moved, each host once",
    "merged_clients": "says who was merged",
    "signatures": "the id is in the chain's hash; read by all ids of a client",
    "chat_messages": "a browser's own mark of a message, no client",
    "board_clients": "a browser that draws, no client",
    "board_updates": "a browser that draws, no client",
}
"""Tables that name clients and are not in `MOVED`, and why."""
TEXT = {"en": FormText("Consent", "I agree.")}


@pytest.fixture
async def practice(store: str) -> Practiced:
    return await a_practice()


@pytest.fixture
async def other(practice: Practiced) -> str:
    """The same person under another address, with a talk of their own."""
    gone = await a_client(practice.org_id, "other", "Chen Wei", "chen@example.org")
    host, offer = practice.host_id, practice.offer_id
    await a_booking(practice.org_id, host, offer, gone, "talk-other", 1_900_000_200)
    return gone


async def merges(practice: Practiced, other: str, *take: Part) -> None:
    await merge(practice.org_id, practice.client_id, other, taking=take, by="mei", at=AT)


def naming_clients() -> set[tuple[str, str]]:
    """Every table with a column for a client."""
    assert Tortoise.apps is not None
    tables = [model for of_app in Tortoise.apps.values() for model in of_app.values()]
    return {
        (model._meta.db_table, column)
        for model in tables
        for column in model._meta.fields_db_projection.values()
        if column in ("client_id", "client")
    }


async def test_no_table_is_forgotten(store: str) -> None:
    moved = {(table._meta.db_table, column) for table, column in MOVED}
    left = {table for table, _ in naming_clients() - moved}
    assert left == set(STAYS)


async def a_row(table: type[Model], column: str, client_id: str, parents: dict[str, str]) -> Any:
    """A row of any table, filled as its columns want it."""
    values: dict[str, Any] = {}
    for name, field in table._meta.fields_map.items():
        if name == column or name in parents:
            continue
        if isinstance(field, fields.CharField):
            values[name] = new_id()[: field.max_length]
        elif isinstance(field, fields.TextField):
            values[name] = "{}"
        elif isinstance(field, fields.DatetimeField):
            values[name] = AT
        elif isinstance(field, fields.DateField):
            values[name] = AT.date()
        elif isinstance(field, fields.BooleanField):
            values[name] = False
        elif isinstance(field, fields.IntField | fields.BigIntField) and not field.pk:
            values[name] = 1
    own = {name: one for name, one in parents.items() if name in table._meta.fields_map}
    return await table.create(**values, **own, **{column: client_id})


async def test_every_row_of_every_table_is_moved(practice: Practiced, other: str) -> None:
    parents = {
        "org_id": practice.org_id,
        "host_id": practice.host_id,
        "offer_id": practice.offer_id,
        "appointment_id": f"a-{practice.booking_id}",
    }
    people = (other, other, practice.client_id)
    rows = {
        at: [(await a_row(table, column, one, parents)).pk for one in people]
        for at, (table, column) in enumerate(MOVED)
    }
    counts = [await table.all().count() for table, _ in MOVED]
    await merges(practice, other)
    assert [await table.all().count() for table, _ in MOVED] == counts
    for at, (table, column) in enumerate(MOVED):
        assert not await table.filter(**{column: other}).exists(), table
        kept = await table.filter(**{column: practice.client_id}).values_list(
            table._meta.pk_attr, flat=True
        )
        assert set(rows[at]) <= set(kept), table


async def test_one_client_has_what_was_of_both(practice: Practiced, other: str) -> None:
    await ClientHost.create(client_id=other, host_id=practice.host_id, by="mei", at=AT)
    await ClientHost.create(client_id=practice.client_id, host_id=practice.host_id, by="m", at=AT)
    await merges(practice, other, "email", "phone")
    kept = await find_client(practice.org_id, practice.client_id)
    assert (kept.name, kept.email) == ("Wei Chen", "chen@example.org")
    talks = {talk.booking.id for talk in await talks_of(practice.client_id)}
    assert talks == {practice.booking_id, "talk-other"}
    assert list(await hosts_of(practice.client_id)) == [practice.host_id]
    found, _ = await search_clients(practice.org_id, "", now_s=0, only=None)
    assert [one.client.id for one in found] == [practice.client_id]
    with pytest.raises(Refused, match=r"client\.erased"):
        await find_client(practice.org_id, other)
    assert await who_is(other) == practice.client_id
    gone = await Client.get(id=other)
    assert (gone.name, gone.email, gone.phone, gone.enrolments) == ("", "", "", "[]")


async def test_the_same_again_changes_nothing(practice: Practiced, other: str) -> None:
    await merges(practice, other)
    before = await Client.all().order_by("id").values()
    await merges(practice, other, "email")
    assert await Client.all().order_by("id").values() == before
    assert await MergedClient.all().count() == 1


async def test_what_cannot_be_merged(practice: Practiced, other: str) -> None:
    with pytest.raises(Refused, match=r"client\.same"):
        await merges(practice, practice.client_id)
    with pytest.raises(Refused, match=r"client\.unknown"):
        await merges(practice, "nobody")
    away = await a_practice("bo@example.org", "elsewhere")
    with pytest.raises(Refused, match=r"client\.unknown"):
        await merges(practice, away.client_id)
    await client_tasks.begin_erasing(practice.org_id, other, by="mei", at=AT)
    with pytest.raises(Refused, match=r"client\.being_erased"):
        await merges(practice, other)
    await ClientTask.all().update(state="done")
    await forget("person", other, at=AT)
    with pytest.raises(Refused, match=r"client\.erased"):
        await merges(practice, other)
    assert (await Booking.get(id="talk-other")).client_id == other


async def test_signatures_of_both_count_and_the_chain_holds(
    practice: Practiced, other: str
) -> None:
    form = await forms.create_form(practice.org_id, TEXT, by="mei", at=AT)
    await practice.asks([form.id])
    await forms.sign(other, "talk-other", form.newest.id, "Chen", at=AT)
    assert await forms.to_sign(practice.booking_id)
    await merges(practice, other)
    assert await forms.to_sign(practice.booking_id) == []
    assert [one.name for one in await forms.signatures_of(practice.client_id)] == ["Chen"]
    assert first_broken(await forms.chain_of(practice.org_id)) is None
    await forms.withdraw(practice.client_id, form.newest.id, at=AT)
    assert await forms.to_sign(practice.booking_id)
    await forget("signatures", practice.client_id, at=AT)
    assert await Signature.exclude(name="").count() == 0


async def test_who_was_merged_before_comes_along(practice: Practiced, other: str) -> None:
    third = await a_client(practice.org_id, "third", "W. Chen", "w@example.org")
    await merge(practice.org_id, other, third, by="mei", at=AT)
    await merges(practice, other)
    assert set(await ids_of(practice.client_id)) == {practice.client_id, other, third}
    assert set(await older_links(practice.client_id, 1)) == {(other, 1), (third, 1)}
    assert await older_links(practice.client_id, 2) == []


async def test_links_that_were_renewed_stay_ended(practice: Practiced, other: str) -> None:
    third = await a_client(practice.org_id, "third", "W. Chen", "w@example.org")
    await merge(practice.org_id, other, third, by="mei", at=AT)
    await Client.filter(id=other).update(link_number=2)
    await merges(practice, other)
    assert await older_links(practice.client_id, 1) == [(other, 2)]


async def test_what_comes_late_is_moved(practice: Practiced, other: str) -> None:
    await merges(practice, other)
    host, offer = practice.host_id, practice.offer_id
    await a_booking(practice.org_id, host, offer, other, "talk-late", 1_900_100_100)
    await move_late(at=AT + timedelta(minutes=1))
    assert (await Booking.get(id="talk-late")).client_id == practice.client_id


async def test_two_who_merge_the_same_two_do_it_once(practice: Practiced, other: str) -> None:
    """One way round and the other, at the same moment."""
    org, own = practice.org_id, practice.client_id
    told = await asyncio.gather(
        merge(org, own, other, by="mei", at=AT),
        merge(org, other, own, by="rea", at=AT),
        return_exceptions=True,
    )
    refused = [one for one in told if isinstance(one, BaseException)]
    assert [getattr(one, "code", one) for one in refused] == ["client.erased"]
    (kept,) = [one for one in told if not isinstance(one, BaseException)]
    assert {talk.booking.id for talk in await talks_of(kept.id)} == {
        practice.booking_id,
        "talk-other",
    }


def client_of(is_proved: bool, email: str, account: str, seats: list[str]) -> Client:
    return Client(
        id=new_id(),
        name="Ana",
        email=email,
        phone="",
        locale="en",
        zone="UTC",
        account_id=account,
        is_proved=is_proved,
        enrolments=json.dumps(seats),
        created_at=AT,
    )


someone = st.builds(
    client_of,
    st.booleans(),
    st.sampled_from(["", "a@x.example", "b@x.example"]),
    st.sampled_from(["", "p", "q"]),
    st.lists(st.sampled_from("stuv"), max_size=4),
)
PARTS: list[Part] = ["name", "email", "phone", "locale", "zone"]


@given(someone, someone, st.sets(st.sampled_from(PARTS)))
def test_no_seat_is_lost_and_no_proof_invented(keep: Client, gone: Client, take: set[Part]) -> None:
    now = _person(keep, gone, take)
    assert set(json.loads(now["enrolments"])) == {
        *json.loads(keep.enrolments),
        *json.loads(gone.enrolments),
    }
    email = now.get("email", keep.email)
    proved = {one.email for one in (keep, gone) if one.is_proved}
    is_proved = now.get("is_proved", keep.is_proved)
    assert is_proved == (email in proved)
    trusted = {one.account_id for one in (keep, gone) if one.is_proved or not is_proved}
    assert now["account_id"] in {"", *trusted}
