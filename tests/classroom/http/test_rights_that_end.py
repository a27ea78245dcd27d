"""What ends when somebody leaves, is corrected, or makes a new link; and what one route must not
tell that another keeps back."""

from __future__ import annotations

import json

import pytest

from classroom.booking.form import read_texts
from classroom.clock import utc_now
from classroom.http.mine_told import token_of
from classroom.ids import AccountId, RoomId
from classroom.jobs.clients import ErasingClients
from classroom.people.client_link import digits_of
from classroom.store.booking_asked import scene_of
from classroom.store.booking_rooms import room_for
from classroom.store.booking_tables import Appointment, Booking, Client
from classroom.store.form_tables import Signature
from classroom.store.forms import create_form
from classroom.store.practice_tables import Offer
from classroom.store.visit_tables import Visit, VisitMessage
from classroom.store.visits import NewVisit, add_message, add_visit, turn_visit
from tests.classroom.http.test_clients import Team, team  # noqa: F401
from tests.classroom.http.test_tokens import program
from tests.support.people import Browser, House
from tests.support.practice import a_practice
from tests.support.visited import PracticeRows

FORM = {"en": {"title": "Consent", "text": "I agree."}}


async def member_of(team: Team, browser: Browser) -> str:  # noqa: F811
    told = (await browser.get(f"/api/organisations/{team.org['id']}/members")).json
    return str(next(one["id"] for one in told["members"] if one["is_me"]))


async def leaves(team: Team, browser: Browser) -> None:  # noqa: F811
    path = f"/api/organisations/{team.org['id']}/members/{await member_of(team, browser)}"
    assert (await team.admin.send("DELETE", path)).status == 204


# What reception does not read


async def test_a_summary_is_read_by_nobody_who_reads_no_files(team: Team) -> None:  # noqa: F811
    booking = team.practice.booking_id
    await Booking.filter(id=booking).update(
        summary="He sleeps badly", files=json.dumps([{"id": "f", "name": "plan.pdf", "bytes": 1}])
    )
    for who, reads in (("admin", True), ("reception", False)):
        seen = (await team.of(who, f"GET /api/bookings/{booking}")).json
        assert bool(seen["summary"]) is bool(seen["files"]) is reads, who


async def test_a_program_that_only_reads_is_told_no_outsiders_link(
    home: House,
    team: Team,  # noqa: F811
) -> None:
    appointment = f"a-{team.practice.booking_id}"
    room = await room_for(appointment, host_id=team.practice.host_id, policy="ask", at=utc_now())
    talk = f"/api/rooms/by-code/{room.code}/talk"
    told = (await team.admin.post(f"{talk}/people", {"name": "Dr Roth"})).json
    assert told["experts"][0]["link"]
    reads = await program(home, team.admin)
    (expert,) = (await reads.get(talk)).json["experts"]
    assert (expert["name"], expert["link"]) == ("Dr Roth", "")


async def test_the_mark_of_anothers_page_tells_no_colleague_what_it_booked(
    team: Team,  # noqa: F811
) -> None:
    mark = "visit-0123456789abcdef"
    await Booking.filter(id=team.practice.booking_id).update(once=mark, comment="Private")
    host = (await scene_of("booking-other")).host.id
    made = await team.counsellor.post(f"/api/hosts/{host}/offers", {"name": "T", "minutes": 30})
    body = {
        "host_id": host,
        "offer_id": made.json["id"],
        "at": "2027-03-30T09:00:00Z",
        "client_id": team.other_client,
        "once": mark,
        "anyway": True,
    }
    answer = await team.counsellor.post("/api/bookings", body)
    assert "Private" not in str(answer.json)
    assert answer.code == "booking.taken"


# Who is of the team no more


async def test_who_left_the_team_leads_none_of_its_talks(team: Team) -> None:  # noqa: F811
    booking = await Booking.get(id="booking-other").select_related("appointment")
    room = await room_for(
        booking.appointment_id, host_id=booking.appointment.host_id, policy="ask", at=utc_now()
    )
    door = f"/api/rooms/by-code/{room.code}"
    seat = await team.counsellor.post(f"{door}/seat", {"name": "x"})
    assert seat.json["role"] == "host"
    await leaves(team, team.counsellor)
    again = await team.counsellor.post(f"{door}/seat", {"name": "x"})
    assert again.code == "enrolment.only"
    old = {"name": "x", "existing": seat.json["seat_token"]}
    assert (await team.counsellor.post(f"{door}/seat", old)).code == "enrolment.only"
    assert (await team.counsellor.get(f"/api/rooms/{room.id}")).status == 404
    # The talk stays with the practice.
    assert (await team.admin.post(f"{door}/seat", {"name": "x"})).json["role"] == "host"


