"""What other systems hear of bookings, on both databases: who gets it, and what is never in it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from classroom.hooks.news import KINDS
from classroom.ids import AccountId
from classroom.store.accounts import NewAccount, create_account
from classroom.store.booking_asked import scene_of
from classroom.store.booking_news import OF_DEEDS, follow_with_news, tell_due, tell_of_visit
from classroom.store.booking_rows import By
from classroom.store.bookings import Bookings
from classroom.store.hook_tables import Job, Webhook
from classroom.store.merging import merge
from classroom.store.practice_tables import Host, Member
from classroom.store.ratings import rate
from classroom.store.webhooks import KIND, create_hook
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place, make_place
from tests.support.practice import a_client

CLIENT = By("client")
SECRETS = ("I cannot sleep", "Thank you!")


def bookings() -> Bookings:
    return Bookings((follow_with_news,))


async def member(place: Place, name: str, role: str, *, host_id: str = "") -> AccountId:
    """Somebody of the team; with a host it is their calendar."""
    account = await create_account(NewAccount(f"{name}@example.org", name, "x"), at=NOW)
    row = await Member.create(
        id=name, org_id=place.org_id, account_id=account.id, role=role, created_at=NOW
    )
    if host_id:
        await Host.filter(id=host_id).update(member_id=row.id)
    return account.id


async def hook(account_id: AccountId, *, people: bool = False, room_id: str = "") -> str:
    made = await create_hook(
        account_id,
        url="https://example.org/",
        room_id=room_id,
        kinds=KINDS,
        secret="x",
        at=NOW,
        with_people=people,
    )
    return made.id


async def told(hook_id: str) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in await Job.filter(kind=KIND, key=hook_id).order_by("id")]


def test_every_kind_can_be_chosen() -> None:
    assert set(OF_DEEDS.values()) <= set(KINDS)


async def test_hosts_and_administrators_hear_and_nobody_else(store: str) -> None:
    place = await make_place()
    host = await hook(await member(place, "helen", "counsellor", host_id=place.host_id))
    admin_account = await member(place, "mei", "admin")
    admin = await hook(admin_account, people=True)
    others = [
        await hook(await member(place, "amara", "counsellor")),
        await hook(await member(place, "rita", "reception")),
        await hook(admin_account, room_id="a-room"),
    ]
    off = await hook(admin_account)
    await Webhook.filter(id=off).update(is_on=False)
    booking = await bookings().take(place.ask(intake={"why": SECRETS[0]}), at=NOW)
    (one,) = await told(host)
    assert one["type"] == "booking.made"
    assert one["data"] == {
        "room_id": "",
        "organisation_id": place.org_id,
        "booking_id": booking.id,
        "client_id": booking.client_id,
        "host_id": place.host_id,
        "offer_id": place.offer_id,
        "series_id": "",
        "kind": "talk",
        "from": "2027-03-29T07:00:00Z",
        "to": "2027-03-29T08:00:00Z",
        "zone": "Europe/Berlin",
        "state": "booked",
        "revision": 0,
    }
    (whole,) = await told(admin)
    person = whole["data"].pop("client")
    assert (person["name"], person["email"]) == ("Ana", "ana@example.org")
    assert whole == one
    for other in (*others, off):
        assert await told(other) == []


async def test_the_life_of_a_booking(store: str) -> None:
    place, there = await make_place(), bookings()
    heard = await hook(await member(place, "mei", "admin"))
    booking = await there.take(place.ask(intake={"why": SECRETS[0]}), at=NOW)
    later = MONDAY_S + 2 * HOUR_S
    at = NOW + timedelta(minutes=1)
    await there.shift(booking.id, later, revision=0, by=CLIENT, at=at)
    await tell_due(await scene_of(booking.id), 60, at)
    await tell_of_visit("client.waiting", {"visit_id": "v"}, booking.id, at=at)
    over = NOW + timedelta(days=7, hours=8)
    for deed in ("begin", "held"):
        await there.turn(booking.id, deed, by=By("clock"), at=over)  # type: ignore[arg-type]
    await rate(booking.id, 5, SECRETS[1], may_show=True, by=CLIENT, at=over)
    lines = await told(heard)
    assert [line["type"] for line in lines] == [
        "booking.made",
        "booking.moved",
        "reminder.due",
        "client.waiting",
        "booking.held",
        "booking.rated",
    ]
    moved, due, waiting = lines[1]["data"], lines[2]["data"], lines[3]["data"]
    assert moved["before"] == {"from": "2027-03-29T07:00:00Z", "to": "2027-03-29T08:00:00Z"}
    assert moved["from"] == "2027-03-29T09:00:00Z"
    assert due["minutes"] == 60
    assert waiting["visit_id"] == "v"
    assert lines[-1]["data"]["stars"] == 5
    whole = json.dumps(lines)
    assert not any(secret in whole for secret in (*SECRETS, "ana@example.org"))


async def test_somebody_without_an_appointment(store: str) -> None:
    place = await make_place()
    heard = await hook(await member(place, "mei", "admin"), people=True)
    visit = {"visit_id": "v", "organisation_id": place.org_id, "host_id": place.host_id}
    await tell_of_visit("client.waiting", visit, "", at=NOW)
    (one,) = await told(heard)
    assert one["data"] == {"room_id": "", **visit, "booking_id": ""}


async def test_who_was_found_to_be_another(store: str) -> None:
    place = await make_place()
    heard = await hook(await member(place, "mei", "admin"))
    org, keep, gone = place.org_id, "keep", "gone"
    for one in (keep, gone):
        await a_client(org, one, "Ana", f"{one}@example.org")
    await merge(org, keep, gone, by="mei", at=NOW)
    await merge(org, keep, gone, by="mei", at=NOW)
    (one,) = await told(heard)
    assert one["type"] == "client.merged"
    ids = {"organisation_id": org, "client_id": keep, "merged_id": gone}
    assert one["data"] == {"room_id": "", **ids}
