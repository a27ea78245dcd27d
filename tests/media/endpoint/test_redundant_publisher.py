"""Sound that comes with earlier frames: one packet a frame to everybody, nothing said too early."""

from __future__ import annotations

from typing import Any

import pytest

from media.errors import Refused
from media.journal.records import PacketRecord
from media.source import Source
from media.wire import red
from tests.media.endpoint.test_redundant_sound import consumer_of, is_whole
from tests.support.journals import MemorySink
from tests.support.nonces import watch
from tests.support.peers import SERVER, Browser, Room
from tests.support.receivers import REDUNDANT
from tests.support.tracks import Microphone, audio_parameters


def room_of_two(
    depth: int | None, *, capabilities: Any = REDUNDANT
) -> tuple[Room, Browser, Browser, Microphone]:
    """Alice speaks with so many earlier frames in each packet, Bob listens with one."""
    room = Room(remedies=False)
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    sealer = room.exchange._directory.lines[bob.receives.transport_id].transport.sealer
    assert sealer is not None
    watch(sealer)
    microphone = alice.speaks("mic", frame_bytes=40, depth=depth)
    bob.watches("mic", capabilities=capabilities)
    return room, alice, bob, microphone


def frames_of(sink: MemorySink) -> dict[int, bytes]:
    """What was written, by number; each once."""
    written: dict[int, bytes] = {}
    for record in sink.of(PacketRecord):
        assert record.number not in written, "written twice"
        written[record.number] = bytes(record.payload)
    return written


@pytest.mark.parametrize("depth", [0, 1, 17, 27])
def test_without_loss_it_is_forwarded_as_plain_sound_is(depth: int) -> None:
    room, _, bob, microphone = room_of_two(depth)
    room.run(3.0)
    playback = bob.sounds["mic"]
    assert is_whole(playback)
    assert playback.frames == list(range(playback.frames[0], playback.frames[-1] + 1))
    assert len(playback.frames) > 140
    line = room.exchange._directory.publication("mic").line
    reception = next(iter(line.inbound.values())).stream.reception
    assert reception is not None
    assert microphone.frames - reception.received <= 3  # each packet once, whatever it holds
    assert not room.metrics()["dropped"]


def test_a_row_of_half_a_second_costs_nothing_with_twenty_seven() -> None:
    room, alice, bob, _ = room_of_two(27)
    room.run(1.0)
    room.network.link(alice.addresses[0], SERVER).loss = 1.0
    room.run(0.5)
    room.network.link(alice.addresses[0], SERVER).loss = 0.0
    room.run(1.0)
    heard = sorted(bob.sounds["mic"].heard_at)
    assert heard == list(range(heard[0], heard[-1] + 1))


def test_seventeen_frames_through_70_percent_on_both_ways() -> None:
    room, alice, bob, microphone = room_of_two(17)
    bob.receives.is_copied = True  # as remedies are
    consumer_of(room, "bob<mic").protect(17, None)
    room.run(1.0)
    first, said_at = microphone.frames, room.network.now
    room.network.link(alice.addresses[0], SERVER).loss = 0.7
    room.network.link(SERVER, bob.addresses[1]).loss = 0.7
    room.run(60.0)
    heard_at = bob.sounds["mic"].heard_at
    last = max(heard_at) - 36  # so that those had their time
    in_time = [
        frame
        for frame in range(first, last)
        if frame in heard_at and heard_at[frame] - said_at - (frame - first) * 0.02 <= 0.7
    ]
    assert len(in_time) / (last - first) > 0.995


@pytest.mark.parametrize("loss", [0.0, 0.3])
def test_a_recording_of_it_is_what_was_said(loss: float) -> None:
    room, alice, bob, microphone = room_of_two(17)
    room.run(0.5)
    sink = MemorySink()
    room.exchange.record("mic", sink, 0.0, now=room.network.now)
    begun = max(bob.sounds["mic"].heard_at)
    first_number = microphone.sequence - microphone.frames
    room.network.link(alice.addresses[0], SERVER).loss = loss
    room.run(10.0)
    room.exchange.stop_record("mic", at=room.network.now)
    written = frames_of(sink)
    assert len(written) > 480
    assert min(written) - first_number > begun, "nothing said before the recording"
    for index, payload in written.items():
        assert payload == microphone.said[index - first_number]
    numbers = sorted(written)
    assert len(numbers) / (numbers[-1] - numbers[0] + 1) > 0.999


