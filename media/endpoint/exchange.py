"""Exchange: all rooms of one media worker, without a socket and without a clock.

The only door of the media core. Control verbs are mediasoup's, take and give its JSON, and raise
`Refused`; datagrams come by `receive` and leave through the Outlet, at `flush` and at the verbs.
Keeps no rule of its own: it finds what a verb is about and passes it on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from media.endpoint.directory import Directory, refuse_doubled
from media.endpoint.endpoint import Endpoint
from media.endpoint.event import Event
from media.endpoint.outlet import Buffer, Outlet, Sink
from media.endpoint.secret import Secrets
from media.endpoint.stats import endpoint_stats
from media.endpoint.traffic import Traffic
from media.errors import Refused
from media.forward.router import Router
from media.ids import Address, ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.source import Source
from media.transport.certificate import Certificate, parse_dtls_parameters

Json = dict[str, Any]


class Exchange:
    """See the module. Called from one task only; `now` is monotonic seconds."""

    def __init__(
        self,
        certificate: Certificate,
        announced: Sequence[Mapping[str, Any]],
        outlet: Outlet,
        secrets: Secrets,
        *,
        remedies: bool = True,
    ) -> None:
        """`announced` are mediasoup's IceCandidates; `secrets` makes unguessable text. Without
        `remedies` nothing is done about loss beyond answering what is asked for again."""
        self.remedies = remedies
        self._certificate = certificate
        self._announced = [dict(candidate) for candidate in announced]
        self._secrets = secrets
        self._directory = Directory()
        self._traffic = Traffic(self._directory, outlet, remedies=remedies)

    # Rooms and browsers

    def create_router(self, router_id: RouterId) -> None:
        """A room. Refused `router.exists`."""
        refuse_doubled(self._directory.routers, router_id, "router.exists")
        egress = self._traffic.egress
        self._directory.routers[router_id] = Router(router_id, egress.outbox, egress.flush)

    def close_router(self, router_id: RouterId, *, now: float) -> None:
        """The room and every browser in it are gone. Refused `router.unknown`."""
        router = self._directory.router(router_id)
        for endpoint in list(self._directory.endpoints.values()):
            if endpoint.router is router:
                self.close_endpoint(endpoint.endpoint_id, now=now)
        del self._directory.routers[router_id]

    def create_transport(
        self,
        router_id: RouterId,
        endpoint_id: EndpointId,
        transport_id: TransportId,
        *,
        now: float,
    ) -> Json:
        """mediasoup's WebRtcTransport: id, iceParameters, iceCandidates, dtlsParameters.

        The endpoint is made with its first transport. Refused: `router.unknown`,
        `transport.exists`, `transport.limit`, `endpoint.router` (it is in another room).
        """
        router = self._directory.router(router_id)
        refuse_doubled(self._directory.lines, transport_id, "transport.exists")
        endpoint = self._directory.endpoints.get(endpoint_id)
        if endpoint is None:
            endpoint = Endpoint(endpoint_id, router, self._secrets, is_hasty=self.remedies)
        elif endpoint.router is not router:
            raise Refused("endpoint.router", endpoint_id)
        line = endpoint.open(transport_id, self._certificate, now=now)
        self._directory.endpoints[endpoint_id] = endpoint
        self._directory.lines[transport_id] = line
        self._traffic.opened(line, now=now)
        return {
            "id": transport_id,
            "iceParameters": line.transport.ice_parameters(),
            "iceCandidates": [dict(candidate) for candidate in self._announced],
            "dtlsParameters": line.transport.dtls_parameters(),
        }

    def connect_transport(
        self, transport_id: TransportId, dtls_parameters: object, *, now: float
    ) -> None:
        """The peer's fingerprints. Refused: `transport.*`, `dtls.*`."""
        line = self._directory.line(transport_id)
        line.transport.connect(parse_dtls_parameters(dtls_parameters))
        self._traffic.changed(line, now=now)

    def restart_ice(self, transport_id: TransportId, *, now: float) -> Json:
        """New iceParameters; the old ones hold until the first check with them."""
        line = self._directory.line(transport_id)
        self._directory.endpoint_of(line).restart_ice(line)
        self._traffic.changed(line, now=now)
        return dict(line.transport.ice_parameters())

    def close_endpoint(self, endpoint_id: EndpointId, *, now: float) -> None:
        """The browser is gone, with all it published and got. Unknown ids are gone already."""
        endpoint = self._directory.endpoints.get(endpoint_id)
        for line in endpoint.lines if endpoint else ():
            for subscription in list(line.subscriptions.values()):
                self.close_consumer(subscription.consumer.consumer_id, now=now)
            for publication in list(line.publications):
                self.close_producer(publication.producer.track.producer_id, now=now)
            self._traffic.closed(line, now=now)
            self._directory.forget_line(line)
        self._directory.endpoints.pop(endpoint_id, None)

    # Tracks in

    def produce(
        self,
        transport_id: TransportId,
        producer_id: ProducerId,
        source: Source,
        rtp_parameters: object,
        *,
        paused: bool = False,
        redundancy: str | None = None,
        now: float,
    ) -> None:
        """A track arrives, sound perhaps with `redundancy` "red": RFC 2198 in each payload.

        Refused: `transport.unknown`, `producer.*`, `rtp.*`.
        """
        line = self._directory.line(transport_id)
        refuse_doubled(self._directory.publications, producer_id, "producer.exists")
        endpoint = self._directory.endpoint_of(line)
        publication = endpoint.publish(
            line, producer_id, source, rtp_parameters, redundancy=redundancy, now=now
        )
        publication.producer.paused = paused
        self._directory.publications[producer_id] = publication

    def pause_producer(self, producer_id: ProducerId, *, now: float) -> None:
        """Nothing of it is forwarded from now on."""
        publication = self._directory.publication(producer_id)
        publication.producer.pause(now=now)
        publication.line.router.speakers.forget(producer_id)

    def resume_producer(self, producer_id: ProducerId, *, now: float) -> None:
        """Forwarded again; pictures from a key frame on, which is asked for at once."""
        publication = self._directory.publication(producer_id)
        publication.producer.resume(now=now)
        self._traffic.flow.ask(publication, now=now)

    def close_producer(self, producer_id: ProducerId, *, now: float) -> None:
        """The track ends, and its consumers and its recording with it."""
        publication = self._directory.publication(producer_id)
        self._traffic.taps.end(producer_id, at=now)
        for consumer in publication.line.router.close_producer(producer_id, now=now):
            self._traffic.flow.unbind(self._directory.subscriptions.pop(consumer.consumer_id))
        del self._directory.publications[producer_id]
        self._traffic.ended(publication)
        self._directory.endpoint_of(publication.line).unpublish(publication)

    def record(self, producer_id: ProducerId, sink: Sink, began: float, *, now: float) -> None:
        """Written down as well, into `sink`, with times since `began`; pictures from a key frame
        on, which is asked for at once. Refused: `producer.unknown`, `recording.exists`."""
        publication = self._directory.publication(producer_id)
        self._traffic.taps.begin(publication, sink, began, now=now)

    def may_record(self, producer_id: ProducerId) -> None:
        """Refused as `record` would be now."""
        self._traffic.taps.check(self._directory.publication(producer_id))

    def stop_record(self, producer_id: ProducerId, *, at: float) -> bool:
        """Nothing of it stays that arrived at `at` or later; False when it is not recorded."""
        return self._traffic.taps.end(producer_id, at=at)

    def stop_all_records(self, *, now: float) -> None:
        """The worker ends: what came is handed over."""
        self._traffic.taps.end_all(now=now)

    # Tracks out

    def consume(
        self,
        transport_id: TransportId,
        consumer_id: ConsumerId,
        producer_id: ProducerId,
        rtp_capabilities: object,
        *,
        now: float,
    ) -> Json:
        """A track is to be sent, paused at first: its kind, rtpParameters and type.

        Refused: `transport.unknown`, `producer.unknown`, `consumer.*`, `rtp.*`, `router.other`
        when producer and transport are not in one room.
        """
        del now  # every verb has it; nothing happens before resume_consumer
        line = self._directory.line(transport_id)
        publication = self._directory.publication(producer_id)
        refuse_doubled(self._directory.subscriptions, consumer_id, "consumer.exists")
        if publication.line.router is not line.router:
            raise Refused("router.other", producer_id)
        endpoint = self._directory.endpoint_of(line)
        subscription, parameters = endpoint.subscribe(
            line, consumer_id, publication, rtp_capabilities
        )
        if not self.remedies:
            subscription.consumer.protect(0, None)
        self._directory.subscriptions[consumer_id] = subscription
        self._traffic.flow.bind(subscription)
        return {
            "kind": publication.consumable.kind.value,
            "rtpParameters": parameters.to_json(),
            "type": publication.consumable.type,
        }

    def resume_consumer(self, consumer_id: ConsumerId, *, now: float) -> None:
        """Its receiver is ready; a key frame is asked for at once."""
        subscription = self._directory.subscription(consumer_id)
        subscription.is_wanted = True
        self._traffic.flow.let(subscription, now=now)

    def pause_consumer(self, consumer_id: ConsumerId, *, now: float) -> None:
        """Its receiver wants nothing for now."""
        subscription = self._directory.subscription(consumer_id)
        subscription.is_wanted = False
        self._traffic.flow.let(subscription, now=now)

    def close_consumer(self, consumer_id: ConsumerId, *, now: float) -> None:
        """Its receiver wants nothing any more."""
        subscription = self._directory.subscription(consumer_id)
        subscription.line.router.close_consumer(subscription.consumer, now=now)
        self._traffic.flow.unbind(self._directory.subscriptions.pop(consumer_id))

    def set_preferences(
        self, consumer_id: ConsumerId, spatial: int, temporal: int, priority: int, *, now: float
    ) -> None:
        """What its receiver can use at most, and how much it cares: 0..255, 200 for pinned."""
        subscription = self._directory.subscription(consumer_id)
        subscription.consumer.selector.wanted = (max(spatial, 0), max(temporal, 0))
        subscription.priority = min(max(priority, 0), 255)
        self._traffic.flow.prefer(subscription, now=now)

    # Datagrams and time

    def receive(
        self, datagram: Buffer, address: Address, *, now: float, arrival: float | None = None
    ) -> None:
        """Any datagram that came, at `arrival` if that is known. Never raises for its bytes."""
        self._traffic.receive(datagram, address, now=now, arrival=arrival)

    def is_validated(self, address: Address) -> bool:
        """Whether some browser's connectivity check came from `address`, and still counts."""
        return address in self._directory.addresses

    def forget_address(self, address: Address, *, now: float) -> None:
        """The TCP connection with this far end is closed. Unknown addresses are gone already."""
        self._traffic.forget_address(address, now=now)

    @property
    def sent(self) -> int:
        """Media packets that left so far."""
        return self._traffic.egress.packets

    def flush(self, *, now: float) -> None:
        """After a batch of datagrams: forwards what they held, and asks for what they lacked.

        A bug that cost one view or line its packets is raised when all others have theirs.
        """
        self._traffic.flush(now=now)
        self._traffic.raise_fault()

    def handle_timer(self, *, now: float) -> None:
        """Does what is due."""
        self._traffic.handle_timer(now=now)

    def next_timer(self) -> float | None:
        """When `handle_timer` is wanted next; None for never."""
        return self._traffic.next_timer()

    @property
    def handshake_at(self) -> float | None:
        """When a datagram of an unfinished handshake last came; its browser waits for answers."""
        return self._traffic.handshake_at

    def take_events(self) -> list[Event]:
        """What happened since the last call, in order."""
        return self._traffic.take_events()

    def router_stats(self, router_id: RouterId) -> Json:
        """How each browser's network is (`stats`). Refused `router.unknown`."""
        router = self._directory.router(router_id)
        reductions = self._traffic.downlinks.sharing.reductions
        return {
            "endpoints": [
                endpoint_stats(endpoint, reductions)
                for endpoint in self._directory.endpoints.values()
                if endpoint.router is router
            ]
        }

    def metrics(self) -> Json:
        """Counters since the start, and how many of each thing there are."""
        return self._traffic.metrics()
