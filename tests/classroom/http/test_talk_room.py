"""The room of a talk, for who leads it and who was added: colleagues and outsiders."""

from __future__ import annotations

import pytest

from classroom.clock import utc_now
from classroom.store.booking_rooms import room_for
from tests.classroom.http.test_clients import Team, team  # noqa: F401
from tests.support.people import House


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
