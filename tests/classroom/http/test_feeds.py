"""Calendars from elsewhere over HTTP: their addresses are secrets, and only a desk has them."""

from __future__ import annotations

import pytest

from tests.classroom.http.test_hours import a_host
from tests.classroom.http.test_openapi import Paper, Reader
from tests.classroom.http.test_organisations import joins
from tests.support.people import Browser, House

SECRET = "webcal://calendar.example:8443/private-a1b2c3/basic.ics?key=s3cret"


@pytest.fixture
async def admin(home: House) -> Browser:
    return await home.browser().signs_up()


async def test_a_calendar_is_kept_without_telling_its_address(admin: Browser) -> None:
    _, host_id = await a_host(admin)
    reader = Reader(admin, Paper((await admin.get("/api/openapi.json")).json))
    path = "/api/hosts/{host_id}/feeds"
    feed = await reader.asks(f"POST {path}", {"url": SECRET}, host_id=host_id)
    assert (feed["site"], feed["state"], feed["name"]) == ("calendar.example", "waiting", "")
    listed = await admin.get(f"/api/hosts/{host_id}/feeds")
    assert b"s3cret" not in listed.body
    assert b"a1b2c3" not in listed.body
    at = {"host_id": host_id, "feed_id": feed["id"]}
    one = path + "/{feed_id}"
    changed = await reader.asks(f"PATCH {one}", {"name": " My  own ", "is_on": False}, **at)
    assert (changed["name"], changed["state"]) == ("My own", "off")
    assert (await reader.asks(f"POST {one}/read", {}, **at))["id"] == feed["id"]
    await reader.asks(f"DELETE {one}", **at)
    assert await reader.asks(f"GET {path}", host_id=host_id) == []
    assert (await reader.asks(f"DELETE {one}", **at))["code"] == "feed.unknown"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "calendar",
        "ftp://x.example/",
        "file:///etc/passwd",
        "https://u:p@x.example/",
        "https://",
    ],
)
async def test_what_is_no_address_is_refused(admin: Browser, url: str) -> None:
    _, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/feeds"
    assert (await admin.post(path, {"url": url})).code == "feed.address"


async def test_a_host_has_ten_at_most(admin: Browser) -> None:
    _, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/feeds"
    for _ in range(10):
        assert (await admin.post(path, {"url": "https://x.example/"})).status == 201
    assert (await admin.post(path, {"url": "https://x.example/"})).code == "feed.limit"


async def test_nobody_else_has_them(home: House, admin: Browser) -> None:
    org, host_id = await a_host(admin)
    path = f"/api/hosts/{host_id}/feeds"
    feed = (await admin.post(path, {"url": SECRET})).json
    counsellor = await joins(home, admin, org, "counsellor")
    stranger = await home.browser().signs_up("other@example.org", "Other")
    for browser in (counsellor, stranger):
        assert (await browser.get(path)).code == "host.unknown"
        assert (await browser.post(path, {"url": SECRET})).code == "host.unknown"
        assert (await browser.send("DELETE", f"{path}/{feed['id']}")).code == "host.unknown"
    own = (await stranger.post("/api/organisations", STRANGERS)).json["host_id"]
    theirs = f"/api/hosts/{own}/feeds/{feed['id']}"
    for method, body in (("PATCH", {"is_on": False}), ("DELETE", None)):
        assert (await stranger.send(method, theirs, body)).code == "feed.unknown"
    assert len((await admin.get(path)).json) == 1


STRANGERS = {"name": "Elsewhere", "vertical": "general", "zone": "UTC", "locale": "en"}
