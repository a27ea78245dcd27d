"""Tickets: worth one connection, for half a minute, and not to be guessed."""

from __future__ import annotations

from classroom.live.board import tickets
from classroom.live.board.tickets import LIVES_S, Tickets


def test_a_ticket_is_taken_once() -> None:
    given: Tickets[str] = Tickets()
    ticket = given.give("wu", now=0.0)
    assert given.take(ticket, now=1.0) == "wu"
    assert given.take(ticket, now=1.0) is None


def test_nobody_elses_ticket() -> None:
    given: Tickets[str] = Tickets()
    mine, yours = given.give("wu", now=0.0), given.give("li", now=0.0)
    assert mine != yours
    for text in ("", mine[:-1], mine + "x", "x" * 10_000):
        assert given.take(text, now=0.0) is None
    assert (given.take(yours, now=0.0), given.take(mine, now=0.0)) == ("li", "wu")


def test_an_old_ticket_is_forgotten() -> None:
    given: Tickets[str] = Tickets()
    old, young = given.give("wu", now=0.0), given.give("li", now=1.0)
    assert given.take(old, now=LIVES_S) is None
    assert len(given) == 1
    assert given.take(young, now=LIVES_S) == "li"


def test_only_so_many_are_outstanding() -> None:
    given: Tickets[int] = Tickets()
    first = given.give(0, now=0.0)
    for number in range(tickets.TICKETS_MAX):
        given.give(number, now=0.0)
    assert len(given) == tickets.TICKETS_MAX
    assert given.take(first, now=0.0) is None
