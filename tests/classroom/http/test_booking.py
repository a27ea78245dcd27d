"""Booking over HTTP: from the public page to the private link."""

from __future__ import annotations

import asyncio

import pytest

from classroom.clock import utc_now
from classroom.store.booking_tables import BookedCell, Booking, Client
from tests.support.booker import Practice, open_practice, visitor
from tests.support.people import House


@pytest.fixture
async def practice(home: House) -> Practice:
    return await open_practice(home)


async def test_the_public_pages(practice: Practice) -> None:
    ana = await visitor(practice.home)
    page = (await ana.get(f"/api/book/{practice.slug}?locale=zh-CN")).json
    assert page["organisation"]["words"]["client"] == "学生"
    assert [offer["name"] for host in page["hosts"] for offer in host["offers"]] == ["Talk"]
    host = (await ana.get(practice.path)).json
    assert host["host"]["stars"] == {"mean": None, "count": 0}
    assert host["offers"][0]["terms"] == {"hours": 24, "moves": 3}
    assert (await ana.get("/api/book/nobody")).code == "host.unknown"
    assert (await ana.get(f"/api/book/{practice.slug}/nobody")).code == "host.unknown"
    assert "email" not in str(page) + str(host)


async def test_one_path_from_free_times_to_the_private_link(practice: Practice) -> None:
    ana = await visitor(practice.home)
    at = (await practice.free(ana))[200]
    answer = await practice.books(ana, at)
    assert answer.status == 201, answer.body
    booked = answer.json
    assert (booked["state"], booked["booking"]["from"]) == ("booked", at)
    assert booked["booking"]["person"]["email"] == "ana@example.org"
    assert at not in await practice.free(ana)
    mine = (await ana.get("/api/mine")).json
    assert [one["id"] for one in mine["bookings"]] == [booked["id"]]

    stranger = await visitor(practice.home, "10.0.0.10")
    link = {"X-Booking": booked["token"]}
    short = (await stranger.get("/api/mine/ticket", headers=link)).json
    assert (short["id"], short["is_known"]) == (booked["id"], False)
    assert "Ana" not in str(short)
    assert "Talk" not in str(short)
    assert short["may"]["cancel"] == "code"
    assert (await stranger.get("/api/mine")).json["bookings"] == []
    path = f"/api/mine/bookings/{booked['id']}"
    assert (await stranger.post(f"{path}/cancel", {}, headers=link)).code == "booking.digits"
    assert (await stranger.get(path)).code == "booking.unknown"

    cancelled = await ana.post(f"{path}/cancel", {"why": "ill"})
    assert cancelled.json["state"] == "cancelled"
    assert (await ana.post(f"{path}/cancel", {})).json["state"] == "cancelled"
    assert await BookedCell.all().count() == 0
    assert at in await practice.free(ana)


async def test_a_client_moves(practice: Practice) -> None:
    ana = await visitor(practice.home)
    times = await practice.free(ana)
    first, later = times[200], times[300]
    booked = (await practice.books(ana, first)).json
    path = f"/api/mine/bookings/{booked['id']}"
    moved = await ana.post(f"{path}/move", {"at": later, "revision": 0})
    assert (moved.status, moved.json["from"], moved.json["revision"]) == (200, later, 1)
    assert moved.json["moves_left"] == 2
    again = await ana.post(f"{path}/move", {"at": first, "revision": 0})
    assert again.code == "booking.moved"
    bo = await visitor(practice.home, "10.0.0.10")
    taken = await practice.books(bo, later, email="bo@example.org")
    assert taken.code == "booking.taken"
    near = taken.json["params"]["next"].split(" ")
    assert len(near) == 6
    assert near[0] > later


