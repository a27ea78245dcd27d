"""The virtual link: exact moments, room, buckets, loss, steps."""

from __future__ import annotations

import pytest

from bench.link import Link, Shape


def test_packets_come_out_one_after_the_other_at_the_rate() -> None:
    link = Link(Shape(rate_bps=80_000, delay_s=0.05, queue_s=1.0))  # 10 bytes a millisecond
    for name in "abc":
        assert link.send(name, 1000, now=1.0)
    assert link.next_at() == pytest.approx(1.15)
    assert link.receive(now=1.14) == []
    out = link.receive(now=2.0)
    assert [each.payload for each in out] == ["a", "b", "c"]
    assert [each.at for each in out] == pytest.approx([1.15, 1.25, 1.35])
    assert [each.queued_s for each in out] == pytest.approx([0.1, 0.2, 0.3])
    assert link.next_at() is None


def test_what_finds_no_room_is_dropped() -> None:
    link = Link(Shape(rate_bps=80_000, queue_bytes=3000))
    assert [link.send(each, 1000, now=1.0) for each in range(5)] == [True] * 3 + [False] * 2
    assert link.queued_bytes == 3000
    assert link.counts["dropped"] == 2


def test_a_bucket_lets_a_burst_pass_and_then_queues() -> None:
    link = Link(Shape(rate_bps=80_000, delay_s=0.0, bucket_bytes=2000))
    for name in "abc":
        link.send(name, 1000, now=1.0)
    assert [each.at for each in link.receive(now=2.0)] == pytest.approx([1.0, 1.0, 1.1])


def test_a_policer_drops_what_finds_the_bucket_empty() -> None:
    link = Link(Shape(rate_bps=80_000, bucket_bytes=2000, is_policed=True))
    assert [link.send(each, 1000, now=1.0) for each in range(3)] == [True, True, False]
    assert link.send("later", 1000, now=1.1)


def test_what_waits_is_served_at_the_new_rate() -> None:
    link = Link(Shape(rate_bps=80_000, delay_s=0.0, queue_s=1.0))
    link.send("a", 1000, now=1.0)
    link.change(now=1.05, rate_bps=8_000.0)
    assert [each.at for each in link.receive(now=3.0)] == pytest.approx([1.55])


def test_loss_by_chance_is_the_same_for_the_same_seed_and_uses_the_link() -> None:
    links = [Link(Shape(rate_bps=8e6, loss=0.3), seed=5) for _ in range(2)]
    for link in links:
        for each in range(1000):
            link.send(each, 100, now=each * 0.001)
    first, second = ([each.payload for each in link.receive(now=9.0)] for link in links)
    assert first == second
    assert 600 < len(first) < 800


def test_jitter_keeps_the_order() -> None:
    link = Link(Shape(delay_s=0.01, jitter_s=0.05))
    for each in range(100):
        link.send(each, 100, now=each * 0.001)
    out = link.receive(now=9.0)
    assert [each.payload for each in out] == list(range(100))
    assert len({round(each.at, 6) for each in out}) > 5
