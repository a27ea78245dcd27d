"""Repair: what is lost on the way in or out is asked for again, or a key frame is."""

from __future__ import annotations

import pytest

from media.wire import rtp
from media.wire.demux import PacketKind, classify
from tests.support.nonces import NonceWatch, watch
from tests.support.peers import SERVER, Browser, Room


def call(room: Room, *, layers: int = 1, watchers: int = 1) -> tuple[Browser, list[Browser]]:
    """One who publishes, some who watch; the network is perfect until the tests spoil it."""
    alice = Browser(room, "alice", 1)
    others = [Browser(room, f"bob{number}", 2 + number) for number in range(watchers)]
    room.run(0.5)
    alice.speaks("mic")
    alice.shares_camera("cam", layers=layers)
    for other in others:
        other.receives.is_copied = True  # sound is where much is lost and no redundancy is read
        other.watches("mic")
        other.watches("cam")
    room.run(1.0)
    return alice, others


def gaps(frames: list[int]) -> int:
    """Pictures missing between the first and the last."""
    return frames[-1] - frames[0] + 1 - len(frames)


def test_a_packet_lost_on_the_way_in_is_asked_for_and_reaches_everybody() -> None:
    room = Room()
    alice, (bob, carol) = call(room, watchers=2)
    alice.encoders["cam"][0].packets_per_frame = 3
    alice.links(loss=0.05)
    room.run(10.0)
    alice.links(loss=0.0)
    room.run(1.0)
    for browser in (bob, carol):
        frames = [frame for _, frame, _ in browser.pictures["cam"].decoded]
        assert gaps(frames) == 0
        assert browser.pictures["cam"].counts["skipped"] == 0
    assert alice.encoders["cam"][0].resent > 10
    assert room.metrics()["nacks_sent"] >= alice.encoders["cam"][0].resent


def test_a_packet_lost_on_the_way_out_comes_from_the_history() -> None:
    room = Room()
    alice, (bob, carol) = call(room, watchers=2)
    bob.links(loss=0.1)
    room.run(10.0)
    bob.links(loss=0.0)
    room.run(1.0)
    frames = [frame for _, frame, _ in bob.pictures["cam"].decoded]
    assert gaps(frames) == 0
    assert bob.pictures["cam"].repaired > 20
    assert carol.pictures["cam"].repaired == 0
    assert alice.encoders["cam"][0].resent == 0
    assert alice.counts["PictureLossIndication"] <= 1


@pytest.mark.parametrize("layers", [1, 3])
def test_thirty_per_cent_each_way_on_both_links(layers: int) -> None:
    room = Room(seed=8)
    alice, (bob,) = call(room, layers=layers)
    for browser in (alice, bob):
        browser.links(loss=0.3)
    seconds = 20.0
    heard = len(bob.sounds["mic"].frames)
    room.run(seconds)
    heard = len(bob.sounds["mic"].frames) - heard
    for browser in (alice, bob):
        browser.links(loss=0.0)
    room.run(2.0)
    playback = bob.pictures["cam"]
    frames = [frame for _, frame, _ in playback.decoded]
    # Repaired, or started again with a key frame: never a standstill.
    waits = [
        later - earlier
        for earlier, later in zip(playback.decoded_at, playback.decoded_at[1:], strict=False)
    ]
    assert max(waits) < 2.5
    assert len(frames) > 0.8 * 30 * seconds
    # Sound is not asked for again: what arrives has the numbers of what was sent.
    sounds = bob.sounds["mic"]
    assert sounds.numbers == [sounds.numbers[0] + f - sounds.frames[0] for f in sounds.frames]
    # Of what comes up, 0.7, nearly all comes down: it leaves twice, 0.91.
    assert 0.56 < heard / (50 * seconds) < 0.68


def test_joining_at_thirty_per_cent_loss() -> None:
    room = Room(seed=3)
    alice = Browser(room, "alice", 1, loss=0.3)
    bob = Browser(room, "bob", 2, loss=0.3)
    room.run(3.0)
    alice.shares_camera("cam", layers=2)
    bob.watches("cam")
    room.run(5.0)
    assert len(bob.pictures["cam"].decoded) > 60


def test_shuffled_packets_are_not_asked_for() -> None:
    room = Room()
    alice, (bob,) = call(room)
    alice.links(jitter=0.008, keeps_order=False)
    room.run(5.0)
    assert alice.counts["GenericNack"] <= 2
    frames = [frame for _, frame, _ in bob.pictures["cam"].decoded]
    assert gaps(frames) == 0


def test_late_packets_of_dropped_temporal_layers_leave_no_hole() -> None:
    room = Room(seed=5)
    alice, (bob,) = call(room)
    room.exchange.set_preferences("bob0<cam", 0, 0, 100, now=room.network.now)
    room.run(1.0)
    alice.links(loss=0.1)
    room.run(10.0)
    alice.links(loss=0.0)
    room.run(2.0)
    playback = bob.pictures["cam"]
    assert {temporal for _, _, temporal in playback.decoded[-20:]} == {0}
    assert playback.counts["skipped"] == 0
    assert not playback.lost(room.network.now + 10)