async def test_who_left_the_team_helps_in_none_of_its_talks(team: Team) -> None:  # noqa: F811
    appointment = f"a-{team.practice.booking_id}"
    room = await room_for(appointment, host_id=team.practice.host_id, policy="ask", at=utc_now())
    door = f"/api/rooms/by-code/{room.code}"
    member = await member_of(team, team.counsellor)
    await team.admin.post(f"{door}/talk/people", {"member_id": member})
    assert (await team.counsellor.post(f"{door}/seat", {"name": "x"})).json["role"] == "assistant"
    await leaves(team, team.counsellor)
    assert (await team.counsellor.post(f"{door}/seat", {"name": "x"})).code == "enrolment.only"


async def test_an_outsiders_link_ends_with_the_talk(
    home: House,
    team: Team,  # noqa: F811
) -> None:
    appointment = f"a-{team.practice.booking_id}"
    room = await room_for(appointment, host_id=team.practice.host_id, policy="ask", at=utc_now())
    door = f"/api/rooms/by-code/{room.code}"
    told = (await team.admin.post(f"{door}/talk/people", {"name": "Dr Roth"})).json
    outsider = await home.browser("10.0.0.7").opens()
    await outsider.get(told["experts"][0]["link"])
    seat = await outsider.post(f"{door}/seat", {"name": "x"})
    assert seat.json["role"] == "assistant"
    shown = {"Authorization": f"Seat {seat.json['seat_token']}"}
    for state in ("over", "cancelled"):
        await Appointment.filter(id=appointment).update(state=state)
        assert (await outsider.post(f"{door}/seat", {"name": "x"})).code == "visit.not_admitted"
        files = await outsider.get(f"{door}/files/x", headers=shown)
        assert files.code == "visit.not_admitted"


# Digits and addresses


async def test_digits_of_the_old_address_prove_no_new_one(
    home: House,
    team: Team,  # noqa: F811
) -> None:
    """Somebody has their address corrected to that of another client, and types the digits that
    were mailed to their own."""
    eve = team.practice.client_id
    await Client.filter(id=team.other_client).update(is_proved=True, email="lin@example.org")
    link = {"X-Booking": token_of(home.doors, await scene_of(team.practice.booking_id))}
    path = f"/api/mine/bookings/{team.practice.booking_id}"
    browser = await home.browser("10.0.0.7").opens()
    assert (await browser.post(f"{path}/code", headers=link)).status == 202
    row = await Client.get(id=eve)
    right = {"digits": digits_of(home.doors.secret, eve, row.code_number)}
    changed = await team.reception.send(
        "PATCH", f"/api/clients/{eve}", {"email": "lin@example.org"}
    )
    assert changed.status == 200
    typed = await browser.post(f"{path}/known", right, headers=link)
    assert typed.code == "client.code_old"
    assert (await browser.get("/api/mine")).json["bookings"] == []


# The waiting room


async def comes(home: House, practice: PracticeRows, *, known: bool) -> tuple[Browser, str, str]:
    """A client by the link of an appointment now: the browser, the booking's path, the visit's."""
    at = int(utc_now().timestamp()) // 300 * 300
    who = await practice.books(from_s=at)
    await Client.filter(id=who.client_id).update(email="min@example.org")
    path = f"/api/mine/bookings/{who.booking_id}"
    browser = await home.browser("10.0.0.7").opens()
    link = {"X-Booking": token_of(home.doors, await scene_of(who.booking_id))}
    if known:
        await browser.post(f"{path}/code", headers=link)
        row = await Client.get(id=who.client_id)
        digits = {"digits": digits_of(home.doors.secret, row.id, row.code_number)}
        assert (await browser.post(f"{path}/known", digits, headers=link)).status == 200
    answer = await browser.post(f"{path}/visit", {}, headers=link)
    assert answer.status == 201, answer.body
    return browser, path, f"/api/mine/visits/{answer.json['id']}"


