"""Frames: taken apart, lost, reordered, doubled, and put together again to the byte."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Sequence
from fractions import Fraction

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import Malformed
from media.journal.records import KEY_FRAME, MARKER, NONE, STARTS_PICTURE, TICKS, PacketRecord
from media.wire import av1, rtp, vp9
from recording.frames import SETTLED, Frame, frames_of
from recording.keyframes import KEY_FACTS
from recording.payloads import JOINS, av1_obus, h264_units, leb128
from tests.support.made_films import BLUE, DARK, picture
from tests.support.packetised import PACKETISE
from tests.support.packets import corpus_json
from tests.support.recordings import Frames

SIZE = (320, 180)
LATER = 1 << 40
ENCODERS = {
    "video/VP8": ("libvpx", {"deadline": "realtime", "cpu-used": "8", "auto-alt-ref": "0"}),
    "video/VP9": ("libvpx-vp9", {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}),
    "video/AV1": (
        "libsvtav1",
        {"preset": "11", "crf": "20", "svtav1-params": "pred-struct=1:lp=1"},
    ),
    "video/H264": ("libx264", {"preset": "ultrafast", "tune": "zerolatency"}),
}
DECODERS = {
    "video/VP8": "vp8",
    "video/VP9": "vp9",
    "video/AV1": "libdav1d",
    "video/H264": "h264",
}
VIDEO = tuple(ENCODERS)


def encoded(mime: str, count: int = 40, size: tuple[int, int] = SIZE) -> Frames:
    """Pictures of a real encoder, in the form that a file holds, a key frame every 20."""
    name, options = ENCODERS[mime]
    encoder = av.CodecContext.create(name, "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = size
    encoder.pix_fmt, encoder.time_base, encoder.framerate = (
        "yuv420p",
        Fraction(1, 1000),
        Fraction(25),
    )
    encoder.gop_size, encoder.options = 20, options
    if "crf" not in options:
        encoder.bit_rate = 3_000_000
    packets = []
    dice = random.Random(3)
    for number in range(count):
        frame = picture(BLUE if number % 7 else DARK, size)
        plane = memoryview(frame.planes[0])
        for _ in range(600):
            plane[dice.randrange(len(plane))] = dice.randrange(256)
        frame.pts, frame.time_base = number * 40, Fraction(1, 1000)
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    if mime == "video/H264":
        return [(number * 40.0, *_avcc(bytes(each))) for number, each in enumerate(packets)]
    found: Frames = []
    for number, packet in enumerate(packets):
        data = bytes(packet)
        is_key = packet.is_keyframe
        if mime == "video/AV1":
            data = b"".join(obu for kind, obu in av1_obus(data) if kind != 2)
            is_key = any(kind == 1 for kind, _ in av1_obus(data))
        found.append((number * 40.0, data, is_key))
    return found


def _avcc(annex_b: bytes) -> tuple[bytes, bool]:
    """Units with lengths instead of start codes, and whether there is an IDR slice in it."""
    units = [unit.rstrip(b"\0") for unit in annex_b.split(b"\0\0\1")[1:]]
    data = b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)
    return data, any(unit[0] & 0x1F == 5 for unit in units)


@pytest.fixture(scope="module")
def films() -> dict[str, Frames]:
    return {mime: encoded(mime) for mime in VIDEO}


def records(mime: str, frames: Frames) -> list[PacketRecord]:
    """As they would arrive on a perfect line."""
    made, number = [], 10
    for count, (ms, data, is_key) in enumerate(frames):
        payloads = PACKETISE[mime](data, count, is_key)
        for at, payload in enumerate(payloads):
            flags = MARKER * (at == len(payloads) - 1)
            flags |= STARTS_PICTURE * (at == 0) | KEY_FRAME * (at == 0 and is_key)
            arrival = round(ms * TICKS / 1000) + at
            view = memoryview(payload)
            made.append(PacketRecord(0, arrival, number, round(ms * 90), flags, NONE, NONE, view))
            number += 1
    return made


def run(mime: str, arrived: Sequence[PacketRecord], every: int = 20) -> list[Frame]:
    """Fed as a journal would be read, taken now and then, and at the end."""
    frames, taken = frames_of(mime), []
    for count, record in enumerate(arrived):
        frames.add(record)
        if count % every == 0:
            taken += frames.take(record.arrival - SETTLED)
    return taken + frames.take(LATER)


@pytest.mark.parametrize("mime", VIDEO)
def test_what_was_taken_apart_is_put_together_to_the_byte(
    mime: str, films: dict[str, Frames]
) -> None:
    film = films[mime]
    assert max(len(PACKETISE[mime](data, 0, False)) for _, data, _ in film) > 3
    found = run(mime, records(mime, film))
    assert [(frame.data, frame.is_key) for frame in found] == [each[1:] for each in film]
    assert [frame.timestamp for frame in found] == [round(ms * 90) for ms, _, _ in film]
    assert not any(frame.is_after_gap for frame in found)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("mime", VIDEO)
def test_what_comes_late_or_twice_is_in_its_place(
    mime: str, films: dict[str, Frames], seed: int
) -> None:
    dice = random.Random(seed)
    arrived = []
    for record in records(mime, films[mime]):
        late = dice.choice((0, 0, 0, 0, 500, 9_000))  # 50 and 900 ms, as what came again
        arrived.append(record._replace(arrival=record.arrival + late))
        if dice.random() < 0.1:
            arrived.append(record._replace(arrival=record.arrival + 400))
    arrived.sort(key=lambda record: record.arrival)
    found = run(mime, arrived, every=dice.choice((1, 7, 300)))
    assert [frame.data for frame in found] == [data for _, data, _ in films[mime]]


@pytest.mark.parametrize("loss", [0.01, 0.05, 0.3])
@pytest.mark.parametrize("mime", VIDEO)
def test_after_a_loss_it_goes_on_with_a_key_frame(
    mime: str, loss: float, films: dict[str, Frames]
) -> None:
    film = films[mime]
    dice = random.Random(11)
    arrived = [record for record in records(mime, film) if dice.random() >= loss]
    got = {number: record for number, record in ((record.number, record) for record in arrived)}
    expected, is_broken, number = [], True, 10
    for count, (_, data, is_key) in enumerate(film):
        size = len(PACKETISE[mime](data, count, is_key))
        is_whole = all(each in got for each in range(number, number + size))
        number += size
        is_broken = not is_whole or (is_broken and not is_key)
        if not is_broken:
            expected.append(data)
    found = run(mime, arrived)
    assert [frame.data for frame in found] == expected
    assert all(frame.is_key for frame in found if frame.is_after_gap)


@pytest.mark.parametrize("mime", VIDEO)
def test_a_decoder_reads_it_and_its_size_is_told(mime: str, films: dict[str, Frames]) -> None:
    found = run(mime, records(mime, films[mime]))
    facts = KEY_FACTS[mime](found[0].data)
    assert (facts.width, facts.height) == SIZE
    decoder = av.CodecContext.create(DECODERS[mime], "r")
    if mime == "video/H264":
        decoder.extradata = facts.private
    pictures = [
        each
        for frame in found
        for each in decoder.decode(av.Packet(frame.data))  # type: ignore[attr-defined]
    ]
    pictures += decoder.decode(None)  # type: ignore[attr-defined]
    assert len(pictures) == len(films[mime])
    assert (pictures[0].width, pictures[0].height) == SIZE


@pytest.mark.parametrize("mime", ["video/AV1", "video/H264"])
def test_another_size_has_other_private_parts(mime: str, films: dict[str, Frames]) -> None:
    one, other = films[mime][0][1], encoded(mime, 2, (640, 352))[0][1]
    assert KEY_FACTS[mime](one).private != KEY_FACTS[mime](other).private
    assert KEY_FACTS[mime](other)[:2] == (640, 352)


@pytest.mark.parametrize(("name", "mime"), [("vp9_l1t3", "video/VP9"), ("av1_l1t3", "video/AV1")])
def test_what_a_browser_sent_decodes(name: str, mime: str) -> None:
    frames = frames_of(mime)
    for number, text in enumerate(corpus_json(f"chromium/{name}.json")["packets"]):
        packet = bytes.fromhex(text)
        header = rtp.parse_header(packet)
        payload = memoryview(packet)[header.header_length :]
        flags = MARKER * header.marker
        frames.add(
            PacketRecord(
                0, number, header.sequence, header.timestamp, flags | _begins(mime, payload),
                NONE, NONE, payload,
            )
        )  # fmt: skip
    found = frames.take(LATER)
    assert len(found) > 20
    decoder = av.CodecContext.create(DECODERS[mime], "r")
    pictures = [each for frame in found for each in decoder.decode(av.Packet(frame.data))]  # type: ignore[attr-defined]
    pictures += decoder.decode(None)  # type: ignore[attr-defined]
    assert len(pictures) == len(found)
    facts = KEY_FACTS[mime](found[0].data)
    assert (facts.width, facts.height) == (pictures[0].width, pictures[0].height)


def _begins(mime: str, payload: memoryview) -> int:
    if mime == "video/VP9":
        told = vp9.parse(bytes(payload))
        return STARTS_PICTURE * told.starts_picture | KEY_FRAME * told.key_frame
    seen = av1.parse(bytes(payload))
    return STARTS_PICTURE * seen.begins_obu | KEY_FRAME * seen.key_frame


def test_padding_between_pictures_is_no_gap(films: dict[str, Frames]) -> None:
    arrived = []
    for record in records("video/VP8", films["video/VP8"]):
        shifted = record._replace(number=record.number + (5 if record.timestamp > 60_000 else 0))
        arrived.append(shifted)
    found = run("video/VP8", arrived)
    assert len(found) == len(films["video/VP8"])
    assert not any(frame.is_after_gap for frame in found)


def test_sound_is_its_packets_in_order() -> None:
    payloads = [bytes([0xF8, number]) for number in range(100)]
    made = [
        PacketRecord(0, number * 200, 65_530 + number, number * 960, 0, 30, NONE, memoryview(data))
        for number, data in enumerate(payloads)
    ]
    dice = random.Random(2)
    arrived = [
        record._replace(arrival=record.arrival + dice.choice((0, 0, 600))) for record in made
    ]
    arrived.sort(key=lambda record: record.arrival)
    arrived += arrived[40:50]
    assert [frame.data for frame in run("audio/opus", arrived)] == payloads
    lost = [record for record in made if record.number % 10]
    found = run("audio/opus", lost)
    assert len(found) == 90
    assert sum(frame.is_after_gap for frame in found) == 9


def test_a_film_without_a_key_frame_has_no_picture(films: dict[str, Frames]) -> None:
    deltas = [each for each in films["video/VP8"] if not each[2]]
    assert run("video/VP8", records("video/VP8", deltas)) == []


@pytest.mark.parametrize("mime", VIDEO)
@settings(max_examples=60, deadline=None)
@given(data=st.lists(st.binary(max_size=40), min_size=1, max_size=4))
def test_any_bytes_are_a_frame_or_refused(mime: str, data: list[bytes]) -> None:
    try:
        joined = JOINS[mime](data)
    except Malformed:
        return
    with contextlib.suppress(Malformed, StopIteration, IndexError):
        KEY_FACTS[mime](joined)


def test_a_number_in_groups_of_seven_bits() -> None:
    assert leb128(0) == b"\0"
    assert leb128(300) == b"\xac\x02"
    assert list(h264_units(b"\0\0\0\2ab\0\0\0\1c")) == [b"ab", b"c"]
