"""What a peer asks for costs only so much: numbers looked up, bytes sent again, streams made."""

from __future__ import annotations

from typing import Any

import pytest

from media.endpoint import subscribing
from media.endpoint.downlink import NACKED_PER_SECOND, RESENT_BYTES_PER_SECOND
from media.endpoint.line import Line
from media.endpoint.uplink import PACKETS_PER_SECOND
from media.errors import Refused
from media.forward.keyframes import CROWD, SPACING
from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.source import Source
from media.wire import stun
from media.wire.rtcp import MAX_NACK_NUMBERS, Bye, GenericNack
from media.wire.stun import StunClass, StunMessage
from tests.support.peers import Browser, Room
from tests.support.receivers import UNMEASURED


def watching(
    packets_per_frame: int = 3, packet_bytes: int = 200, capabilities: Any = ROUTER_CAPABILITIES
) -> tuple[Room, Browser, Browser]:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    encoder = alice.shares_camera("cam")[0]
    encoder.packets_per_frame, encoder.packet_bytes = packets_per_frame, packet_bytes
    bob.watches("cam", capabilities=capabilities)
    room.run(3.0)
    return room, alice, bob


def line_of(room: Room, browser: Browser) -> Line:
    return room.exchange._directory.lines[browser.receives.transport_id]


def ask(room: Room, bob: Browser, lost: tuple[int, ...]) -> None:
    """A NACK that arrives at once."""
    assert bob.receives.sealer is not None
    nack = GenericNack(1, bob.pictures["cam"].ssrc, lost).pack()
    sealed = bob.receives.sealer.seal_rtcp(nack)
    room.exchange.receive(sealed, bob.receives.address, now=room.network.now)


def newest(bob: Browser, count: int) -> tuple[int, ...]:
    highest = bob.pictures["cam"].highest
    assert highest is not None
    return tuple((highest - back) & 0xFFFF for back in range(count - 1, -1, -1))


def test_a_number_said_often_is_looked_up_once() -> None:
    room, _, bob = watching()
    (number,) = newest(bob, 1)
    room.run(0.2)
    ask(room, bob, tuple((number - each) & 0xFFFF for each in (40, 20, 0, 40, 20, 0)))
    assert room.metrics()["nacks"] == 3
    assert room.metrics()["rtx"] == 3
    assert room.metrics()["dropped"]["nack.excess"] == 1


def test_a_long_nack_is_cut() -> None:
    room, _, bob = watching()
    room.run(0.2)
    ask(room, bob, newest(bob, 300))
    assert room.metrics()["nacks"] == MAX_NACK_NUMBERS
    assert room.metrics()["dropped"]["nack.excess"] == 1


def test_numbers_asked_for_are_limited_by_the_second() -> None:
    room, _, bob = watching()
    for start in range(0, 40_000, 400):
        ask(room, bob, tuple(range(start, start + 400, 2)))
    asked = room.metrics()["nacks"]
    assert NACKED_PER_SECOND - 200 < asked <= NACKED_PER_SECOND
    assert room.metrics()["dropped"]["nack.limit"] == 100 - asked // 200
    room.run(1.0)
    ask(room, bob, tuple(range(200)))
    assert room.metrics()["nacks"] == asked + 200


def test_bytes_sent_again_are_limited_by_the_second() -> None:
    room, alice, bob = watching(8, 1200, UNMEASURED)
    alice.mute("cam")
    room.run(0.2)
    before = room.metrics()["bytes_out"]
    asked = newest(bob, 640)
    for _ in range(5):
        room.network.now += 0.06  # patience is over, hardly anything of the allowance is back
        for at in range(0, 640, 128):
            ask(room, bob, asked[at : at + 128])
    resent = room.metrics()["bytes_out"] - before
    assert 0.9 * RESENT_BYTES_PER_SECOND < resent < 1.5 * RESENT_BYTES_PER_SECOND
    assert room.metrics()["dropped"]["rtx.limit"] > 100


def test_a_measured_receiver_is_sent_again_what_its_link_carries_and_no_more() -> None:
    room, alice, bob = watching(8, 1200)
    alice.mute("cam")
    room.run(0.5)
    downlink = line_of(room, bob).downlink
    downlink.limit(800_000, now=room.network.now)
    room.run(1.1)
    before = room.metrics()["bytes_out"]
    asked = newest(bob, 640)
    for _ in range(5):
        room.network.now += 0.06
        for at in range(0, 640, 128):
            ask(room, bob, asked[at : at + 128])
    assert 40_000 < downlink.pacer.queued_bytes < 100_000
    room.run(2.0)
    # Half a second's worth at once, and what 0.3 s let in.
    assert 60_000 < room.metrics()["bytes_out"] - before < 100_000
    assert room.metrics()["dropped"]["rtx.limit"] > 100