@pytest.mark.parametrize("confirms", ["off", "unknown"])
async def test_an_address_opens_nothing(practice: Practice, confirms: str) -> None:
    ana = await visitor(practice.home)
    times = await practice.free(ana)
    made = (await practice.books(ana, times[200], name="Ana Real")).json
    await practice.proves(ana, made["id"])
    path = f"/api/organisations/{practice.org_id}"
    await practice.mei.send("PATCH", path, {"settings": {"confirms": confirms}})
    told = []
    for address, email in (("10.0.0.66", "ana@example.org"), ("10.0.0.67", "nobody@example.org")):
        eve = await visitor(practice.home, address)
        answer = await practice.books(eve, times[10 * len(told)], name="Eve", email=email)
        seen = (await eve.get("/api/mine")).json["bookings"]
        assert "Ana Real" not in str(seen) + str(answer.body)
        told.append((answer.status, sorted(answer.json), answer.json["state"], len(seen)))
    assert told[0] == told[1]  # a client is answered as one who never was here
    again = await practice.books(ana, times[230], name="Ana")
    assert again.json["booking"]["person"]["name"] == "Ana Real"
    assert len((await ana.get("/api/mine")).json["bookings"]) == 2


@pytest.mark.parametrize("spam", [{"website": "http://spam"}, {"waited_ms": 300}])
async def test_a_program_takes_nothing(practice: Practice, spam: dict[str, object]) -> None:
    bot = await visitor(practice.home)
    at = (await practice.free(bot))[0]
    answer = await practice.books(bot, at, **spam)
    assert answer.status == 201
    assert answer.json["state"] == "unconfirmed"
    assert await Booking.all().count() == 0
    assert at in await practice.free(bot)


async def test_addresses_are_proved_where_an_organisation_wants_it(practice: Practice) -> None:
    path = f"/api/organisations/{practice.org_id}"
    settings = {"settings": {"confirms": "unknown"}}
    assert (await practice.mei.send("PATCH", path, settings)).status == 200
    ana = await visitor(practice.home)
    at = (await practice.free(ana))[0]
    real = await practice.books(ana, at)
    fake = await practice.books(ana, (await practice.free(ana))[5], website="x")
    assert (real.status, sorted(real.json)) == (fake.status, sorted(fake.json))
    for answer in (real, fake):
        told = answer.json
        assert (told["state"], told["token"], told["booking"]) == ("unconfirmed", "", None)
        assert told["until"]
    assert (await ana.get("/api/mine")).json["bookings"] == []
    assert at not in await practice.free(ana)  # held while the letter is on its way


async def test_wrong_links_are_answered_alike(practice: Practice) -> None:
    ana = await visitor(practice.home)
    times = await practice.free(ana)
    one = (await practice.books(ana, times[0])).json
    two = (await practice.books(ana, times[10])).json
    eve = await visitor(practice.home, "10.0.0.66")
    cut = one["token"][:-1]
    crossed = f"k.{two['id']}.{one['token'].rpartition('.')[2]}"
    made_up = f"k.{'x' * 16}.{'0' * 64}"
    seen = set()
    for token in (cut, crossed, made_up, "", "k..", "nonsense", one["token"] + "0"):
        for path in ("/api/mine/ticket", f"/api/mine/bookings/{one['id']}"):
            answer = await eve.get(path, headers={"X-Booking": token})
            headers = {
                name: value
                for name, value in answer.headers.items()
                if name.lower() not in ("date", "x-request-id")
            }
            seen.add((answer.status, answer.body, str(sorted(headers.items()))))
    await Client.all().update(link_number=2)
    old = await eve.get("/api/mine/ticket", headers={"X-Booking": one["token"]})
    assert old.code == "booking.unknown"
    assert len(seen) == 1
    assert (await ana.get("/api/mine")).json["bookings"] == []  # the browser is forgotten, too


