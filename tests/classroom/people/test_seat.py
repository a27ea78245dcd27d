"""Seat tokens: what comes back, what is refused, and that nothing raises anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.people.role import role_in_room
from classroom.people.seat import AUDIENCE, TOKEN_MAX, SeatClaims, issue_seat, verify_seat

KEY = b"k" * 32
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
CLAIMS = SeatClaims(
    room_id=RoomId("room-1"),
    code="kfm-qtw-xyz",
    participant_id=ParticipantId("p-1"),
    name="王美 🎓",
    role="student",
    account_id=None,
    expires_at=AT + timedelta(hours=12),
)


def refusal(token: Any, *, key: bytes = KEY, at: datetime = AT) -> str:
    with pytest.raises(Refused) as refused:
        verify_seat(token, key=key, at=at)
    return refused.value.code


def raw(key: bytes = KEY, **changes: Any) -> str:
    values = {
        "aud": AUDIENCE,
        "exp": int(CLAIMS.expires_at.timestamp()),
        "room": "room-1",
        "code": "kfm-qtw-xyz",
        "sub": "p-1",
        "name": "Ann",
        "role": "student",
        "account": None,
        **changes,
    }
    given = {name: value for name, value in values.items() if value is not ...}
    return jwt.encode(given, key, algorithm="HS256")


@pytest.mark.parametrize("account", [None, AccountId("a-1")])
def test_a_token_gives_back_its_claims(account: AccountId | None) -> None:
    claims = replace(CLAIMS, account_id=account)
    assert verify_seat(issue_seat(claims, key=KEY), key=KEY, at=AT) == claims


def test_a_token_expires_by_the_time_given() -> None:
    token = issue_seat(CLAIMS, key=KEY)
    assert refusal(token, at=CLAIMS.expires_at) == "seat.expired"
    assert verify_seat(token, key=KEY, at=CLAIMS.expires_at - timedelta(seconds=1))


def test_a_token_of_another_key_is_forged_even_when_expired() -> None:
    token = issue_seat(CLAIMS, key=b"o" * 32)
    assert refusal(token) == "seat.forged"
    assert refusal(token, at=AT + timedelta(days=9)) == "seat.forged"


@pytest.mark.parametrize("place", [0, 20, -20, -1])
def test_a_changed_token_is_forged(place: int) -> None:
    token = bytearray(issue_seat(CLAIMS, key=KEY).encode())
    token[place] = ord("A") if token[place] != ord("A") else ord("Q")
    assert refusal(token.decode()) == "seat.forged"


def test_a_token_without_signature_is_forged() -> None:
    values = {"aud": AUDIENCE, "sub": "p", "exp": 2**33}
    assert refusal(jwt.encode(values, None, algorithm="none")) == "seat.forged"
    assert refusal(jwt.encode(values, KEY * 2, algorithm="HS512"), key=KEY * 2) == "seat.forged"


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "other"},
        {"aud": ...},
        {"sub": ...},
        {"room": ...},
        {"room": 5},
        {"role": "king"},
        {"role": ["host"]},
        {"account": 5},
        {"account": ...},
        {"exp": ...},
        {"exp": "soon"},
        {"exp": 10**30},
    ],
)
def test_our_own_signature_on_other_claims_is_forged(changes: dict[str, Any]) -> None:
    assert refusal(raw(**changes)) == "seat.forged"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "." * 2000, "x" * (TOKEN_MAX + 1), None, 5])
def test_what_is_no_token_is_forged(token: Any) -> None:
    assert refusal(token) == "seat.forged"


@given(st.text(max_size=300))
def test_any_text_is_a_refusal(text: str) -> None:
    assert refusal(text) == "seat.forged"


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_three_parts_are_a_refusal(head: bytes, body: bytes, signature: bytes) -> None:
    token = b".".join(jwt.utils.base64url_encode(part) for part in (head, body, signature))
    assert refusal(token.decode()) == "seat.forged"


@pytest.mark.parametrize(
    ("owner", "account", "link", "role"),
    [
        ("a", "a", False, "host"),
        ("a", "b", False, "student"),
        ("a", None, False, "student"),
        (None, None, False, "student"),
        (None, None, True, "host"),
        ("a", "b", True, "host"),
    ],
)
def test_who_is_host(owner: str | None, account: str | None, link: bool, role: str) -> None:
    assert (
        role_in_room(
            owner_id=None if owner is None else AccountId(owner),
            account_id=None if account is None else AccountId(account),
            has_host_link=link,
        )
        == role
    )
