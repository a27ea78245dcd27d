"""A producer that is recorded in a room: what is written is what its receivers could get."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from media.errors import Refused
from media.journal.records import KEY_FRAME, PacketRecord, ReportRecord, StreamRecord, ticks
from tests.support.journals import MemorySink
from tests.support.peers import Browser, Room
from tests.support.tracks import DESCRIPTOR_BYTES, Body


def recorded(room: Room, producer: str = "cam") -> MemorySink:
    sink = MemorySink()
    room.exchange.record(producer, sink, 0.0, now=room.network.now)
    return sink


def whole_frames(sink: MemorySink, layer: int) -> set[int]:
    """Pictures of a layer of which every packet was written."""
    positions: defaultdict[int, set[int]] = defaultdict(set)
    counts: dict[int, int] = {}
    for record in sink.of(PacketRecord):
        body = Body.parse(bytes(record.payload[DESCRIPTOR_BYTES:]))
        if body.layer == layer:
            assert body.position not in positions[body.frame], "written twice"
            positions[body.frame].add(body.position)
            counts[body.frame] = body.count
    return {frame for frame, seen in positions.items() if len(seen) == counts[frame]}


@pytest.mark.parametrize("loss", [0.0, 0.05, 0.3])
def test_what_a_receiver_could_show_is_written_however_much_was_lost(loss: float) -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.shares_camera("cam")
    bob.watches("cam")
    room.run(0.5)
    sink = recorded(room)
    alice.links(loss=loss)
    room.run(8.0)
    alice.links(loss=0.0)
    room.run(1.0)
    room.exchange.stop_record("cam", at=room.network.now)
    frames = whole_frames(sink, 0)
    shown = {frame for _, frame, _ in bob.pictures["cam"].decoded if frame >= min(frames)}
    assert len(shown) > 60
    assert shown <= frames
    assert sink.closed_at == ticks(room.network.now)


def test_an_unwatched_camera_is_written_in_its_best_layer_with_its_reports() -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    encoders = alice.shares_camera("cam", layers=3)
    sink = recorded(room)
    room.run(24.0)
    encoders[2].active = False
    room.run(6.0)
    room.exchange.stop_record("cam", at=room.network.now)
    assert [each.spatial for each in sink.of(StreamRecord)][-2:] == [2, 1]
    keys = [each.arrival for each in sink.of(PacketRecord) if each.flags & KEY_FRAME]
    assert all(later - earlier <= 102_000 for earlier, later in pairwise(keys))
    assert len(sink.of(ReportRecord)) >= 20


def test_sound_is_written_without_a_listener() -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    alice.speaks("mic", level=20)
    sink = recorded(room, "mic")
    room.run(2.0)
    room.exchange.stop_record("mic", at=room.network.now)
    packets = sink.of(PacketRecord)
    assert 95 <= len(packets) <= 101
    assert {each.level & 0x7F for each in packets} == {20}


def test_a_recording_ends_with_its_producer() -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    alice.speaks("mic")
    sink = recorded(room, "mic")
    room.run(1.0)
    assert room.metrics()["recorded"] == 1
    room.exchange.close_endpoint("alice", now=room.network.now)
    assert sink.closed_at == ticks(room.network.now)
    assert sink.of(PacketRecord)
    assert room.metrics()["recorded"] == 0
    assert not room.exchange.stop_record("mic", at=room.network.now)


def test_what_cannot_be_recorded_is_refused() -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    alice.speaks("mic")
    recorded(room, "mic")
    for producer, code in (("mic", "recording.exists"), ("nobody", "producer.unknown")):
        with pytest.raises(Refused) as raised:
            recorded(room, producer)
        assert raised.value.code == code


def test_a_bug_in_one_recording_ends_it_and_no_other() -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    alice.speaks("mic")
    alice.shares_camera("cam")
    broken, sink = recorded(room, "mic"), recorded(room)
    broken.journals = []
    with pytest.raises(IndexError):
        room.run(1.0)
    room._timer_at = None
    room.run(1.0)
    assert sink.of(PacketRecord)
    assert room.metrics()["recorded"] == 1
    assert broken.is_faulty
    assert not sink.is_faulty
    recorded(room, "mic")  # it can begin again
