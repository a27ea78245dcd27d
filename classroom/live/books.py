"""Who has which endpoint, producer and consumer in one live room's media. A core.

A thing is entered when it exists on the worker, and taken out before the worker is told to close
it. A pair of listener and producer is wired once, by whichever of the two was entered last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.ahead import Ahead
from classroom.live.ports import Json
from classroom.wire.messages import (
    ConsumerOffer,
    Downlink,
    Produce,
    ReducedConsumer,
    Remedy,
    Source,
)
from media.ids import ConsumerId, EndpointId, ProducerId, TransportId
from media.source import Source as MediaSource

Codec = tuple[str, int, int]
"""Mime type, clock rate, channels."""


@dataclass(slots=True, eq=False)
class Endpoint:
    """One participant's end of the media. `is_told`: the client has its MediaWelcome."""

    id: EndpointId
    owner: ParticipantId
    capabilities: Json
    send: TransportId
    receive: TransportId
    shows: tuple[str, ...] = ()
    """Mime types of screens it can show."""
    producers: dict[ProducerId, Source] = field(default_factory=dict)
    codecs: dict[ProducerId, Codec] = field(default_factory=dict)
    """What they are sent in, as was said when they were published."""
    outdated: dict[ProducerId, Source] = field(default_factory=dict)
    """Producers whose place another has taken, until they are closed: at most one of a source."""
    paused: set[ProducerId] = field(default_factory=set)
    """Producers that forward nothing, as the worker was last told."""
    consumers: dict[ConsumerId, ConsumerOffer] = field(default_factory=dict)
    wired: set[ProducerId] = field(default_factory=set)
    wanted: set[ConsumerId] = field(default_factory=set)
    """Consumers the client wants to flow; whether they may is another question."""
    flows: dict[ConsumerId, bool] = field(default_factory=dict)
    """As the worker was last told; of one that is not in it nobody knows whether it flows."""
    is_told: bool = False
    downlink: tuple[int, tuple[tuple[str, str], ...]] | None = None
    """What was last heard of its connection: bits a second, consumers with what was reduced."""
    remedy: Remedy | None = None
    """What was last heard of its losses."""
    first: list[str] = field(default_factory=list)
    """Pictures that are to flow as soon as its browser says that anything arrives."""


Pair = tuple[Endpoint, ProducerId]


