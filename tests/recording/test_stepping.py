"""Stepping, in virtual time: what was recorded is what plays, whoever is killed on the way."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import pytest

from recording import body as bodies
from recording.body import Body
from recording.index import Index
from recording.manifest import Track
from recording.stepping import Stepping, part_name
from recording.vault import VirtualFile, open_index, verify
from tests.recording.test_frames import encoded
from tests.support.made_films import BEEP_MS, beeps_of, flashes_of
from tests.support.recordings import WAY_MS, Frames, Journals

STEP_MS = 5_000


class Killed(BaseException):
    """The process ends here: nothing of it runs any more."""


def nothing() -> None:
    pass


def begin(journals: Journals) -> Stepping:
    stepping = Stepping(journals.folder, journals.rec)
    for track in journals.tracks:
        stepping.add(track, journals.keys)
    return stepping


def play(journals: Journals, *, every: int = STEP_MS) -> int:
    """The whole class in steps; a child that is killed is followed by another. How many were."""
    killed = 0
    stepping = begin(journals)
    moments: list[int | None] = [*range(every, journals.duration_ms + 12_000, every), None]
    while moments:
        try:
            if moments[0] is None:
                stepping.finish(journals.duration_ms, nothing)
            else:
                stepping.step(moments[0], nothing)
            moments.pop(0)
        except Killed:
            killed += 1
            stepping.close()
            stepping = begin(journals)
    stepping.close()
    return killed


def index_of(journals: Journals, track: Track, part: int = 0) -> Index:
    name = part_name(track.id, part)
    return open_index(journals.folder, journals.rec, name, journals.keys[track.key])


def served(journals: Journals, track: Track, part: int = 0) -> bytes:
    name, key = part_name(track.id, part), journals.keys[track.key]
    index = index_of(journals, track, part)
    verify(journals.folder, name, key, index)
    file = VirtualFile(journals.folder, name, key, index)
    return file.read(0, file.length)


def demuxed(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    with av.open(io.BytesIO(data), "r") as container:
        for packet in container.demux():
            if packet.pts is not None and packet.time_base is not None:
                yield round(packet.pts * packet.time_base * 1000), bytes(packet), packet.is_keyframe


def some(folder: Path) -> Journals:
    """Two people, twenty seconds, with what goes wrong."""
    journals = Journals(folder)
    journals.sound("ada", 500, 20_000, beeps=(3_000, 12_000), reorder=True)
    journals.picture("ada", 700, 19_000, flashes=(3_000, 12_000), gaps=((8_000, 9_000),))
    journals.picture("ben", 4_000, 16_000, source="screen", size=(480, 270), loss=0.02)
    journals.sound("ben", 6_000, 18_000, loss=0.05)
    return journals


def facts(index: Index) -> dict[str, Any]:
    """What does not tell which process wrote what."""
    told = {name: getattr(index, name) for name in Index.__slots__}
    for name in ("header", "generations", "chunks", "state"):
        del told[name]
    return told


@pytest.mark.parametrize("mime", ["video/VP8", "video/VP9", "video/AV1", "video/H264"])
def test_pictures_of_each_codec_play_to_the_byte(mime: str, tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    film = encoded(mime, 200)
    track = journals.write("ada", "camera", mime, film, 1_000, reorder=True)
    play(journals)
    found = list(demuxed(served(journals, track)))
    assert [data for _, data, _ in found] == [data for _, data, _ in film]
    assert all(abs(ms - at) <= 1 for (ms, *_), (at, *_) in zip(found, film, strict=True))
    index = index_of(journals, track)
    assert index.start_ms == pytest.approx(1_000 + WAY_MS, abs=2)
    assert index.sizes == [[0, 320, 180]]


def test_sound_plays_to_the_byte_with_its_gaps(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    track = journals.sound("ada", 0, 8_000, gaps=((2_000, 4_500),))
    play(journals)
    found = [ms for ms, _, _ in demuxed(served(journals, track))]
    assert found == [ms for ms in range(0, 8_000, 20) if not 2_000 <= ms < 4_500]
    index = index_of(journals, track)
    assert index.gaps == [[1_980, 4_500, "loss"]]
    assert index.voice == [[0, 2_000], [4_500, 8_000]]


def test_other_parameters_begin_another_part(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    one, other = encoded("video/H264", 40), encoded("video/H264", 40, (640, 352))
    later: Frames = [(ms + 1_600, data, is_key) for ms, data, is_key in other]
    track = journals.write("ada", "screen", "video/H264", one + later, 0)
    play(journals)
    assert [data for _, data, _ in demuxed(served(journals, track))] == [each[1] for each in one]
    rest = [data for _, data, _ in demuxed(served(journals, track, 1))]
    assert rest == [each[1] for each in other]
    assert index_of(journals, track, 1).start_ms == pytest.approx(1_600 + WAY_MS, abs=2)


def test_a_change_of_size_stays_in_one_file(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    one, other = encoded("video/VP8", 40), encoded("video/VP8", 40, (640, 360))
    later: Frames = [(ms + 1_600, data, is_key) for ms, data, is_key in other]
    track = journals.write("ada", "screen", "video/VP8", one + later, 0)
    play(journals)
    assert index_of(journals, track).sizes == [[0, 320, 180], [1_600, 640, 360]]
    with av.open(io.BytesIO(served(journals, track)), "r") as container:
        sizes = [(frame.width, frame.height) for frame in container.decode(video=0)]
    assert set(sizes[:40]) == {(320, 180)}
    assert set(sizes[40:]) == {(640, 360)}


def test_voice_and_picture_of_a_person_are_in_step(tmp_path: Path) -> None:
    journals = some(tmp_path)
    play(journals)
    sound, picture = journals.tracks[:2]
    heard = beeps_of(io.BytesIO(served(journals, sound)))
    seen = flashes_of(io.BytesIO(served(journals, picture)), (10, 10))
    heard = [ms + index_of(journals, sound).start_ms for ms in heard]
    seen = [ms + index_of(journals, picture).start_ms for ms in seen]
    assert len(heard) == len(seen) == 2
    for one, other in zip(heard, seen, strict=True):
        assert abs(one - other) <= BEEP_MS + 20  # a picture lasts 67 ms


def test_what_stopped_is_not_read_further(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    track = journals.sound("ada", 0, 8_000)
    stepping = begin(journals)
    stepping.stop(track.id, 3_000)
    stepping.step(20_000, nothing)
    stepping.finish(8_000, nothing)
    assert max(ms for ms, _, _ in demuxed(served(journals, track))) < 3_000


def test_a_stop_that_is_told_late_takes_out_what_was_made_already(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    track = journals.sound("ada", 0, 20_000)
    stepping = begin(journals)
    stepping.step(14_000, nothing)
    assert index_of(journals, track).end_ms > 6_000
    stepping.stop(track.id, 5_000)
    assert stepping.has_cut
    stepping.step(19_000, nothing)
    stepping.finish(20_000, nothing)
    last = max(ms for ms, _, _ in demuxed(served(journals, track)))
    assert 4_900 < last < 5_000


def test_without_a_key_there_is_nothing(tmp_path: Path) -> None:
    journals = some(tmp_path)
    del journals.keys["ben/screen"]
    stepping = begin(journals)
    stepping.finish(journals.duration_ms, nothing)
    assert set(stepping.tracks) == {"t1", "t2", "t4"}
    assert not list(tmp_path.glob("tracks/t3*"))


def test_a_key_that_comes_late_opens_its_track(tmp_path: Path) -> None:
    journals = some(tmp_path)
    stepping = Stepping(journals.folder, journals.rec)
    keys = {name: key for name, key in journals.keys.items() if name != "ada/voice"}
    for track in journals.tracks:
        stepping.add(track, keys)
    stepping.stop("t1", 9_000)
    stepping.unlock(journals.keys)
    stepping.finish(journals.duration_ms, nothing)
    assert set(stepping.tracks) == {"t1", "t2", "t3", "t4"}
    assert index_of(journals, journals.tracks[0]).end_ms == pytest.approx(9_000, abs=100)


def test_a_journal_without_its_end_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    track = journals.sound("ada", 0, 5_000, is_ended=False)
    path = tmp_path / "journal/t1.0.rj"
    path.write_bytes(path.read_bytes()[:-1_000])
    play(journals)
    last = max(ms for ms, _, _ in demuxed(served(journals, track)))
    assert 4_000 < last < 5_000


def test_a_film_without_a_key_frame_has_no_file_and_does_no_harm(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    film = [each for each in encoded("video/VP8", 40) if not each[2]]
    track = journals.write("ada", "camera", "video/VP8", film, 0)
    play(journals)
    with pytest.raises(FileNotFoundError):
        index_of(journals, track)


@pytest.mark.parametrize("every", [500, 1_700, 60_000])
def test_steps_of_any_length_make_the_same(every: int, tmp_path: Path) -> None:
    one, other = some(tmp_path / "one"), some(tmp_path / "other")
    play(one)
    play(other, every=every)
    for track in one.tracks:
        assert facts(index_of(one, track)) == facts(index_of(other, track))
        assert served(one, track) == served(other, track)


POINTS: dict[str, tuple[str, bool]] = {
    "before chunks": ("flush", True),
    "behind chunks, before the index": ("save", True),
    "behind the index": ("save", False),
    "before a body is begun": ("open", True),
    "behind a body's beginning": ("open", False),
}


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_it_ends_as_if_nothing_had_been(
    point: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed, journals = some(tmp_path / "one"), some(tmp_path / "other")
    play(undisturbed)
    name, is_before = POINTS[point]
    done: Callable[..., Any] = getattr(Body, name)
    calls = 0

    def dies(self: Body, *arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        is_due = calls in (3, 10, 31)
        if is_due and is_before:
            raise Killed
        result = done(self, *arguments)
        if is_due:
            raise Killed
        return result

    monkeypatch.setattr(Body, name, dies)
    assert play(journals) >= 1
    monkeypatch.undo()
    for track in journals.tracks:
        assert facts(index_of(journals, track)) == facts(index_of(undisturbed, track))
        assert served(journals, track) == served(undisturbed, track)


def test_half_a_chunk_of_who_was_killed_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journals = Journals(tmp_path)
    track = journals.sound("ada", 0, 20_000)
    written = bodies._write
    calls = 0

    def dies(file: int, data: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls == 8:
            written(file, data[: len(data) // 2])
            raise Killed
        written(file, data)

    monkeypatch.setattr(bodies, "_write", dies)
    assert play(journals) == 1
    monkeypatch.undo()
    assert len(list(demuxed(served(journals, track)))) == 1_000
