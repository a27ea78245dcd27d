"""History, key frame requests and reception: the small cores."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.forward.history import History, Place
from media.forward.keyframes import (
    ATTEMPTS,
    CROWD,
    INTERVAL,
    PATIENT_INTERVAL,
    SPACING,
    KeyFrameRequests,
)
from media.forward.reception import Reception
from media.wire.rtcp import SenderReport, middle_32, to_ntp


def test_the_newest_are_kept_and_the_oldest_fall_out() -> None:
    history: History[str] = History(4)
    for number in range(10, 16):
        assert history.put(number, str(number)) is Place.NEW
    assert history.highest == 15
    assert [history.get(number) for number in range(10, 17)] == [
        None,
        None,
        "12",
        "13",
        "14",
        "15",
        None,
    ]


def test_a_number_is_taken_once() -> None:
    history: History[str] = History(4)
    history.put(10, "first")
    assert history.put(10, "second") is Place.DUPLICATE
    assert history.get(10) == "first"


def test_too_old_is_not_taken_even_into_a_free_slot() -> None:
    history: History[str] = History(4)
    history.put(0, "a")
    history.put(10, "b")
    assert history.put(6, "late") is Place.TOO_OLD
    assert history.put(7, "late") is Place.NEW
    assert history.put(3, "late") is Place.TOO_OLD


@given(st.lists(st.integers(0, 300)))
def test_history_agrees_with_a_dictionary(numbers: list[int]) -> None:
    history: History[int] = History(64)
    model: dict[int, int] = {}
    for number in numbers:
        place = history.put(number, number)
        newest = max(model, default=-1)
        if number in model and number > newest - 64:
            assert place is Place.DUPLICATE
        elif number <= newest - 64:
            assert place is not Place.NEW
        else:
            assert place is Place.NEW
            model[number] = number
    newest = max(model, default=-1)
    for number in range(301):
        held = number in model and number > newest - 64
        assert (history.get(number) == number) is held or not held


def test_a_key_frame_is_asked_for_at_once_then_seldom_until_it_comes() -> None:
    requests = KeyFrameRequests()
    assert requests.due_at is None
    requests.want(now=10.0)
    assert requests.take(now=10.0)
    requests.want(now=10.1)
    assert not requests.take(now=10.1)
    assert requests.due_at == 10.0 + INTERVAL
    assert requests.take(now=10.5)
    requests.arrived()
    assert requests.due_at is None
    assert not requests.take(now=20.0)


def test_soon_after_a_key_frame_the_next_request_waits() -> None:
    requests = KeyFrameRequests()
    requests.want(now=10.0)
    assert requests.take(now=10.0)
    requests.arrived()
    requests.want(now=10.2)
    assert not requests.take(now=10.2)
    assert requests.take(now=10.5)


def test_who_can_wait_asks_long_after_the_last_request_and_at_once_when_there_was_none() -> None:
    requests = KeyFrameRequests()
    requests.want(now=10.0, is_patient=True)
    assert requests.take(now=10.0)
    requests.arrived()
    requests.want(now=10.3, is_patient=True)
    assert requests.due_at == 10.0 + PATIENT_INTERVAL
    requests.want(now=10.4)  # somebody who cannot
    assert requests.due_at == 10.0 + INTERVAL
    requests.want(now=10.45, is_patient=True)
    assert requests.due_at == 10.0 + INTERVAL


def test_a_publisher_that_never_answers_is_left_in_peace() -> None:
    requests = KeyFrameRequests()
    requests.want(now=0.0)
    sent = sum(requests.take(now=tenth / 10) for tenth in range(1000))
    assert sent == ATTEMPTS
    assert requests.due_at is None


def asked_in(requests: KeyFrameRequests, start: float, seconds: float) -> list[float]:
    """When a request left, for a receiver that always wants and a publisher that always answers."""
    times = []
    for tick in range(int(seconds * 20)):
        now = start + tick / 20
        requests.want(now=now)
        if requests.take(now=now):
            times.append(now)
            requests.want(now=now)  # once more before the answer
            requests.arrived()
    return times


def test_receivers_that_never_have_enough_get_one_a_second() -> None:
    requests = KeyFrameRequests()
    times = asked_in(requests, 10.0, 60.0)
    assert times[:8] == pytest.approx([10.0 + INTERVAL * n for n in range(8)])
    assert len(times) <= 60 / SPACING + CROWD / SPACING + 1
    later = [at for at in times if at > 20]
    gaps = [after - before for before, after in itertools.pairwise(later)]
    assert min(gaps) > SPACING - 0.1
    assert max(gaps) < SPACING + 0.1


def test_after_a_pause_a_class_may_come_again_at_once() -> None:
    requests = KeyFrameRequests()
    asked_in(requests, 10.0, 60.0)
    times = asked_in(requests, 80.0, 4.0)
    assert times == pytest.approx([80.0 + INTERVAL * n for n in range(8)])


def test_key_frames_nobody_asked_for_cost_no_request() -> None:
    requests = KeyFrameRequests()
    for each in range(100):
        requests.arrived()
        assert requests.due_at is None, each
    requests.want(now=1.0)
    assert requests.take(now=1.0)


def test_loss_is_counted_since_the_last_report() -> None:
    reception = Reception(5, 90_000)
    assert reception.block(now=0.0) is None
    for index in range(100, 110):
        reception.packet(index, index * 3000, 100, now=index / 30)
    block = reception.block(now=4.0)
    assert block is not None
    assert (block.fraction_lost, block.packets_lost, block.highest_sequence) == (0, 0, 109)
    for index in range(110, 120):
        if index % 2:
            reception.packet(index, index * 3000, 100, now=index / 30)
    block = reception.block(now=5.0)
    assert block is not None
    assert (block.fraction_lost, block.packets_lost) == (128, 5)
    assert reception.octets == 1500


def test_steady_arrival_has_no_jitter_and_unsteady_has() -> None:
    steady, unsteady = Reception(1, 90_000), Reception(2, 90_000)
    for index in range(200):
        steady.packet(index, index * 3000, 1, now=index / 30)
        unsteady.packet(index, index * 3000, 1, now=index / 30 + (index % 2) * 0.01)
    first, second = steady.block(now=10.0), unsteady.block(now=10.0)
    assert first is not None
    assert second is not None
    assert first.jitter <= 1
    assert 800 < second.jitter <= 900  # RFC 3550 A.8 goes towards |difference|: 10 ms


def test_a_wrapped_timestamp_is_no_jitter() -> None:
    reception = Reception(1, 90_000)
    for index in range(100):
        stamp = (0xFFFFFFFF - 50 * 3000 + index * 3000) & 0xFFFFFFFF
        reception.packet(index, stamp, 1, now=index / 30)
    block = reception.block(now=4.0)
    assert block is not None
    assert block.jitter <= 1


def test_the_publisher_s_clock_is_carried_forward() -> None:
    reception = Reception(1, 90_000)
    assert reception.clock(now=1.0) is None
    report = SenderReport(1, to_ntp(5000.0), 0xFFFFFFF0, 1, 1)
    reception.packet(1, 0, 1, now=10.0)
    reception.reported(report, now=10.0)
    assert reception.clock(now=10.5) == (5000.5, (0xFFFFFFF0 + 45_000) & 0xFFFFFFFF)
    block = reception.block(now=10.25)
    assert block is not None
    assert (block.last_sr, block.delay_since_last_sr) == (middle_32(report.ntp), 16384)
