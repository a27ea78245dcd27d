"""A host's calendar at its secret address: what it shows, and when it leads nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from classroom.clock import utc_now
from tests.classroom.http.test_hours import a_host
from tests.classroom.http.test_openapi import Paper, Reader
from tests.classroom.http.test_organisations import joins
from tests.support.people import Browser, House
from tests.support.radicale import radicale
from tests.support.rows import new_appointment


@pytest.fixture
async def admin(home: House) -> Browser:
    return await home.browser().signs_up()


async def a_block(host_id: str, title: str) -> None:
    start_s = int(utc_now().timestamp()) // 300 * 300 + 86_400
    own = {"kind": "block", "title": title, "taken": 0}
    await new_appointment(host_id, start_s, start_s + 3600, **own).save()


async def addresses(admin: Browser, host_id: str) -> dict[str, Any]:
    reader = Reader(admin, Paper((await admin.get("/api/openapi.json")).json))
    told = await reader.asks("GET /api/hosts/{host_id}/feed-address", host_id=host_id)
    return dict(told)


async def test_whoever_has_the_address_reads_what_it_shows(home: House, admin: Browser) -> None:
    _, host_id = await a_host(admin)
    await a_block(host_id, "Dentist")
    told = await addresses(admin, host_id)
    stranger = home.browser()
    plain, offer = await stranger.get(told["plain"]), await stranger.get(told["offer"])
    assert plain.headers["content-type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:Appointment\r\n" in plain.body
    assert b"Dentist" not in plain.body
    assert b"SUMMARY:Dentist\r\n" in offer.body
    assert b"@localhost\r\n" in offer.body


async def test_what_has_not_changed_is_not_sent_again(home: House, admin: Browser) -> None:
    _, host_id = await a_host(admin)
    path = (await addresses(admin, host_id))["plain"]
    first = await admin.get(path)
    mark = {"If-None-Match": first.headers["etag"]}
    again = await admin.get(path, headers=mark)
    assert (again.status, again.body) == (304, b"")
    await a_block(host_id, "Dentist")
    assert (await admin.get(path, headers=mark)).status == 200


async def test_new_addresses_end_the_old_ones(home: House, admin: Browser) -> None:
    org, host_id = await a_host(admin)
    old = await addresses(admin, host_id)
    new = (await admin.post(f"/api/hosts/{host_id}/feed-address", {})).json
    assert set(old.values()) & set(new.values()) == set()
    assert (await admin.get(old["plain"])).code == "feed.unknown"
    assert (await admin.get(new["plain"])).status == 200
    counsellor = await joins(home, admin, org, "counsellor")
    told = (await admin.get(f"/api/organisations/{org['id']}")).json
    (theirs,) = [one["id"] for one in told["hosts"] if one["id"] != host_id]
    path = (await addresses(counsellor, theirs))["client"]
    assert (await counsellor.get(path)).status == 200
    elsewhere = {"url": "https://x.example/private.ics"}
    await counsellor.post(f"/api/hosts/{theirs}/feeds", elsewhere)
    team = (await admin.get(f"/api/organisations/{org['id']}/members")).json["members"]
    (member,) = [one["id"] for one in team if one["host_id"] == theirs]
    await admin.send("DELETE", f"/api/organisations/{org['id']}/members/{member}")
    assert (await counsellor.get(path)).code == "feed.unknown"
    assert (await admin.get(f"/api/hosts/{theirs}/feeds")).json == []


async def test_an_address_cannot_be_made_of_another(home: House, admin: Browser) -> None:
    _, host_id = await a_host(admin)
    told = await addresses(admin, host_id)
    more = told["plain"].replace(".plain.", ".client.")
    last = told["plain"].removesuffix(".ics")[-1]
    other = told["plain"].removesuffix(f"{last}.ics") + ("1" if last == "0" else "0") + ".ics"
    for path in (more, other, "/ics/a.b.c.ics", "/ics/x.ics"):
        answer = await home.browser().get(path)
        assert (answer.status, answer.code) == (404, "feed.unknown")


async def test_only_who_may_change_a_calendar_gets_its_addresses(
    home: House, admin: Browser
) -> None:
    org, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/feed-address"
    counsellor = await joins(home, admin, org, "counsellor")
    assert (await counsellor.get(path)).code == "host.unknown"
    assert (await counsellor.post(path, {})).code == "host.unknown"
    assert (await home.browser().get(path)).code == "session.required"
    reception = await joins(home, admin, org, "reception")
    assert (await reception.get(path)).status == 200
    lines = (await admin.get(f"/api/organisations/{org['id']}/audit")).json["lines"]
    assert ("Reception", "feed.address", host_id) in [
        (one["name"], one["what"], one["of"]) for one in lines
    ]


async def test_a_calendar_server_takes_each_appointment(
    home: House, admin: Browser, tmp_path: Path
) -> None:
    _, host_id = await a_host(admin)
    await a_block(host_id, "Dentist")
    text = (await admin.get((await addresses(admin, host_id))["offer"])).body.decode()
    begin, _, rest = text.partition("BEGIN:VEVENT")
    event = rest.partition("END:VEVENT")[0]
    with radicale(tmp_path / "radicale") as server:
        server.create("ada")
        server.put("ada", "one", f"{begin}BEGIN:VEVENT{event}END:VEVENT\r\nEND:VCALENDAR\r\n")
        assert "SUMMARY:Dentist" in server.read("ada")
