"""A producer with receivers, without lines or ciphers: what each would get, as it would get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from media.forward.consumer import Consumer, Delivery
from media.forward.demand import Layers
from media.forward.packet import Packet
from media.forward.producer import Producer, Track
from media.forward.view import ExtensionIds, Outbox, Sent
from media.ids import ConsumerId, ProducerId
from media.source import Kind, Source
from media.wire import rtp, vp8
from tests.support.tracks import DESCRIPTOR_BYTES, Body, Encoder


@dataclass(frozen=True, slots=True)
class Got:
    """One packet as a receiver sees it."""

    number: int
    timestamp: int
    sent: Sent
    picture: int | None
    tl0: int | None

    @property
    def index(self) -> int:
        return self.sent.packet.index

    @property
    def layer(self) -> int:
        """The simulcast layer it is of, as its payload says."""
        return Body.parse(self.sent.packet.payload[DESCRIPTOR_BYTES:]).layer


class Studio:
    """One VP8 producer of some layers; `flush` gives every receiver its packets."""

    def __init__(self, layers: int = 1) -> None:
        self.outbox = Outbox()
        self.got: dict[Consumer, list[Got]] = {}
        track = Track(ProducerId("p"), Source.CAMERA, "video/VP8", 90_000, layers)
        self.producer = Producer(track, self.outbox, self.flush)
        for stream in self.producer.streams:
            stream.start(100 + stream.spatial, self.producer.scale)
        self.encoders = [
            Encoder(layer, 100 + layer, 200 + layer, timestamp_base=1_000_000 * layer)
            for layer in range(layers)
        ]
        self.now = 0.0

    def consumer(self, name: str = "c", *, resume: bool = True) -> Consumer:
        """One more receiver, with numbers from 5000 on."""
        delivery = Delivery(Kind.VIDEO, 7, 101, 90_000, ExtensionIds(), 5000)
        consumer = Consumer(ConsumerId(name), ProducerId("p"), delivery)
        self.got[consumer] = []
        self.producer.add(consumer)
        if resume:
            self.resume(consumer)
        return consumer

    def resume(self, consumer: Consumer) -> None:
        consumer.paused = False
        self.producer.review_one(consumer, now=self.now)

    def wish(self, consumer: Consumer, layers: Layers) -> None:
        """The receiver itself wants other layers."""
        consumer.selector.wanted = layers
        self.producer.review_one(consumer, now=self.now)

    def allow(self, consumer: Consumer, layers: Layers | None) -> None:
        """Its network carries other layers."""
        self.producer.allow(consumer, layers, now=self.now)

    def frame(self, layer: int = 0, *, key: bool = False) -> list[Packet]:
        """The packets of the next picture of a layer, not given to the producer yet."""
        encoder = self.encoders[layer]
        encoder.key_wanted = encoder.key_wanted or key
        packets = []
        for header, payload, number in encoder.frame(self.now):
            seen = rtp.parse_header(header)
            packets.append(Packet(number, seen.timestamp, seen.marker, payload, self.now))
        return packets

    def give(self, packets: list[Packet], layer: int = 0) -> None:
        for packet in packets:
            packet.arrival = self.now
            self.producer.packet(self.producer.streams[layer], packet)

    def plays(self, frames: int = 1, *, layers: tuple[int, ...] | None = None) -> None:
        """So many pictures on all layers, 30 a second, each answered at once."""
        for _ in range(frames):
            for stream in self.producer.streams:
                if layers is not None and stream.spatial not in layers:
                    continue
                if stream.key_frames.take(now=self.now):
                    self.encoders[stream.spatial].key_wanted = True
                self.give(self.frame(stream.spatial), stream.spatial)
            self.flush(self.now)
            self.now += 1 / 30
            self.producer.review(now=self.now)

    def flush(self, now: float) -> None:
        """As the egress does it, but for the ciphers."""
        del now
        views, self.outbox.views = self.outbox.views, []
        for view in views:
            pending, view.pending = view.pending, []
            for receivers in view.receivers.values():
                for receiver in receivers:
                    self._take(receiver, pending)
        owed, self.outbox.owed = self.outbox.owed, []
        for receiver, backlog in owed:
            self._take(receiver, backlog)

    def _take(self, receiver: Consumer, packets: list[Sent]) -> None:
        self.got[receiver] += self._seen(receiver, packets)

    @staticmethod
    def _seen(receiver: Consumer, packets: list[Sent]) -> Iterator[Got]:
        for sent in packets:
            if sent.number < receiver.floor:
                continue
            picture = tl0 = None
            if sent.payload:
                seen = vp8.parse(sent.payload)
                picture = (seen.picture_id + receiver.shape.picture_delta) & 0x7FFF
                tl0 = (seen.tl0picidx + receiver.shape.tl0_delta) & 0xFF
            stamp = (sent.packet.timestamp + receiver.timestamp_offset) & 0xFFFFFFFF
            yield Got(sent.number + receiver.offset, stamp, sent, picture, tl0)
