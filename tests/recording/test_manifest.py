"""Manifest: what was packed, and nothing that was changed."""

from __future__ import annotations

import json

import pytest

from recording.errors import Damaged
from recording.manifest import Manifest, Track, pack, unpack

KEY = bytes(32)
TRACK = Track("t1", "p1", "microphone", "audio/opus", 48_000, 2, 1200, ("t1.0.rj",))
MANIFEST = Manifest(
    "rec", "room", "lesson", "recording", "2026-11-23T09:00:00+00:00",
    pauses=((1000, 2000),), people=(("p1", ("voice",)),), tracks=(TRACK,),
)  # fmt: skip


def test_it_is_read_as_it_was_written() -> None:
    assert unpack(pack(MANIFEST, KEY), KEY) == MANIFEST
    assert MANIFEST.track("t1") == TRACK
    assert MANIFEST.track("t2") is None
    assert (TRACK.kind, TRACK.key) == ("voice", "p1/voice")


def test_the_next_one_has_the_next_number() -> None:
    later = MANIFEST.next(state="ready", duration_ms=5)
    assert (later.rev, later.state, later.duration_ms, later.tracks) == (1, "ready", 5, (TRACK,))


def test_another_key_and_any_change_are_refused() -> None:
    packed = pack(MANIFEST, KEY)
    with pytest.raises(Damaged, match=r"manifest\.tampered"):
        unpack(packed, bytes([1]) * 32)
    said = json.loads(packed)
    said["manifest"]["people"][0][1].append("camera")
    for changed in (json.dumps(said).encode(), packed[:-20], b"", b"[]", b"{}", b"null"):
        with pytest.raises(Damaged, match=r"manifest\.tampered"):
            unpack(changed, KEY)
