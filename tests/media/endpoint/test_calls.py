"""Calls between a few browsers over links of virtual time."""

from __future__ import annotations

from tests.support.peers import Browser, Room


def test_sound_and_picture_reach_the_other() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(1.0)
    assert alice.sends.connected_at is not None
    assert bob.receives.connected_at is not None
    alice.speaks("alice-mic")
    alice.shares_camera("alice-cam", names_ssrcs=True)
    bob.watches("alice-mic")
    bob.watches("alice-cam")
    room.run(5.0)
    frames = bob.sounds["alice-mic"].frames
    print(room.metrics(), bob.counts, alice.counts)
    assert frames == list(range(frames[0], frames[-1] + 1))
    assert len(frames) > 245
    pictures = bob.pictures["alice-cam"]
    print(len(pictures.decoded), pictures.counts, pictures.decoded[:5])
    assert [frame for _, frame, _ in pictures.decoded][-1] >= 145
    assert len(pictures.decoded) >= 145