def test_it_may_grow_deeper_in_the_middle() -> None:
    room, alice, bob, microphone = room_of_two(0)
    room.run(1.0)
    microphone.depth = 17
    room.network.link(alice.addresses[0], SERVER).loss = 0.5
    room.run(5.0)
    room.network.link(alice.addresses[0], SERVER).loss = 0.0
    room.run(0.5)
    microphone.depth = 2
    room.run(1.0)
    assert is_whole(bob.sounds["mic"])


def test_what_was_said_while_muted_is_never_heard() -> None:
    room, _, bob, microphone = room_of_two(17)
    room.run(1.0)
    room.exchange.pause_producer("mic", now=room.network.now)
    muted_from = microphone.frames
    room.run(1.0)
    room.exchange.resume_producer("mic", now=room.network.now)
    muted_to = microphone.frames
    room.run(1.0)
    heard = bob.sounds["mic"].heard_at
    on_the_way = 2  # frames that came when it was open again
    assert not [frame for frame in heard if muted_from <= frame < muted_to - on_the_way]
    assert max(heard) > muted_to + 30


def test_what_was_said_before_somebody_listened_is_not_for_them() -> None:
    room, alice, bob, _ = room_of_two(17)
    carol = Browser(room, "carol", 3)
    room.run(1.0)
    carol.watches("mic", resume=False, capabilities=REDUNDANT)
    room.network.link(alice.addresses[0], SERVER).loss = 1.0
    room.run(0.2)
    said_before = max(bob.sounds["mic"].heard_at) + 5
    room.exchange.resume_consumer("carol<mic", now=room.network.now)
    room.network.link(alice.addresses[0], SERVER).loss = 0.0
    room.run(1.0)
    assert min(carol.sounds["mic"].heard_at) > said_before
    assert is_whole(carol.sounds["mic"])
    assert said_before in bob.sounds["mic"].heard_at, "who listened before gets it by redundancy"


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"\xef\x0f\x00", "red.truncated"),
        (b"\xe4\x0f\x00\x00" * 32 + b"\x64", "red.blocks"),
        (b"\xe4\x0f\x00\x01" * 2 + b"\x64abc", "red.order"),
    ],
)
def test_what_is_no_red_is_dropped_by_name(payload: bytes, code: str) -> None:
    room, alice, bob, microphone = room_of_two(3)
    room.run(0.5)
    before = len(bob.sounds["mic"].frames)
    header, _, number = microphone.packet()
    alice.sends.send_rtp((header, payload, number))
    room.run(0.5)
    assert room.metrics()["dropped"][code] == 1
    assert len(bob.sounds["mic"].frames) > before + 20


def test_a_packet_full_of_new_frames_is_held_to_what_a_microphone_may_send() -> None:
    room, alice, bob, microphone = room_of_two(3)
    room.run(1.0)
    got = len(bob.sounds["mic"].frames)
    for _ in range(100):
        microphone.sequence += 31  # frames that were never sent by themselves
        microphone.frames += 31
        header, payload, number = microphone.packet()
        frame = payload[-40:]
        blocks = [red.Block(111, 520 * back, frame) for back in range(31, 0, -1)]
        payload = red.pack(blocks, red.Block(111, 0, frame))
        alice.sends.send_rtp((header, payload, number))
    room.run(0.2)
    assert len(bob.sounds["mic"].frames) - got <= 2 * 150
    assert room.metrics()["dropped"]["producer.rate"] > 50


@pytest.mark.parametrize(
    ("source", "redundancy"), [(Source.CAMERA, "red"), (Source.MICROPHONE, "fec")]
)
def test_only_sound_is_redundant_and_only_as_red(source: Source, redundancy: str) -> None:
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    with pytest.raises(Refused) as caught:
        room.exchange.produce(
            alice.sends.transport_id,
            "mic",
            source,
            audio_parameters(Microphone(77, "0")),
            redundancy=redundancy,
            now=room.network.now,
        )
    assert caught.value.code == "rtp.parameters"
