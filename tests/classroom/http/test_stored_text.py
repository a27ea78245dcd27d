"""U+0000, which PostgreSQL cannot keep: refused at the door with every database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.database import Postgresql, postgresql
from tests.support.migrated import new_migrated
from tests.support.people import Browser, House, house


@pytest.fixture(scope="module")
def cluster() -> Iterator[Postgresql]:
    with postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    more: dict[str, Any] = {}
    if request.param == "postgresql":
        more["database_url"] = await new_migrated(request.getfixturevalue("cluster"))
    async with house(tmp_path, **more) as built:
        yield built


@pytest.fixture
async def desk(both: House) -> tuple[Browser, str]:
    """An administrator, and their organisation."""
    admin = await both.browser().signs_up()
    made = await admin.post(
        "/api/organisations",
        {
            "name": "North",
            "vertical": "general",
            "zone": "Europe/Berlin",
            "locale": "en",
            "currency": "EUR",
            "hours": [],
        },
    )
    assert made.status == 201, made.body
    return admin, made.json["organisation"]["id"]


async def test_in_a_body(desk: tuple[Browser, str]) -> None:
    admin, org = desk
    answer = await admin.send("PUT", f"/api/organisations/{org}/payments", {"how": "a\0b"})
    assert (answer.status, answer.code) == (422, "body.malformed")
    assert answer.json["params"] == {"field": "how"}
    answer = await admin.send("PUT", f"/api/organisations/{org}/payments", {"how": "a\\u0000"})
    assert answer.status == 200  # somebody writes about it
    assert answer.json["how"] == "a\\u0000"


async def test_deep_in_a_body_and_in_names_of_fields(desk: tuple[Browser, str]) -> None:
    admin, org = desk
    for terms in ({"cancel_min": {"a": ["\0"]}}, {"\0": 1}):
        answer = await admin.send("PATCH", f"/api/organisations/{org}", {"terms": terms})
        assert (answer.status, answer.code) == (422, "body.malformed")


@pytest.mark.parametrize(
    "path",
    ["clients?org={org}&q=a%00", "clients?org=%00", "clients?org={org}&%00=a"],
)
async def test_in_a_query(desk: tuple[Browser, str], path: str) -> None:
    admin, org = desk
    answer = await admin.get(f"/api/{path.format(org=org)}")
    assert (answer.status, answer.code) == (422, "body.malformed")


@pytest.mark.parametrize("path", ["clients/%00", "organisations/{org}%00", "book/a%00/b"])
async def test_in_a_path(desk: tuple[Browser, str], path: str) -> None:
    admin, org = desk
    answer = await admin.get(f"/api/{path.format(org=org)}")
    assert answer.status == 404
    assert answer.code.endswith(".unknown")


async def test_a_password_is_what_it_was(both: House) -> None:
    said = {"email": "n@example.org", "password": "correct horse\0battery"}
    browser = await both.browser().opens()
    assert (await browser.post("/api/accounts", said | {"name": "N"})).status == 201
    other = await both.browser().opens()
    for password, status in (("correct horse", 401), (said["password"], 200)):
        answer = await other.post("/api/session", said | {"password": password})
        assert answer.status == status
