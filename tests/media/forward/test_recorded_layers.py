"""VP9 and AV1 as Chromium sent them: every receiver gets what it can decode, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import Malformed
from media.forward.codec import reader_of
from media.forward.consumer import Consumer, Delivery
from media.forward.packet import Packet
from media.forward.producer import Producer, Track
from media.forward.view import ExtensionIds, Outbox, Sent
from media.ids import ConsumerId, ProducerId
from media.source import Kind, Source
from tests.support.recorded import Recorded, recorded

CODECS = ("vp9", "av1")
MIME_TYPES = {"vp9": "video/VP9", "av1": "video/AV1"}
KEYS = (0, 22)
"""Which pictures of the recordings are key frames."""
REFERS_BACK = (4, 1, 2, 1)
"""How far a picture of L1T3 refers back, by its place after the last of the lowest layer."""


@dataclass
class Show:
    """A screen of one codec, given picture by picture; `got` is what one receiver was sent."""

    codec: str
    described: bool = True
    got: list[tuple[int, Sent]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox()
        track = Track(ProducerId("p"), Source.SCREEN, MIME_TYPES[self.codec], 90_000, 1)
        self.producer = Producer(track, self.outbox, lambda now: self.flush())
        (self.stream,) = self.producer.streams
        self.stream.start(1, self.producer.scale)
        delivery = Delivery(Kind.VIDEO, 9, 107, 90_000, ExtensionIds(), 400)
        self.consumer = Consumer(ConsumerId("c"), ProducerId("p"), delivery)
        self.producer.add(self.consumer)

    @property
    def pictures(self) -> list[list[Recorded]]:
        grouped: dict[int, list[Recorded]] = {}
        for each in recorded(self.codec):
            kept = each if self.described else each._replace(descriptor=None)
            grouped.setdefault(each.timestamp, []).append(kept)
        return list(grouped.values())

    def wish(self, temporal: int, *, now: float = 0.0) -> None:
        self.consumer.paused = False
        self.consumer.selector.wanted = (0, temporal)
        self.producer.review_one(self.consumer, now=now)

    def give(self, picture: list[Recorded]) -> None:
        for each in picture:
            self.producer.packet(self.stream, each.packet())
        self.flush()

    def flush(self) -> None:
        """As the egress does it, but for the ciphers."""
        views, self.outbox.views = self.outbox.views, []
        for view in views:
            pending = view.take_pending()
            if self.consumer.stretch is not None and self.consumer.stretch.view is view:
                self.take(pending)
        owed, self.outbox.owed = self.outbox.owed, []
        for _, backlog in owed:
            self.take(backlog)

    def take(self, packets: list[Sent]) -> None:
        floor, offset = self.consumer.floor, self.consumer.offset
        self.got += [(each.number + offset, each) for each in packets if each.number >= floor]

    def shown(self) -> list[int]:
        """The pictures that were sent, by their place in the recording; numbers have no gaps."""
        numbers = [number for number, _ in self.got]
        assert numbers == list(range(400, 400 + len(numbers)))
        places = {picture[0].timestamp: at for at, picture in enumerate(self.pictures)}
        shown = list(dict.fromkeys(places[each.packet.timestamp] for _, each in self.got))
        for place in shown:
            assert len(self.pictures[place]) == sum(
                places[each.packet.timestamp] == place for _, each in self.got
            )
        return shown


def refers_to(place: int) -> int | None:
    """Which picture this one needs; None for a key frame."""
    after = place - max(key for key in KEYS if key <= place)
    return None if after == 0 else place - REFERS_BACK[after % 4]


def layer_of(place: int) -> int:
    after = place - max(key for key in KEYS if key <= place)
    return (0, 2, 1, 2)[after % 4]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("temporal", [0, 1, 2])
def test_a_receiver_gets_the_layers_it_wants_as_they_came(codec: str, temporal: int) -> None:
    show = Show(codec)
    show.wish(temporal)
    for picture in show.pictures:
        show.give(picture)
    wanted = [at for at in range(len(show.pictures)) if layer_of(at) <= temporal]
    assert show.shown() == wanted
    by_index = {each.sequence: each for each in recorded(codec)}
    for _, sent in show.got:
        came = by_index[sent.packet.index]
        assert (sent.payload, sent.packet.descriptor) == (came.payload, came.descriptor)


@pytest.mark.parametrize("codec", CODECS)
@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 2), min_size=1, max_size=12),
    st.integers(1, 7),
    st.booleans(),
)
def test_whatever_is_wished_every_picture_finds_what_it_refers_to(
    codec: str, wishes: list[int], each_for: int, described: bool
) -> None:
    show = Show(codec, described)
    asked: dict[int, int] = {}
    for at, picture in enumerate(show.pictures):
        if at % each_for == 0 and wishes:
            asked[at] = wishes.pop(0)
            show.wish(asked[at])
        show.give(picture)
    shown = show.shown()
    for place in shown:
        assert refers_to(place) is None or refers_to(place) in shown
    last = max(asked)
    lasting = range(last + 4, len(show.pictures))
    assert [at for at in lasting if layer_of(at) <= asked[last]] == [
        at for at in shown if at in lasting and layer_of(at) <= asked[last]
    ]


@pytest.mark.parametrize("codec", CODECS)
def test_going_up_waits_for_the_lowest_layer_only(codec: str) -> None:
    show = Show(codec)
    show.wish(0)
    for at, picture in enumerate(show.pictures[:12]):
        if at == 5:
            show.wish(2)
        show.give(picture)
    assert show.shown() == [0, 4, 8, 9, 10, 11]


def test_an_av1_stream_without_descriptors_is_forwarded_whole() -> None:
    show = Show("av1", described=False)
    show.wish(0)
    for picture in show.pictures:
        show.give(picture)
    assert show.shown() == list(range(len(show.pictures)))


@pytest.mark.parametrize("codec", CODECS)
def test_a_newcomer_gets_the_structure_from_the_history(codec: str) -> None:
    show = Show(codec)
    for picture in show.pictures[:6]:
        show.give(picture)
    show.wish(2)
    assert show.shown() == [0, 1, 2, 3, 4, 5]
    first = show.got[0][1].packet
    assert first.descriptor is not None
    assert len(first.descriptor) > 16  # what only the two-byte form can carry


@pytest.mark.parametrize("codec", CODECS)
def test_nobody_enters_at_a_key_frame_whose_beginning_was_lost(codec: str) -> None:
    show = Show(codec)
    show.wish(2)
    show.give(show.pictures[0][1:])
    for picture in show.pictures[1:24]:
        show.give(picture)
    assert show.shown() == [22, 23]


@pytest.mark.parametrize("codec", CODECS)
def test_a_stream_that_begins_anew_is_read_anew(codec: str) -> None:
    show = Show(codec)
    show.wish(2)
    for picture in show.pictures[:3]:
        show.give(picture)
    show.producer.restart(show.stream, 2, now=0.0)
    del show.got[:]
    for each in (each for picture in show.pictures[:4] for each in picture):
        show.producer.packet(show.stream, each._replace(sequence=each.sequence - 9000).packet())
    show.flush()
    assert [sent.packet.temporal for _, sent in show.got][-3:] == [2, 1, 2]


def test_late_packets_are_read_by_the_structure_of_their_time() -> None:
    first, *_, last = (each for each in recorded("av1")[:4])
    key = first.packet()
    assert key.descriptor is not None
    bits = int.from_bytes(key.descriptor, "big")
    places = 8 * len(key.descriptor)
    moved = bits | 20 << places - 35 | 20 << places - 8  # the same templates from id 20 on
    reader = reader_of("video/AV1")()
    reader(key, None)
    newer = Packet(key.index + 10, 9, False, key.payload, 0.0)
    newer.descriptor = moved.to_bytes(len(key.descriptor), "big")
    reader(newer, None)
    assert (newer.key_frame, newer.temporal) == (True, 0)
    late = last.packet()
    reader(late, None)
    assert late.temporal == 2  # by the older structure
    after = Packet(newer.index + 1, 10, True, last.payload, 0.0)
    after.descriptor = bytes((0xC0 | 22, 0, 9))
    reader(after, newer)
    assert (after.temporal, after.starts_frame) == (1, True)
    unknown = Packet(newer.index + 2, 11, True, last.payload, 0.0)
    unknown.descriptor = bytes((0xC0 | 2, 0, 10))
    reader(unknown, after)
    assert (unknown.temporal, unknown.starts_frame) == (None, True)


@pytest.mark.parametrize("codec", CODECS)
def test_a_descriptor_that_is_none_is_the_publishers_fault(codec: str) -> None:
    packet = recorded(codec)[0].packet()
    packet.descriptor = b"\x80"
    with pytest.raises(Malformed) as caught:
        reader_of(MIME_TYPES[codec])()(packet, None)
    assert caught.value.code == "dependency_descriptor.truncated"
