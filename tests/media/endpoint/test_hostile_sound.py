"""Whatever somebody writes into redundant sound, or tells of it while lines are weak, nothing is
raised, and others are served on."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from media.wire import red, rtp
from media.wire.rtcp import pack_compound
from tests.media.endpoint.test_hostile import compounds, settle
from tests.media.endpoint.test_remedies import Talk
from tests.support.peers import SERVER
from tests.support.tracks import OPUS

quiet = settings(deadline=None, max_examples=80)


@cache
def weak_talk() -> Talk:
    """One for all examples: what one leaves behind is part of the next."""
    talk = Talk()
    talk.spoil(talk.alice, 0.5, 0.5)
    talk.spoil(talk.bob, 0.7, 0.7)
    talk.room.run(3.0)
    return talk


@cache
def unheard_talk() -> Talk:
    """Another, whose listeners get nothing more: they would judge what they hear."""
    talk = weak_talk.__wrapped__()
    for browser in (talk.bob, talk.carol):
        for address in browser.addresses:
            talk.room.network.link(SERVER, address).is_lost = lambda *_: True
    return talk


blocks = st.builds(
    red.Block,
    st.integers(0, 127),
    st.integers(0, red.MAX_OFFSET),
    st.binary(max_size=40) | st.just(bytes(1000)),
)
payloads = st.binary(max_size=200) | st.builds(
    lambda earlier, data: red.pack(earlier, red.Block(OPUS, 0, data)),
    st.lists(blocks, max_size=31),
    st.binary(max_size=60),
)
jumps = st.sampled_from((0, 1, 2, 17, 300, 32_767, 40_000))


@quiet
@given(st.lists(st.tuples(payloads, jumps, st.integers(0, 0xFFFFFFFF)), max_size=6))
def test_arbitrary_redundant_sound(stream: list[tuple[bytes, int, int]]) -> None:
    talk = unheard_talk()
    alice, microphone = talk.alice, talk.microphone
    for payload, jump, timestamp in stream:
        microphone.sequence += jump
        header = rtp.pack_header(
            payload_type=OPUS,
            sequence=microphone.sequence & 0xFFFF,
            timestamp=timestamp,
            ssrc=microphone.ssrc,
        )
        assert alice.sends.sealer is not None
        number = microphone.sequence
        sealed = alice.sends.sealer.seal_rtp(header, payload or b"\x01", microphone.ssrc, number)
        microphone.sequence += 1
        talk.room.exchange.receive(sealed, alice.addresses[0], now=talk.room.network.now)
    settle(talk.room)


@quiet
@given(compounds, st.booleans())
def test_arbitrary_feedback_of_a_weak_peer(compound: list, publishes: bool) -> None:
    talk = weak_talk()
    path = talk.alice.sends if publishes else talk.bob.receives
    assert path.sealer is not None
    sealed = path.sealer.seal_rtcp(pack_compound(compound))
    talk.room.exchange.receive(sealed, path.address, now=talk.room.network.now)
    settle(talk.room)
    talk.room.run(0.1)


def test_who_lies_about_losses_gets_what_a_weak_line_may_have_and_others_lose_nothing() -> None:
    """Carol's line loses nothing, but she tells of hardly anything that came."""
    talk = Talk()
    chance, came = random.Random(1), talk.carol.receives.arrivals.came

    def told(number: int, now: float) -> None:
        if chance.random() < 0.05:
            came(number, now)

    talk.carol.receives.arrivals.came = told
    before = talk.offered_bps(talk.bob, 4.0)
    talk.room.run(4.0)
    assert talk.told(talk.carol)[-1].down == "severe"
    assert talk.offered_bps(talk.carol, 4.0) < 2.5e6
    assert talk.offered_bps(talk.bob, 4.0) < before * 1.02
    assert talk.hears(talk.bob).shape.depth == 1
    assert talk.told(talk.bob) == []


def test_times_and_numbers_may_wrap_while_frames_are_recovered() -> None:
    talk = Talk()
    talk.microphone.frames = (1 << 32) // 960 - 250
    while talk.microphone.sequence < (1 << 17) - 700:  # further at once nobody may jump
        talk.microphone.sequence += min(30_000, (1 << 17) - 600 - talk.microphone.sequence)
        talk.room.run(0.1)
    talk.spoil(talk.alice, 0.0, 0.5)
    talk.spoil(talk.bob, 0.5, 0.0)
    talk.room.run(3.0)
    assert talk.heard(talk.bob, 10.0) > 0.99
    assert talk.microphone.frames * 960 > 1 << 32
    assert talk.microphone.sequence > 1 << 17
