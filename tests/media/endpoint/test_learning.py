"""Which SSRC is whose: named beforehand, learned, changed, ended; and what reports make of it."""

from __future__ import annotations

from media.endpoint.learning import MAX_INBOUND
from media.wire import extension, rtp
from media.wire.rtcp import ReceiverEstimatedBitrate, ReceiverReport, ReportBlock, middle_32
from tests.support.peers import SERVER, Browser, Room
from tests.support.tracks import MID, REPAIRED, RID, RTX, VP8


def publishing(room: Room, layers: int = 2) -> tuple[Browser, Browser]:
    """One who publishes layers known by MID and RID, one who watches."""
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.shares_camera("cam", layers=layers)
    bob.watches("cam")
    room.run(2.0)
    return alice, bob


def packet(
    ssrc: int, payload_type: int, names: dict[int, bytes], sequence: int = 5
) -> tuple[bytes, bytes, int]:
    header = rtp.pack_header(
        payload_type=payload_type,
        sequence=sequence,
        timestamp=0,
        ssrc=ssrc,
        extension=extension.pack(names) if names else None,
    )
    return header, bytes.fromhex("90e0811105a000") + bytes(50), sequence


def dropped(room: Room) -> int:
    room.run(0.1)
    return room.metrics()["dropped"].get("rtp.unknown_ssrc", 0)


def test_names_that_fit_nothing_are_unknown() -> None:
    room = Room()
    alice, _ = publishing(room)
    names = [
        (VP8, {}),
        (VP8, {MID: b"1"}),  # which of two layers?
        (VP8, {MID: b"9", RID: b"r0"}),
        (VP8, {MID: b"1", RID: b"r7"}),
        (RTX, {MID: b"1", RID: b"r0"}),  # a repaired RID is what it should say
        (77, {MID: b"1", RID: b"r0"}),
    ]
    for number, (payload_type, elements) in enumerate(names):
        alice.sends.send_rtp(packet(5000 + number, payload_type, elements))
    assert dropped(room) == len(names)


def test_a_name_that_is_none_is_malformed() -> None:
    room = Room()
    alice, _ = publishing(room)
    alice.sends.send_rtp(packet(5000, VP8, {MID: b"\xff\xfe", RID: b"r0"}))
    room.run(0.1)
    assert room.metrics()["dropped"] == {"extension.name": 1}


def test_a_repair_stream_is_learned_by_its_repaired_rid() -> None:
    room = Room()
    alice, bob = publishing(room)
    up = room.network.link(alice.addresses[0], SERVER)
    up.loss = 0.1
    room.run(5.0)
    assert alice.encoders["cam"][1].resent > 5
    frames = [frame for layer, frame, _ in bob.pictures["cam"].decoded if layer == 1]
    assert frames[-1] - frames[0] + 1 == len(frames)


def test_repairs_before_their_stream_are_unknown() -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    alice.shares_camera("cam", layers=2)
    alice.sends.send_rtp(packet(1001, RTX, {MID: b"1", REPAIRED: b"r0"}))
    assert dropped(room) == 1


def test_a_layer_on_a_new_ssrc_goes_on_in_the_picture() -> None:
    room = Room()
    alice, bob = publishing(room)
    before = len(bob.pictures["cam"].decoded)
    for encoder in alice.encoders["cam"]:
        encoder.ssrc += 500
        encoder.rtx_ssrc += 500
        encoder.sequence = 17
        encoder.picture = 99
        encoder.timestamp_base = 5
        encoder.history.clear()
    room.run(2.0)
    assert len(bob.pictures["cam"].decoded) - before > 50
    assert bob.counts["nacks"] == 0


def test_endlessly_many_ssrcs_are_cut_short() -> None:
    room = Room()
    alice, _ = publishing(room)
    for number in range(MAX_INBOUND * 2):
        names = {MID: b"1", REPAIRED: b"r0"}
        alice.sends.send_rtp(packet(9000 + number, RTX, names))
    assert dropped(room) > MAX_INBOUND / 2
    line = room.exchange._directory.lines["alice-send"]
    assert len(line.inbound) <= MAX_INBOUND


def test_a_payload_type_that_was_not_negotiated_is_dropped() -> None:
    room = Room()
    alice, _ = publishing(room)
    encoder = alice.encoders["cam"][0]
    alice.sends.send_rtp(packet(encoder.ssrc, 42, {}, sequence=encoder.sequence & 0xFFFF))
    room.run(0.1)
    assert room.metrics()["dropped"]["rtp.payload_type"] == 1


def test_the_round_trip_is_learned_from_receiver_reports() -> None:
    room = Room()
    _, bob = publishing(room, layers=1)
    bob.links(delay=0.07)
    room.run(3.0)
    downlink = room.exchange._directory.lines["bob-receive"].downlink
    ssrc = bob.pictures["cam"].ssrc
    for _ in range(20):
        known = bob.sender_reports[ssrc]
        while bob.sender_reports[ssrc] is known:
            room.run(0.01)
        last_sr = middle_32(bob.sender_reports[ssrc].ntp)
        bob.receives.send_rtcp(ReceiverReport(1, (ReportBlock(ssrc, 0, 0, 1, 0, last_sr, 0),)))
    room.run(0.2)
    assert 0.13 < downlink.round_trip < 0.17


def test_what_a_receiver_estimates_is_remembered() -> None:
    room = Room()
    _, bob = publishing(room)
    bob.receives.send_rtcp(ReceiverEstimatedBitrate(1, 512_000, (1,)))
    room.run(0.1)
    assert room.exchange._directory.lines["bob-receive"].downlink.estimator.target_bps == 512_000


def test_reports_about_many_streams_come_in_several_datagrams() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.shares_camera("cam", names_ssrcs=True)
    bare = {"codecs": room_codecs(), "headerExtensions": []}
    bob.watches("cam", capabilities=bare)
    for number in range(60):
        consumer = f"extra{number}"
        answer = room.exchange.consume("bob-receive", consumer, "cam", bare, now=room.network.now)
        assert answer["rtpParameters"]["headerExtensions"] == []
        room.exchange.resume_consumer(consumer, now=room.network.now)
    sizes: list[int] = []
    link = room.network.link(SERVER, bob.addresses[1])
    link.is_lost = lambda datagram, _: bool(datagram[1] == 200 and sizes.append(len(datagram)))
    room.run(3.0)
    assert len(bob.sender_reports) == 61
    assert max(sizes) <= 1200


def room_codecs() -> list[dict[str, object]]:
    """A browser with VP8 and nothing else."""
    return [
        {
            "kind": "video",
            "mimeType": "video/VP8",
            "preferredPayloadType": 96,
            "clockRate": 90_000,
            "parameters": {},
            "rtcpFeedback": [],
        }
    ]
