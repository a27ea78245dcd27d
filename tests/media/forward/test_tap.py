"""What a tap writes of a producer: each packet once, as it came, between its start and its stop."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.forward import gathering
from media.forward.packet import Packet
from media.forward.producer import Producer, Track
from media.forward.tap import Tap
from media.forward.view import Outbox
from media.ids import ProducerId
from media.journal.envelope import CHUNK_MAX
from media.journal.records import (
    KEY_FRAME,
    MARKER,
    NONE,
    STARTS_PICTURE,
    HoleRecord,
    PacketRecord,
    ReportRecord,
    StreamRecord,
    ticks,
)
from media.source import Source
from media.wire.rtcp import SenderReport
from tests.support.forwarding import Studio
from tests.support.journals import MemorySink
from tests.support.recorded import recorded as recorded_of

FPS = 30


def look(studio: Studio) -> None:
    tap = studio.producer.tap
    assert tap is not None
    tap.look(now=studio.now)


def plays(studio: Studio, frames: int, layers: tuple[int, ...] | None = None) -> None:
    """Pictures with a round ten times a second."""
    for number in range(frames):
        studio.plays(1, layers=layers)
        if number % 3 == 2:
            look(studio)


def recorded(studio: Studio, began: float = 0.0) -> MemorySink:
    sink = MemorySink()
    record(studio.producer, sink, began, studio.now)
    return sink


def record(producer: Producer, sink: MemorySink, began: float, now: float) -> None:
    tap = Tap(producer.streams, producer.track.kind, sink, began, now=now)
    producer.record(tap, now=now)


def stop(studio: Studio, at: float | None = None) -> None:
    studio.producer.stop_record(at=studio.now if at is None else at)


def test_nothing_is_written_before_a_key_frame_which_is_asked_for_at_once() -> None:
    studio = Studio()
    studio.plays(10)
    sink = recorded(studio)
    stream = studio.producer.streams[0]
    assert stream.key_frames.due_at is not None
    studio.give(studio.frame())
    plays(studio, 12)
    stop(studio)
    first = sink.of(PacketRecord)[0]
    assert first.flags & KEY_FRAME
    assert first.flags & STARTS_PICTURE
    assert sink.of(StreamRecord) == [StreamRecord(0, first.arrival, 100, 0)]
    assert sink.records[0] == sink.of(StreamRecord)[0]


def test_every_packet_is_written_in_the_form_it_came() -> None:
    studio = Studio()
    sink = recorded(studio, began=-2.0)
    sent: list[Packet] = []
    for _ in range(40):
        if studio.producer.streams[0].key_frames.take(now=studio.now):
            studio.encoders[0].key_wanted = True
        frame = studio.frame()
        frame[0].orientation = b"\x02"
        studio.give(frame)
        sent += frame
        look(studio)
        studio.now += 1 / FPS
    stop(studio)
    packets = sink.of(PacketRecord)
    assert [bytes(each.payload) for each in packets] == [each.payload for each in sent]
    for record, packet in zip(packets, sent, strict=True):
        assert record.number == packet.index & 0xFFFFFFFF
        assert record.timestamp == packet.timestamp
        assert record.arrival == ticks(packet.arrival + 2.0)
        assert bool(record.flags & MARKER) == packet.marker
        assert record.level == NONE
        assert record.orientation == (2 if packet.orientation else NONE)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.floats(0, 0.3), st.floats(0, 0.3))
def test_lost_late_and_doubled_packets_are_each_written_at_most_once(
    seed: int, loss: float, doubles: float
) -> None:
    chance = random.Random(seed)
    studio = Studio()
    sink = recorded(studio)
    flying = [packet for _ in range(30) for packet in studio.frame()]
    key = flying[0]
    flying = [packet for packet in flying if chance.random() >= loss]
    flying += [packet for packet in flying if chance.random() < doubles]
    order = sorted(flying, key=lambda packet: packet.index + chance.uniform(0, 8))
    for packet in order:
        again = Packet(
            packet.index, packet.timestamp, packet.marker, packet.payload, packet.arrival
        )
        studio.give([again])
    stop(studio, at=studio.now + 1)
    numbers = [record.number for record in sink.of(PacketRecord)]
    assert len(numbers) == len(set(numbers))
    came = {packet.index for packet in flying}
    assert set(numbers) == (came if key.index in came else set())


def test_a_key_frame_whose_beginning_was_overtaken_is_whole() -> None:
    studio = Studio()
    sink = recorded(studio)
    first, *others = studio.frame()
    studio.give(others)
    studio.give([first])
    stop(studio, at=1.0)
    assert [each.number for each in sink.of(PacketRecord)] == [
        packet.index for packet in (first, *others)
    ]


def test_what_came_before_the_start_is_not_written_with_the_key_frame_it_belongs_to() -> None:
    studio = Studio()
    first, *others = studio.frame()
    studio.give(others)
    studio.now = 1.0
    sink = recorded(studio)
    studio.give([first])
    stop(studio, at=2.0)
    assert [each.number for each in sink.of(PacketRecord)] == [first.index]


def test_a_stop_that_is_told_late_leaves_nothing_that_came_later() -> None:
    studio = Studio()
    sink = recorded(studio)
    plays(studio, 60)
    at = studio.now - gathering.HELD_S + 0.04
    stop(studio, at=at)
    assert max(each.arrival for each in sink.of(PacketRecord)) < ticks(at)
    assert sink.closed_at == ticks(at)
    before = len(sink.records)
    studio.plays(30)
    assert len(sink.records) == before
    assert studio.producer.streams[0].watched == []


def test_chunks_are_handed_over_soon_but_not_at_once() -> None:
    studio = Studio()
    sink = recorded(studio)
    written: list[float] = []
    for _ in range(90):
        studio.plays(1)
        look(studio)
        if packets := sink.of(PacketRecord):
            written.append(studio.now - packets[-1].arrival / 10_000)
        else:
            assert studio.now <= gathering.SPAN_S + gathering.HELD_S + 0.2
    assert max(written) <= gathering.SPAN_S + gathering.HELD_S + 0.2
    assert min(written) >= gathering.HELD_S


def test_a_key_frame_comes_each_ten_seconds_and_no_more_often_for_it() -> None:
    studio = Studio()
    sink = recorded(studio)
    plays(studio, 62 * FPS)
    stop(studio)
    keys = [each.arrival / 10_000 for each in sink.of(PacketRecord) if each.flags & KEY_FRAME]
    apart = [later - earlier for earlier, later in pairwise(keys)]
    assert len(keys) == 7
    assert all(abs(each - 10.0) <= 0.2 for each in apart)


def test_the_best_layer_is_written_and_a_lower_one_while_it_is_away() -> None:
    studio = Studio(layers=3)
    sink = recorded(studio)
    plays(studio, 3 * FPS)
    plays(studio, 5 * FPS, layers=(0, 1))
    plays(studio, 5 * FPS)
    stop(studio)
    spatials = [each.spatial for each in sink.of(StreamRecord)]
    assert spatials[-3:] == [2, 1, 2]
    streams = {each.stream: each.spatial for each in sink.of(StreamRecord)}
    assert len(streams) == len(set(streams.values()))
    current = None
    starts = True
    for record in sink.records:
        if isinstance(record, StreamRecord):
            current, starts = record.stream, True
        elif isinstance(record, PacketRecord):
            assert record.stream == current
            assert not starts or record.flags & KEY_FRAME
            starts = False


def test_a_new_ssrc_is_another_stream_that_begins_with_a_key_frame() -> None:
    studio = Studio()
    sink = recorded(studio)
    plays(studio, 30)
    studio.producer.restart(studio.producer.streams[0], 555, now=studio.now)
    plays(studio, 30)
    stop(studio)
    first, second = sink.of(StreamRecord)
    assert (first.ssrc, second.ssrc) == (100, 555)
    assert first.stream != second.stream
    after = sink.records[sink.records.index(second) + 1]
    assert isinstance(after, PacketRecord)
    assert after.flags & KEY_FRAME


def test_a_paused_producer_leaves_a_hole_and_goes_on_with_a_key_frame() -> None:
    studio = Studio()
    sink = recorded(studio)
    plays(studio, 30)
    paused_at = studio.now
    studio.producer.pause(now=studio.now)
    studio.now += 3.0
    look(studio)
    studio.producer.resume(now=studio.now)
    plays(studio, 30)
    stop(studio)
    (hole,) = sink.of(HoleRecord)
    assert hole == HoleRecord(ticks(paused_at), "paused")
    stream, packet = sink.records[sink.records.index(hole) + 1 :][:2]
    assert isinstance(stream, StreamRecord)
    assert isinstance(packet, PacketRecord)
    assert packet.flags & KEY_FRAME
    assert packet.arrival >= ticks(studio.now - 1.2)


def test_a_producer_that_is_paused_at_the_start_is_written_from_its_first_picture_on() -> None:
    studio = Studio()
    studio.producer.pause(now=0.0)
    sink = recorded(studio)
    look(studio)
    assert studio.producer.streams[0].key_frames.due_at is None
    studio.producer.resume(now=0.0)
    plays(studio, 10)
    stop(studio)
    assert sink.of(PacketRecord)
    assert not sink.of(HoleRecord)


def test_reports_of_the_publisher_are_written_once_each() -> None:
    studio = Studio()
    sink = recorded(studio)
    reception = studio.producer.streams[0].reception
    assert reception is not None
    for number in range(3):
        reception.reported(SenderReport(100, 7 << 32, 90_000 * number, 1, 1), now=studio.now)
        at = ticks(studio.now)
        plays(studio, 30)
        assert sink.of(ReportRecord)[number:] == [ReportRecord(0, at, 7 << 32, 90_000 * number)]
    stop(studio)
    assert len(sink.of(ReportRecord)) == 3


def test_another_journal_begins_with_what_its_packets_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathering, "FILE_S", 2.0)
    studio = Studio()
    sink = recorded(studio)
    reception = studio.producer.streams[0].reception
    assert reception is not None
    reception.reported(SenderReport(100, 7 << 32, 1, 1, 1), now=0.0)
    plays(studio, 5 * FPS)
    stop(studio)
    assert len(sink.journals) == 3
    for journal in sink.journals[1:]:
        assert [type(each) for each in journal[:3]] == [StreamRecord, ReportRecord, PacketRecord]
    numbers = [each.number for each in sink.of(PacketRecord)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_what_found_no_room_is_a_hole_after_which_a_key_frame_is_asked_for() -> None:
    studio = Studio()
    sink = recorded(studio)
    plays(studio, 30)
    sink.is_full = True
    plays(studio, 30)
    sink.is_full = False
    asked = studio.encoders[0].key_frames
    plays(studio, 90)
    stop(studio)
    assert sink.lost
    (hole,) = sink.of(HoleRecord)
    assert hole.why == "behind"
    assert studio.encoders[0].key_frames > 1
    assert asked >= 1
    numbers = [each.number for each in sink.of(PacketRecord)]
    assert numbers[-1] - numbers[0] + 1 == len(numbers) + sink.lost


def test_sound_begins_with_any_packet_and_says_its_level() -> None:
    track = Track(ProducerId("m"), Source.MICROPHONE, "audio/opus", 48_000, 1)
    producer = Producer(track, Outbox(), lambda now: None)
    producer.streams[0].start(9, producer.scale)
    sink = MemorySink()
    record(producer, sink, 0.0, 0.0)
    for number in range(10):
        packet = Packet(70_000 + number, 960 * number, False, b"opus%d" % number, number / 50)
        packet.level = b"\x9e"
        producer.packet(producer.streams[0], packet)
    probe = Packet(70_010, 0, False, b"", 0.2)
    producer.packet(producer.streams[0], probe)
    producer.stop_record(at=1.0)
    packets = sink.of(PacketRecord)
    assert [bytes(each.payload) for each in packets] == [b"opus%d" % n for n in range(10)]
    assert {each.level for each in packets} == {0x9E}
    assert producer.streams[0].key_frames.due_at is None


def h264() -> list[Packet]:
    """A key frame with its parameter sets, then pictures of two packets each (RFC 6184)."""
    payloads = [b"\x67sps", b"\x68pps", b"\x65\x80key", *[b"\x41\x80one", b"\x41\x00two"] * 5]
    stamps = [0, 0, 0, *[3000 * number for number in range(1, 6) for _ in range(2)]]
    return [
        Packet(number, stamp, stamp != following, payload, 0.01 * number)
        for number, (payload, stamp, following) in enumerate(
            zip(payloads, stamps, [*stamps[1:], -1], strict=True)
        )
    ]


@pytest.mark.parametrize("mime_type", ["video/VP9", "video/AV1", "video/H264"])
def test_each_codec_is_written_from_a_key_frame_on_as_it_came(mime_type: str) -> None:
    codec = mime_type.partition("/")[2].lower()
    packets = h264() if codec == "h264" else [each.packet(0.5) for each in recorded_of(codec)]
    track = Track(ProducerId("p"), Source.SCREEN, mime_type, 90_000, 1)
    producer = Producer(track, Outbox(), lambda now: None)
    producer.streams[0].start(9, producer.scale)
    sink = MemorySink()
    record(producer, sink, 0.0, 0.0)
    for packet in packets:
        producer.packet(producer.streams[0], packet)
    producer.stop_record(at=10.0)
    written = sink.of(PacketRecord)
    assert len(packets) > 10
    assert [bytes(each.payload) for each in written] == [each.payload for each in packets]
    assert [each.timestamp for each in written] == [each.timestamp for each in packets]
    assert written[0].flags & KEY_FRAME
    starts = {each.timestamp for each in written if each.flags & STARTS_PICTURE}
    assert starts == {each.timestamp for each in packets}


@pytest.mark.parametrize("octets", [1, 1200])
def test_what_is_large_is_handed_over_in_chunks_that_can_be_sealed(octets: int) -> None:
    chunks: list[int] = []
    sink = MemorySink()
    gathered = gathering.Gathering(sink, 0.0, now=0.0)
    for number in range(9_000):
        gathered.put(Packet(number, 0, False, b"x" * octets, 0.00001 * number))
    for _, _, chunk in gathered._held:
        chunks.append(len(chunk.plain))
    gathered.end(at=1.0)
    assert len(chunks) > 1
    assert max(chunks) <= CHUNK_MAX
    assert [each.number for each in sink.of(PacketRecord)] == list(range(9_000))


def test_tracks_hand_over_in_the_same_round_and_are_left_alone_in_others() -> None:
    studios = [Studio(), Studio()]
    studios[1].now = 0.17
    sinks = [recorded(studio) for studio in studios]
    now, rounds, busy = 0.3, 0, 0
    lengths = [0, 0]
    for studio in studios:
        studio.now = now
    while now < 8.0:
        handed = []
        for at, studio in enumerate(studios):
            studio.plays(3)
            studio.now = now
            tap = studio.producer.tap
            assert tap is not None
            rounds += 1
            if now >= tap.due:
                busy += 1
                tap.look(now=now)
            handed.append(len(sinks[at].records) > lengths[at])
            lengths[at] = len(sinks[at].records)
        assert handed[0] == handed[1]
        now += 0.1
    assert lengths[0] > 100
    assert busy < 0.6 * rounds
