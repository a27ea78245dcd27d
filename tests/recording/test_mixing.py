"""Mixing: who speaks when is heard then, whoever goes on with it, and nobody who was taken out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import av
import pytest

from recording import webm
from recording.body import Body
from recording.index import MIX, Index
from recording.mixing import Mixer, Voice
from recording.vault import VirtualFile, open_index, verify
from tests.support.made_films import beeps_of
from tests.support.recordings import key_of, seconds_of_sound

REC = "rec1"
KEY = key_of("derived")


def nothing() -> None:
    pass


def voice(folder: Path, name: str, start_ms: int, seconds: float, beeps: Sequence[int]) -> Voice:
    """A track that begins at `start_ms`; `beeps` in recording time."""
    key = key_of(name)
    body = Body(folder, REC, name, key)
    index = Index("audio/opus", start_ms, 48_000, private=webm.opus_private(1))
    body.open(index)
    frames = seconds_of_sound(seconds, [ms - start_ms for ms in beeps])
    for second in range(int(seconds)):
        part = [(round(ms), data, key) for ms, data, key in frames if ms // 1000 == second]
        body.add(index, webm.cluster(second * 1000, part), second * 1000, has_key=True)
    index.end_ms = start_ms + int(seconds) * 1000
    body.flush(index)
    body.save(index)
    body.close()
    return Voice(name, index, key)


def sound(folder: Path) -> io.BytesIO:
    index = open_index(folder, REC, MIX, KEY)
    verify(folder, MIX, KEY, index)
    file = VirtualFile(folder, MIX, KEY, index)
    return io.BytesIO(file.read(0, file.length))


def near(found: Sequence[int], expected: Sequence[int]) -> bool:
    pairs = zip(found, expected, strict=False)
    return len(found) == len(expected) and all(abs(a - b) < 15 for a, b in pairs)


def test_voices_are_heard_when_they_spoke(tmp_path: Path) -> None:
    voices = [
        voice(tmp_path, "t1", 0, 6, (1_000, 4_000)),
        voice(tmp_path, "t2", 2_500, 3, (3_000,)),
    ]
    mixer = Mixer(tmp_path, REC, KEY)
    mixer.finish(voices, 6_500, nothing)
    heard = beeps_of(sound(tmp_path))
    assert near(heard, (1_000, 3_000, 4_000)), heard
    assert mixer.index.end_ms == 6_500
    assert list(mixer.index.clusters.ms) == [0, 1000, 2000, 3000, 4000, 5000, 6000]


def test_in_steps_it_is_the_same_sound(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    beeps = (700, 2_000, 5_300)
    whole = Mixer(one, REC, KEY)
    whole.finish([voice(one, "t1", 0, 7, beeps)], 7_000, nothing)
    stepped = Mixer(other, REC, KEY)
    spoken = voice(other, "t1", 0, 7, beeps)
    for until in (900, 1_500, 4_999, 6_200):
        stepped.mix([spoken], until, nothing)
    stepped.finish([spoken], 7_000, nothing)
    assert sound(one).getvalue() == sound(other).getvalue()


def test_another_process_goes_on_with_it(tmp_path: Path) -> None:
    beeps = (700, 2_000, 3_020, 5_300)
    spoken = voice(tmp_path, "t1", 0, 7, beeps)
    first = Mixer(tmp_path, REC, KEY, [spoken])
    first.mix([spoken], 4_000, nothing)
    first.close()
    second = Mixer(tmp_path, REC, KEY, [spoken])
    assert 2_000 <= second.index.end_ms <= 4_000
    second.finish([spoken], 7_000, nothing)
    assert near(beeps_of(sound(tmp_path)), beeps)


def test_who_was_taken_out_is_not_in_it(tmp_path: Path) -> None:
    voices = [voice(tmp_path, "t1", 0, 4, (1_000,)), voice(tmp_path, "t2", 0, 4, (2_000,))]
    first = Mixer(tmp_path, REC, KEY, voices)
    first.mix(voices, 4_000, nothing)
    first.close()
    second = Mixer(tmp_path, REC, KEY, voices[:1])
    assert second.had_others
    assert not second.index.is_begun
    second.finish(voices[:1], 4_000, nothing)
    assert near(beeps_of(sound(tmp_path)), (1_000,))
    second.forget()
    assert not (tmp_path / "mix.body").exists()


def test_who_was_missed_is_mixed_from_the_beginning(tmp_path: Path) -> None:
    voices = [voice(tmp_path, "t1", 0, 5, (1_000,)), voice(tmp_path, "t2", 0, 5, (2_000,))]
    late = voice(tmp_path, "t3", 5_000, 2, (6_000,))
    first = Mixer(tmp_path, REC, KEY, voices[:1])
    first.mix(voices[:1], 5_000, nothing)
    first.close()
    assert Mixer(tmp_path, REC, KEY, [voices[0], late]).index.is_begun  # it began later
    second = Mixer(tmp_path, REC, KEY, [*voices, late])
    assert not second.had_others
    second.finish([*voices, late], 7_000, nothing)
    assert near(beeps_of(sound(tmp_path)), (1_000, 2_000, 6_000))


def test_more_voices_than_a_desk_has_slots(tmp_path: Path) -> None:
    voices = [voice(tmp_path, f"t{number}", 0, 2, (1_000,)) for number in range(11)]
    Mixer(tmp_path, REC, KEY).finish(voices, 2_000, nothing)
    mixed = sound(tmp_path)
    assert near(beeps_of(mixed), (1_000,))
    mixed.seek(0)
    with av.open(mixed, "r") as container:
        loudest = max(
            max(memoryview(frame.planes[0]).cast("B").cast("f")[: frame.samples])
            for frame in container.decode(audio=0)
        )
    assert loudest < 1.2  # the limiter holds; Opus may go a little over


def test_a_stereo_packet_in_a_track_of_one_voice(tmp_path: Path) -> None:
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = 48_000, "stereo", "s16"
    packets: list[bytes] = []
    for number in range(100):
        frame = av.AudioFrame(format="s16", layout="stereo", samples=960)
        loud = b"\x00\x30" if number % 2 else b"\x00\xd0"
        frame.planes[0].update(loud * 1920 if 50 <= number < 53 else bytes(3840))
        frame.sample_rate, frame.pts = 48_000, number * 960
        packets += [bytes(each) for each in encoder.encode(frame)]
    body = Body(tmp_path, REC, "t1", KEY)
    index = Index("audio/opus", 0, 48_000, channels=2, private=webm.opus_private(2))
    body.open(index)
    frames = [(20 * at, packet, True) for at, packet in enumerate(packets)]
    body.add(index, webm.cluster(0, frames), 0, has_key=True)
    body.flush(index)
    Mixer(tmp_path, REC, KEY).finish([Voice("t1", index, KEY)], 2_000, nothing)
    assert beeps_of(sound(tmp_path))[0] == pytest.approx(1_000, abs=20)
