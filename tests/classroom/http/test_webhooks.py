"""Webhooks over HTTP: whose they are, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.hooks.news import KINDS
from tests.support.people import Browser, House

URL = "https://hooks.example.org/classroom"


async def makes(browser: Browser, **more: Any) -> dict[str, Any]:
    made = await browser.post("/api/webhooks", {"url": URL, **more})
    assert made.status == 201, made.body
    hook: dict[str, Any] = made.json
    return hook


async def test_one_is_made_listed_switched_and_removed(home: House) -> None:
    browser = await home.browser().signs_up()
    hook = await makes(browser)
    secret = hook.pop("secret")
    assert secret.startswith("whsec_")
    assert (hook["url"], hook["room_id"], hook["is_on"]) == (URL, "", True)
    assert hook["kinds"] == sorted(KINDS)
    listed = await browser.get("/api/webhooks")
    assert listed.json == [hook]
    assert secret.encode() not in listed.body
    path = f"/api/webhooks/{hook['id']}"
    assert (await browser.send("PATCH", path, {"is_on": False})).json["is_on"] is False
    assert (await browser.post(f"{path}/test")).status == 202
    assert home.live.woken == ["jobs"]
    (told,) = (await browser.get(f"{path}/deliveries")).json
    assert (told["type"], told["state"], told["attempts"]) == ("webhook.test", "waiting", 0)
    assert (await browser.send("DELETE", path)).status == 204
    assert (await browser.get("/api/webhooks")).json == []
    assert (await browser.get(f"{path}/deliveries")).code == "webhook.unknown"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "ftp://x.example"}, "webhook.address"),
        ({"url": "https://a:b@x.example"}, "webhook.address"),
        ({"url": URL, "kinds": ["chat.posted"]}, "body.malformed"),
        ({"url": URL, "room_id": "nowhere"}, "room.unknown"),
        ({"url": URL, "room_id": "../x"}, "room.unknown"),
        ({}, "body.malformed"),
    ],
)
async def test_what_cannot_be(home: House, body: dict[str, Any], code: str) -> None:
    browser = await home.browser().signs_up()
    assert (await browser.post("/api/webhooks", body)).code == code


async def test_somebody_elses_does_not_exist(home: House) -> None:
    owner = await home.browser().signs_up()
    room = await owner.makes_room()
    hook = await makes(owner, room_id=room["id"])
    path = f"/api/webhooks/{hook['id']}"
    other = await home.browser().signs_up("tom@example.org", "Tom")
    for method, where, body in (
        ("PATCH", path, {"is_on": False}),
        ("DELETE", path, None),
        ("POST", f"{path}/test", None),
        ("GET", f"{path}/deliveries", None),
    ):
        answer = await other.send(method, where, body)
        assert (answer.status, answer.code) == (404, "webhook.unknown")
    assert (await other.get("/api/webhooks")).json == []
    answer = await other.post("/api/webhooks", {"url": URL, "room_id": room["id"]})
    assert answer.code == "room.unknown"
    nobody = await home.browser().opens()
    assert (await nobody.get("/api/webhooks")).code == "session.required"


async def test_there_are_not_too_many(home: House) -> None:
    browser = await home.browser().signs_up()
    for _ in range(20):
        await makes(browser)
    answer = await browser.post("/api/webhooks", {"url": URL})
    assert (answer.status, answer.code) == (409, "webhook.limit")
