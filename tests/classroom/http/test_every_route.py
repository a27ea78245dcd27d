"""Every route of appointments there is, asked by those who have no right to it.

The routes are read from the application, so that a new one is asked, too.
"""

from __future__ import annotations

import pytest

from classroom.clock import utc_now
from classroom.http.mine_told import token_of
from classroom.store.booking_asked import scene_of
from classroom.store.booking_rooms import room_for
from classroom.store.booking_tables import Client
from tests.classroom.http.test_clients import Team, team  # noqa: F401
from tests.classroom.http.test_tokens import program
from tests.support.booker import open_practice, visitor
from tests.support.people import Answer, House

BY_LINK = {
    ("GET", ""),
    ("GET", "/free"),
    ("GET", "/event.ics"),
    ("POST", "/code"),
    ("POST", "/known"),
    ("POST", "/confirm"),
    ("POST", "/visit"),
}
"""What the private link alone opens, below a booking: when, with whom, digits, coming."""
MINE = "/api/mine/bookings/<booking_id>"
BODIES = {
    "/move": {"at": "2027-03-29T09:00:00Z", "revision": 1},
    "/rating": {"stars": 5},
    "/reminders": {"on": False},
    "/wish": {"kind": "erase"},
    "/known": {"digits": "123456"},
    "/forms": {"version_id": "x", "name": "x"},
}


def routes_below(home: House, prefix: str) -> list[tuple[str, str]]:
    """Method and path of each."""
    return sorted(
        (method, rule.rule)
        for rule in home.app.url_map.iter_rules()
        if rule.rule.startswith(prefix)
        for method in (rule.methods or ()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
    )


def filled(path: str, ids: dict[str, str]) -> str:
    """With ids; what is not known is nothing."""
    for name, value in ids.items():
        path = path.replace(f"<{name}>", value)
    return "/".join("nothing" if part.startswith("<") else part for part in path.split("/"))


def code_of(answer: Answer) -> str:
    """Of a refusal; empty for a yes."""
    return "" if answer.status < 400 else str(answer.code)


async def test_a_booking_is_told_to_nobody_but_its_client(home: House) -> None:
    practice = await open_practice(home)
    ana = await visitor(home)
    made = (await practice.books(ana, (await practice.free(ana))[200])).json
    old = made["token"]
    assert (await ana.post(f"/api/mine/bookings/{made['id']}/link")).status == 200
    new = token_of(home.doors, await scene_of(made["id"]))
    other = await visitor(home, "10.0.0.30")
    mail = "leo@example.org"
    await practice.books(other, (await practice.free(other))[250], email=mail, name="Leo")
    stranger = await visitor(home, "10.0.0.31")
    routes = [one for one in routes_below(home, MINE) if "<version_id>" not in one[1]]
    assert len(routes) > 15
    for method, rule in routes:
        below = rule.removeprefix(MINE)
        path, body = filled(rule, {"booking_id": made["id"]}), BODIES.get(below)
        body = body or ({} if method != "GET" else None)
        for browser, shown in ((stranger, None), (stranger, old), (other, None), (other, old)):
            headers = {} if shown is None else {"X-Booking": shown}
            answer = await browser.send(method, path, body, headers=headers)
            said = code_of(answer)
            if below == "/confirm" and shown is None:
                assert said in ("client.code", "client.code_old"), path
            elif below == "/keep":
                assert said == "session.required", path
            else:
                assert said == "booking.unknown", (method, path, said)
        if (method, below) in BY_LINK:
            continue
        answer = await stranger.send(method, path, body, headers={"X-Booking": new})
        assert code_of(answer) in ("booking.digits", "session.required"), (method, path)
    row = await Client.get(name="Ana")
    assert (row.wants_reminders, row.account_id, row.link_number) == (True, "", 2)


OF_A_TEAM = (
    "/api/organisations/<org_id>",
    "/api/hosts/<host_id>",
    "/api/offers/<offer_id>",
    "/api/clients/<client_id>",
    "/api/bookings/<booking_id>",
    "/api/visits/<visit_id>",
    "/api/rooms/by-code/<code>/talk",
)
PUBLIC = {("GET", "/api/offers/<offer_id>/forms")}
NOTHING_THERE = {
    "organisation.unknown",
    "host.unknown",
    "offer.unknown",
    "client.unknown",
    "booking.unknown",
    "visit.unknown",
}
LISTS = (
    "/api/clients?org={org}",
    "/api/notes?org={org}&q=x",
    "/api/bookings?org={org}",
    "/api/letters?org={org}",
    "/api/invoices?org={org}",
    "/api/credits?org={org}",
    "/api/desk?org={org}",
    "/api/desk/stream?org={org}",
)


@pytest.mark.parametrize("who", ["stranger", "counsellor"])
async def test_a_team_is_told_to_nobody_who_is_not_of_it(
    home: House,
    team: Team,  # noqa: F811
    who: str,
) -> None:
    """The administrator of another organisation, and a counsellor who was taken out."""
    browser = getattr(team, who)
    if who == "stranger":
        body = {"name": "Other", "vertical": "general", "zone": "UTC", "locale": "en"}
        assert (await browser.post("/api/organisations", body)).status == 201
    else:
        members = (await browser.get(f"/api/organisations/{team.org['id']}/members")).json
        me = next(one["id"] for one in members["members"] if one["is_me"])
        path = f"/api/organisations/{team.org['id']}/members/{me}"
        assert (await team.admin.send("DELETE", path)).status == 204
    reads = await program(home, browser)
    appointment = "a-booking-other"
    host = (await scene_of("booking-other")).host.id
    room = await room_for(appointment, host_id=host, policy="ask", at=utc_now())
    ids = {
        "org_id": team.org["id"],
        "host_id": host,
        "client_id": team.other_client,
        "booking_id": "booking-other",
        "offer_id": team.practice.offer_id,
        "code": room.code,
    }
    routes = {one for prefix in OF_A_TEAM for one in routes_below(home, prefix)} - PUBLIC
    assert len(routes) > 60
    for method, rule in sorted(routes):
        path = filled(rule, ids)
        answer = await browser.send(method, path, None if method == "GET" else {})
        said = code_of(answer)
        # What is malformed may be said before who asks is looked at; it tells nothing.
        allowed = NOTHING_THERE | ({"body.malformed"} if method != "GET" else set())
        assert said in allowed, (method, rule, said)
        if method == "GET":
            told = await reads.get(path)
            assert code_of(told) in NOTHING_THERE | {"token.browser"}, rule
    for asked in LISTS:
        path = asked.format(org=team.org["id"])
        assert code_of(await browser.get(path)) == "organisation.unknown", asked
        assert code_of(await reads.get(path)) == "organisation.unknown", asked
