"""Tickets: good for a minute, for the one who used them first."""

from __future__ import annotations

from classroom.people.play_session import Playing
from classroom.people.taking import (
    BEGUN_WITHIN_S,
    LASTS_S,
    TICKETS_MAX,
    Taking,
    TakingTickets,
)

TAKING = Taking(Playing("rec1", "owner", "ann", "Ann"), "x1")


def test_a_ticket_is_begun_within_a_minute_and_lasts_an_hour() -> None:
    tickets = TakingTickets()
    word = tickets.open(TAKING, now=100.0)

    assert tickets.use(word, "here", now=100.0 + BEGUN_WITHIN_S - 1) == (TAKING, True)
    begun = 100.0 + BEGUN_WITHIN_S - 1
    assert tickets.use(word, "here", now=begun + LASTS_S - 1) == (TAKING, False)
    assert tickets.use(word, "here", now=begun + LASTS_S) is None
    assert tickets.use(tickets.open(TAKING, now=0.0), "here", now=BEGUN_WITHIN_S) is None


def test_it_is_nobody_elses() -> None:
    tickets = TakingTickets()
    word = tickets.open(TAKING, now=0.0)
    tickets.use(word, "here", now=1.0)

    assert tickets.use(word, "there", now=2.0) is None
    assert tickets.use("another", "here", now=2.0) is None


def test_the_oldest_goes_when_there_are_too_many() -> None:
    tickets = TakingTickets()
    words = [tickets.open(TAKING, now=0.0) for _ in range(TICKETS_MAX + 1)]

    assert tickets.use(words[0], "here", now=1.0) is None
    assert tickets.use(words[1], "here", now=1.0) == (TAKING, True)