@pytest.fixture
async def host(home: House) -> Browser:
    return await home.browser().signs_up()


@pytest.fixture
async def practice(host: Browser) -> PracticeRows:
    account = (await host.get("/api/session")).json["account"]["id"]
    return await PracticeRows.make(AccountId(account))


async def test_only_who_is_known_signs_in_the_waiting_room(
    home: House, practice: PracticeRows
) -> None:
    form = await create_form(practice.org_id, read_texts(FORM), by="x", at=utc_now())
    await Offer.filter(id=practice.offer_id).update(form_ids=json.dumps([form.id]))
    body = {"version_id": form.newest.id, "name": "Min-jun"}
    browser, _, visit = await comes(home, practice, known=False)
    assert (await browser.post(f"{visit}/agree", body)).code == "booking.digits"
    assert await Signature.all().count() == 0


async def test_nothing_is_signed_that_nobody_asked_for(home: House, practice: PracticeRows) -> None:
    """Texts of another organisation are public, and so are their ids."""
    other = await a_practice("other@example.org", "other")
    theirs = await create_form(other.org_id, read_texts(FORM), by="x", at=utc_now())
    browser, _, visit = await comes(home, practice, known=True)
    body = {"version_id": theirs.newest.id, "name": "Min-jun"}
    assert (await browser.post(f"{visit}/agree", body)).code == "form.unknown"
    assert await Signature.all().count() == 0


async def test_a_new_link_ends_the_waiting_of_who_had_the_old_one(
    home: House, host: Browser, practice: PracticeRows
) -> None:
    thief, path, visit = await comes(home, practice, known=False)
    booking = await Booking.all().order_by("-created_at", "-id").first()
    assert booking is not None
    ana = await home.browser("10.0.0.8").opens()
    link = {"X-Booking": token_of(home.doors, await scene_of(booking.id))}
    await ana.post(f"{path}/code", headers=link)
    row = await Client.get(id=booking.client_id)
    digits = {"digits": digits_of(home.doors.secret, row.id, row.code_number)}
    assert (await ana.post(f"{path}/known", digits, headers=link)).status == 200
    code = (await host.post(f"/api/visits/{visit.rpartition('/')[2]}/admit")).json["code"]
    assert (await thief.post(f"{visit}/enter")).json["code"] == code
    door = f"/api/rooms/by-code/{code}/seat"
    assert (await thief.post(door, {"name": "x"})).json["role"] == "student"
    assert (await ana.post(f"{path}/link")).status == 200
    assert (await thief.get(visit)).code == "visit.unknown"
    assert (await thief.post(f"{visit}/enter")).code == "visit.unknown"
    assert (await thief.post(door, {"name": "x"})).code == "enrolment.only"
    # The client goes on with the new one.
    assert (await ana.post(f"{path}/visit", {})).status == 201
    assert (await ana.post(f"{visit}/enter")).json["code"] == code
    assert (await ana.post(door, {"name": "x"})).json["role"] == "student"


async def test_visitors_who_became_no_client_are_forgotten(
    home: House, practice: PracticeRows
) -> None:
    """Nobody could erase them: they are on no list of clients."""
    now_s = int(utc_now().timestamp())
    for days, client in ((31, ""), (29, ""), (31, "a client")):
        new = NewVisit(
            org_id=practice.org_id,
            host_id=practice.host_id,
            name="Leila",
            locale="en",
            zone="UTC",
            minutes=30,
            email="leila@example.org",
            reason="Private",
            client_id=client,
        )
        came_s = now_s - days * 86_400
        visit = await add_visit(new, now_s=came_s)
        await add_message(visit.id, account_id="", name="Leila", text="Please", at=utc_now())
        await turn_visit(visit.id, "leave", now_s=came_s)
    await ErasingClients(home.doors.appointments.bookings, _no_room).forget_old()
    left = await Visit.all().order_by("came_s")
    assert [one.client_id for one in left] == ["a client", ""]
    assert await VisitMessage.all().count() == 2


async def _no_room(_: RoomId) -> None:
    """Nothing is to be taken away here."""
