"""Copies of pictures for a receiver whose line loses much: who gets them, how many, what fits."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from media.endpoint.copies import LATE, LATE_S, Copies
from media.wire import rtp
from media.wire.demux import PacketKind, classify
from tests.support.lossy import WeakCall
from tests.support.peers import SERVER, Browser
from tests.support.receivers import UNMEASURED


def copies_of(call: WeakCall) -> Copies:
    return call.room.exchange._traffic.egress.copies


def weak_call(count: int, spacing_s: float = 0.01, bitrate_bps: int = 2_400_000) -> WeakCall:
    """Bob's line carries so much; each packet of the picture leaves `count` times more on it."""
    call = WeakCall(capabilities=UNMEASURED)
    call.carries(bitrate_bps)
    call.down.is_small = True
    copies_of(call).set(call.subscription, count, spacing_s)
    return call


def retransmissions(call: WeakCall) -> list[tuple[float, int]]:
    """(time, original number) of what leaves on the stream for it, filled as time passes."""
    seen: list[tuple[float, int]] = []
    resends = call.subscription.resends
    assert resends is not None
    opener = call.bob.receives.opener
    assert opener is not None

    playback = call.bob.pictures["cam"]
    repair = playback.repair

    def look(header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        seen.append((now, int.from_bytes(payload[:2], "big")))
        repair(header, payload, now)

    playback.repair = look  # type: ignore[method-assign]
    return seen


@pytest.mark.parametrize(
    ("count", "down", "up", "burst"),
    [(13, 0.7, 0.0, 0), (16, 0.7, 0.7, 0), (13, 0.7, 0.7, 5), (5, 0.5, 0.5, 0), (13, 0.3, 0.3, 10)],
)
def test_at_70_per_cent_the_picture_goes_on(
    count: int, down: float, up: float, burst: float
) -> None:
    call = weak_call(count)
    call.spoil(call.bob.addresses[1], up, down, burst)
    call.room.run(1.0)
    assert call.shown(20.0) >= 14 / 15
    assert call.encoder.key_frames <= 3


def test_each_packet_leaves_as_often_as_was_said_and_apart() -> None:
    call = weak_call(4, 0.02)
    call.room.run(0.5)
    seen = retransmissions(call)
    call.room.run(1.0)
    often = Counter(number for _, number in seen)
    assert set(sorted(often.values())[5:-5]) == {4}
    number = sorted(often)[len(often) // 2]
    times = [at for at, each in seen if each == number]
    assert all(later - at >= 0.0149 for at, later in pairwise(times))


def test_few_copies_are_of_what_the_rest_needs() -> None:
    call = weak_call(2)
    call.room.run(0.5)
    seen = retransmissions(call)
    before = call.encoder.packets
    call.room.run(2.0)
    copied = len({number for _, number in seen})
    assert copied == pytest.approx((call.encoder.packets - before) / 4, abs=3)


@pytest.mark.parametrize("bitrate_bps", [250_000, 500_000, 900_000])
def test_what_does_not_fit_is_not_sent(bitrate_bps: int) -> None:
    call = weak_call(15, bitrate_bps=bitrate_bps)
    call.room.run(1.0)
    sent_bps = call.sent_bps(SERVER, call.bob.addresses[1], 10.0)
    assert 0.7 * bitrate_bps < sent_bps < 1.06 * bitrate_bps
    frames = [frame for _, frame, _ in call.bob.pictures["cam"].decoded]
    assert len(frames) > 70


def test_a_receiver_that_tells_nothing_gets_none() -> None:
    call = WeakCall(capabilities=UNMEASURED)
    copies_of(call).set(call.subscription, 13, 0.01)
    call.spoil(call.bob.addresses[1], 0.0, 0.2)
    call.room.run(5.0)
    assert copies_of(call).count == 0
    assert call.room.metrics()["rtx"] > 10


def test_calm_lines_get_nothing_twice() -> None:
    call = WeakCall(capabilities=UNMEASURED)
    call.room.run(3.0)
    assert copies_of(call).count == 0
    assert copies_of(call).next_at() is None


def test_a_question_is_answered_several_times() -> None:
    call = weak_call(3)
    call.room.run(0.5)
    link = call.room.network.link(SERVER, call.bob.addresses[1])
    call.room.run(0.3)
    playback = call.bob.pictures["cam"]
    link.is_lost = lambda datagram, _: classify(datagram) is PacketKind.RTP
    call.room.run(0.15)
    link.is_lost = None
    seen = retransmissions(call)
    highest = playback.highest
    assert highest is not None
    call.room.run(1.0)
    often = Counter(number for _, number in seen)
    assert often[(highest + 1) & 0xFFFF] >= 3
    assert playback.counts["skipped"] == 0


def test_switching_off_ends_what_waits() -> None:
    call = weak_call(15, 0.02)
    call.room.run(0.5)
    copies_of(call).set(call.subscription, 0, 0.0)
    made = copies_of(call).count
    call.room.run(1.0)
    assert copies_of(call).count == made


def test_a_pause_ends_the_copies_of_what_was_sent_before() -> None:
    call = weak_call(15, 0.02)
    call.room.run(0.5)
    consumer = call.subscription.consumer.consumer_id
    exchange = call.room.exchange
    exchange.pause_consumer(consumer, now=call.room.network.now)
    call.room.run(0.05)
    made = copies_of(call).count
    call.room.run(1.0)
    assert copies_of(call).count == made
    exchange.resume_consumer(consumer, now=call.room.network.now)
    call.room.run(1.0)
    assert copies_of(call).count > made
    exchange.close_consumer(consumer, now=call.room.network.now)
    call.room.run(1.0)
    assert copies_of(call).next_at() is None


def test_others_get_what_they_always_get() -> None:
    call = weak_call(13)
    carol = Browser(call.room, "carol", 3)
    call.room.run(0.5)
    carol.watches("cam", capabilities=UNMEASURED)
    call.room.run(2.0)
    playback = carol.pictures["cam"]
    assert playback.repaired == 0
    assert playback.counts["repaired_twice"] == 0
    assert len(playback.decoded) > 20


def test_through_switches_pauses_and_queues_no_number_says_two_things() -> None:
    """The watch on every nonce is the call's; what a number says, its receiver checks."""
    call = WeakCall(capabilities=UNMEASURED)
    encoders = call.alice.shares_camera("big", layers=2, fps=15, packet_bytes=600)
    consumer = call.bob.watches("big", capabilities=UNMEASURED)
    call.carries(600_000)
    room, exchange = call.room, call.room.exchange
    copies_of(call).set(exchange._directory.subscription(consumer), 9, 0.01)
    copies_of(call).set(call.subscription, 9, 0.01)
    room.run(1.0)
    said: dict[int, bytes] = {}
    playback = call.bob.pictures["big"]
    take = playback._take

    def check(number: int, header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        assert said.setdefault(number, payload) == payload, "a number says two things"
        take(number, header, payload, now)

    playback._take = check  # type: ignore[method-assign]
    call.spoil(call.bob.addresses[1], 0.2, 0.2)
    for step in range(16):
        now = room.network.now
        exchange.set_preferences(consumer, step % 2, step % 3, 100, now=now)
        if step % 3 == 0:
            exchange.pause_consumer(consumer, now=now)
            exchange.resume_consumer(consumer, now=now)
        encoders[0].packet_bytes = (600, 1100)[step % 2]
        room.run(0.7)
    assert copies_of(call).count > 500
    assert playback.key_frames > 1


def test_what_is_told_to_have_come_leaves_no_more() -> None:
    call = WeakCall()
    copies_of(call).set(call.subscription, 13, 0.015)
    call.room.run(0.5)
    made, packets = copies_of(call).count, call.encoder.packets
    call.room.run(3.0)
    often = (copies_of(call).count - made) / (call.encoder.packets - packets)
    assert 3 < often < 12  # a round trip, and a tenth of a second between two tellings
    copies_of(call).set(call.subscription, 0, 0.0)
    assert call.down.downlink.hears is None


def test_what_nobody_tells_of_leaves_late_too() -> None:
    call = WeakCall()
    call.spoil(call.bob.addresses[1], 1.0, 0.0)
    copies_of(call).set(call.subscription, 5, 0.01)
    seen = retransmissions(call)
    call.room.run(0.6)
    first = seen[0][1]
    times = [at for at, number in seen if number == first]
    assert len(times) == 5 + LATE
    assert times[-1] - times[-2] == pytest.approx(LATE_S, abs=0.011)
