"""Whatever somebody writes into redundant sound, or tells of it while lines are weak, nothing is
raised, and others are served on."""

from __future__ import annotations

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
