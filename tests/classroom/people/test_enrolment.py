"""Who is enrolled: the participant they are, the ticket in their seat, the link that proves it."""

from __future__ import annotations

import pytest

from classroom.ids import AccountId, ParticipantId, RoomId, may_be_id
from classroom.people.author import author_of
from classroom.people.enrolment import Ticket, is_enrolled, participant_of, read_ticket
from classroom.people.links import enrolment_of_token, enrolment_token, is_enrolment_token
from classroom.people.secret import Secret

SECRET = Secret(b"s" * 32)
ROOM = RoomId("room-1")


def test_somebody_is_the_same_in_one_room_and_another_elsewhere() -> None:
    who = participant_of(ROOM, "lin")
    assert participant_of(ROOM, "lin") == who
    assert len({who, participant_of(ROOM, "wu"), participant_of(RoomId("room-2"), "lin")}) == 3
    assert may_be_id(who)
    assert is_enrolled(who)


@pytest.mark.parametrize(
    "guest", ["", "e-", "e-lin", "IHWQMnk2_cui9omG", "e-" + "x" * 14, "x" * 24]
)
def test_no_guest_is_taken_for_somebody_enrolled(guest: str) -> None:
    assert not is_enrolled(guest)


def test_a_ticket_survives_the_seat() -> None:
    ticket = Ticket("a_b-c", 12)
    assert read_ticket(ticket.text()) == ticket


@pytest.mark.parametrize("text", ["", "abc", ".1", "abc.", "abc.x", "abc.-1", "abc.²"])
def test_what_is_no_ticket_is_none(text: str) -> None:
    assert read_ticket(text) is None


def test_a_link_proves_its_own_ticket_only() -> None:
    token = enrolment_token(SECRET, Ticket("lin", 1))
    assert enrolment_of_token(token) == "lin"
    assert is_enrolment_token(SECRET, Ticket("lin", 1), token)
    assert not is_enrolment_token(SECRET, Ticket("lin", 2), token), "a newer one was made"
    assert not is_enrolment_token(SECRET, Ticket("wu", 1), token)
    assert not is_enrolment_token(Secret(b"t" * 32), Ticket("lin", 1), token)
    forged = token.replace("e.lin.", "e.wu.")
    assert not is_enrolment_token(SECRET, Ticket("wu", 1), forged)


@pytest.mark.parametrize("token", ["", "e", "e.", "e..p", "e.lin", "e.lin.", "room.proof", "e.ü.p"])
def test_what_is_no_link_of_theirs_names_nobody(token: str) -> None:
    assert enrolment_of_token(token) is None
    assert not is_enrolment_token(SECRET, Ticket("lin", 1), token)


def test_their_strokes_are_theirs_signed_in_or_not() -> None:
    who = participant_of(ROOM, "lin")
    assert author_of(ROOM, AccountId("a"), who) == author_of(ROOM, None, who) == who
    guest = ParticipantId("guest")
    assert author_of(ROOM, AccountId("a"), guest) != guest
