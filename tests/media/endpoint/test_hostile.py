"""Whatever a stranger or an authenticated peer sends, nothing is raised and the others go on."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from media.wire import rtp
from media.wire.rtcp import (
    Bye,
    FullIntraRequest,
    GenericNack,
    PictureLossIndication,
    ReceiverReport,
    SenderReport,
    pack_compound,
)
from tests.support import packets
from tests.support.peers import SERVER, Browser, Room
from tests.support.tracks import OPUS, RTX, VP8

STRANGER = ("203.0.113.66", 6)
quiet = settings(deadline=None, max_examples=60)


@cache
def busy_room() -> tuple[Room, Browser, Browser]:
    """One room for all examples: what one leaves behind is part of the next."""
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.speaks("mic")
    alice.shares_camera("cam", layers=2)
    bob.watches("mic")
    bob.watches("cam")
    room.run(1.0)
    return room, alice, bob


def settle(room: Room) -> None:
    """What the shell does after a batch."""
    room.exchange.flush(now=room.network.now)
    room.run(0.02)
    at = room.exchange.next_timer()
    assert at is None or at > room.network.now - 0.2


datagrams = st.one_of(
    st.binary(max_size=1500),
    st.builds(
        lambda first, rest: bytes((first,)) + rest,
        st.sampled_from((0, 1, 20, 22, 23, 63, 128, 144, 176)),
        st.binary(max_size=200),
    ),
)


@quiet
@given(st.lists(datagrams, max_size=8), st.sampled_from((STRANGER, ("198.51.100.1", 1000))))
def test_arbitrary_datagrams(stream: list[bytes], source: tuple[str, int]) -> None:
    room, _, _ = busy_room()
    for datagram in stream:
        room.exchange.receive(datagram, source, now=room.network.now)
        room.exchange.receive(memoryview(bytearray(datagram)), source, now=room.network.now)
    settle(room)


headers = st.builds(
    rtp.pack_header,
    payload_type=st.sampled_from((VP8, RTX, OPUS, 0, 127)),
    sequence=st.integers(0, 0xFFFF),
    timestamp=packets.uint32,
    ssrc=st.sampled_from((77, 1000, 1001, 1002, 1003, 5, 6)),
    marker=st.booleans(),
    extension=st.none()
    | st.tuples(
        st.sampled_from((0xBEDE, 0x1000, 0x1234)),
        st.binary(max_size=6).map(lambda data: data * 4),
    ),
    padding=st.booleans(),
)


@quiet
@given(st.lists(st.tuples(headers, st.binary(max_size=60)), max_size=8))
def test_arbitrary_packets_of_an_authenticated_peer(stream: list[tuple[bytes, bytes]]) -> None:
    room, alice, _ = busy_room()
    assert alice.sends.sealer is not None
    for header, payload in stream:
        seen = rtp.parse_header(header)
        sealed = alice.sends.sealer.seal_rtp(header, payload, seen.ssrc, seen.sequence)
        room.exchange.receive(sealed, alice.addresses[0], now=room.network.now)
    settle(room)


known = st.sampled_from((77, 1000, 1001, 1, 0)) | packets.uint32
compounds = st.lists(
    st.one_of(
        st.builds(GenericNack, packets.uint32, known, packets.lost_numbers()),
        st.builds(PictureLossIndication, packets.uint32, known),
        st.builds(
            FullIntraRequest, packets.uint32, st.lists(st.tuples(known, packets.uint8)).map(tuple)
        ),
        st.builds(Bye, st.lists(known, max_size=31).map(tuple)),
        st.builds(ReceiverReport, packets.uint32, packets.many_blocks),
        st.builds(
            SenderReport, known, packets.uint64, packets.uint32, packets.uint32, packets.uint32
        ),
        packets.rembs,
        packets.transport_feedbacks,
    ),
    min_size=1,
    max_size=5,
)


@quiet
@given(compounds, st.booleans())
def test_arbitrary_feedback_of_an_authenticated_peer(compound: list, publishes: bool) -> None:
    room, alice, bob = busy_room()
    path = alice.sends if publishes else bob.receives
    assert path.sealer is not None
    sealed = path.sealer.seal_rtcp(pack_compound(compound))
    room.exchange.receive(sealed, path.address, now=room.network.now)
    settle(room)


@quiet
@given(st.binary(min_size=8, max_size=200))
def test_arbitrary_rtcp_bytes_of_an_authenticated_peer(body: bytes) -> None:
    room, alice, _ = busy_room()
    assert alice.sends.sealer is not None
    sealed = alice.sends.sealer.seal_rtcp(b"\x80\xc8" + body)
    room.exchange.receive(sealed, alice.addresses[0], now=room.network.now)
    settle(room)


def test_strangers_are_dropped_by_name() -> None:
    room = Room()
    for datagram in (
        b"\x80\x60" + bytes(20),
        b"\x80\xc8" + bytes(20),
        b"\x16" + bytes(20),
        b"\x50\x50",
    ):
        room.exchange.receive(datagram, STRANGER, now=0.0)
    assert room.metrics()["dropped"] == {
        "rtp.unknown_address": 1,
        "rtcp.unknown_address": 1,
        "dtls.unknown_address": 1,
        "unknown.unknown_address": 1,
    }


def test_a_copied_packet_is_forwarded_once() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.speaks("mic")
    bob.watches("mic")
    sent: list[bytes] = []
    up = room.network.link(alice.addresses[0], SERVER)
    up.is_lost = lambda datagram, _: bool(sent.append(datagram))
    room.run(1.0)
    before = len(bob.sounds["mic"].frames)
    alice.mute("mic")
    room.run(0.1)
    heard = len(bob.sounds["mic"].frames)
    for datagram in sent:
        room.exchange.receive(datagram, alice.addresses[0], now=room.network.now)
        room.exchange.receive(datagram, ("203.0.113.66", 6), now=room.network.now)
    settle(room)
    room.run(0.1)
    assert len(bob.sounds["mic"].frames) == heard >= before
    assert room.metrics()["dropped"]["srtp.replay"] > 30
    assert room.metrics()["dropped"]["rtp.unknown_address"] > 30
