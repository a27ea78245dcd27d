"""Producer.allow: what becomes of a receiver, and of all others, when its network changes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.forward.consumer import Consumer
from media.forward.keyframes import PATIENT_INTERVAL
from tests.support.forwarding import Got, Studio

ALL = (7, 7)


def gapless(got: list[Got]) -> bool:
    return [each.number for each in got] == list(range(5000, 5000 + len(got)))


def temporals(got: list[Got]) -> set[int | None]:
    return {each.sent.packet.temporal for each in got}


def key_frames(studio: Studio) -> list[int]:
    return [encoder.key_frames for encoder in studio.encoders]


def settled(layers: int = 1, frames: int = 60) -> tuple[Studio, Consumer]:
    """A receiver of everything, long after the last key frame."""
    studio = Studio(layers=layers)
    consumer = studio.consumer()
    studio.plays(frames)
    return studio, consumer


def plays_unheard(studio: Studio, frames: int) -> None:
    """Its publisher does not hear what is asked of it."""
    for _ in range(frames):
        for stream in studio.producer.streams:
            stream.key_frames.due_at = None
        studio.plays(1)
        studio.producer.look_after(now=studio.now)


def test_nothing_allowed_stops_at_once_and_what_was_pending_leaves() -> None:
    studio, consumer = settled()
    packets = studio.frame()
    studio.give(packets)
    studio.allow(consumer, None)
    got = studio.got[consumer]
    assert got[-1].index == packets[-1].index
    assert not consumer.paused
    assert consumer.stretch is None
    studio.plays(30)
    assert got[-1].index == packets[-1].index
    assert studio.producer.streams[0].watched == []
    assert studio.producer.streams[0].key_frames.due_at is None


def test_what_is_allowed_again_begins_at_a_key_frame_that_is_asked_for_at_once() -> None:
    studio, consumer = settled(frames=120)
    studio.allow(consumer, None)
    studio.plays(60)
    before = len(studio.got[consumer])
    studio.allow(consumer, ALL)
    assert studio.producer.streams[0].key_frames.due_at == studio.now
    studio.plays(10)
    got = studio.got[consumer]
    assert got[before].sent.packet.key_frame
    assert gapless(got)


def test_a_key_frame_that_is_near_lets_in_without_a_new_one() -> None:
    studio, consumer = settled(frames=120)
    studio.allow(consumer, None)
    studio.encoders[0].key_wanted = True
    studio.plays(10)
    asked = key_frames(studio)
    studio.allow(consumer, (7, 0))
    studio.plays(5)
    assert key_frames(studio) == asked
    assert consumer.stretch is not None
    assert gapless(studio.got[consumer])


def test_the_same_again_changes_nothing() -> None:
    studio, consumer = settled(layers=2)
    stretch = consumer.stretch
    studio.allow(consumer, ALL)
    assert consumer.stretch is stretch
    studio.allow(consumer, None)
    studio.allow(consumer, None)
    assert consumer.stretch is None


def test_a_receiver_that_pauses_itself_is_not_begun_by_its_network() -> None:
    studio, consumer = settled()
    consumer.paused = True
    studio.producer.stop(consumer, now=studio.now)
    studio.allow(consumer, (0, 0))
    studio.plays(10)
    assert consumer.stretch is None
    studio.allow(consumer, None)
    studio.resume(consumer)
    studio.plays(10)
    assert consumer.stretch is None
    studio.allow(consumer, (0, 1))
    studio.plays(10)
    assert consumer.stretch is not None


def test_frames_are_dropped_at_the_next_picture_and_come_back_at_a_sync() -> None:
    studio, consumer = settled()
    asked = key_frames(studio)
    for temporal, seen in ((0, {0}), (1, {0, 1}), (7, {0, 1, 2})):
        studio.allow(consumer, (7, temporal))
        studio.plays(4 if temporal else 1)
        before = len(studio.got[consumer])
        studio.plays(8)
        assert temporals(studio.got[consumer][before:]) == seen
    assert gapless(studio.got[consumer])
    assert key_frames(studio) == asked


def test_until_the_key_frame_of_the_lower_layer_comes_the_higher_gives_up_its_frames() -> None:
    studio, consumer = settled(layers=2)
    studio.allow(consumer, (0, 7))
    before = len(studio.got[consumer])
    plays_unheard(studio, 8)
    meanwhile = studio.got[consumer][before:]
    assert {each.layer for each in meanwhile} == {1}
    assert temporals(meanwhile) == {0}
    studio.encoders[0].key_wanted = True
    studio.plays(8)
    assert consumer.selector.spatial == 0
    assert temporals(studio.got[consumer][-12:]) == {0, 1, 2}
    assert gapless(studio.got[consumer])


def test_allowed_again_before_that_it_stays_where_it_is() -> None:
    studio, consumer = settled(layers=2)
    studio.allow(consumer, (0, 7))
    plays_unheard(studio, 4)
    studio.allow(consumer, ALL)
    studio.plays(8)
    assert consumer.selector.spatial == 1
    assert temporals(studio.got[consumer][-12:]) == {0, 1, 2}
    assert gapless(studio.got[consumer])


def test_a_lower_layer_that_does_not_come_is_not_waited_for_longer_than_a_second() -> None:
    studio, consumer = settled(layers=2)
    studio.allow(consumer, (0, 7))
    plays_unheard(studio, 45)
    assert consumer.stretch is None
    last = studio.got[consumer][-1].sent.packet.arrival
    assert last == pytest.approx(2.0 + 1.0, abs=0.1)
    studio.encoders[0].key_wanted = True
    studio.plays(5)
    assert consumer.selector.spatial == 0
    assert gapless(studio.got[consumer])


def test_who_only_wants_less_goes_on_as_before_until_the_switch() -> None:
    studio, consumer = settled(layers=2)
    studio.wish(consumer, (0, 7))
    before = len(studio.got[consumer])
    plays_unheard(studio, 8)
    assert {each.layer for each in studio.got[consumer][before:]} == {1}
    assert temporals(studio.got[consumer][before:]) == {0, 1, 2}


def test_a_layer_that_dies_is_left_at_once_whoever_asked_last() -> None:
    studio, _ = settled(layers=2)
    low = studio.producer.streams[0]
    studio.plays(60, layers=(0,))
    low.key_frames.want(now=studio.now)
    assert low.key_frames.take(now=studio.now)
    low.key_frames.arrived()
    studio.now += 0.6
    studio.producer.look_after(now=studio.now)
    assert not studio.producer.streams[1].is_alive(now=studio.now)
    assert low.key_frames.due_at == studio.now


def flap(studio: Studio, consumer: Consumer, seconds: float, *ways: tuple[int, int] | None) -> None:
    """Its network cannot make up its mind."""
    for turn in range(round(seconds / 0.3)):
        studio.allow(consumer, ways[turn % len(ways)])
        studio.plays(9)


@pytest.mark.parametrize("ways", [((0, 7), (1, 7)), (None, (1, 7)), (None, (0, 0), (1, 1))])
def test_one_weak_receiver_costs_the_others_few_key_frames(
    ways: tuple[tuple[int, int] | None, ...],
) -> None:
    studio, consumer = settled(layers=2)
    others = [studio.consumer(f"other {n}") for n in range(2)]
    studio.plays(75)
    before = key_frames(studio)
    flap(studio, consumer, 15, *ways)
    for new, old in zip(key_frames(studio), before, strict=True):
        assert new - old <= 15 / PATIENT_INTERVAL + 2
    assert gapless(studio.got[consumer])
    for other in others:
        assert gapless(studio.got[other])
        assert other.selector.spatial == 1


def test_a_speaker_becomes_sharp_within_half_a_second_beside_a_weak_receiver() -> None:
    studio, weak = settled(layers=2)
    viewer = studio.consumer("viewer", resume=False)
    viewer.selector.wanted = (0, 7)
    studio.resume(viewer)
    studio.plays(60)
    for pause in (0.1, 0.9, 2.2):
        flap(studio, weak, 4, (0, 7), (1, 7))
        studio.plays(round(pause * 30))
        studio.wish(viewer, (1, 7))
        start = studio.now
        while viewer.selector.spatial != 1:
            studio.plays(1)
            assert studio.now - start <= 0.55
        studio.wish(viewer, (0, 7))
        studio.plays(60)
        assert viewer.selector.spatial == 0


def test_what_the_network_gives_in_answer_to_a_wish_is_part_of_it() -> None:
    studio, consumer = settled(layers=2)
    studio.allow(consumer, (0, 7))
    studio.plays(15)
    assert consumer.selector.spatial == 0
    studio.encoders[1].key_wanted = False
    high = studio.producer.streams[1]
    high.key_frames.want(now=studio.now)
    assert high.key_frames.take(now=studio.now)
    high.key_frames.arrived()  # somebody else's, a moment ago
    studio.plays(2, layers=(0,))
    studio.wish(consumer, ALL)
    studio.allow(consumer, (1, 7))
    assert high.key_frames.due_at is not None
    assert high.key_frames.due_at - studio.now < 0.5


def change(studio: Studio, what: str, consumer: Consumer, spatial: int, temporal: int) -> None:
    """One thing that happens to a receiver or a layer."""
    layers = (spatial, temporal)
    if what == "allow":
        studio.allow(consumer, layers)
    elif what == "forbid":
        studio.allow(consumer, None)
    elif what == "flap":
        studio.allow(consumer, None if temporal else (0, 0))
        studio.allow(consumer, layers)
    elif what == "wish":
        studio.wish(consumer, layers)
    elif what == "key":
        studio.encoders[spatial].key_wanted = True
    elif consumer.paused:
        studio.resume(consumer)
    else:
        consumer.paused = True
        studio.producer.stop(consumer, now=studio.now)


steps = st.lists(
    st.tuples(
        st.sampled_from(("allow", "allow", "forbid", "flap", "wish", "key", "pause")),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 2),
        st.sets(st.integers(0, 2), min_size=1),
        st.integers(1, 12),
    ),
    max_size=15,
)


@settings(deadline=None, max_examples=30)
@given(steps)
def test_whatever_networks_do_each_receiver_sees_one_stream_within_what_is_allowed(
    plan: list[tuple[str, int, int, int, set[int], int]],
) -> None:
    studio = Studio(layers=3)
    consumers = [studio.consumer(str(n)) for n in range(3)]
    for what, who, spatial, temporal, playing, frames in plan:
        studio.plays(1, layers=tuple(playing))  # whoever has to notices which layers live
        change(studio, what, consumers[who], spatial, temporal)
        before = {each: len(studio.got[each]) for each in consumers}
        for _ in range(frames):
            studio.plays(1, layers=tuple(playing))
        for each in consumers:
            check_new(studio, each, before[each])
    for consumer in consumers:
        assert gapless(studio.got[consumer])
        for last, here in pairwise(studio.got[consumer]):
            if last.sent.packet.timestamp != here.sent.packet.timestamp:
                assert here.sent.packet.starts_frame
            if last.layer != here.layer:
                assert here.sent.packet.key_frame


def check_new(studio: Studio, consumer: Consumer, start: int) -> None:
    """What came since lies within what is allowed, or is the least of a layer that is left."""
    allowed = consumer.selector.allowed
    new = studio.got[consumer][start:]
    if allowed is None or consumer.paused:
        assert new == []
        return
    for each in new:
        temporal = each.sent.packet.temporal or 0
        assert temporal <= allowed[1]
        if each.layer > allowed[0] and temporal:
            lower = studio.producer.streams[: each.layer]
            assert not any(stream.is_alive(now=each.sent.packet.arrival) for stream in lower)