async def test_bookings_are_not_made_by_the_dozen(practice: Practice) -> None:
    eve = await visitor(practice.home)
    times = await practice.free(eve)
    codes = []
    for number in range(12):
        at, mail = times[number * 4], f"e{number}@example.org"
        answer = await practice.books(eve, at, email=mail)
        codes.append("" if answer.status == 201 else answer.code)
    assert codes.count("") == 10
    assert set(codes[10:]) == {"rate.limited"}
    assert await Booking.all().count() == 10


async def test_pressing_twice_over_http(practice: Practice) -> None:
    ana = await visitor(practice.home)
    at = (await practice.free(ana))[0]
    first = (await practice.books(ana, at)).json
    again = (await practice.books(ana, at)).json
    assert (first["id"], first["token"]) == (again["id"], again["token"])
    assert await Booking.all().count() == 1


async def test_twenty_people_want_one_time(practice: Practice) -> None:
    people = [await visitor(practice.home, f"10.0.1.{number}") for number in range(20)]
    at = (await practice.free(people[0]))[100]
    answers = await asyncio.gather(
        *(
            practice.books(browser, at, email=f"p{number}@example.org")
            for number, browser in enumerate(people)
        )
    )
    assert [answer.status for answer in answers].count(201) == 1
    for answer in answers:
        if answer.status != 201:
            assert answer.code == "booking.taken"
            assert len(answer.json["params"]["next"].split(" ")) == 6
    assert await Booking.all().count() == 1
    assert await Client.all().count() == 1


TICKET = {
    "id", "now", "state", "revision", "from", "to", "host", "organisation", "kind", "until",
    "change_until", "may", "is_known",
}  # fmt: skip
PERSON = {
    "offer", "intake", "price", "currency", "pay", "moves_left", "person", "link", "in_account",
    "summary", "files", "stars", "comment", "may_show",
}  # fmt: skip
"""What only who is known as the client is told."""


async def test_every_field_of_a_booking_is_for_the_link_or_for_the_client(
    practice: Practice,
) -> None:
    field = {"id": "why", "kind": "text", "label": "Why", "help": "", "choices": []}
    offer = await practice.offers(
        name="Grief counselling",
        about="Quiet words",
        price=6000,
        pay="after",
        intake=[{**field, "is_required": True, "is_private": True}],
    )
    ana = await visitor(practice.home)
    at = (await practice.free(ana, offer["id"]))[200]
    secrets = {"name": "Ana Lovelace", "email": "lovelace@example.org", "phone": "+44 55 66"}
    booked = await practice.books(
        ana, at, offer_id=offer["id"], intake={"why": "My father"}, **secrets
    )
    await Booking.all().update(summary="We spoke", comment="Kind", stars=5)
    whole = (await ana.get("/api/mine")).json["bookings"][0]
    assert set(whole) == TICKET | PERSON
    eve = await visitor(practice.home, "10.0.0.66")
    short = await eve.get("/api/mine/ticket", headers={"X-Booking": booked.json["token"]})
    assert set(short.json) == TICKET
    told = short.body.decode()
    hidden = [*secrets.values(), "My father", "Grief", "Quiet", "6000", "We spoke", "Kind"]
    assert [secret for secret in hidden if secret in told] == []
    assert "America/New_York" not in told


async def test_an_erased_client_is_as_one_who_never_was(practice: Practice) -> None:
    ana = await visitor(practice.home)
    booked = (await practice.books(ana, (await practice.free(ana))[200])).json
    await Client.all().update(erased_at=utc_now())
    link = {"X-Booking": booked["token"]}
    erased = await ana.get("/api/mine/ticket", headers=link)
    never = await ana.get("/api/mine/ticket", headers={"X-Booking": f"k.{'x' * 16}.{'0' * 64}"})
    assert (erased.status, erased.body) == (never.status, never.body)
    path = f"/api/mine/bookings/{booked['id']}"
    for below, body in (("/cancel", {}), ("/code", None), ("/known", {"digits": "123456"})):
        answer = await ana.post(path + below, body, headers=link)
        assert answer.code == "booking.unknown", below
