"""Router: the producers and consumers of one room, and who speaks in it.

Keeps what belongs together when one of them closes; packets do not pass through it.
"""

from __future__ import annotations

from media.errors import Refused
from media.forward.consumer import Consumer, Delivery
from media.forward.producer import Cut, Producer, Track
from media.forward.speakers import Speakers
from media.forward.view import Outbox
from media.ids import ConsumerId, ProducerId, RouterId


class Router:
    """See the module. Refuses unknown and doubled ids by `Refused`."""

    __slots__ = ("_cut", "_outbox", "consumers", "producers", "router_id", "speakers")

    def __init__(self, router_id: RouterId, outbox: Outbox, cut: Cut) -> None:
        self.router_id = router_id
        self.producers: dict[ProducerId, Producer] = {}
        self.consumers: dict[ConsumerId, Consumer] = {}
        self.speakers = Speakers()
        self._outbox = outbox
        self._cut = cut

    def produce(self, track: Track) -> Producer:
        """A new track."""
        if track.producer_id in self.producers:
            raise Refused("producer.exists", track.producer_id)
        producer = Producer(track, self._outbox, self._cut)
        self.producers[track.producer_id] = producer
        return producer

    def consume(
        self, consumer_id: ConsumerId, producer_id: ProducerId, delivery: Delivery
    ) -> Consumer:
        """A new delivery, paused."""
        if consumer_id in self.consumers:
            raise Refused("consumer.exists", consumer_id)
        producer = self.producers.get(producer_id)
        if producer is None:
            raise Refused("producer.unknown", producer_id)
        consumer = Consumer(consumer_id, producer_id, delivery)
        producer.add(consumer)
        self.consumers[consumer_id] = consumer
        return consumer

    def producer_of(self, consumer: Consumer) -> Producer:
        """Where `consumer` gets its packets from."""
        return self.producers[consumer.producer_id]

    def close_producer(self, producer_id: ProducerId, *, now: float) -> list[Consumer]:
        """The track ends; its consumers end with it and are given back."""
        producer = self.producers.pop(producer_id)
        self.speakers.forget(producer_id)
        consumers = list(producer.consumers.values())
        for consumer in consumers:
            producer.remove(consumer, now=now)
            del self.consumers[consumer.consumer_id]
        return consumers

    def close_consumer(self, consumer: Consumer, *, now: float) -> None:
        """The delivery ends."""
        self.producer_of(consumer).remove(consumer, now=now)
        del self.consumers[consumer.consumer_id]

    def resume_consumer(self, consumer: Consumer, *, now: float) -> None:
        """The receiver is ready: it gets the next packet a decoder can start with."""
        consumer.paused = False
        self.producer_of(consumer).review_one(consumer, now=now)

    def pause_consumer(self, consumer: Consumer, *, now: float) -> None:
        """The receiver gets nothing."""
        consumer.paused = True
        self.producer_of(consumer).stop(consumer, now=now)
