"""Producer: one published track, its layers, and who gets which of them.

Takes each packet once, lets waiting receivers in where a picture can start, and pushes it into the
views somebody watches. Does not open packets, does not send, does not repair loss.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from media.forward.codec import reader_of
from media.forward.consumer import Consumer
from media.forward.demand import Layers, Rates
from media.forward.history import Place
from media.forward.meter import meter_of
from media.forward.moves import Moves
from media.forward.packet import Packet
from media.forward.pictures import PictureScale
from media.forward.stream import Follower, Stream
from media.forward.view import Outbox
from media.ids import ConsumerId, ProducerId
from media.source import Kind, Source

Cut = Callable[[float], None]
"""Sends everything pending; called before anybody joins or leaves a view."""

_BACKLOG_PACKETS = 96
_BACKLOG_AGE = 1.0
"""A newcomer gets the newest key frame and what followed from the history when it is this short
and this young (about 100 kB, which a downlink of 1 Mbit/s takes in under a second)."""


@dataclass(frozen=True, slots=True)
class Track:
    """What a producer publishes."""

    producer_id: ProducerId
    source: Source
    mime_type: str
    clock_rate: int
    layers: int

    @property
    def kind(self) -> Kind:
        """Sound or picture."""
        return self.source.kind


class Producer:
    """See the module."""

    __slots__ = (
        "_alive_before",
        "_cut",
        "_moves",
        "_waiting",
        "consumers",
        "open_since",
        "paused",
        "scale",
        "streams",
        "tap",
        "track",
    )

    def __init__(self, track: Track, outbox: Outbox, cut: Cut) -> None:
        self.track = track
        self.paused = False
        self.open_since = float("-inf")
        """Since when it is not paused: what would have come earlier is for nobody."""
        self.tap: Follower | None = None
        """What writes it down, while it is recorded."""
        self.scale = PictureScale()
        reader = reader_of(track.mime_type)
        self.streams = [
            Stream(
                spatial,
                track.kind,
                track.clock_rate,
                reader,
                self.scale,
                meter_of(track.source, track.layers, spatial),
            )
            for spatial in range(track.layers)
        ]
        self.consumers: dict[ConsumerId, Consumer] = {}
        self._waiting: list[Consumer] = []
        self._alive_before: list[bool] = []
        self._moves = Moves(self.streams, track.clock_rate, self.scale, outbox)
        self._cut = cut

    def packet(self, stream: Stream, packet: Packet) -> Place:
        """One packet of `stream` came. Malformed when its payload is not its codec's."""
        place = stream.take(packet)
        if place is not Place.NEW:
            return place
        if self._waiting and packet.starts_frame and not packet.is_recovered:
            self._admit(stream, packet)
        for view in stream.watched:
            view.push(packet)
        return place

    def add(self, consumer: Consumer) -> None:
        """A receiver, which gets nothing before it is resumed."""
        self.consumers[consumer.consumer_id] = consumer

    def remove(self, consumer: Consumer, *, now: float) -> None:
        """The receiver is gone."""
        del self.consumers[consumer.consumer_id]
        self.stop(consumer, now=now)

    def stop(self, consumer: Consumer, *, now: float) -> None:
        """The receiver gets nothing until it is reviewed again."""
        if consumer in self._waiting:
            self._waiting.remove(consumer)
        if consumer.stretch is not None:
            self._cut(now)
            self._moves.leave(consumer)

    def record(self, tap: Follower, *, now: float) -> None:
        """Written down as well from now on, until `stop_record`."""
        self.tap = tap
        if not self.paused:
            tap.resumed(now=now)

    def stop_record(self, *, at: float) -> None:
        """No more; nothing stays that arrived at `at` or later."""
        if self.tap is not None:
            tap, self.tap = self.tap, None
            tap.stop(at=at)

    def pause(self, *, now: float) -> None:
        """Nothing is forwarded from now on; what comes is dropped by the caller."""
        self.paused = True
        if self.tap is not None:
            self.tap.paused(now=now)
        for consumer in self.consumers.values():
            self.stop(consumer, now=now)

    def resume(self, *, now: float) -> None:
        """Forwards again, pictures from the next key frame on."""
        self.paused = False
        self.open_since = now
        for stream in self.streams:
            stream.key_index = None  # what came before the pause is no way in
        if self.tap is not None:
            self.tap.resumed(now=now)
        for consumer in self.consumers.values():
            consumer.hurry(now=now)
        self.review(now=now)

    def restart(self, stream: Stream, ssrc: int, *, now: float) -> None:
        """`stream` arrives on a new SSRC."""
        for consumer in self.consumers.values():
            stretch = consumer.stretch
            if stretch is not None and stretch.view.spatial == stream.spatial:
                self.stop(consumer, now=now)
                consumer.hurry(now=now)
        stream.start(ssrc, self.scale)
        if self.tap is not None:
            self.tap.restarted(stream, now=now)
        self.review(now=now)

    def review(self, *, now: float) -> None:
        """Layers came or went, or wishes changed: who has to wait for a switch?"""
        alive = self._alive(now)
        for consumer in self.consumers.values():
            self._review(consumer, alive, now)

    def look_after(self, *, now: float) -> None:
        """The same now and then: for everybody when layers came or went, else for who waits."""
        alive = self._alive(now)
        if alive != self._alive_before:
            self._alive_before = alive
            self.review(now=now)
            return
        for consumer in list(self._waiting):
            self._review(consumer, alive, now)

    def review_one(self, consumer: Consumer, *, now: float) -> None:
        """The same for one receiver, whose own wishes changed."""
        consumer.hurry(now=now)
        self._review(consumer, self._alive(now), now)

    def allow(self, consumer: Consumer, layers: Layers | None, *, now: float) -> None:
        """The network carries up to `layers`, or nothing. Cheap when that is what it did before.

        Nothing stops the receiver at once; what it may have again begins as after a pause. Key
        frames are asked for patiently: others have to pay for them.
        """
        if consumer.selector.allowed == layers:
            return
        consumer.selector.allowed = layers
        self._review(consumer, self._alive(now), now)

    def demand_rates(self, *, now: float) -> Rates:
        """Bits per second of each spatial layer with temporal layers 0..n; () for a dead layer.

        What a receiver's line has to carry for them, as measured of late.
        """
        streams = self.streams
        if len(streams) == 1:
            return (streams[0].rates(now=now),)
        return tuple(
            stream.rates(now=now) if stream.is_alive(now=now) else () for stream in streams
        )

    def target(self, consumer: Consumer, *, now: float) -> int | None:
        """The layer `consumer` should get."""
        return consumer.selector.target(self._alive(now))

    def _alive(self, now: float) -> list[bool]:
        if len(self.streams) == 1:
            return [True]
        return [stream.is_alive(now=now) for stream in self.streams]

    def _review(self, consumer: Consumer, alive: list[bool], now: float) -> None:
        if consumer.paused or self.paused:
            return
        selector = consumer.selector
        if selector.allowed is None:
            self.stop(consumer, now=now)
            return
        target = selector.target(alive)
        if _is_settled(consumer, target):
            if consumer in self._waiting:
                self._waiting.remove(consumer)
            return
        if consumer.is_overdue(target, now=now):
            self.stop(consumer, now=now)
        if consumer not in self._waiting:
            self._waiting.append(consumer)
        if target is None or target == selector.spatial or self.track.kind is Kind.AUDIO:
            return
        stream = self.streams[target]
        if consumer.stretch is not None or not self._enter_late(consumer, stream, now):
            is_frozen = selector.spatial is not None and not alive[selector.spatial]
            is_patient = not is_frozen and not consumer.is_hurried(now=now)
            stream.key_frames.want(now=now, is_patient=is_patient)

    def _admit(self, stream: Stream, packet: Packet) -> None:
        """Lets in who may begin with `packet`, which is not pushed yet."""
        alive = self._alive(packet.arrival)
        moves: list[tuple[Consumer, int]] = []
        for consumer in self._waiting:
            selector = consumer.selector
            limit = selector.decide(packet, stream.spatial, selector.target(alive))
            if limit is None and _may_realign(consumer, stream, packet):
                limit = selector.temporal
            if limit is not None and stream.may_enter(limit, packet.index):
                moves.append((consumer, limit))
        if not moves:
            return
        self._cut(packet.arrival)
        for consumer, limit in moves:
            self._moves.move(consumer, stream, limit, packet)
        self._waiting = [
            consumer
            for consumer in self._waiting
            if not _is_settled(consumer, consumer.selector.target(alive))
        ]

    def _enter_late(self, consumer: Consumer, stream: Stream, now: float) -> bool:
        """A picture at once: from the newest key frame in the history, if it is near enough."""
        start, limit = stream.key_index, consumer.selector.limit
        if start is None or stream.history.highest - start > _BACKLOG_PACKETS:
            return False
        packet = stream.history.get(start)
        if packet is None or now - packet.arrival > _BACKLOG_AGE:
            return False
        if not stream.may_enter(limit, start):
            return False
        self._cut(now)
        self._moves.move(consumer, stream, limit, packet)
        self._cut(now)  # what is owed comes before what follows
        self._waiting.remove(consumer)
        return True


def _is_settled(consumer: Consumer, target: int | None) -> bool:
    return consumer.selector.is_settled(target) and not _has_own_ids(consumer)


def _has_own_ids(consumer: Consumer) -> bool:
    """Whether its pictures are numbered apart from those of the others, which costs a rewrite."""
    return bool(consumer.shape.picture_delta or consumer.shape.tl0_delta)


def _may_realign(consumer: Consumer, stream: Stream, packet: Packet) -> bool:
    """At a key frame a receiver's own picture ids can join those of all others again."""
    mine = consumer.selector.spatial == stream.spatial
    return packet.key_frame and mine and _has_own_ids(consumer)
