"""Assembling what no honest sender sends: it may harm its own track, and nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from media.journal.records import (
    KEY_FRAME,
    MARKER,
    NONE,
    STARTS_PICTURE,
    PacketRecord,
    ReportRecord,
    StreamRecord,
)
from recording import webm
from recording.assembling import LATEST_MS, PARTS_MAX, Assembling, Sink
from recording.index import Index
from recording.keyframes import KEY_FACTS
from recording.manifest import Track
from recording.stepping import LiveTrack, Stepping
from recording.timeline import PersonClock, ntp_ms
from tests.recording.test_stepping import begin, index_of, nothing
from tests.support.recordings import Journals


def keep(number: int, index: Index, cluster: bytes, ms: int, has_key: bool) -> None:
    index.clusters.add(ms, len(cluster), has_key=has_key)


def minute(jump: int, *, stays: bool) -> Assembling:
    """A minute of sound whose stamps jump by so many samples at 20 s, once or for good."""
    made = Assembling("audio/opus", 48_000, 1, keep)
    clock = PersonClock()
    made.feed(StreamRecord(0, 0, 1, 0))
    for count in range(3_000):
        ms, stamp = count * 20, 1_000 + count * 960
        if count % 250 == 10:
            ntp = (3_900_000_000_000 + ms) * (1 << 32) // 1000
            report = ReportRecord(0, ms * 10, ntp, stamp)
            made.feed(report, clock.report("x", ms, ntp_ms(ntp)))
        is_off = count >= 1_000 if stays else count == 1_000
        stamp = (stamp + jump * is_off) % (1 << 32)
        payload = memoryview(b"\xfc\x01\x02")
        made.feed(PacketRecord(0, ms * 10 + 400, count, stamp, MARKER, 30, NONE, payload))
        if count % 250 == 0:
            made.take(ms + 40)
    made.finish()
    return made


@pytest.mark.parametrize("stays", [True, False])
@pytest.mark.parametrize(
    "jump", [48_000, 48_000 * 60, 1 << 28, (1 << 31) - 5, (1 << 31) + 5, -48_000 * 60, -(1 << 30)]
)
def test_stamps_that_cannot_be_true_make_no_track_longer_or_shorter(jump: int, stays: bool) -> None:
    (part,) = minute(jump, stays=stays).parts
    assert 59_900 <= part.end_ms <= 60_000 + LATEST_MS
    assert part.state["last_ms"] - part.start_ms >= 59_800


@pytest.mark.parametrize("mime", [*KEY_FACTS, "audio/opus"])
@pytest.mark.parametrize("seed", range(4))
def test_any_packets_make_a_file_or_none(mime: str, seed: int) -> None:
    dice = random.Random(f"{mime}{seed}")
    made, clock = Assembling(mime, 90_000, 1, keep), PersonClock()
    arrival, number, stamp = 0, dice.randrange(1 << 16), dice.randrange(1 << 32)
    for _ in range(400):
        arrival += dice.choice((0, 0, 10, 50, 200, 1_000, 20_000))
        number = (number + dice.choice((1, 1, 1, 2, 0, -1, 100))) % (1 << 32)
        stamp = (stamp + dice.choice((0, 960, 3_000, -3_000, dice.randrange(1 << 32)))) % (1 << 32)
        body = dice.randbytes(dice.choice((0, 1, 3, 10, 40)))
        flags = dice.choice((0, MARKER, STARTS_PICTURE, MARKER | STARTS_PICTURE | KEY_FRAME))
        made.feed(
            PacketRecord(
                0, arrival, number, stamp, flags, NONE, dice.choice((1, 255)), memoryview(body)
            )
        )
        if dice.random() < 0.05:
            report = ReportRecord(0, arrival, dice.randrange(1 << 64), stamp)
            made.feed(report, clock.report("x", arrival / 10, ntp_ms(report.ntp)))
        if dice.random() < 0.05:
            made.feed(StreamRecord(dice.randrange(3), arrival, 5, 0))
        if dice.random() < 0.1:
            made.take(arrival / 10)
    made.finish()
    for part in made.parts:
        assert part.end_ms <= arrival / 10 + 2 * LATEST_MS
        assert list(part.clusters.ms) == sorted(part.clusters.ms)


def _h264(number: int) -> bytes:
    """A key frame with parameters of its own."""
    sps = bytes([0x67, 66, 0xC0, 30, 0xF4, 0x02, 0x80, 0x2D, 0xC8]) + number.to_bytes(3, "big")
    units = (sps, bytes([0x68, 0xCE, 0x3C, 0x80]), bytes([0x65, 0x88, 0x84, 1, 2, 3]))
    return b"\x78" + b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)


def test_parameters_that_change_all_the_time_take_no_more_than_so_many_files(
    tmp_path: Path,
) -> None:
    Journals(tmp_path)
    facts = ("t1", "ada", "camera", "video/H264", 90_000, 1, 0, ("t1.0.rj",))
    track = LiveTrack(tmp_path, "rec", Track(*facts), bytes(32))  # type: ignore[arg-type]
    track.assembling.feed(StreamRecord(0, 0, 1, 0))
    flags = MARKER | STARTS_PICTURE | KEY_FRAME
    for number in range(PARTS_MAX + 20):
        payload = memoryview(_h264(number))
        record = PacketRecord(0, number * 330, number, number * 3_000, flags, NONE, NONE, payload)
        track.assembling.feed(record)
        if number % 50 == 0:
            track.assembling.take(number * 33.0)
            track.flush()
    track.finish()
    assert len(list((tmp_path / "tracks").glob("*.body"))) == PARTS_MAX
    assert sum(part.body.is_open for part in track._parts) == 0
    assert all(len(index.clusters) for _, index in track.files)


def test_a_track_that_cannot_be_made_is_no_reason_to_lose_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journals = Journals(tmp_path)
    bad, good = journals.sound("ada", 0, 12_000), journals.sound("ben", 0, 12_000)
    stepping: Stepping = begin(journals)
    stepping.step(9_000, nothing)

    def fails(record: object, offset: float | None = None) -> None:
        raise RuntimeError

    monkeypatch.setattr(stepping.tracks[bad.id].assembling, "feed", fails)
    stepping.finish(12_000, nothing)
    assert index_of(journals, good).end_ms == pytest.approx(12_040, abs=30)
    assert 1_000 < index_of(journals, bad).end_ms < 9_000


def layers(switches: list[int], until: int, sink: Sink) -> Assembling:
    """A camera whose layers take turns at these moments, each with stamps and numbers of its own:
    another one begins with a key frame, what was sent of the old one ends."""
    made, clock = Assembling("video/VP8", 90_000, 1, sink), PersonClock()
    bases = {0: (500, 4_294_900_000), 1: (60_000, 12_345_678)}
    key = b"\x50\x42\x00\x9d\x01\x2a\x40\x01\xb4\x00"
    begun, counts = -1, {0: 0, 1: 0}
    for ms in range(0, until, 40):
        layer = sum(at <= ms for at in switches) % 2
        number, stamp = bases[layer][0] + counts[layer], bases[layer][1] + ms * 90
        counts[layer] += 1
        arrival = ms * 10 + 400
        if layer != begun:
            made.feed(StreamRecord(layer, arrival, 7 + layer, layer))
        is_key, begun = layer != begun or ms % 2_000 == 0, layer
        body = b"\x90\x80\x80\x01" + (key if is_key else b"\x51") + bytes(20)
        flags = MARKER | STARTS_PICTURE | KEY_FRAME * is_key
        stamp %= 1 << 32
        view = memoryview(body)
        made.feed(PacketRecord(layer, arrival, number, stamp, flags, NONE, NONE, view))
        if ms % 1_000 == 200:
            ntp = (3_900_000_000_000 + ms) * (1 << 32) // 1000
            report = ReportRecord(layer, arrival, ntp, stamp)
            made.feed(report, clock.report(f"x.{layer}", arrival / 10, ntp_ms(ntp)))
        if ms % 5_000 == 0:
            made.take(ms)
    made.finish()
    return made


@pytest.mark.parametrize("switches", [[5_000], [5_000, 12_000], [3_000, 3_400, 3_600, 9_000]])
def test_layers_that_take_turns_are_one_film_in_step(switches: list[int]) -> None:
    frames: list[int] = []

    def kept(number: int, index: Index, cluster: bytes, ms: int, has_key: bool) -> None:
        keep(number, index, cluster, ms, has_key)
        frames.extend(at for at, _, _ in webm.frames(cluster))

    (part,) = layers(switches, 20_000, kept).parts
    assert frames == sorted(frames)
    assert all(abs(ms - 40 * place) <= 20 for place, ms in enumerate(frames))
    assert part.gaps == []
