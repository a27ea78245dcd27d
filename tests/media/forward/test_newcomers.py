"""Several receivers let in by one packet get it once each: twice would be one nonce used twice."""

from __future__ import annotations

from collections import Counter

from media.forward.consumer import Consumer, Delivery
from media.forward.packet import Packet
from media.forward.producer import Producer, Track
from media.forward.view import ExtensionIds, Outbox
from media.ids import ConsumerId, ProducerId
from media.source import Kind, Source


def numbers_for(consumer: Consumer, outbox: Outbox) -> Counter[int]:
    """What the next flush gives to one consumer."""
    numbers: Counter[int] = Counter()
    for view in outbox.views:
        for receivers in view.receivers.values():
            if consumer in receivers:
                numbers.update(one.number for one in view.pending if one.number >= consumer.floor)
    for receiver, backlog in outbox.owed:
        if receiver is consumer:
            numbers.update(one.number for one in backlog)
    return numbers


def test_a_packet_that_lets_several_in_is_given_to_each_once() -> None:
    outbox = Outbox()
    track = Track(ProducerId("p"), Source.MICROPHONE, "audio/opus", 48000, 1)
    producer = Producer(track, outbox, lambda now: None)
    (stream,) = producer.streams
    stream.start(1, producer.scale)
    consumers = [Consumer(ConsumerId(f"c{n}"), track.producer_id, _delivery(n)) for n in range(3)]
    for consumer in consumers:
        producer.add(consumer)
        consumer.paused = False
        producer.review_one(consumer, now=0.0)
    for index in (1000, 1001):
        producer.packet(stream, Packet(index, 960 * index, False, b"sound", 0.0))
    for consumer in consumers:
        numbers = numbers_for(consumer, outbox)
        assert len(numbers) == 2
        assert set(numbers.values()) == {1}


def _delivery(number: int) -> Delivery:
    return Delivery(Kind.AUDIO, 50 + number, 100, 48000, ExtensionIds(), 10 * number)
