"""What is read from payloads, by codec; and H.264 all the way through a producer."""

from __future__ import annotations

import pytest

from media.errors import Malformed
from media.forward.codec import reader_of
from media.forward.consumer import Consumer, Delivery
from media.forward.packet import Packet
from media.forward.producer import Producer, Track
from media.forward.view import ExtensionIds, Outbox
from media.ids import ConsumerId, ProducerId
from media.source import Kind, Source

PARAMETER_SETS = b"\x78\x00\x02\x67\x42\x00\x02\x68\xce"  # STAP-A of SPS and PPS
IDR_START, IDR_MORE = b"\x7c\x85\x88", b"\x7c\x05\x00"  # FU-A of type 5
SLICE, SLICE_MORE = b"\x41\x9a", b"\x41\x1a"  # first_mb_in_slice zero, and not


def packet(index: int, timestamp: int, payload: bytes) -> Packet:
    return Packet(index, timestamp, False, payload, 0.0)


def read(mime_type: str, payload: bytes, before: Packet | None = None) -> Packet:
    made = packet(2, 3000, payload)
    reader_of(mime_type)()(made, before)
    return made


def test_every_sound_packet_is_a_beginning() -> None:
    for mime_type in ("audio/opus", "audio/unheard-of"):
        made = read(mime_type, b"x")
        assert (made.starts_frame, made.key_frame) == (True, True)


def test_vp8() -> None:
    made = read("video/VP8", bytes.fromhex("90e0811105a000"))
    assert (made.starts_frame, made.key_frame, made.layer_sync) == (True, True, True)
    assert (made.picture, made.picture_bits, made.tl0, made.temporal) == (0x111, 15, 5, 2)
    middle = read("video/VP8", bytes.fromhex("80e081110580ff"))
    assert (middle.starts_frame, middle.key_frame) == (False, False)
    with pytest.raises(Malformed):
        read("video/VP8", b"\x80")


def test_h264_begins_with_its_parameter_sets() -> None:
    assert read("video/H264", PARAMETER_SETS).key_frame
    first = packet(1, 3000, PARAMETER_SETS)
    follows = read("video/H264", IDR_START, first)
    assert (follows.starts_frame, follows.key_frame) == (False, False)
    other_picture = packet(1, 0, PARAMETER_SETS)
    assert read("video/H264", IDR_START, other_picture).key_frame
    assert not read("video/H264", IDR_MORE).starts_frame


def test_h264_pictures_begin_at_their_first_slice() -> None:
    made = read("video/H264", SLICE)
    assert (made.starts_frame, made.key_frame) == (True, False)
    assert not read("video/H264", SLICE_MORE).starts_frame
    with pytest.raises(Malformed):
        read("video/H264", b"\x78\xff\xff\x00")


def test_h264_is_forwarded_from_a_key_frame_on() -> None:
    outbox = Outbox()
    given: list[int] = []
    producer = Producer(
        Track(ProducerId("p"), Source.CAMERA, "video/H264", 90_000, 1), outbox, lambda now: None
    )
    (stream,) = producer.streams
    stream.start(1, producer.scale)
    consumer = Consumer(
        ConsumerId("c"), ProducerId("p"), Delivery(Kind.VIDEO, 9, 103, 90_000, ExtensionIds(), 40)
    )
    producer.add(consumer)
    consumer.paused = False
    producer.review_one(consumer, now=0.0)
    pictures = [
        (SLICE, SLICE_MORE),
        (IDR_MORE,),  # the beginning of this key frame was lost
        (PARAMETER_SETS, IDR_START, IDR_MORE),
        (SLICE,),
    ]
    index = 65_530
    for number, payloads in enumerate(pictures):
        for payload in payloads:
            producer.packet(stream, packet(index, 3000 * number, payload))
            index += 1
    for view in outbox.views:
        given += [sent.packet.index for sent in view.pending if sent.number >= consumer.floor]
    assert given == [65_533, 65_534, 65_535, 65_536]
    assert stream.key_frames.due_at is None
