"""Tracks of a recording as they are opened: those with files, each file once."""

from __future__ import annotations

from classroom.jobs.recording_opening import tracks_with_files
from recording.manifest import Track


def track(track_id: str) -> Track:
    return Track(track_id, "lin", "screen", "video/H264", 90_000, 1, 0, ())


def ids(*tracks: str, there: tuple[str, ...]) -> list[str]:
    return [one.id for one in tracks_with_files(map(track, tracks), there)]


def test_a_track_without_files_is_not_there() -> None:
    assert ids("t1", "t2", there=("t2",)) == ["t2"]


def test_a_track_of_several_files_is_several() -> None:
    assert ids("t1", "t2", there=("t1", "t1-2", "t1-3", "t2")) == ["t1", "t1-2", "t1-3", "t2"]


def test_once_it_is_made_each_is_listed_and_told_once() -> None:
    assert ids("t1", "t1-2", "t2", there=("t1", "t1-2", "t2")) == ["t1", "t1-2", "t2"]
