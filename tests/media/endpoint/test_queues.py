"""Packets that wait: in order, under numbers used once, behind sound; and what becomes of them."""

from __future__ import annotations

import itertools

import pytest

from media.endpoint.downlink import Downlink
from media.endpoint.queues import LATE_S
from media.forward.allocator import Allocation
from media.forward.demand import Demand
from media.source import Source
from tests.support.nonces import watch
from tests.support.peers import SERVER, Browser, Room


class Fixed:
    """An estimator that says what the test says."""

    is_at_ease = False
    round_trip, loss, has_feedback, burst_s = 0.05, 0.0, True, 0.04

    def __init__(self) -> None:
        self.target_bps = 10_000_000

    @property
    def pacing_bps(self) -> float:
        return self.target_bps

    def report(self, results: object, *, now: float) -> None: ...

    def loses(self, share: float, *, now: float) -> None: ...

    def limit(self, bitrate_bps: int, *, now: float) -> None:
        self.target_bps = bitrate_bps

    def probe(self, *, wanted_bps: int, now: float) -> None: ...

    def handle_timer(self, now: float) -> None: ...

    def next_timer(self) -> None: ...


class Generous:
    """An allocator that gives what is wanted, whether it fits or not."""

    def allocate(self, demands: list[Demand], **_: object) -> Allocation:
        return Allocation({each.key: each.wanted for each in demands}, {}, 0, 0)


def room_of(
    rate_bps: int, *, source: Source = Source.CAMERA, frame_bytes: int = 9000
) -> tuple[Room, Browser, Browser, Downlink]:
    """Alice shows and speaks, Bob gets all of it, and his line carries `rate_bps` from now on."""
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    line = room.exchange._directory.lines["bob-receive"]
    line.downlink.estimator = Fixed()  # type: ignore[assignment]
    line.downlink.limit(10_000_000, now=room.network.now)
    sharing = room.exchange._traffic.downlinks.sharing
    sharing._share(line).allocator = Generous()  # type: ignore[assignment]
    alice.speaks("mic")
    encoder = alice.shares_camera("cam", source=source)[0]
    encoder.packets_per_frame, encoder.packet_bytes = 9, frame_bytes // 9
    bob.watches("mic")
    bob.watches("cam")
    room.run(1.5)
    assert not line.downlink.pacer.queued_bytes
    line.downlink.limit(rate_bps, now=room.network.now)
    return room, alice, bob, line.downlink


def arrivals(room: Room, browser: Browser) -> list[tuple[float, int]]:
    """(when, bytes) of everything that leaves for `browser` from now on."""
    seen: list[tuple[float, int]] = []
    link = room.network.link(SERVER, browser.addresses[1])
    link.is_lost = lambda datagram, now: bool(seen.append((now, len(datagram))))
    return seen


def test_what_the_rate_does_not_take_leaves_later_and_in_order() -> None:
    room, _, bob, downlink = room_of(900_000)
    playback = bob.pictures["cam"]
    before = playback.highest
    seen = arrivals(room, bob)
    room.run(4.0)
    assert room.metrics()["paced"] > 100
    assert bob.counts["nacks"] == 0
    assert playback.counts["torn"] == 0
    assert playback.highest is not None
    assert before is not None
    # Never more than the rate and the small burst that may be saved, over any quarter second.
    for start in range(0, 36, 5):
        at = seen[0][0] + start / 10
        sent = sum(size + 28 for when, size in seen if at <= when < at + 0.25)
        assert sent < 1.25 * downlink.pacer.rate_bps / 8 * 0.25 + 7000


def test_sound_never_waits() -> None:
    room, _, bob, _ = room_of(150_000)
    heard: list[float] = []
    ordinary = bob.sounds["mic"].receive

    def receive(header: object, payload: bytes, now: float) -> None:
        heard.append(now)
        ordinary(header, payload, now)  # type: ignore[arg-type]

    bob.sounds["mic"].receive = receive  # type: ignore[method-assign]
    room.run(3.0)
    assert len(heard) > 147
    assert max(b - a for a, b in itertools.pairwise(heard)) < 0.031
    numbers = bob.sounds["mic"].numbers
    assert numbers == list(range(numbers[0], numbers[-1] + 1))


