"""The room of a talk, for who leads it and who was added: colleagues and outsiders."""

from __future__ import annotations

import pytest

from classroom.clock import utc_now
from classroom.ids import RoomId
from classroom.people.enrolment import participant_of
from classroom.store.booking_rooms import room_for
from classroom.store.enrolment_tables import Enrolment
from tests.classroom.http.test_clients import Team, team  # noqa: F401
from tests.support.people import House, LookTwin


@pytest.fixture
async def code(team: Team) -> str:  # noqa: F811
    appointment = f"a-{team.practice.booking_id}"
    room = await room_for(appointment, host_id=team.practice.host_id, policy="ask", at=utc_now())
    return room.code


async def test_who_leads_is_told_who_comes(team: Team, code: str) -> None:  # noqa: F811
    told = (await team.admin.get(f"/api/rooms/by-code/{code}/talk")).json
    (client,) = told["clients"]
    assert (client["name"], client["zone"], client["is_mine"]) == (
        "Wei Chen",
        "Asia/Shanghai",
        True,
    )
    assert (told["offer"], told["experts"]) == ("Talk", [])
    assert [one["name"] for one in told["colleagues"]] == ["Counsellor"]
    for browser in (team.reception, team.counsellor, team.stranger):
        assert (await browser.get(f"/api/rooms/by-code/{code}/talk")).code == "booking.unknown"
    plain = await team.admin.makes_room()
    other = await team.admin.get(f"/api/rooms/by-code/{plain['code']}/talk")
    assert other.code == "booking.unknown"


async def test_a_colleague_is_added_and_comes_in_without_seeing_more(
    team: Team,  # noqa: F811
    code: str,
) -> None:
    path = f"/api/rooms/by-code/{code}"
    assert (await team.counsellor.post(f"{path}/seat", {"name": "x"})).code == "enrolment.only"
    told = (await team.admin.get(f"{path}/talk")).json
    member = told["colleagues"][0]["member_id"]
    for _ in range(2):
        added = (await team.admin.post(f"{path}/talk/people", {"member_id": member})).json
        assert [(one["name"], one["link"]) for one in added["experts"]] == [("Counsellor", "")]
    seat = await team.counsellor.post(f"{path}/seat", {"name": "x"})
    assert seat.json["role"] == "assistant"
    seen = (await team.counsellor.get(f"{path}/talk")).json
    assert [(one["name"], one["client_id"]) for one in seen["clients"]] == [("Wei Chen", "")]
    client = await team.counsellor.get(f"/api/clients/{team.practice.client_id}")
    assert client.code == "client.unknown"
    more = await team.counsellor.post(f"{path}/talk/people", {"name": "Eve"})
    assert more.code == "right.missing"


async def test_an_outsider_comes_in_by_their_link_alone(
    home: House,
    team: Team,  # noqa: F811
    code: str,
) -> None:
    path = f"/api/rooms/by-code/{code}"
    assert (await team.admin.post(f"{path}/talk/people", {"name": " "})).code == "name.empty"
    unknown = await team.admin.post(f"{path}/talk/people", {"member_id": "nobody"})
    assert unknown.code == "member.unknown"
    told = (await team.admin.post(f"{path}/talk/people", {"name": "Dr Roth"})).json
    (expert,) = told["experts"]
    outsider = await home.browser("10.0.0.7").opens()
    assert (await outsider.get(expert["link"])).status == 303
    assert (await outsider.post(f"{path}/seat", {"name": "x"})).json["role"] == "assistant"
    guest = await home.browser("10.0.0.8").opens()
    assert (await guest.post(f"{path}/seat", {"name": "Eve"})).code == "enrolment.only"


async def member_of(team: Team, name: str) -> str:  # noqa: F811
    listed = (await team.admin.get(f"/api/organisations/{team.org['id']}/members")).json
    return next(str(one["id"]) for one in listed["members"] if one["name"] == name)


async def test_who_leaves_the_team_is_out_of_the_talk_and_does_not_come_back(
    home: House,
    team: Team,  # noqa: F811
    code: str,
) -> None:
    theirs = (await team.counsellor.get(f"/api/organisations/{team.org['id']}")).json["hosts"]
    host_id = next(one["id"] for one in theirs if one["is_own"])
    own = await room_for("a-booking-other", host_id=host_id, policy="ask", at=utc_now())
    member = await member_of(team, "Counsellor")
    helped = await team.admin.post(f"/api/rooms/by-code/{code}/talk/people", {"member_id": member})
    assert helped.status == 200
    seat = await team.counsellor.post(f"/api/rooms/by-code/{own.code}/seat", {"name": "x"})
    assert seat.json["role"] == "host"
    shown = {"Authorization": f"Seat {seat.json['seat_token']}"}
    path = f"/api/rooms/by-code/{own.code}/files"
    assert (await team.counsellor.get(path, headers=shown)).code != "seat.removed"
    home.live.rooms[own.id] = LookTwin()
    account = (await team.counsellor.get("/api/session")).json["account"]["id"]
    gone = await team.admin.send("DELETE", f"/api/organisations/{team.org['id']}/members/{member}")
    assert gone.status == 204
    assert (own.id, account) in home.live.let_gone
    (enrolment,) = await Enrolment.filter(name="Counsellor")
    place = (enrolment.room_id, participant_of(RoomId(enrolment.room_id), enrolment.id))
    assert place in home.live.let_gone
    assert (await team.counsellor.get(path, headers=shown)).code == "seat.removed"
    again = {"name": "x", "existing": seat.json["seat_token"]}
    back = await team.counsellor.post(f"/api/rooms/by-code/{own.code}/seat", again)
    assert back.code == "enrolment.only"
