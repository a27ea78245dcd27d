"""Sound with redundancy to its receivers: who gets it, how deep, through changes and loss."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from media.forward.consumer import Consumer
from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.repair.cost import protected_bps
from media.transport.keys import SrtpProfile
from media.wire.advice import Advice, pack_advice
from media.wire.demux import PacketKind, classify
from tests.media.endpoint.test_egress import rekey
from tests.support.nonces import watch
from tests.support.peers import SERVER, Browser, Room
from tests.support.playback import SoundPlayback
from tests.support.receivers import REDUNDANT, UNMEASURED

WORD = pack_advice(Advice(17, 300, 300, 3, 3, 2))


def consumer_of(room: Room, consumer_id: str) -> Consumer:
    consumer: Consumer = room.exchange._directory.subscription(consumer_id).consumer
    return consumer


def speech(
    tick: float = 0.01, capabilities: Any = REDUNDANT, *, remedies: bool = True
) -> tuple[Room, Browser, Browser, Consumer]:
    """Alice speaks, Bob listens; a watch is on every nonce to him."""
    room = Room(tick=tick, remedies=remedies)
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    sealer = room.exchange._directory.lines[bob.receives.transport_id].transport.sealer
    assert sealer is not None
    watch(sealer)
    alice.speaks("mic", frame_bytes=40)
    consumer = consumer_of(room, bob.watches("mic", capabilities=capabilities))
    return room, alice, bob, consumer


def is_whole(playback: SoundPlayback) -> bool:
    """No packet is missing, none was doubled."""
    return playback.numbers == list(range(playback.numbers[0], playback.numbers[-1] + 1))


def test_each_packet_carries_the_one_before_where_the_browser_reads_it() -> None:
    room, _, bob, _ = speech()
    room.run(2.0)
    playback = bob.sounds["mic"]
    assert len(playback.frames) > 90
    assert playback.depths[0] == 0
    assert set(playback.depths[1:]) == {1}


@pytest.mark.parametrize("capabilities", [ROUTER_CAPABILITIES, UNMEASURED])
def test_a_browser_that_does_not_name_it_gets_plain_opus(capabilities: Any) -> None:
    room, _, bob, consumer = speech(capabilities=capabilities)
    consumer.protect(17, WORD)
    room.run(1.0)
    assert set(bob.sounds["mic"].depths) == {0}
    assert consumer.shape.depth == 0
    assert consumer.payload_type == 100


@pytest.mark.parametrize("tick", [0.0, 0.01, 0.05])
def test_depth_changes_in_the_middle_without_a_gap(tick: float) -> None:
    room, _, bob, consumer = speech(tick)
    for depth, word in itertools.product((17, 0, 4, 1), (None, WORD)):
        consumer.protect(depth, word)
        room.run(0.555)
    playback = bob.sounds["mic"]
    assert is_whole(playback)
    assert set(playback.depths) >= {0, 1, 4, 17}


@pytest.mark.parametrize("profile", SrtpProfile)
def test_the_slow_way_says_the_same(profile: SrtpProfile) -> None:
    room, _, bob, consumer = speech()
    rekey(room, bob.receives, profile)
    consumer.protect(5, WORD)
    room.run(1.0)
    assert set(bob.sounds["mic"].depths[6:]) == {5}
    assert is_whole(bob.sounds["mic"])


def test_the_word_is_the_one_source_of_each_header() -> None:
    room, _, bob, consumer = speech()
    seen: list[tuple[int, int]] = []

    def look(datagram: bytes, now: float) -> bool:
        del now
        if classify(datagram) is PacketKind.RTP:
            seen.append((datagram[0] & 0x0F, int.from_bytes(datagram[12:16], "big")))
        return False

    room.network.link(SERVER, bob.addresses[1]).is_lost = look
    room.run(0.5)
    assert {count for count, _ in seen} == {0}
    consumer.protect(2, WORD)
    seen.clear()
    room.run(0.5)
    assert set(seen[1:]) == {(1, WORD)}
    assert bob.sounds["mic"].levels is not None
    assert is_whole(bob.sounds["mic"])


def test_whoever_comes_later_hears_nothing_said_before() -> None:
    room, _, bob, consumer = speech()
    consumer.protect(17, None)
    room.run(2.0)
    carol = Browser(room, "carol", 3)
    room.run(0.5)
    carols = consumer_of(room, carol.watches("mic", resume=False, capabilities=REDUNDANT))
    carols.protect(17, None)
    room.run(1.0)
    said_before = max(bob.sounds["mic"].heard_at)
    room.exchange.resume_consumer(carols.consumer_id, now=room.network.now)
    room.run(1.0)
    playback = carol.sounds["mic"]
    assert min(playback.heard_at) > said_before
    assert playback.depths[:5] == [0, 1, 2, 3, 4]
    assert playback.depths[-1] == 17
    assert is_whole(playback)
    assert is_whole(bob.sounds["mic"])
    assert bob.sounds["mic"].depths[-1] == 17


def test_a_receiver_that_paused_hears_nothing_said_meanwhile() -> None:
    room, _, bob, consumer = speech()
    consumer.protect(17, None)
    room.run(1.0)
    room.exchange.pause_consumer(consumer.consumer_id, now=room.network.now)
    room.run(1.0)
    heard = max(bob.sounds["mic"].heard_at)
    missed = (heard + 5, heard + 45)  # what was on its way counts as heard
    room.exchange.resume_consumer(consumer.consumer_id, now=room.network.now)
    room.run(1.0)
    assert not [frame for frame in bob.sounds["mic"].heard_at if missed[0] < frame < missed[1]]


def test_receivers_of_many_kinds_each_get_theirs() -> None:
    room, _, bob, consumer = speech()
    others = [Browser(room, name, 3 + place) for place, name in enumerate(("carol", "dan", "eve"))]
    room.run(0.5)
    carol, dan, eve = others
    deep = consumer_of(room, carol.watches("mic", capabilities=REDUNDANT))
    dan.watches("mic")
    eve.watches("mic", capabilities=UNMEASURED)
    deep.protect(17, WORD)
    consumer.protect(3, None)
    room.run(2.0)
    assert [each.sounds["mic"].depths[-1] for each in (bob, *others)] == [3, 17, 0, 0]
    assert all(is_whole(each.sounds["mic"]) for each in (bob, *others))


def test_at_70_percent_loss_seventeen_frames_bring_nearly_all() -> None:
    room, alice, bob, consumer = speech(remedies=False)
    consumer.protect(17, WORD)
    room.run(1.0)
    first = alice.microphone.frames if alice.microphone else 0
    room.network.link(SERVER, bob.addresses[1]).loss = 0.7
    room.run(60.0)
    playback = bob.sounds["mic"]
    last = max(playback.heard_at)
    came = [frame for frame in playback.heard_at if first <= frame <= last]
    assert len(came) / (last - first + 1) > 0.995
    assert len([frame for frame in playback.frames if frame >= first]) < 0.35 * (last - first)


def test_what_redundancy_takes_of_a_line_is_what_the_wire_carried() -> None:
    for depth in (0, 1, 5, 17):
        room, _, bob, consumer = speech()
        consumer.protect(depth, None)
        room.run(2.0)
        plain_bps = consumer_producer_bps(room)
        link = room.network.link(SERVER, bob.addresses[1])
        before = link.counts["bytes"]
        room.run(10.0)
        carried = ((link.counts["bytes"] - before) / 10 + 28 * 50) * 8  # with UDP and IPv4
        assert protected_bps(plain_bps, depth) == pytest.approx(carried, rel=0.06)
    assert protected_bps(300_000, 17) < 500_000  # frames of 700 bytes: one more fits, not seventeen
    assert protected_bps(0, 17) >= 0


def consumer_producer_bps(room: Room) -> int:
    producer = room.exchange._directory.publication("mic").producer
    return producer.demand_rates(now=room.network.now)[0][-1]
