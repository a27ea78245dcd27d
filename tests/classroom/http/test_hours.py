"""Hours over HTTP: written, tried, refused by line, and only for who may."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.clock import utc_now
from tests.classroom.http.test_openapi import Paper, Reader
from tests.classroom.http.test_organisations import begins, joins
from tests.support.people import Browser, House

DIARY: dict[str, Any] = {
    "zone": "Europe/Berlin",
    "hours": [{"weekday": n, "from_min": 540, "to_min": 600} for n in range(7)],
    "specials": [],
    "away": [],
    "stays": [{"from_day": "2031-05-03", "to_day": "2031-05-09", "zone": "Asia/Tokyo"}],
    "bounds": {"notice_min": 0, "horizon_days": 30, "daily_max": 0, "step_min": 30},
}


@pytest.fixture
async def admin(home: House) -> Browser:
    return await home.browser().signs_up()


async def a_host(admin: Browser) -> tuple[dict[str, Any], str]:
    org = await begins(admin, offer="Lesson", minutes=60)
    return org, org["hosts"][0]["id"]


def window(days: int) -> dict[str, str]:
    now = utc_now().replace(microsecond=0)
    later = int(now.timestamp()) + days * 86_400
    return {
        "from_at": now.isoformat().replace("+00:00", "Z"),
        "to_at": type(now).fromtimestamp(later, now.tzinfo).isoformat(),
    }


async def test_hours_are_told_as_they_were_written(home: House, admin: Browser) -> None:
    _, host_id = await a_host(admin)
    reader = Reader(admin, Paper((await admin.get("/api/openapi.json")).json))
    path = "/api/hosts/{host_id}/hours"
    first = await reader.asks(f"GET {path}", host_id=host_id)
    assert len(first["diary"]["hours"]) == 5
    written = await reader.asks(f"PUT {path}", DIARY, host_id=host_id)
    assert written["diary"] == DIARY
    assert written["problems"] == []
    again = await reader.asks(f"GET {path}", host_id=host_id)
    assert again["diary"] == DIARY


async def test_what_is_wrong_is_named_and_nothing_is_written(admin: Browser) -> None:
    _, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/hours"
    before = (await admin.get(path)).json["diary"]
    lines = [DIARY["hours"][0], {"weekday": 1, "from_min": 600, "to_min": 540}]
    answer = await admin.send("PUT", path, {**DIARY, "hours": lines})
    assert (answer.code, answer.json["params"]) == ("hours.wrong", {"field": "hours", "line": 2})
    assert (await admin.send("PUT", path, {**DIARY, "hours": 3})).code == "body.malformed"
    assert (await admin.send("PUT", path, {**DIARY, "zone": "Berlin"})).code == "hours.wrong"
    assert (await admin.get(path)).json["diary"] == before


async def test_a_preview_shows_what_would_be_free_and_writes_nothing(admin: Browser) -> None:
    _, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/hours"
    reader = Reader(admin, Paper((await admin.get("/api/openapi.json")).json))
    ask = f"POST {path.replace(host_id, '{host_id}')}/preview"
    before = (await admin.get(path)).json["diary"]
    shown = await reader.asks(ask, {"diary": DIARY, **window(7)}, host_id=host_id)
    assert len(shown["starts"]) in (13, 14, 15, 16)
    assert {one["why"] for one in shown["starts"]} == {""}
    bounds = {**DIARY["bounds"], "horizon_days": 2}
    near = {**DIARY, "bounds": bounds}
    shown = await reader.asks(ask, {"diary": near, **window(7)}, host_id=host_id)
    assert {one["why"] for one in shown["starts"]} == {"", "far"}
    assert (await admin.get(path)).json["diary"] == before


async def test_a_preview_has_bounds(admin: Browser) -> None:
    _, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/hours/preview"
    assert (await admin.post(path, {"diary": DIARY, **window(63)})).code == "body.malformed"
    wrong = {"diary": DIARY, "offer_id": "nothing", **window(7)}
    assert (await admin.post(path, wrong)).code == "offer.unknown"
    no_time = {"diary": DIARY, "from_at": "now", "to_at": "later"}
    assert (await admin.post(path, no_time)).code == "body.malformed"


async def test_only_who_may_sees_and_writes_hours(home: House, admin: Browser) -> None:
    org, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/hours"
    stranger = await home.browser().signs_up("other@example.org", "Other")
    for browser, code in ((stranger, "host.unknown"), (home.browser(), "session.required")):
        assert (await browser.get(path)).code == code
    assert (await stranger.send("PUT", path, DIARY)).code == "host.unknown"
    assert (await admin.get("/api/hosts/nobody/hours")).code == "host.unknown"
    reception = await joins(home, admin, org, "reception")
    assert (await reception.send("PUT", path, DIARY)).status == 200
    counsellor = await joins(home, admin, org, "counsellor")
    assert (await counsellor.send("PUT", path, DIARY)).code == "host.unknown"
    assert (await counsellor.get(path)).code == "host.unknown"


async def test_what_may_not_be_meant_is_told_beside_the_hours(admin: Browser) -> None:
    _, host_id = await a_host(admin)
    lines = [
        {"weekday": 0, "from_min": 540, "to_min": 720},
        {"weekday": 0, "from_min": 660, "to_min": 780},
        {"weekday": 1, "from_min": 540, "to_min": 570},
    ]
    body = {**DIARY, "hours": lines}
    answer = await admin.send("PUT", f"/api/hosts/{host_id}/hours", body)
    told = [(one["kind"], one["line"]) for one in answer.json["problems"] if one["line"]]
    assert sorted(told) == [("overlap", 2), ("short", 3)]
