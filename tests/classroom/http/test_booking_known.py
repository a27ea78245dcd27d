"""Who is known as a client: digits from a letter, accounts, new links, and what follows a talk."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from classroom.clock import utc_now
from classroom.http.mine_told import token_of
from classroom.people.client_link import digits_of
from classroom.store.booking_asked import scene_of
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Appointment, Booking, Client
from classroom.store.letter_tables import Letter
from tests.support.booker import Practice, open_practice, visitor
from tests.support.people import Browser, House


@pytest.fixture
async def practice(home: House) -> Practice:
    return await open_practice(home)


async def digits(practice: Practice, client_id: str) -> str:
    row = await Client.get(id=client_id)
    return digits_of(practice.home.doors.secret, row.id, row.code_number)


async def booked(practice: Practice, browser: Browser, number: int = 200) -> dict[str, str]:
    times = await practice.free(browser)
    answer = await practice.books(browser, times[number])
    made: dict[str, str] = answer.json
    return {**made, "path": f"/api/mine/bookings/{made['id']}"}


async def hold(practice: Practice, booking_id: str) -> None:
    """As if it was an hour ago."""
    row = await Booking.get(id=booking_id)
    begin = int((utc_now() - timedelta(hours=1)).timestamp()) // 300 * 300
    await Appointment.filter(id=row.appointment_id).update(from_s=begin, to_s=begin + 1800)
    bookings = practice.home.doors.appointments.bookings
    await bookings.turn(booking_id, "held", by=By("account"), at=utc_now())


async def test_digits_make_another_browser_known(practice: Practice) -> None:
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    client = await Client.get()
    phone = await visitor(practice.home, "10.0.0.20")
    link = {"X-Booking": made["token"]}
    assert (await phone.post(f"{made['path']}/code", headers=link)).status == 202
    letter = await Letter.filter(kind="digits").get()
    assert letter.to_email == "ana@example.org"
    right = await digits(practice, client.id)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    told = await phone.post(f"{made['path']}/known", {"digits": wrong}, headers=link)
    assert told.code == "client.code"
    spaced = {"digits": f" {right[:3]} {right[3:]} "}
    known = await phone.post(f"{made['path']}/known", spaced, headers=link)
    assert known.json["person"]["name"] == "Ana"
    assert len((await phone.get("/api/mine")).json["bookings"]) == 1
    again = await phone.post(f"{made['path']}/known", spaced, headers=link)
    assert again.code == "client.code_old"  # good once
    # Whoever wrote the address down before it was proved may have been somebody else.
    assert (await ana.get("/api/mine")).json["bookings"] == []


async def test_digits_end_after_five_tries(practice: Practice) -> None:
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    await ana.post(f"{made['path']}/code")
    client = await Client.get()
    right = await digits(practice, client.id)
    wrong = {"digits": f"{(int(right) + 1) % 1_000_000:06}"}
    codes = [(await ana.post(f"{made['path']}/known", wrong)).code for _ in range(6)]
    assert codes == ["client.code"] * 5 + ["client.code_old"]
    assert (await ana.post(f"{made['path']}/known", {"digits": right})).code == "client.code_old"
    await ana.post(f"{made['path']}/code")
    await Client.all().update(code_until=utc_now() - timedelta(seconds=1))
    late = {"digits": await digits(practice, client.id)}
    assert (await ana.post(f"{made['path']}/known", late)).code == "client.code_old"
    await ana.post(f"{made['path']}/code")
    assert (await ana.post(f"{made['path']}/code")).code == "rate.limited"


async def test_a_stranger_with_the_address_sees_nothing_later(practice: Practice) -> None:
    eve = await visitor(practice.home, "10.0.0.66")
    theirs = await booked(practice, eve, 100)
    eve_account = await (await visitor(practice.home, "10.0.0.66")).signs_up("eve@example.org")
    assert eve_account.csrf
    ana = await visitor(practice.home)
    link = {"X-Booking": theirs["token"]}
    await ana.post(f"{theirs['path']}/code", headers=link)
    right = {"digits": await digits(practice, (await Client.get()).id)}
    assert (await ana.post(f"{theirs['path']}/known", right, headers=link)).status == 200
    await practice.books(ana, (await practice.free(ana))[250], name="Ana Real", phone="555")
    assert await Client.all().count() == 1
    assert (await eve.get("/api/mine")).json["bookings"] == []
    assert (await eve.get(theirs["path"])).code == "booking.unknown"


async def test_confirming_with_the_digits_or_the_link(practice: Practice) -> None:
    path = f"/api/organisations/{practice.org_id}"
    await practice.mei.send("PATCH", path, {"settings": {"confirms": "unknown"}})
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    assert (made["state"], made["token"]) == ("unconfirmed", "")
    letter = await Letter.filter(kind="confirm").get()
    assert "digits" in json.loads(letter.links)
    client = await Client.get()
    wrong = await ana.post(f"{made['path']}/confirm", {"digits": "12345"})
    assert wrong.code == "client.code"
    never = await ana.post("/api/mine/bookings/AAAAAAAAAAAAAAAA/confirm", {"digits": "12345"})
    assert (never.status, never.body) == (wrong.status, wrong.body)
    right = {"digits": await digits(practice, client.id)}
    done = await ana.post(f"{made['path']}/confirm", right)
    assert (done.json["state"], done.json["booking"]["person"]["name"]) == ("booked", "Ana")
    assert (await Client.get()).is_proved
    # Known and proved: no second letter.
    again = await practice.books(ana, (await practice.free(ana))[300])
    assert again.json["state"] == "booked"


async def test_the_link_of_the_letter_confirms(practice: Practice) -> None:
    path = f"/api/organisations/{practice.org_id}"
    await practice.mei.send("PATCH", path, {"settings": {"confirms": "always"}})
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    token = token_of(practice.home.doors, await scene_of(made["id"]))
    mailbox = await visitor(practice.home, "10.0.0.30")
    done = await mailbox.post(f"{made['path']}/confirm", {}, headers={"X-Booking": token})
    assert done.json["state"] == "booked"
    assert done.json["token"] == token
    assert len((await mailbox.get("/api/mine")).json["bookings"]) == 1
    assert (await ana.get("/api/mine")).json["bookings"] == []


async def test_a_link_that_was_not_mailed_proves_nothing(practice: Practice) -> None:
    ana = await visitor(practice.home)
    hers = await booked(practice, ana)
    await practice.proves(ana, hers["id"])
    eve = await visitor(practice.home, "10.0.0.66")
    theirs = await booked(practice, eve, 100)  # with the same address, and told its link at once
    told = await eve.post(f"{theirs['path']}/confirm", {}, headers={"X-Booking": theirs["token"]})
    assert told.json["state"] == "booked"
    row = await Booking.get(id=theirs["id"]).select_related("client")
    assert not row.client.is_proved
    assert [one["id"] for one in (await eve.get("/api/mine")).json["bookings"]] == [theirs["id"]]
    assert (await eve.get(hers["path"])).code == "booking.unknown"
    assert len((await ana.get("/api/mine")).json["bookings"]) == 1


async def test_kept_in_an_account_it_is_known_everywhere(practice: Practice) -> None:
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    assert (await ana.post(f"{made['path']}/keep")).code == "session.required"
    await ana.signs_up("someone@example.org", "Ana")
    assert (await ana.post(f"{made['path']}/keep")).json["in_account"] is True
    laptop = await visitor(practice.home, "10.0.0.40")
    sign_in = {"email": "someone@example.org", "password": "correct horse battery"}
    assert (await laptop.post("/api/session", sign_in)).status in (200, 201)
    assert len((await laptop.get("/api/mine")).json["bookings"]) == 1
    # An equal address proves nothing.
    other = await (await visitor(practice.home, "10.0.0.41")).signs_up("ana@example.org", "Eve")
    assert (await other.get("/api/mine")).json["bookings"] == []
    assert (await other.post(f"{made['path']}/keep")).code == "booking.unknown"


async def test_a_new_link_ends_the_old_ones(practice: Practice) -> None:
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    new = (await ana.post(f"{made['path']}/link")).json["token"]
    assert new != made["token"]
    phone = await visitor(practice.home, "10.0.0.20")
    old = await phone.get("/api/mine/ticket", headers={"X-Booking": made["token"]})
    assert old.code == "booking.unknown"
    assert (await phone.get("/api/mine/ticket", headers={"X-Booking": new})).status == 200
    assert len((await ana.get("/api/mine")).json["bookings"]) == 1


async def test_a_talk_is_rated_once_and_shown_when_both_want(practice: Practice) -> None:
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    rating = {"stars": 4, "comment": "Clear and kind", "may_show": True}
    assert (await ana.post(f"{made['path']}/rating", rating)).code == "rating.early"
    await hold(practice, made["id"])
    told = await ana.post(f"{made['path']}/rating", rating)
    assert (told.json["stars"], told.json["may"]["rate"]) == (4, False)
    assert (await ana.post(f"{made['path']}/rating", rating)).code == "rating.done"
    page = (await ana.get(practice.path)).json
    assert page["host"]["stars"] == {"mean": None, "count": 0}
    await Booking.all().update(is_shown=True)
    page = (await ana.get(practice.path)).json
    assert page["host"]["stars"] == {"mean": 4.0, "count": 1}
    assert "Clear and kind" not in str(page)


async def test_the_rest_of_mine(practice: Practice) -> None:
    ana = await visitor(practice.home)
    made = await booked(practice, ana)
    off = await ana.post(f"{made['path']}/reminders", {"on": False})
    assert off.json["person"]["wants_reminders"] is False
    person = {"booking_id": made["id"], "name": "Ana B.", "zone": "Asia/Tokyo"}
    answer = await ana.send("PATCH", "/api/mine/person", person)
    assert (answer.json["person"]["name"], answer.json["person"]["zone"]) == (
        "Ana B.",
        "Asia/Tokyo",
    )
    assert (await ana.get(f"{made['path']}/next")).json["free"]
    event = await ana.get(f"{made['path']}/event.ics")
    assert b"BEGIN:VEVENT" in event.body
    assert b"Talk" in event.body
    phone = await visitor(practice.home, "10.0.0.20")
    link = {"X-Booking": made["token"]}
    short = await phone.get(f"{made['path']}/event.ics", headers=link)
    assert b"North" in short.body
    assert b"Talk" not in short.body
    assert b"Ana" not in short.body
    for path in ("rating", "reminders", "link"):
        body = {"rating": {"stars": 1}, "reminders": {"on": True}}.get(path)
        answer = await phone.post(f"{made['path']}/{path}", body, headers=link)
        assert answer.code == "booking.digits", path
