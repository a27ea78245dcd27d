"""Producer, views and consumers together: numbers without gaps, ids that go ahead."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import Malformed
from media.forward.history import Place
from media.forward.packet import Packet
from tests.support.forwarding import Got, Studio


def numbers(got: list[Got]) -> list[int]:
    return [each.number for each in got]


def gapless(got: list[Got]) -> bool:
    return numbers(got) == list(range(5000, 5000 + len(got)))


def pictures(got: list[Got]) -> list[int]:
    """Ids of the pictures in order, each once."""
    ids: list[int] = []
    for each in got:
        if each.picture is not None and (not ids or ids[-1] != each.picture):
            ids.append(each.picture)
    return ids


def go_ahead(ids: list[int]) -> bool:
    return all(0 < (b - a) & 0x7FFF < 0x2000 for a, b in pairwise(ids))


def test_nothing_is_given_before_the_first_key_frame() -> None:
    studio = Studio()
    studio.encoders[0].key_wanted = False
    studio.encoders[0]._phase_start = 0
    studio.give(studio.frame())
    consumer = studio.consumer()
    studio.give(studio.frame())
    studio.flush(0.0)
    assert studio.got[consumer] == []
    assert studio.producer.streams[0].key_frames.due_at == 0.0
    studio.give(studio.frame(key=True))
    studio.flush(0.0)
    assert gapless(studio.got[consumer])
    assert len(studio.got[consumer]) == 9


def test_a_single_layer_is_passed_on_untouched() -> None:
    studio = Studio()
    consumer = studio.consumer()
    studio.plays(30)
    got = studio.got[consumer]
    assert gapless(got)
    assert all(each.sent.payload is each.sent.packet.payload for each in got)
    assert all(each.timestamp == each.sent.packet.timestamp for each in got)


def test_all_receivers_of_one_layer_share_a_view() -> None:
    studio = Studio()
    consumers = [studio.consumer(str(n)) for n in range(20)]
    studio.plays(10)
    late = studio.consumer("late")
    studio.plays(40)
    (view,) = studio.producer.streams[0].watched
    assert len(view.receivers) == 1
    assert len({len(studio.got[each]) for each in consumers}) == 1
    assert gapless(studio.got[late])


def test_a_newcomer_begins_with_the_last_key_frame_when_it_is_near() -> None:
    studio = Studio()
    first = studio.consumer("first")
    studio.plays(10)
    late = studio.consumer("late")
    studio.flush(studio.now)
    assert [each.index for each in studio.got[late]] == [each.index for each in studio.got[first]]
    assert gapless(studio.got[late])
    assert studio.producer.streams[0].key_frames.due_at is None
    studio.plays(5)
    assert [each.index for each in studio.got[late]] == [each.index for each in studio.got[first]]


def test_a_newcomer_waits_when_the_key_frame_is_old() -> None:
    studio = Studio()
    studio.consumer("first")
    studio.plays(60)
    late = studio.consumer("late")
    studio.flush(studio.now)
    assert studio.got[late] == []
    assert studio.producer.streams[0].key_frames.due_at is not None
    studio.plays(1)
    assert len(studio.got[late]) == 9


def test_a_packet_is_taken_once_and_not_after_its_time() -> None:
    studio = Studio()
    studio.consumer()
    packets = studio.frame(key=True)
    studio.give(packets)
    stream = studio.producer.streams[0]
    assert studio.producer.packet(stream, packets[0]) is Place.DUPLICATE
    old = Packet(packets[0].index - 2000, 0, False, packets[0].payload, 0.0)
    assert studio.producer.packet(stream, old) is Place.TOO_OLD


def test_what_is_not_vp8_is_malformed() -> None:
    studio = Studio()
    with pytest.raises(Malformed, match=r"vp8\.truncated"):
        studio.producer.packet(studio.producer.streams[0], Packet(1, 0, False, b"\x90\x80", 0.0))


def test_lost_numbers_stay_free_for_the_late_packet() -> None:
    studio = Studio()
    consumer = studio.consumer()
    studio.plays(2)
    packets = studio.frame()
    studio.give([packets[0], packets[2]])
    studio.flush(studio.now)
    got = studio.got[consumer]
    assert got[-1].number - got[-2].number == 2
    studio.give([packets[1]])
    studio.flush(studio.now)
    assert gapless(sorted(got, key=lambda each: each.number))


def test_a_late_key_frame_start_lets_in_with_all_that_followed() -> None:
    studio = Studio()
    consumer = studio.consumer()
    packets = studio.frame(key=True)
    studio.give(packets[1:])
    studio.flush(studio.now)
    assert studio.got[consumer] == []
    second = studio.consumer("second")
    studio.give(packets[:1])
    studio.flush(studio.now)
    for each in (consumer, second):
        got = sorted(studio.got[each], key=lambda one: one.number)
        assert gapless(got)
        assert [one.index for one in got] == [packet.index for packet in packets]


def test_a_paused_receiver_goes_on_with_the_next_number() -> None:
    studio = Studio()
    consumer = studio.consumer()
    studio.plays(5)
    consumer.paused = True
    studio.producer.stop(consumer, now=studio.now)
    before = len(studio.got[consumer])
    studio.plays(40)
    assert len(studio.got[consumer]) == before
    assert studio.producer.streams[0].watched == []
    studio.resume(consumer)
    studio.plays(5)
    got = studio.got[consumer]
    assert gapless(got)
    assert len(got) > before
    assert go_ahead(pictures(got))
    pause = (got[before].timestamp - got[before - 1].timestamp) / 90_000
    assert pause == pytest.approx(40 / 30, abs=0.1)


@pytest.mark.parametrize("limit", [0, 1])
def test_dropped_temporal_layers_leave_neither_numbers_nor_ids_open(limit: int) -> None:
    studio = Studio()
    consumer = studio.consumer(resume=False)
    consumer.selector.wanted = (7, limit)
    studio.resume(consumer)
    studio.plays(40)
    got = studio.got[consumer]
    assert gapless(got)
    ids = pictures(got)
    assert ids == [(ids[0] + n) & 0x7FFF for n in range(len(ids))]
    assert all((each.sent.packet.temporal or 0) <= limit for each in got)
    assert len(ids) == (10 if limit == 0 else 20)


def test_own_ids_end_at_the_next_key_frame() -> None:
    studio = Studio()
    consumer = studio.consumer()
    studio.plays(10)
    consumer.selector.wanted = (7, 0)
    studio.plays(10)
    consumer.selector.wanted = (7, 7)
    studio.plays(10)
    assert consumer.shape.picture_delta < 0
    ids = pictures(studio.got[consumer])
    assert ids[-5:] == [ids[-5] + n & 0x7FFF for n in range(5)]
    studio.encoders[0].key_wanted = True
    studio.plays(3)
    assert consumer.shape.picture_delta == 0
    assert go_ahead(pictures(studio.got[consumer]))
    assert gapless(studio.got[consumer])


def test_a_stream_on_a_new_ssrc_goes_on_for_its_receivers() -> None:
    studio = Studio()
    consumer = studio.consumer()
    studio.plays(10)
    stream = studio.producer.streams[0]
    studio.producer.restart(stream, 999, now=studio.now)
    encoder = studio.encoders[0]
    encoder.sequence, encoder.picture, encoder.tl0, encoder.timestamp_base = 3, 5, 5, 12_345
    studio.plays(10)
    got = studio.got[consumer]
    assert gapless(got)
    assert go_ahead(pictures(got))
    stamps = [each.timestamp for each in got]
    assert all(0 <= b - a <= 90_000 for a, b in pairwise(stamps))


steps = st.lists(
    st.tuples(
        st.sampled_from(("wish", "pause", "mute", "key", "play")),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(steps, st.integers(0, 1 << 30))
def test_whatever_is_wished_receivers_see_one_unbroken_stream(
    plan: list[tuple[str, int, int]], seed: int
) -> None:
    chance = random.Random(seed)
    studio = Studio(layers=3)
    consumers = [studio.consumer(str(n)) for n in range(3)]
    playing = {0, 1, 2}
    for what, first, second in plan:
        consumer = consumers[first]
        if what == "wish":
            consumer.selector.wanted = (second, chance.randrange(3))
        elif what == "pause":
            consumer.paused = True
            studio.producer.stop(consumer, now=studio.now)
            studio.plays(second)
            studio.resume(consumer)
        elif what == "mute":
            playing ^= {second}
        elif what == "key":
            studio.encoders[second].key_wanted = True
        studio.plays(chance.randrange(1, 12), layers=tuple(playing))
    for consumer in consumers:
        got = studio.got[consumer]
        assert gapless(got)
        assert go_ahead(pictures(got))
        stamps = [each.timestamp for each in got]
        assert all((b - a) & 0xFFFFFFFF < 0x80000000 for a, b in pairwise(stamps))
        # A picture after another one of a different layer is a key frame.
        for before, after in pairwise(got):
            if before.sent.packet.timestamp != after.sent.packet.timestamp:
                assert after.sent.packet.starts_frame


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1 << 30), st.sampled_from((0, 1, 2)))
def test_shuffled_and_lost_packets_never_share_a_number(seed: int, limit: int) -> None:
    chance = random.Random(seed)
    studio = Studio()
    consumers = [studio.consumer(str(n), resume=False) for n in range(2)]
    for consumer in consumers:
        consumer.selector.wanted = (7, limit)
        studio.resume(consumer)
    waiting: list[Packet] = []
    for _ in range(60):
        studio.encoders[0].key_wanted |= chance.random() < 0.05
        waiting += [packet for packet in studio.frame() if chance.random() > 0.1]
        chance.shuffle(waiting)
        cut = chance.randrange(len(waiting) + 1)
        studio.give(waiting[:cut])
        waiting = waiting[cut:]
        studio.flush(studio.now)
        studio.now += 1 / 30
        if chance.random() < 0.1:
            consumer = chance.choice(consumers)
            consumer.paused = True
            studio.producer.stop(consumer, now=studio.now)
            studio.resume(consumer)
    for consumer in consumers:
        got = studio.got[consumer]
        seen = numbers(got)
        assert len(seen) == len(set(seen))
        assert min(seen, default=5000) >= 5000
        by_index = {each.index: each.number for each in got}
        assert len(by_index) <= len(got)


def test_what_was_sent_is_found_under_its_number() -> None:
    studio = Studio(layers=2)
    consumer = studio.consumer()
    studio.plays(20)
    consumer.selector.wanted = (0, 1)
    studio.plays(20)
    consumer.selector.wanted = (1, 7)
    studio.plays(20)
    for each in studio.got[consumer]:
        found = consumer.find(each.number & 0xFFFF)
        assert found is not None
        assert (found.number, found.timestamp) == (each.number, each.timestamp)
        assert found.sent is each.sent
    assert consumer.find((studio.got[consumer][-1].number + 1) & 0xFFFF) is None
    assert consumer.find(4999) is None


def test_counts_are_those_of_the_packets_sent() -> None:
    studio = Studio(layers=2)
    consumer = studio.consumer()
    studio.plays(20)
    consumer.selector.wanted = (0, 0)
    studio.plays(20)
    packets, octets = consumer.counts()
    assert packets == len(studio.got[consumer])
    assert octets == sum(len(each.sent.payload) for each in studio.got[consumer])


def test_a_receiver_that_ran_ahead_is_overtaken_by_key_frames() -> None:
    studio = Studio(layers=2)
    consumer = studio.consumer(resume=False)
    consumer.selector.wanted = (0, 7)
    studio.resume(consumer)
    studio.plays(5)
    late = studio.frame(1, key=True)
    studio.give(late[1:], 1)
    studio.plays(20, layers=(0,))  # ids of the layer on screen pass those of the late key frame
    consumer.selector.wanted = (1, 7)
    studio.producer.review(now=studio.now)
    studio.give(late[:1], 1)
    studio.flush(studio.now)
    assert consumer.selector.spatial == 1
    assert consumer.shape.picture_delta > 0
    for _ in range(2):  # the first brings its layer onto the scale, the second ahead of everybody
        studio.plays(5, layers=(1,))
        studio.encoders[1].key_wanted = True
        studio.plays(5)
    assert consumer.shape[:2] == (0, 0)
    assert gapless(sorted(studio.got[consumer], key=lambda each: each.number))