class Books:
    """Invariant: every producer has an endpoint that is entered; every consumer has both."""

    def __init__(self) -> None:
        self.endpoints: dict[ParticipantId, Endpoint] = {}
        self.producers: dict[ProducerId, Endpoint] = {}
        self.ahead = Ahead()
        """What was made for those who have not come in."""

    def holds(self, endpoint: Endpoint) -> bool:
        """Whether it is still the endpoint of its owner."""
        return self.endpoints.get(endpoint.owner) is endpoint

    def clear(self) -> None:
        """Everything is gone at once."""
        self.endpoints.clear()
        self.producers.clear()

    # Entering

    def enter(self, endpoint: Endpoint) -> list[Pair]:
        """A new endpoint; the pairs that are now to be wired."""
        self.endpoints[endpoint.owner] = endpoint
        current = (p for p, sender in self.producers.items() if p in sender.producers)
        return self._claim((endpoint, producer) for producer in current)

    def publish(
        self, endpoint: Endpoint, producer: ProducerId, source: Source, *, is_paused: bool = False
    ) -> list[Pair]:
        """A new producer; the pairs that are now to be wired."""
        endpoint.producers[producer] = source
        if is_paused:
            endpoint.paused.add(producer)
        self.producers[producer] = endpoint
        return self._claim((listener, producer) for listener in self.endpoints.values())

    def outdate(self, owner: ParticipantId, producer_id: str) -> None:
        """Another producer of the same source takes its place; it goes on until it is closed."""
        source = self.source(owner, producer_id)
        endpoint = self.endpoints[owner]
        endpoint.outdated[ProducerId(producer_id)] = source
        del endpoint.producers[ProducerId(producer_id)]

    def consume(self, pair: Pair, consumer_id: str, kind: str, parameters: Json) -> bool:
        """Enter a consumer that came back; False when one of its two ends is gone meanwhile."""
        listener, producer = pair
        sender = self.producers.get(producer)
        if sender is None or not self.holds(listener):
            return False
        listener.flows[ConsumerId(consumer_id)] = False  # consumers begin paused
        listener.consumers[ConsumerId(consumer_id)] = ConsumerOffer(
            consumer_id=consumer_id,
            producer_id=producer,
            participant_id=sender.owner,
            source=sender.producers.get(producer) or sender.outdated[producer],
            kind="audio" if kind == "audio" else "video",
            rtp_parameters=parameters,
        )
        return True

    # Taking out

    def withdraw(self, producer: ProducerId) -> dict[ParticipantId, list[str]]:
        """Take a producer out; the consumers that went with it, of the listeners who know."""
        sender = self.producers.pop(producer, None)
        if sender is not None:
            sender.producers.pop(producer, None)
            sender.outdated.pop(producer, None)
            sender.codecs.pop(producer, None)
            sender.paused.discard(producer)
        gone: dict[ParticipantId, list[str]] = {}
        for listener in self.endpoints.values():
            listener.wired.discard(producer)
            mine = [
                key for key, offer in listener.consumers.items() if offer.producer_id == producer
            ]
            for consumer_id in mine:
                del listener.consumers[consumer_id]
                listener.flows.pop(consumer_id, None)
                listener.wanted.discard(consumer_id)
            if mine and listener.is_told:
                gone[listener.owner] = [str(consumer_id) for consumer_id in mine]
        return gone

    def remove(
        self, owner: ParticipantId
    ) -> tuple[Endpoint, dict[ParticipantId, list[str]]] | None:
        """Take an endpoint out with all it sends; None when there is none."""
        endpoint = self.endpoints.pop(owner, None)
        if endpoint is None:
            return None
        gone: dict[ParticipantId, list[str]] = {}
        for producer in (*endpoint.producers, *endpoint.outdated):
            for listener, consumer_ids in self.withdraw(producer).items():
                gone.setdefault(listener, []).extend(consumer_ids)
        return endpoint, gone

    # Questions: what a client names must be its own

    def transport(self, owner: ParticipantId, transport_id: str) -> tuple[Endpoint, TransportId]:
        """One of the owner's transports, or Refused."""
        endpoint = self.endpoints.get(owner)
        if endpoint is None or transport_id not in (endpoint.send, endpoint.receive):
            raise Refused("transport.unknown")
        return endpoint, TransportId(transport_id)

    def sender(self, owner: ParticipantId, request: Produce) -> Endpoint:
        """The owner's endpoint, when it can send what is asked for, or Refused."""
        if MediaSource(request.source).kind != request.kind:
            raise Refused("producer.kind_mismatch")
        endpoint, transport = self.transport(owner, request.transport_id)
        if transport != endpoint.send:
            raise Refused("transport.unknown")
        return endpoint

    def source(self, owner: ParticipantId, producer_id: str) -> Source:
        """What one of the owner's producers shows, or Refused."""
        endpoint = self.endpoints.get(owner)
        source = endpoint.producers.get(ProducerId(producer_id)) if endpoint else None
        if source is None:
            raise Refused("producer.unknown")
        return source

    def outdated(self, owner: ParticipantId, source: Source | None = None) -> list[ProducerId]:
        """The owner's producers whose place another has taken; of one source, or all."""
        endpoint = self.endpoints.get(owner)
        old = endpoint.outdated.items() if endpoint else ()
        return [producer for producer, shown in old if source in (None, shown)]

    def consumers(self, owner: ParticipantId, consumer_ids: list[str]) -> list[ConsumerId]:
        """Those of the ids that are the owner's; others closed while the request was under way."""
        endpoint = self.endpoints.get(owner)
        known = endpoint.consumers if endpoint else {}
        return [ConsumerId(wanted) for wanted in consumer_ids if wanted in known]

    def listener_of(self, consumer_id: ConsumerId) -> ParticipantId | None:
        """Whose consumer it is, when it is of this room."""
        for endpoint in self.endpoints.values():
            if consumer_id in endpoint.consumers:
                return endpoint.owner
        return None

    def endpoint(self, endpoint_id: EndpointId) -> Endpoint | None:
        """None when it is not (any more) of this room. Its id begins with its owner's."""
        endpoint = self.endpoints.get(ParticipantId(endpoint_id.rpartition(".")[0]))
        return endpoint if endpoint is not None and endpoint.id == endpoint_id else None

    def note_downlink(
        self, endpoint_id: EndpointId, bitrate_bps: int, reductions: Iterable[tuple[str, str]]
    ) -> Endpoint | None:
        """Keep what an endpoint's connection carries; None when it is not of this room."""
        endpoint = self.endpoint(endpoint_id)
        if endpoint is not None:
            endpoint.downlink = bitrate_bps, tuple(reductions)
        return endpoint

    def downlink(self, owner: ParticipantId) -> Downlink | None:
        """What was last heard of somebody's connection, of the consumers they still have."""
        endpoint = self.endpoints.get(owner)
        if endpoint is None or endpoint.downlink is None:
            return None
        bitrate_bps, reductions = endpoint.downlink
        known = [
            ReducedConsumer(consumer_id, reduction)  # type: ignore[arg-type]
            for consumer_id, reduction in reductions
            if ConsumerId(consumer_id) in endpoint.consumers
        ]
        return Downlink(bitrate_bps, known)

    def _claim(self, pairs: Iterable[Pair]) -> list[Pair]:
        new = [
            (listener, producer)
            for listener, producer in pairs
            if producer not in listener.wired and self.producers[producer] is not listener
        ]
        for listener, producer in new:
            listener.wired.add(producer)
        return new


def codec_of(request: Produce) -> Codec:
    """What a client says it sends; mediasoup-client names one codec, and then its repair."""
    named = request.rtp_parameters.get("codecs")
    first = named[0] if isinstance(named, list) and named else None
    said = first if isinstance(first, dict) else {}
    is_sound = request.source in ("microphone", "screen_audio")
    mime = str(said.get("mimeType") or ("audio/opus" if is_sound else "video/VP8"))[:64]
    rate, channels = said.get("clockRate"), said.get("channels")
    return (
        mime,
        rate if isinstance(rate, int) and rate > 0 else (48000 if is_sound else 90000),
        channels if isinstance(channels, int) and channels > 0 else 1,
    )