def test_no_number_is_sealed_twice_whatever_waits_and_is_dropped() -> None:
    room, alice, bob, downlink = room_of(700_000, source=Source.SCREEN)
    line = room.exchange._directory.lines["bob-receive"]
    assert line.transport.sealer is not None
    noted = watch(line.transport.sealer)
    bob.links(loss=0.05)
    for step in range(16):
        now = room.network.now
        if step % 4 == 1:
            room.exchange.pause_consumer("bob<cam", now=now)
            room.exchange.resume_consumer("bob<cam", now=now)
        if step % 4 == 2:
            downlink.limit(200_000, now=now)
        if step % 4 == 3:
            alice.encoders["cam"][0].key_wanted = True
        if step % 4 == 0:
            downlink.limit(1_200_000, now=now)
        room.run(0.5)
    assert len(noted.used) > 700
    assert room.metrics()["paced"] > 300
    assert room.metrics()["dropped"]["pacer.late"] > 0
    assert len(bob.pictures["cam"].decoded) > 20


@pytest.mark.parametrize("loss", [0.03, 0.1])
@pytest.mark.parametrize("rate", [300_000, 400_000])
def test_no_number_is_sealed_twice_when_repaired_packets_come_late(loss: float, rate: int) -> None:
    room, alice, _, _ = room_of(rate, source=Source.SCREEN)
    sealer = room.exchange._directory.lines["bob-receive"].transport.sealer
    assert sealer is not None
    noted = watch(sealer)
    alice.links(loss=loss)
    room.run(12.0)
    assert len(noted.used) > 300
    assert room.metrics()["dropped"]["pacer.late"] > 0


@pytest.mark.parametrize("verb", ["pause_consumer", "close_consumer"])
def test_what_waits_for_a_consumer_goes_with_it(verb: str) -> None:
    room, _, bob, downlink = room_of(300_000)
    room.run(0.3)
    assert downlink.pacer.queued_bytes > 5000
    getattr(room.exchange, verb)("bob<cam", now=room.network.now)
    assert not downlink.pacer.queued_bytes
    playback = bob.pictures["cam"]
    room.run(0.2)
    if verb == "pause_consumer":
        before = playback.highest
        downlink.limit(5_000_000, now=room.network.now)
        room.exchange.resume_consumer("bob<cam", now=room.network.now)
        room.run(1.0)
        assert playback.highest is not None
        assert before is not None
        assert playback.highest > before + 50
        # The numbers of what never left were given again: nothing is missing.
        assert bob.counts["nacks"] == 0


def test_a_screen_that_falls_behind_goes_on_at_a_key_frame_without_a_gap() -> None:
    room, alice, bob, _ = room_of(400_000, source=Source.SCREEN)
    encoder = alice.encoders["cam"][0]
    keys = encoder.key_frames
    playback = bob.pictures["cam"]
    behind = []
    for _ in range(40):
        room.run(0.2)
        behind.append(encoder.frames - playback.decoded[-1][1])
    assert room.metrics()["dropped"]["pacer.late"] > 100
    assert bob.counts["nacks"] == 0
    assert playback.counts["torn"] == 0
    assert 2 <= encoder.key_frames - keys <= 4
    # A key frame of 27 kB and what may wait before it take two and a half seconds.
    assert max(behind) / 30 < LATE_S + 2.5
    assert len({frame for _, frame, _ in playback.decoded[-12:]}) == 12


def test_retransmissions_wait_too_and_pass_pictures() -> None:
    room, _, bob, _ = room_of(500_000)
    bob.links(loss=0.05)
    room.run(3.0)
    playback = bob.pictures["cam"]
    assert playback.repaired > 3
    assert room.metrics()["rtx"] > 3
    assert playback.counts["torn"] == 0


def test_a_camera_that_waited_too_long_starts_again() -> None:
    room, _, bob, downlink = room_of(150_000)
    room.run(2.5)
    line = room.exchange._directory.lines["bob-receive"]
    assert line.drops["pacer.overfull"] >= 1
    assert downlink.pacer.oldest(now=room.network.now) < 1.5
    downlink.limit(10_000_000, now=room.network.now)
    room.run(4.0)
    assert bob.pictures["cam"].decoded_at[-1] > room.network.now - 0.1
    assert bob.counts["nacks"] == 0