def test_a_long_outage_ends_with_a_key_frame() -> None:
    room = Room()
    alice, (bob,) = call(room)
    alice.encoders["cam"][0].packets_per_frame = 9
    alice.links(loss=1.0)
    room.run(3.0)
    alice.links(loss=0.0)
    room.run(1.0)
    assert bob.pictures["cam"].decoded_at[-1] > room.network.now - 0.2
    assert alice.counts["PictureLossIndication"] >= 1
    assert alice.encoders["cam"][0].resent < 100


def test_a_key_frame_request_is_repeated_until_the_key_frame_comes() -> None:
    room = Room()
    alice, _ = call(room)
    carol = Browser(room, "carol", 9)
    room.run(2.0)
    _, down = alice.set_link(alice.addresses[0])
    lost_until = room.network.now + 1.7
    down.is_lost = lambda _, now: now < lost_until
    carol.watches("cam")
    room.run(1.7)
    assert carol.pictures["cam"].decoded == []
    asked = room.metrics()["plis_sent"]
    assert 4 <= asked <= 6
    room.run(0.6)
    assert carol.pictures["cam"].decoded
    room.run(3.0)
    assert room.metrics()["plis_sent"] <= asked + 1


def test_padding_probes_are_not_forwarded() -> None:
    room = Room()
    alice, (bob,) = call(room)
    encoder = alice.encoders["cam"][0]
    for number in range(20):
        header = rtp.pack_header(
            payload_type=97,
            sequence=30_000 + number,
            timestamp=0,
            ssrc=encoder.rtx_ssrc,
            padding=True,
        )
        alice.sends.send_rtp((header, bytes(199) + bytes((200,)), 30_000 + number))
        room.run(0.05)
    before = bob.counts["unknown_ssrc"]
    room.run(0.5)
    assert bob.counts["unknown_ssrc"] == before == 0
    assert room.metrics()["dropped"]["rtp.unknown_ssrc"] == 20
    frames = [frame for _, frame, _ in bob.pictures["cam"].decoded]
    assert gaps(frames) == 0


def test_probes_on_the_media_stream_close_up() -> None:
    room = Room()
    alice, (bob,) = call(room)
    encoder = alice.encoders["cam"][0]
    for _ in range(10):
        encoder.sequence += 1
        header = rtp.pack_header(
            payload_type=96,
            sequence=(encoder.sequence - 1) & 0xFFFF,
            timestamp=encoder.timestamp(room.network.now),
            ssrc=encoder.ssrc,
            padding=True,
        )
        alice.sends.send_rtp((header, bytes(199) + bytes((200,)), encoder.sequence - 1))
        room.run(0.2)
    assert bob.counts["nacks"] == 0
    assert alice.counts["GenericNack"] == 0
    frames = [frame for _, frame, _ in bob.pictures["cam"].decoded]
    assert gaps(frames) == 0


def test_no_nonce_serves_two_packets_whatever_happens() -> None:
    room = Room(seed=11)
    alice, browsers = call(room, layers=3, watchers=3)
    watches: list[NonceWatch] = []
    for line in room.exchange._directory.lines.values():
        assert line.transport.sealer is not None
        watches.append(watch(line.transport.sealer))
    for browser in (alice, *browsers):
        browser.links(loss=0.15, jitter=0.02, keeps_order=False)
    for step in range(12):
        now = room.network.now
        for number, browser in enumerate(browsers):
            consumer = f"{browser.name}<cam"
            room.exchange.set_preferences(consumer, (step + number) % 3, step % 3, 100, now=now)
            if step % 4 == number:
                room.exchange.pause_consumer(consumer, now=now)
                room.exchange.resume_consumer(consumer, now=now)
        if step == 6:
            room.exchange.pause_producer("cam", now=now)
        if step == 7:
            room.exchange.resume_producer("cam", now=now)
        room.run(1.0)
    assert sum(len(each.used) for each in watches) > 2000
    assert all(browser.pictures["cam"].decoded for browser in browsers)


def test_numbers_and_timestamps_wrap_inside_batches() -> None:
    """Encoders begin just before 65536 and 2**32 on purpose; receivers soon after wrap too."""
    room = Room(tick=0.05)
    _, (bob,) = call(room)
    subscription = next(iter(room.exchange._directory.subscriptions.values()))
    assert subscription.consumer.stretch is not None
    room.run(60.0)
    numbers = bob.sounds["mic"].numbers
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert gaps([frame for _, frame, _ in bob.pictures["cam"].decoded]) == 0


def test_bursts_are_equal_datagrams() -> None:
    room = Room(tick=0.01)
    alice, (bob,) = call(room)
    alice.encoders["cam"][0].packets_per_frame = 9
    alice.encoders["cam"][0].packet_bytes = 1040
    room.run(4.0)
    room.wire.bursts.clear()
    room.run(3.0)
    datagrams = sum(count for count, _ in room.wire.bursts)
    assert datagrams > 27 * 30
    assert datagrams / len(room.wire.bursts) > 2.5
    sizes = []
    link = room.network.link(SERVER, bob.addresses[1])
    link.is_lost = lambda datagram, _: bool(
        sizes.append(len(datagram)) if classify(datagram) is PacketKind.RTP else False
    )
    room.run(1.0)
    assert len(sizes) > 250
