"""MissingPackets: what is asked for, when, how often, and when it is given up."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from media.repair.manner import PATIENCE_S, Manner
from media.repair.nack import (
    FIRST_DELAY,
    MAX_ASKED,
    MAX_ATTEMPTS,
    MAX_GAP,
    WINDOW,
    MissingPackets,
)


def with_gap(*numbers: int, now: float = 0.0) -> MissingPackets:
    missing = MissingPackets()
    for number in numbers:
        missing.received(number, now=now)
    return missing


def test_nothing_is_asked_without_a_gap() -> None:
    missing = with_gap(100, 101, 102)
    assert missing.due_at is None
    assert missing.take(now=10.0) == []


def test_a_gap_is_asked_for_after_a_moment() -> None:
    missing = with_gap(100, 104)
    assert missing.due_at == FIRST_DELAY
    assert missing.take(now=FIRST_DELAY / 2) == []
    assert missing.take(now=FIRST_DELAY) == [101, 102, 103]


def test_what_comes_late_is_not_asked_for() -> None:
    missing = with_gap(100, 103)
    missing.received(101, now=0.001)
    missing.received(102, now=0.002)
    assert missing.due_at is None
    assert missing.take(now=1.0) == []


def test_asking_is_repeated_each_round_trip_and_given_up() -> None:
    missing = with_gap(100, 102)
    times = []
    now = 0.0
    while missing.due_at is not None:
        now = missing.due_at
        if missing.take(now=now):
            times.append(now)
    assert len(times) == MAX_ATTEMPTS
    assert all(0.1 <= later - earlier <= 0.12 for earlier, later in pairwise(times))
    assert missing.take_abandoned() == 1
    assert missing.take_abandoned() == 0


def test_the_round_trip_is_learned_from_answers() -> None:
    missing = MissingPackets()
    now = 0.0
    for number in range(0, 60, 2):
        missing.received(number, now=now)
        now += 0.05
        for lost in missing.take(now=now):
            missing.received(lost, now=now + 0.03)
        now += 0.05
    assert 0.03 <= missing.round_trip < 0.04


def test_an_answer_to_one_of_many_questions_teaches_nothing() -> None:
    missing = with_gap(1, 3)
    assert missing.take(now=0.1) == [2]
    assert missing.take(now=0.3) == [2]
    missing.received(2, now=0.301)
    assert missing.round_trip == 0.1


def test_what_falls_out_of_the_window_is_given_up() -> None:
    missing = with_gap(0, 2)
    for number in range(3, WINDOW + 2):
        missing.received(number, now=0.0)
    assert missing.take_abandoned() == 1
    assert missing.due_at is None


def test_a_long_jump_is_a_new_start() -> None:
    missing = with_gap(0, 2, 2 + MAX_GAP + 1)
    assert missing.due_at is None
    assert missing.take_abandoned() == MAX_GAP + 1
    missing.received(2 + MAX_GAP + 2, now=0.0)
    assert missing.due_at is None


def test_one_request_is_bounded() -> None:
    missing = with_gap(0, MAX_GAP)
    assert len(missing.take(now=1.0)) == MAX_ASKED
    assert missing.take(now=2.0)[0] == 1


def test_what_there_is_no_room_for_has_its_turn_later_but_is_not_asked_for_ever() -> None:
    missing = with_gap(0, 5)
    assert missing.take(now=FIRST_DELAY, most=3) == [1, 2, 3]
    assert missing.take(now=1.0, most=0) == []
    now = 1.0
    asked = 0
    while missing.due_at is not None:
        now = missing.due_at
        asked += len(missing.take(now=now, most=1))
    assert asked <= MAX_ATTEMPTS
    assert missing.take_abandoned() == 4
    assert now < 5.0


def test_an_answer_to_nothing_says_nothing_of_the_round_trip() -> None:
    missing = with_gap(0, 5)
    before = missing.round_trip
    assert missing.take(now=FIRST_DELAY, most=0) == []
    missing.received(1, now=3.0)  # late, not repaired
    assert missing.round_trip == before


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), max_size=200), st.integers(0, 1 << 40))
def test_what_is_asked_for_never_came(numbers: list[int], base: int) -> None:
    missing = MissingPackets()
    came: set[int] = set()
    now = 0.0
    for number in numbers:
        missing.received(base + number, now=now)
        came.add(base + number)
        now += 0.05
        asked = missing.take(now=now)
        assert not came & set(asked)
        assert asked == sorted(set(asked))
        assert all(base + min(numbers) <= each < max(came) for each in asked)


@settings(deadline=None)
@given(st.sets(st.integers(1, 200), max_size=60), st.randoms(use_true_random=False))
def test_everything_that_is_answered_is_had(lost: set[int], chance: object) -> None:
    """Half of the answers are lost as well; in the end nothing is missing."""
    missing = MissingPackets()
    had = {0, 201}
    missing.received(0, now=0.0)
    for number in range(1, 202):
        if number not in lost:
            missing.received(number, now=0.0)
            had.add(number)
    now = 0.0
    for _ in range(MAX_ATTEMPTS):
        if missing.due_at is None:
            break
        now = missing.due_at
        for number in missing.take(now=now):
            if chance.random() < 0.5:
                missing.received(number, now=now + 0.01)
                had.add(number)
    assert lost - had == set() if missing.due_at is None else lost - had != set()


def test_in_a_manner_it_is_asked_as_often_as_that_says_until_it_is_too_late() -> None:
    missing = MissingPackets()
    missing.ask(Manner(wait_s=0.01))
    missing.received(1, now=0.0)
    missing.received(3, now=0.0)
    times = []
    while missing.due_at is not None:
        times.append(missing.due_at)
        missing.take(now=times[-1])
    assert all(0.009 < later - earlier < 0.011 for earlier, later in pairwise(times))
    assert PATIENCE_S <= times[-1] < PATIENCE_S + 0.1
    assert missing.take_abandoned() == 1


def test_the_manner_of_a_calm_line_comes_back() -> None:
    missing = with_gap(1, 3)
    missing.ask(Manner(wait_s=0.01, speculative=2))
    missing.ask(None)
    assert missing.guesses is None
    assert missing.take(now=1.0) == [2]
    assert missing.next_at is not None
    assert missing.next_at > 1.1
