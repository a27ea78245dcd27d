"""SendLog: what feedback says about which packets, once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.congestion.send_log import HISTORY_S, MAX_BURSTS, SendLog
from media.wire.rtcp_transport import TransportFeedback


def feedback(base: int, *deltas: int | None, reference: int = 0) -> TransportFeedback:
    return TransportFeedback(1, 2, base & 0xFFFF, reference, 0, deltas)


def numbers(log: SendLog, told: TransportFeedback, now: float = 1.0) -> list[int]:
    return [each.number for each in log.results(told, now=now)]


def test_a_feedback_finds_its_packets() -> None:
    log = SendLog()
    log.sent((100, 200), now=1.0)
    log.sent((300,), now=1.01, cluster=7)
    results = log.results(feedback(0, 4, None, 8, reference=10), now=1.1)
    assert [tuple(each) for each in results] == [
        (1.0, 100, 0.641, None, 0),
        (1.0, 200, None, None, 1),
        (1.01, 300, 0.643, 7, 2),
    ]


def test_numbers_go_on_where_sixteen_bits_end() -> None:
    log = SendLog(first=0xFFFE)
    log.sent((1, 2, 3, 4), now=1.0)
    assert log.next == 0x10002
    assert numbers(log, feedback(0xFFFF, 1, 1, 1)) == [0xFFFF, 0x10000, 0x10001]


def test_the_receiver_s_clock_goes_on_where_twenty_four_bits_end() -> None:
    log = SendLog()
    log.sent((1, 2), now=1.0)
    (before,) = log.results(feedback(0, 0, reference=0x7FFFFF), now=1.0)
    (after,) = log.results(feedback(1, 0, reference=-0x800000), now=1.0)
    assert before.received_at is not None
    assert after.received_at is not None
    assert after.received_at - before.received_at == pytest.approx(0.064)


def test_what_was_told_lost_may_still_be_told_received_and_then_no_more() -> None:
    log = SendLog()
    log.sent((1, 2, 3), now=1.0)
    assert numbers(log, feedback(0, 1, None, 1)) == [0, 1, 2]
    assert numbers(log, feedback(0, 1, None, 1)) == []
    (late,) = log.results(feedback(0, 1, 1, 1), now=1.0)
    assert late.number == 1
    assert late.received_at is not None
    assert numbers(log, feedback(0, 1, 1, 1)) == []


def test_feedback_that_changed_places_is_told_all_the_same() -> None:
    log = SendLog()
    log.sent((1,) * 6, now=1.0)
    assert numbers(log, feedback(3, 1, 1, 1)) == [3, 4, 5]
    assert numbers(log, feedback(0, 1, 1, 1, 1)) == [0, 1, 2]


def test_numbers_never_sent_are_passed_over() -> None:
    log = SendLog()
    assert numbers(log, feedback(5, 1, 1)) == []
    log.sent((1, 2), now=1.0)
    assert numbers(log, feedback(1, 1, 1, 1)) == [1]
    assert numbers(log, feedback(0x9000, 1, 1)) == []


def test_what_is_long_ago_is_forgotten() -> None:
    log = SendLog()
    log.sent((1, 2), now=1.0)
    log.sent((3,), now=2.0 + HISTORY_S)
    assert numbers(log, feedback(0, 1, 1, 1), now=2.0 + HISTORY_S) == [2]


def test_a_receiver_that_never_answers_costs_no_more_and_more() -> None:
    log = SendLog()
    sizes = (1000, 1000)
    for count in range(3 * MAX_BURSTS):
        log.sent(sizes, now=count / 1000)
    assert log.in_flight_bytes <= 2000 * MAX_BURSTS
    last = log.next - 1
    assert numbers(log, feedback(last, 1), now=12.0) == [last]


def test_bytes_in_flight_and_the_silence_about_them() -> None:
    log = SendLog()
    assert log.unanswered_since is None
    log.sent((100, 200), now=1.0)
    log.sent((300,), now=2.0)
    assert log.in_flight_bytes == 600
    assert log.unanswered_since == 1.0
    log.results(feedback(0, 1, 1), now=2.0)
    assert log.in_flight_bytes == 300
    assert log.unanswered_since == 2.0
    log.results(feedback(2, 1), now=2.0)
    assert log.unanswered_since is None
    assert log.in_flight_bytes == 0


_TOLD = st.tuples(
    st.integers(0, 0xFFFF), st.lists(st.one_of(st.none(), st.integers(-50, 300)), max_size=20)
)


@settings(max_examples=60)
@given(st.integers(0, 0x20000), st.lists(st.one_of(st.integers(1, 9), _TOLD), max_size=40))
def test_each_packet_is_told_received_once_and_lost_once_before_at_most(
    first: int, steps: list[int | tuple[int, list[int | None]]]
) -> None:
    log = SendLog(first)
    received: Counter[int] = Counter()
    lost: Counter[int] = Counter()
    for step in steps:
        if isinstance(step, int):
            log.sent((7,) * step, now=1.0)
            continue
        offset, deltas = step
        base = first + offset % (log.next - first + 3)
        for each in log.results(feedback(base, *deltas), now=1.0):
            assert first <= each.number < log.next
            if each.received_at is None:
                assert not received[each.number]
                lost[each.number] += 1
            else:
                received[each.number] += 1
    assert max(received.values(), default=0) <= 1
    assert max(lost.values(), default=0) <= 1


def test_what_came_as_late_as_a_copy_was_lost_and_its_copy_is_no_news() -> None:
    log = SendLog()
    for number in range(4):
        log.sent((100,), now=1.0 + 0.02 * number)
    # The second came 190 ms late, told together with the others; 20 ms are 80 ticks.
    told = feedback(0, 0, 840, -680, 80)
    results = log.results(told, now=1.3, copied_s=0.17)
    assert [each.received_at is None for each in results] == [False, True, False, False]
    assert log.results(told, now=1.3, copied_s=0.17) == []
    assert [each.number for each in log.results(told, now=1.3)] == [1]
    log.sent((100,), now=1.08)
    alone = log.results(feedback(4, 0), now=1.4, copied_s=0.17)
    assert [each.received_at is None for each in alone] == [False]
    assert log.results(feedback(5, None), now=1.4, copied_s=0.17) == []
