"""A publisher on a bad line is recorded: what is whole of its pictures, and how long they stand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from media.journal.records import PacketRecord
from recording.frames import Frame, Pictures
from tests.support.journals import MemorySink
from tests.support.peers import Browser, Room

NEVER = 1 << 40
SPAN_S = 25.0
REMEMBERED_S = 2.0
"""What a publisher sent into a dead line lately may still be asked for, and comes then."""


def recorded(loss: float, dark_s: float = 0.0) -> list[Frame]:
    """The pictures of a camera that nobody watches, on a line that loses packets both ways, and is
    dead for a while."""
    room = Room()
    alice = Browser(room, "alice", 1)
    room.run(0.5)
    alice.shares_camera("cam")
    sink = MemorySink()
    room.exchange.record("cam", sink, 0.0, now=room.network.now)
    alice.links(loss=loss)
    room.run(SPAN_S / 2)
    alice.links(loss=1.0 if dark_s else loss)
    room.run(dark_s)
    alice.links(loss=loss)
    room.run(SPAN_S / 2)
    room.exchange.stop_record("cam", at=room.network.now)
    pictures = Pictures("video/VP8")
    for record in sink.of(PacketRecord):
        pictures.add(record)
    frames = pictures.take(NEVER)
    assert pictures.broken == 0
    return frames


def stands(frames: list[Frame]) -> list[float]:
    """For how many seconds of the film each picture is shown."""
    stamps = [frame.timestamp for frame in frames]
    return [((later - earlier) & 0xFFFFFFFF) / 90_000 for earlier, later in pairwise(stamps)]


@pytest.mark.parametrize(("loss", "longest_s"), [(0.05, 0.5), (0.3, 1.5)])
def test_pictures_stand_no_longer_than_until_a_repair_or_the_key_frame_that_is_asked_for(
    loss: float, longest_s: float
) -> None:
    frames = recorded(loss)
    assert frames[0].is_key
    assert max(stands(frames)) < longest_s
    assert len(frames) > 0.9 * SPAN_S * 30
    assert sum(frame.is_key for frame in frames) >= 3, "one each ten seconds"


@pytest.mark.parametrize("dark_s", [3.0, 20.0])
def test_after_a_line_that_was_dead_pictures_go_on_at_once(dark_s: float) -> None:
    frames = recorded(0.05, dark_s=dark_s)
    still = stands(frames)
    longest = max(still)
    assert dark_s - REMEMBERED_S <= longest < dark_s + 0.5
    assert frames[still.index(longest) + 1].is_key
