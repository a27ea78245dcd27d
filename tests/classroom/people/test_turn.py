"""TURN credentials: known sums, and when they run out."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from classroom.ids import ParticipantId
from classroom.people.turn import TurnServers, password

AT = datetime(2029, 12, 31, tzinfo=UTC)
SERVERS = TurnServers(("turn:turn.example.org:3478", "turns:x"), "north star", timedelta(days=1))


@pytest.mark.parametrize(
    ("secret", "username", "digest"),
    [
        # RFC 2202 section 3, test case 2
        ("Jefe", "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        # openssl dgst -sha1 -hmac 'north star'
        ("north star", "1893456000:wu", "fbc84bdc9ab723b4018abca304fcb4718e74dd0c"),
    ],
)
def test_the_password_is_the_sum_everybody_knows(secret: str, username: str, digest: str) -> None:
    assert base64.b64decode(password(secret, username)).hex() == digest


def test_a_browser_gets_a_name_that_says_until_when() -> None:
    told = SERVERS.ice_server(ParticipantId("wu"), at=AT)
    assert told == {
        "urls": ["turn:turn.example.org:3478", "turns:x"],
        "username": "1893456000:wu",
        "credential": "+8hL3Jq3I7QBiryjBPy0cY503Qw=",
    }


def test_the_secret_is_not_shown() -> None:
    assert "north" not in repr(SERVERS)
