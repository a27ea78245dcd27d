"""Guesses: what is asked for before anything shows that it was sent, and when that ends."""

from __future__ import annotations

from media.repair.guesses import GIVES_UP_S, SILENCE_S, Guesses
from media.repair.manner import FRESH_S, Manner
from media.repair.nack import MissingPackets

MANNER = Manner(wait_s=0.01, times=2, speculative=2)


def test_nothing_is_guessed_before_anything_came() -> None:
    guesses = Guesses(MANNER)
    assert guesses.due_at is None
    assert guesses.take(now=5.0) == []


def test_after_a_pictures_time_the_next_two_are_asked_for() -> None:
    guesses = Guesses(MANNER)
    guesses.came(100, now=1.0)
    assert guesses.take(now=1.0 + SILENCE_S / 2) == []
    assert guesses.take(now=1.0 + SILENCE_S) == [101, 102]
    assert guesses.take(now=1.0 + SILENCE_S) == []
    assert guesses.take(now=1.0 + SILENCE_S + MANNER.wait_s) == [101, 102]


def test_an_answer_moves_it_on_at_once() -> None:
    guesses = Guesses(MANNER)
    guesses.came(100, now=1.0)
    assert guesses.take(now=1.0 + SILENCE_S)
    guesses.came(101, now=1.2)
    assert guesses.take(now=1.2 + MANNER.wait_s) == [102, 103]
    guesses.came(105, now=1.3)  # not what was guessed: a packet that came by itself
    assert guesses.due_at == 1.3 + SILENCE_S


def test_older_packets_say_nothing() -> None:
    guesses = Guesses(MANNER)
    guesses.came(100, now=1.0)
    guesses.came(90, now=1.05)
    assert guesses.due_at == 1.0 + SILENCE_S


def test_a_camera_that_is_off_is_left_alone() -> None:
    guesses = Guesses(MANNER)
    guesses.came(100, now=1.0)
    now, asked = 1.0, 0
    while guesses.due_at is not None:
        now = guesses.due_at
        asked += bool(guesses.take(now=now))
    assert 50 < asked < 100
    assert now - 1.0 < GIVES_UP_S + 0.1


def test_what_was_guessed_is_never_given_up() -> None:
    missing = MissingPackets()
    missing.ask(MANNER)
    missing.received(1, now=0.0)
    assert missing.guesses is not None
    while missing.next_at is not None:
        now = missing.next_at
        assert missing.take(now=now) == []
        missing.guesses.take(now=now)
    assert missing.take_abandoned() == 0
    missing.received(2, now=9.0)
    assert missing.due_at is None


def test_what_stays_missing_is_asked_for_more_often() -> None:
    manner = Manner(wait_s=0.01, times=3)
    asks = [manner.asks(rounds) for rounds in range(1, 40)]
    assert asks[0] == 1
    assert asks == sorted(asks)
    assert asks[-1] == 3
    assert asks.index(2) * manner.wait_s < FRESH_S