def test_others_are_answered_while_one_asks_for_too_much() -> None:
    room, _, bob = watching()
    carol = Browser(room, "carol", 3)
    room.run(0.5)
    carol.watches("cam")
    room.run(1.0)
    for start in range(0, 40_000, 400):
        ask(room, bob, tuple(range(start, start + 400, 2)))
    room.run(0.2)
    before = room.metrics()["rtx"]
    assert carol.pictures["cam"].highest is not None
    ask(room, carol, newest(carol, 2))
    assert room.metrics()["rtx"] == before + 2


def test_an_end_said_often_is_looked_at_once() -> None:
    room, alice, bob = watching()
    alice.mute("cam")
    room.run(0.1)
    ssrc = alice.encoders["cam"][0].ssrc
    alice.sends.send_rtcp(*[Bye((ssrc,) * 31)] * 8)
    room.run(0.1)
    assert room.exchange._traffic._feedback.counts["bye"] == 1
    assert not line_of(room, bob).drops


def test_a_line_that_used_up_its_ssrcs_is_refused_and_the_next_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subscribing, "MAX_SSRCS", 11)
    room, _, bob = watching()
    for number in range(4):  # and the one bob watches by
        room.exchange.consume(
            "bob-receive", f"c{number}", "cam", ROUTER_CAPABILITIES, now=room.network.now
        )
        room.exchange.close_consumer(f"c{number}", now=room.network.now)
    assert len(line_of(room, bob).ssrcs) == 10
    with pytest.raises(Refused) as refusal:
        room.exchange.consume("bob-receive", "c5", "cam", ROUTER_CAPABILITIES, now=room.network.now)
    assert refusal.value.code == "consumer.limit"
    assert len(line_of(room, bob).ssrcs) == 10
    room.exchange.create_transport("room", "bob", "bob-again", now=room.network.now)
    room.exchange.consume("bob-again", "c5", "cam", ROUTER_CAPABILITIES, now=room.network.now)


def test_a_receiver_that_comes_and_goes_forces_few_key_frames() -> None:
    room, alice, _ = watching()
    (encoder,) = alice.encoders["cam"]
    encoder.packets_per_frame = 20  # too much history for a late entry
    before, seconds = encoder.key_frames, 20.0
    for _ in range(int(seconds / 0.2)):
        room.exchange.pause_consumer("bob<cam", now=room.network.now)
        room.exchange.resume_consumer("bob<cam", now=room.network.now)
        room.run(0.2)
    assert encoder.key_frames - before <= (seconds + CROWD) / SPACING + 1


def test_producers_of_a_line_are_taken_up_together_only_so_far() -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    for name, source in (("cam", Source.CAMERA), ("screen", Source.SCREEN)):
        (encoder,) = alice.shares_camera(name, source=source)
        encoder.packets_per_frame, encoder.packet_bytes = 27, 100  # 810 a second each
    room.run(4.0)
    line = room.exchange._directory.lines["alice-send"]
    taken = sum(inbound.stream.history.highest for inbound in line.inbound.values())
    assert taken > 0
    assert line.drops["producer.rate"] > 3 * (2 * 700 - PACKETS_PER_SECOND)
    assert line.drops["rtp.rate"] == 0


def test_only_a_handshake_that_is_not_finished_hurries_and_not_for_ever() -> None:
    room = Room()
    bob = Browser(room, "bob", 2)
    room.run(0.03)
    assert room.exchange.handshake_at == pytest.approx(0.02)
    room.run(1.0)
    secured_at = bob.receives.connected_at
    assert secured_at is not None
    assert room.exchange.handshake_at <= secured_at
    room.run(10.0)  # checks go on
    assert room.exchange.handshake_at <= secured_at
    room.exchange.create_transport("room", "eve", "eve-1", now=room.network.now)
    fragment = room.exchange._directory.lines["eve-1"].transport.username_fragment
    check = stun.pack(
        StunMessage(StunClass.REQUEST, b"transaction!", username=f"{fragment}:x"), password="no"
    )
    for _ in range(100):
        room.run(0.1)
        room.exchange.receive(check, ("203.0.113.9", 9), now=room.network.now)
    assert room.exchange.handshake_at > secured_at + 10
    assert room.exchange.handshake_at < room.network.now - 3
