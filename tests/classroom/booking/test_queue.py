"""The queue: its state table, whose turn it is, and when that is thought to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.booking.queue import (
    DEEDS,
    LET_IN,
    OPEN,
    STATES,
    VISIT,
    WAITING,
    Deed,
    Seen,
    State,
    Urgency,
    Waiting,
    expected,
    order,
    turn,
)
from classroom.errors import Refused

HERE = Seen(is_here=True)
NOON = 1_774_612_800
MINUTE = 60


def visit(name: str, **more: object) -> Waiting:
    given: dict[str, object] = {"came_s": NOON, "planned_s": None, "minutes": 30, **more}
    return Waiting(id=name, **given)  # type: ignore[arg-type]


def names(visits: list[Waiting]) -> str:
    return "".join(one.id for one in visits)


# What may be done


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_in_every_state_is_in_the_table_or_refused(state: State, deed: Deed) -> None:
    after = VISIT.get((state, deed))
    if after is not None:
        assert turn(state, deed) == after in STATES
        return
    is_early = deed == "enter" and state in WAITING
    with pytest.raises(Refused) as refused:
        turn(state, deed)
    assert refused.value.code == ("visit.not_admitted" if is_early else "visit.unknown")


def test_nobody_comes_in_without_having_been_let_in() -> None:
    opening = {(state, deed) for (state, deed), after in VISIT.items() if after in LET_IN}
    assert {deed for state, deed in opening if state not in LET_IN} == {"admit"}


def test_who_was_let_in_twice_is_let_in_once() -> None:
    assert turn(turn("ready", "admit"), "admit") == "admitted"
    assert turn(turn(turn("ready", "admit"), "enter"), "admit") == "inside"


@pytest.mark.parametrize("state", ["over", "refused"])
def test_what_is_over_opens_no_more(state: State) -> None:
    assert {after for (before, _), after in VISIT.items() if before == state} == {state}


def test_who_left_comes_back_only_into_the_queue() -> None:
    ways = {after for (before, _), after in VISIT.items() if before == "left"}
    assert ways == {"left", "checking"}
    assert OPEN == WAITING | LET_IN


def test_who_is_passed_on_waits_there_and_is_not_called() -> None:
    for state in WAITING:
        assert turn(state, "pass") in ("checking", "ready")


# Whose turn it is


def test_who_came_first_is_first() -> None:
    later = visit("b", came_s=NOON + 5)
    assert names(order([later, visit("a")], NOON)) == "ab"


def test_an_appointment_that_has_begun_is_before_who_says_it_is_urgent() -> None:
    booked = visit("m", planned_s=NOON - 4 * MINUTE, came_s=NOON - 10 * MINUTE)
    urgent = visit("l", urgency="said", came_s=NOON - 2 * MINUTE)
    early = visit("j", planned_s=NOON + 30 * MINUTE, came_s=NOON - MINUTE)
    assert names(order([early, urgent, booked], NOON)) == "mlj"


def test_whom_the_desk_marked_is_first_of_all() -> None:
    booked = visit("m", planned_s=NOON - 4 * MINUTE)
    marked = visit("l", urgency="marked", came_s=NOON + 9)
    assert names(order([booked, marked], NOON + 10)) == "lm"


def test_who_has_an_appointment_later_waits_for_its_time() -> None:
    booked = visit("m", planned_s=NOON + 10 * MINUTE, came_s=NOON - 10 * MINUTE)
    came = visit("w", came_s=NOON + 9 * MINUTE)
    late = visit("x", came_s=NOON + 11 * MINUTE)
    assert names(order([late, booked, came], NOON + 9 * MINUTE)) == "wmx"


# When it is


def test_the_next_one_waits_for_the_talk_that_goes_on() -> None:
    talk = Seen(is_here=True, talk_to_s=NOON + 6 * MINUTE)
    assert expected(visit("m"), [], talk, NOON) == 6


def test_a_talk_that_takes_longer_than_planned_takes_two_more_minutes() -> None:
    talk = Seen(is_here=True, talk_to_s=NOON - 20 * MINUTE)
    assert expected(visit("m"), [], talk, NOON) == 2


def test_it_is_now_when_nobody_is_before_and_no_talk_goes_on() -> None:
    assert expected(visit("m"), [], HERE, NOON) == 0
    assert expected(visit("m", planned_s=NOON + 29), [], HERE, NOON) == 0
    assert expected(visit("m", planned_s=NOON + 31), [], HERE, NOON) == 1


def test_it_is_never_before_the_planned_time() -> None:
    assert expected(visit("m", planned_s=NOON + 8 * MINUTE), [], HERE, NOON) == 8
    assert expected(visit("m", planned_s=NOON + 8 * MINUTE), [visit("a")], HERE, NOON) == 30


def test_nobody_can_say_when_a_host_comes_who_is_late() -> None:
    gone = Seen(is_here=False)
    assert expected(visit("m", planned_s=NOON + 8 * MINUTE), [], gone, NOON) == 8
    assert expected(visit("m", planned_s=NOON), [], gone, NOON) is None
    assert expected(visit("w"), [], gone, NOON) is None


URGENCIES: list[Urgency] = ["", "said", "marked"]
TIMES = st.integers(NOON - 7200, NOON + 7200)
VISITS = st.lists(
    st.builds(
        Waiting,
        id=st.text("abcdefgh", min_size=1, max_size=4),
        came_s=TIMES,
        planned_s=st.none() | TIMES,
        minutes=st.integers(5, 480),
        urgency=st.sampled_from(URGENCIES),
    ),
    unique_by=lambda one: one.id,
    max_size=12,
)
HOSTS = st.builds(Seen, is_here=st.booleans(), talk_to_s=st.none() | TIMES)


@settings(max_examples=100)
@given(visits=VISITS, now_s=TIMES, seed=st.randoms(use_true_random=False))
def test_the_order_is_one_however_they_are_listed(
    visits: list[Waiting], now_s: int, seed: object
) -> None:
    shuffled = list(visits)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert order(shuffled, now_s) == order(visits, now_s)
    assert sorted(one.id for one in order(visits, now_s)) == sorted(one.id for one in visits)


@settings(max_examples=100)
@given(visits=VISITS, now_s=TIMES, host=HOSTS)
def test_who_is_behind_counts_for_nobody_and_nobody_waits_less_than_nothing(
    visits: list[Waiting], now_s: int, host: Seen
) -> None:
    queue = order(visits, now_s)
    told = [expected(one, queue[:place], host, now_s) for place, one in enumerate(queue)]
    for place, one in enumerate(queue):
        alone = order(queue[: place + 1], now_s)
        assert alone[-1] == one
        assert expected(one, alone[:-1], host, now_s) == told[place]
        assert told[place] is None or told[place] >= 0  # type: ignore[operator]


@settings(max_examples=50)
@given(visits=VISITS, now_s=TIMES, host=HOSTS)
def test_who_goes_leaves_the_others_in_their_order(
    visits: list[Waiting], now_s: int, host: Seen
) -> None:
    queue = order(visits, now_s)
    for gone in visits:
        left = [one for one in visits if one != gone]
        assert order(left, now_s) == [one for one in queue if one != gone]
