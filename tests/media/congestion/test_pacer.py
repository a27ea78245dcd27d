"""Pacer: order, rate, and that everything leaves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.congestion.pacer import BURST_S, MIN_BURST_BYTES, PATIENCE_S, Pacer
from media.errors import LocalError

SOUND, RESENT, SCREEN, CAMERA = range(4)


def test_a_batch_leaves_at_once_while_the_budget_lasts() -> None:
    pacer: Pacer[str] = Pacer(8_000_000)
    assert pacer.may_burst(int(1_000_000 * BURST_S), now=1.0)
    assert not pacer.may_burst(1000, now=1.0)
    assert pacer.may_burst(1000, now=1.002)


def test_the_thinnest_line_gets_a_packet_at_once() -> None:
    pacer: Pacer[str] = Pacer(50_000)
    assert pacer.may_burst(MIN_BURST_BYTES, now=1.0)
    assert not pacer.may_burst(100, now=1.001)


def test_the_debt_of_sound_is_paid_within_a_burst() -> None:
    pacer: Pacer[str] = Pacer(100_000)
    for packet in range(3000):  # a minute of a megabit of sound on a tenth of it
        pacer.spend(2500, now=1.0 + packet * 0.02)
    pacer.push("picture", 1000, CAMERA, "c", now=61.0)
    assert pacer.next_at() is not None
    assert (pacer.next_at() or 0.0) < 61.5


def test_nothing_passes_what_waits() -> None:
    pacer: Pacer[str] = Pacer(8_000_000)
    pacer.push("screen", 1000, SCREEN, "s", now=1.0)
    assert not pacer.may_burst(10, now=1.0)
    assert list(pacer.take(now=1.0)) == ["screen"]
    assert pacer.may_burst(10, now=1.0)


def test_sound_first_then_what_was_lost_then_the_screen_then_cameras() -> None:
    pacer: Pacer[str] = Pacer(1_000_000)
    pacer.push("camera", 100, CAMERA, "c", now=1.0)
    pacer.push("screen", 100, SCREEN, "s", now=1.0)
    pacer.push("resent", 100, RESENT, "r", now=1.0)
    pacer.push("sound", 100, SOUND, "a", now=1.0)
    assert list(pacer.take(now=1.0)) == ["sound", "resent", "screen", "camera"]


def test_sound_leaves_whatever_the_budget_and_counts() -> None:
    pacer: Pacer[str] = Pacer(80_000)  # 10 bytes a millisecond
    assert pacer.may_burst(MIN_BURST_BYTES, now=1.0)
    pacer.push("sound", 200, SOUND, "a", now=1.0)
    pacer.push("camera", 100, CAMERA, "c", now=1.0)
    assert pacer.next_at() == 1.0
    assert list(pacer.take(now=1.0)) == ["sound"]
    assert pacer.next_at() == pytest.approx(1.03)
    pacer.spend(100, now=1.0)
    assert pacer.next_at() == pytest.approx(1.04)
    assert list(pacer.take(now=1.039)) == []
    assert list(pacer.take(now=1.04)) == ["camera"]
    assert pacer.next_at() is None


def test_a_key_keeps_its_order_when_its_priority_changes() -> None:
    pacer: Pacer[int] = Pacer(8_000_000)
    pacer.push(1, 100, CAMERA, "c", now=1.0)
    pacer.push(2, 100, SCREEN, "c", now=1.0)
    assert list(pacer.take(now=1.0)) == [1, 2]


def test_what_is_larger_than_any_budget_leaves_too() -> None:
    pacer: Pacer[str] = Pacer(80_000)
    pacer.push("huge", 10 * MIN_BURST_BYTES, SCREEN, "s", now=1.0)
    pacer.push("next", 100, SCREEN, "s", now=1.0)
    assert list(pacer.take(now=1.0)) == ["huge"]
    at = pacer.next_at()
    assert at is not None
    assert at > 1.0 + 9 * MIN_BURST_BYTES / 10_000
    assert list(pacer.take(now=at)) == ["next"]


def test_the_least_important_that_waited_too_long_is_named_and_dropped() -> None:
    pacer: Pacer[str] = Pacer(8_000)
    assert pacer.may_burst(MIN_BURST_BYTES, now=0.0)
    for key, priority in (("a", SCREEN), ("b", CAMERA), ("c", RESENT)):
        pacer.push(key + "1", 500, priority, key, now=0.0)
        pacer.push(key + "2", 500, priority, key, now=0.0)
    assert pacer.overfull(now=PATIENCE_S[CAMERA]) is None
    late = PATIENCE_S[CAMERA] + 0.01
    assert pacer.oldest(now=late) == late
    assert pacer.overfull(now=late) == "b"
    assert pacer.waiting("b") == ["b1", "b2"]
    assert pacer.drop("b") == ["b1", "b2"]
    assert pacer.drop("b") == []
    assert pacer.overfull(now=late) == "c"
    assert pacer.drop("c") == ["c1", "c2"]
    assert pacer.overfull(now=late) is None
    assert pacer.overfull(now=PATIENCE_S[SCREEN] + 0.01) == "a"
    assert pacer.queued_bytes == 1000


def test_a_priority_that_does_not_exist_is_our_bug() -> None:
    pacer: Pacer[str] = Pacer(8_000)
    with pytest.raises(LocalError):
        pacer.push("x", 1, len(PATIENCE_S), "x", now=0.0)


_PUSH = st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(40, 1500), st.floats(0.0, 0.02))


@settings(max_examples=60)
@given(st.lists(_PUSH, max_size=60), st.floats(20_000, 5_000_000), st.sampled_from((0.01, 0.04)))
def test_never_above_the_rate_in_order_and_everything_leaves(
    pushes: list[tuple[int, int, int, float]], rate: float, burst: float
) -> None:
    pacer: Pacer[tuple[tuple[int, int], int, int]] = Pacer(rate)
    pacer.burst_s = burst
    now = 10.0
    begun = now
    left: list[tuple[tuple[int, int], int, int]] = []
    pictures = 0

    def take() -> None:
        nonlocal pictures
        for item in pacer.take(now=now):
            left.append(item)
            if item[0][0] != SOUND:
                pictures += item[2]
            most = rate / 8 * (now - begun) + max(rate * burst / 8, MIN_BURST_BYTES)
            assert pictures <= most + 0.01

    for order, (priority, number, octets, pause) in enumerate(pushes):
        key = (priority, number)
        pacer.push((key, order, octets), octets, priority, key, now=now)
        take()
        assert not any(key[0] == SOUND for key, _ in _waiting(pacer)), "sound never waits"
        now += pause
    for _ in range(1000):
        at = pacer.next_at()
        if at is None:
            break
        now = max(at, now)
        before = len(left)
        take()
        assert len(left) > before, "what is due at next_at leaves then"
    assert len(left) == len(pushes)
    assert pacer.queued_bytes == 0
    for key in {item[0] for item in left}:
        orders = [order for each, order, _ in left if each == key]
        assert orders == sorted(orders)


def _waiting(pacer: Pacer[tuple[tuple[int, int], int, int]]) -> list[tuple[tuple[int, int], int]]:
    keys = [(priority, number) for priority in range(4) for number in range(4)]
    return [(item[0], item[1]) for key in keys for item in pacer.waiting(key)]
