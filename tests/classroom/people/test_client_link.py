"""Private links, cookies and digits of clients: proofs that nobody else makes."""

from __future__ import annotations

import pytest

from classroom.people.client_link import (
    KNOWN_MAX,
    Shown,
    booking_of_token,
    digits_of,
    is_ticket_token,
    known_cookie,
    read_known,
    ticket_token,
)
from classroom.people.secret import Secret

SECRET, OTHER = Secret(b"a" * 32), Secret(b"b" * 32)
ANA = Shown("ana", 1)


def test_a_link_is_for_one_booking_of_one_client_with_one_number() -> None:
    token = ticket_token(SECRET, "b1", ANA, 1)
    assert booking_of_token(token) == "b1"
    assert is_ticket_token(SECRET, token, "b1", ANA, 1)
    for wrong in (
        (OTHER, token, "b1", ANA, 1),
        (SECRET, token, "b2", ANA, 1),
        (SECRET, token, "b1", Shown("bo", 1), 1),
        (SECRET, token, "b1", Shown("ana", 2), 1),
        (SECRET, token, "b1", ANA, 2),
        (SECRET, token[:-1], "b1", ANA, 1),
        (SECRET, token.replace("k.b1.", "k.b2."), "b2", ANA, 1),
    ):
        assert not is_ticket_token(*wrong)


@pytest.mark.parametrize("text", ["", "k", "k.", "k..", "k.b1", "k.b1.", "e.b1.x", "k.b/1.x", "."])
def test_what_cannot_be_a_link(text: str) -> None:
    assert booking_of_token(text) is None


def test_the_cookie_names_whom_we_wrote() -> None:
    people = [Shown(f"c{number}", number) for number in range(KNOWN_MAX + 5)]
    cookie = known_cookie(SECRET, people)
    assert read_known(SECRET, cookie) == people[:KNOWN_MAX]
    assert read_known(OTHER, cookie) == []
    forged = cookie.replace("c.c0.0.", "c.c9.0.", 1)
    assert Shown("c9", 0) not in read_known(SECRET, forged)
    assert len(cookie) < 1_500


@pytest.mark.parametrize("cookie", ["", "~~~", "c.a", "c.a.x.y", "c.a.99999999999.y", "c.é.1.é"])
def test_a_broken_cookie_is_nobody(cookie: str) -> None:
    assert read_known(SECRET, cookie) == []


def test_digits_are_of_one_letter() -> None:
    seen = {digits_of(SECRET, "ana", number) for number in range(200)}
    assert len(seen) > 190
    assert all(len(one) == 6 and one.isdigit() for one in seen)
    assert digits_of(SECRET, "ana", 1) != digits_of(OTHER, "ana", 1)
