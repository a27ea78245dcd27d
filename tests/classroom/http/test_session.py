"""Signing up, in and out; the list of browsers; the one-time link; CSRF."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from classroom.http import browsers, own_room
from classroom.people.links import setup_token
from classroom.people.throttle import Throttle
from classroom.store.accounts import credentials_of, set_password_hash
from tests.support.people import GOOD_PASSWORD, House, house

MEI = {"email": "mei@example.org", "password": GOOD_PASSWORD}


async def test_a_stranger_is_told_so(home: House) -> None:
    answer = await home.browser().get("/api/session")
    assert answer.status == 200
    told = answer.json
    assert len(told.pop("csrf")) == 64
    assert told == {
        "account": None,
        "sign_up": "open",
        "setup_needed": True,
        "version": "0.1.0",
    }
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


async def test_a_visitor_keeps_the_token(home: House) -> None:
    browser = await home.browser().opens()
    first = browser.csrf
    await browser.opens()
    assert browser.csrf == first


async def test_signing_up_signs_in(home: House) -> None:
    browser = await home.browser().signs_up()
    account = (await browser.get("/api/session")).json["account"]
    assert account.pop("id")
    assert account == {"name": "Mei", "email": "mei@example.org", "is_admin": False}


async def test_signing_out_and_in_again(home: House) -> None:
    browser = await home.browser().signs_up()
    assert (await browser.send("DELETE", "/api/session")).status == 204
    assert (await browser.get("/api/session")).json["account"] is None
    answer = await browser.post("/api/session", {**MEI, "email": " MEI@Example.org "})
    assert answer.status == 200
    assert answer.json["account"]["name"] == "Mei"
    assert (await browser.get("/api/rooms")).status == 200


async def test_the_token_of_a_visitor_is_worth_nothing_after_signing_in(home: House) -> None:
    browser = await home.browser().opens()
    before = browser.csrf
    await browser.signs_up()
    assert browser.csrf != before
    assert (await browser.post("/api/rooms", {"title": "T"}, csrf=before)).code == "csrf.invalid"


@pytest.mark.parametrize("email", ["mei@example.org", "nobody@example.org", "no address"])
async def test_a_wrong_password_and_an_unknown_address_look_the_same(
    home: House, email: str
) -> None:
    await home.browser().signs_up()
    browser = await home.browser().opens()
    answer = await browser.post("/api/session", {"email": email, "password": "not the one"})
    assert (answer.status, answer.code) == (401, "account.wrong_password")


async def test_a_hash_of_other_strength_is_replaced_at_sign_in(home: House) -> None:
    browser = await home.browser().signs_up()
    found = await credentials_of("mei@example.org")
    assert found is not None
    other = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(GOOD_PASSWORD)
    await set_password_hash(found[0].id, other)
    assert (await browser.post("/api/session", MEI)).status == 200
    replaced = await credentials_of("mei@example.org")
    assert replaced is not None
    assert replaced[1] != other
    assert not home.doors.passwords.is_outdated(replaced[1])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "mei@nowhere"}, "account.invalid_email"),
        ({"email": "a b@example.org"}, "account.invalid_email"),
        ({"email": "a\x00b@example.org"}, "body.malformed"),
        ({"email": "ab@example\x7f.org"}, "account.invalid_email"),
        ({"email": "a\u202eb@example.org"}, "account.invalid_email"),
        ({"password": "too short"}, "account.weak_password"),
        ({"password": "aaaaaaaaaaaa"}, "account.weak_password"),
        ({"name": " \u200b \u202e "}, "name.empty"),
        ({"name": "x" * 61}, "name.long"),
        ({"name": 5}, "body.malformed"),
        ({"surprise": True}, "body.malformed"),
    ],
)
async def test_what_an_account_may_not_be(
    home: House, change: dict[str, object], code: str
) -> None:
    browser = await home.browser().opens()
    answer = await browser.post("/api/accounts", {**MEI, "name": "Mei", **change})
    assert (answer.status, answer.code) == (422, code)


async def test_an_address_is_taken_once(home: House) -> None:
    await home.browser().signs_up()
    browser = await home.browser().opens()
    answer = await browser.post(
        "/api/accounts", {**MEI, "name": "Other", "email": "MEI@example.org"}
    )
    assert (answer.status, answer.code) == (409, "account.email_taken")


async def test_sign_up_can_be_closed_but_the_link_works(tmp_path: Path) -> None:
    async with house(tmp_path, sign_up="closed") as home:
        browser = await home.browser().opens()
        body = {**MEI, "name": "Mei"}
        answer = await browser.post("/api/accounts", body)
        assert (answer.status, answer.code) == (403, "account.sign_up_closed")
        body["setup_token"] = setup_token(home.doors.secret)
        assert (await browser.post("/api/accounts", body)).status == 201


async def test_the_one_time_link_makes_one_administrator(home: House) -> None:
    token = setup_token(home.doors.secret)
    browser = await home.browser().opens()
    answer = await browser.post("/api/accounts", {**MEI, "name": "Mei", "setup_token": token})
    assert answer.status == 201
    assert answer.json["account"]["is_admin"] is True
    assert answer.json["setup_needed"] is False
    other = await home.browser().opens()
    body = {"email": "li@example.org", "password": GOOD_PASSWORD, "name": "Li"}
    again = await other.post("/api/accounts", {**body, "setup_token": token})
    assert (again.status, again.code) == (403, "setup.token_invalid")


async def test_a_made_up_link_is_refused(home: House) -> None:
    browser = await home.browser().opens()
    for token in ("", "0" * 64, "ü"):
        answer = await browser.post("/api/accounts", {**MEI, "name": "M", "setup_token": token})
        assert (answer.status, answer.code) == (403, "setup.token_invalid")


async def test_browsers_are_listed_and_revoked(home: House) -> None:
    first = await home.browser().signs_up()
    second = await home.browser().opens()
    await second.post("/api/session", MEI)
    listed = (await first.get("/api/sessions")).json
    assert [row["current"] for row in listed].count(True) == 1
    assert {row["agent"] for row in listed} == {"Test browser"}
    other = next(row["id"] for row in listed if not row["current"])
    assert (await first.send("DELETE", f"/api/sessions/{other}")).status == 204
    assert (await second.get("/api/session")).json["account"] is None
    assert (await first.send("DELETE", f"/api/sessions/{other}")).code == "session.unknown"


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ff", "x" * 65, "%0a", "a'b"])
async def test_an_id_that_cannot_be_is_not_looked_up(
    home: House, odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await home.browser().signs_up()

    async def fail(*arguments: object, **options: object) -> None:
        raise AssertionError("PostgreSQL refuses some of these with an error of its own")

    monkeypatch.setattr(browsers, "end_session", fail)
    monkeypatch.setattr(own_room, "room_by_id", fail)
    answer = await browser.send("DELETE", f"/api/sessions/{odd}")
    assert (answer.status, answer.code) == (404, "session.unknown")
    answer = await browser.send("DELETE", f"/api/rooms/{odd}")
    assert (answer.status, answer.code) == (404, "room.unknown")


async def test_nobody_else_ends_my_session(home: House) -> None:
    mine = await home.browser().signs_up()
    session = (await mine.get("/api/sessions")).json[0]["id"]
    stranger = await home.browser().signs_up("li@example.org", "Li")
    assert (await stranger.send("DELETE", f"/api/sessions/{session}")).code == "session.unknown"
    assert (await mine.get("/api/sessions")).status == 200


async def test_a_list_needs_a_session(home: House) -> None:
    answer = await home.browser().get("/api/sessions")
    assert (answer.status, answer.code) == (401, "session.required")


@pytest.mark.parametrize("token", ["", "0" * 64, "x" * 5000, "ü"])
async def test_without_the_right_token_nothing_changes(home: House, token: str) -> None:
    browser = await home.browser().opens()
    answer = await browser.post("/api/session", MEI, csrf=token or "none")
    assert (answer.status, answer.code) == (403, "csrf.invalid")


async def test_the_token_of_another_browser_does_not_fit(home: House) -> None:
    one, other = await home.browser().opens(), await home.browser().opens()
    answer = await one.post("/api/session", MEI, csrf=other.csrf)
    assert answer.code == "csrf.invalid"


@pytest.mark.parametrize(
    "cookie",
    [
        "classroom_session=forged",
        "classroom_session=" + "x" * 3000,
        "classroom_visitor=abc.0123",
        "classroom_visitor=" + "." * 90,
        "classroom_session=; classroom_visitor=",
    ],
)
async def test_a_forged_cookie_is_a_stranger(home: House, cookie: str) -> None:
    browser = home.browser()
    answer = await browser.get("/api/session", headers={"Cookie": cookie})
    assert answer.status == 200
    assert answer.json["account"] is None
    refused = await home.browser().post("/api/rooms", {"title": "T"}, headers={"Cookie": cookie})
    assert refused.code == "csrf.invalid"


async def test_by_https_cookies_are_secure(home: House) -> None:
    answer = await home.browser(scheme="https").get("/api/session")
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]


async def test_strangers_do_not_lock_the_owner_out(home: House) -> None:
    await home.browser().signs_up()
    for i in range(12):
        stranger = await home.browser(address=f"10.0.0.{i % 3}").opens()
        for _ in range(4):
            await stranger.post("/api/session", {**MEI, "password": "wrong"})
    owner = await home.browser(address="10.9.9.9").opens()
    assert (await owner.post("/api/session", MEI)).status == 200


async def test_signing_in_is_limited_by_address_and_account(home: House) -> None:
    await home.browser().signs_up()
    browser = await home.browser(address="10.0.0.1").opens()
    wrong = {**MEI, "password": "wrong"}
    codes = [(await browser.post("/api/session", wrong)).code for _ in range(12)]
    assert codes == ["account.wrong_password"] * 10 + ["rate.limited"] * 2
    other = {**wrong, "email": "li@example.org"}
    assert (await browser.post("/api/session", other)).code == "account.wrong_password"


async def test_an_account_is_limited_over_all_addresses(home: House) -> None:
    home.doors.limits.sign_in_account = Throttle(rate_per_s=0.001, burst=5)
    codes = []
    for i in range(7):
        browser = await home.browser(address=f"10.0.{i}.1").opens()
        codes.append((await browser.post("/api/session", {**MEI, "password": "wrong"})).code)
    assert codes == ["account.wrong_password"] * 5 + ["rate.limited"] * 2


async def test_signing_in_is_limited_by_address(home: House) -> None:
    browser = await home.browser().opens()
    answers = [
        await browser.post("/api/session", {"email": f"a{i}@example.org", "password": "wrong"})
        for i in range(21)
    ]
    assert [answer.status for answer in answers] == [401] * 20 + [429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 6
    elsewhere = await home.browser(address="10.1.1.1").opens()
    assert (await elsewhere.post("/api/session", MEI)).status == 401
