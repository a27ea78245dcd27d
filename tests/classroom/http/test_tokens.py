"""API tokens: made in a browser, shown by a program, and what they do not open."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.people.links import host_token
from classroom.people.seat import SEAT_KEY, verify_seat
from classroom.people.throttle import Throttle
from classroom.store.token_tables import ApiToken
from tests.classroom.http.test_lessons import gives_lesson
from tests.support.people import Answer, Browser, House


class Program:
    """Something that only has a token."""

    def __init__(self, home: House, token: str) -> None:
        self._client = home.browser()
        self._shown = {"headers": {"Authorization": f"Bearer {token}"}}

    async def asks(self, method: str, path: str, json: Any = None) -> Answer:
        return await self._client.send(method, path, json, csrf="", **self._shown)

    async def get(self, path: str) -> Answer:
        return await self.asks("GET", path)


async def makes(browser: Browser, **more: Any) -> dict[str, Any]:
    made = await browser.post("/api/tokens", {"name": "Timetable", **more})
    assert made.status == 201, made.body
    token: dict[str, Any] = made.json
    return token


async def program(home: House, browser: Browser, **more: Any) -> Program:
    return Program(home, (await makes(browser, **more))["token"])


async def test_one_is_made_listed_and_removed(home: House) -> None:
    browser = await home.browser().signs_up()
    made = await makes(browser, scope="write", valid_days=30)
    token = made.pop("token")
    assert re.fullmatch(r"ct_[A-Za-z0-9_-]{32}", token)
    assert (made["name"], made["scope"], made["used_at"]) == ("Timetable", "write", None)
    listed = await browser.get("/api/tokens")
    assert listed.json == [made]
    assert token.encode() not in listed.body
    row = await ApiToken.get(id=made["id"])
    assert token not in str(vars(row))
    assert row.expires_at is not None
    assert timedelta(days=29) < row.expires_at - utc_now() < timedelta(days=31)
    assert (await Program(home, token).get("/api/rooms")).status == 200
    assert (await browser.get("/api/tokens")).json[0]["used_at"] is not None
    path = f"/api/tokens/{made['id']}"
    other = await home.browser().signs_up("tom@example.org", "Tom")
    assert (await other.send("DELETE", path)).code == "token.unknown"
    assert (await browser.send("DELETE", path)).status == 204
    assert (await browser.send("DELETE", path)).code == "token.unknown"
    assert (await Program(home, token).get("/api/rooms")).code == "token.invalid"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": " "}, "token.empty"),
        ({"name": "n" * 61}, "token.long"),
        ({"name": "n", "scope": "admin"}, "body.malformed"),
        ({"name": "n", "valid_days": 0}, "body.malformed"),
        ({"name": "n", "valid_days": 4000}, "body.malformed"),
    ],
)
async def test_what_cannot_be(home: House, body: dict[str, Any], code: str) -> None:
    browser = await home.browser().signs_up()
    assert (await browser.post("/api/tokens", body)).code == code


async def test_there_are_not_too_many(home: House) -> None:
    browser = await home.browser().signs_up()
    home.doors.limits.new_token = Throttle(rate_per_s=0.001, burst=22)
    for _ in range(20):
        await makes(browser)
    answer = await browser.post("/api/tokens", {"name": "n"})
    assert (answer.status, answer.code) == (409, "token.limit")
    for token in (await browser.get("/api/tokens")).json[:2]:
        assert (await browser.send("DELETE", f"/api/tokens/{token['id']}")).status == 204
    await makes(browser)
    assert (await browser.post("/api/tokens", {"name": "n"})).code == "rate.limited"


async def test_a_program_does_the_work_of_its_account(home: House) -> None:
    browser = await home.browser().signs_up()
    writer = await program(home, browser, scope="write")
    room = (await writer.asks("POST", "/api/rooms", {"title": "Chemistry"})).json
    path = f"/api/rooms/{room['id']}"
    assert (await writer.asks("PATCH", path, {"title": "Physics"})).json["title"] == "Physics"
    assert (await writer.get("/api/rooms")).json == (await browser.get("/api/rooms")).json
    lesson = await gives_lesson(room)
    assert (await writer.get("/api/lessons")).json["lessons"][0]["id"] == lesson
    assert (await writer.get(f"/api/lessons/{lesson}/report")).status == 200
    assert (await writer.get(f"/api/lessons/{lesson}/report.csv")).status == 200
    hook = await writer.asks("POST", "/api/webhooks", {"url": "https://x.example/"})
    assert hook.status == 201
    assert (await writer.asks("POST", f"{path}/end")).status == 204
    assert (await writer.asks("DELETE", path)).status == 204
    assert (await browser.get("/api/rooms")).json == []


async def test_a_reader_changes_nothing(home: House) -> None:
    browser = await home.browser().signs_up()
    room = await browser.makes_room()
    reader = await program(home, browser)
    assert len((await reader.get("/api/rooms")).json) == 1
    for method, path in (
        ("POST", "/api/rooms"),
        ("DELETE", f"/api/rooms/{room['id']}"),
        ("POST", "/api/webhooks"),
    ):
        answer = await reader.asks(method, path, {})
        assert (answer.status, answer.code) == (403, "token.scope")
    assert len((await browser.get("/api/rooms")).json) == 1


async def test_a_token_does_not_pass_where_a_browser_must(home: House) -> None:
    browser = await home.browser().signs_up()
    room = await browser.makes_room()
    writer = await program(home, browser, scope="write")
    for method, path in (
        ("GET", "/api/session"),
        ("DELETE", "/api/session"),
        ("GET", "/api/sessions"),
        ("POST", "/api/accounts"),
        ("GET", "/api/tokens"),
        ("POST", "/api/tokens"),
        ("DELETE", "/api/tokens/x"),
        ("POST", f"/api/rooms/by-code/{room['code']}/seat"),
    ):
        answer = await writer.asks(method, path, {"name": "Ann"})
        assert (answer.status, answer.code) == (403, "token.browser"), path
        assert "set-cookie" not in answer.headers
    for path in ("board/assets/x", "quizzes"):
        answer = await writer.get(f"/api/rooms/by-code/{room['code']}/{path}")
        assert answer.code == "seat.forged"
    token = (await makes(browser))["token"]
    with pytest.raises(Refused, match=r"seat\.forged"):
        verify_seat(token, key=home.doors.secret.key(SEAT_KEY), at=utc_now())


async def test_the_token_decides_and_not_the_cookie(home: House) -> None:
    mei = await home.browser().signs_up()
    room = await mei.makes_room()
    lesson = await gives_lesson(room)
    tom = await home.browser().signs_up("tom@example.org", "Tom")
    shown = {"Authorization": f"Bearer {(await makes(tom))['token']}"}
    assert (await mei.get("/api/rooms", headers=shown)).json == []
    answer = await mei.send("DELETE", f"/api/rooms/{room['id']}", headers=shown)
    assert answer.code == "token.scope", "the cookie and its proof do not help"
    wrong = {"Authorization": "Bearer ct_" + "x" * 32}
    answer = await mei.get("/api/rooms", headers=wrong)
    assert (answer.status, answer.code) == (401, "token.invalid")
    door = (await mei.get(f"/api/rooms/by-code/{room['code']}", headers=shown)).json
    assert door["you"] is None
    host = home.browser()
    await host.get(f"/enter/{host_token(home.doors.secret, room['id'])}")
    assert (await host.get(f"/api/lessons/{lesson}")).status == 200
    assert (await host.get(f"/api/lessons/{lesson}", headers=shown)).code == "lesson.unknown"


@pytest.mark.parametrize("shown", ["", "ct_", "ct_" + "x" * 31, "ct_" + "x" * 32, "x" * 4000])
async def test_what_is_no_token(home: House, shown: str) -> None:
    await home.browser().signs_up()
    answer = await Program(home, shown).get("/api/rooms")
    assert (answer.status, answer.code) == (401, "token.invalid")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_an_expired_token_opens_nothing(home: House) -> None:
    browser = await home.browser().signs_up()
    made = await makes(browser, valid_days=1)
    await ApiToken.filter(id=made["id"]).update(expires_at=utc_now() - timedelta(seconds=1))
    assert (await Program(home, made["token"]).get("/api/rooms")).code == "token.invalid"
    assert len((await browser.get("/api/tokens")).json) == 1, "its owner sees why"


async def test_a_program_that_asks_too_often_waits(home: House) -> None:
    browser = await home.browser().signs_up()
    one, other = await program(home, browser), await program(home, browser)
    home.doors.limits.token = Throttle(rate_per_s=0.1, burst=2)
    answers = [await one.get("/api/rooms") for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) == answers[2].json["params"]["retry_after_s"]
    assert (await other.get("/api/rooms")).status == 200


async def test_wrong_tokens_are_counted_by_address(home: House) -> None:
    browser = await home.browser().signs_up()
    right = await program(home, browser)
    home.doors.limits.wrong_token = Throttle(rate_per_s=0.001, burst=2)
    wrong = Program(home, "ct_" + "x" * 32)
    for _ in range(3):
        assert (await right.get("/api/rooms")).status == 200, "a right one costs no try"
    codes = [(await wrong.get("/api/rooms")).code for _ in range(3)]
    assert codes == ["token.invalid", "token.invalid", "rate.limited"]


async def test_no_token_gets_into_the_log(home: House) -> None:
    browser = await home.browser().signs_up()
    await browser.makes_room()
    with capture_logs() as logs:
        made = await makes(browser)
        home.live.look = None  # type: ignore[assignment,method-assign]  # asking for it fails
        answer = await Program(home, made["token"]).get("/api/rooms")
    assert answer.status == 500
    assert logs
    assert made["token"] not in str(logs)
