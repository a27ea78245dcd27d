"""Exchange: all rooms of one media worker, without a socket and without a clock.

The only door of the media core. Control verbs are mediasoup's, take and give its JSON, and raise
`Refused`; datagrams come by `receive` and leave through the Outlet, at `flush` and at the verbs.
Keeps no rule of its own: it finds what a verb is about and passes it on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from media.endpoint import reports
from media.endpoint.directory import Directory, refuse_doubled
from media.endpoint.egress import Egress
from media.endpoint.endpoint import Endpoint, Secrets, unpublish, unsubscribe
from media.endpoint.event import Event, TransportStateChanged
from media.endpoint.feedback import Feedback
from media.endpoint.ingress import Ingress
from media.endpoint.line import Line, Publication, Subscription
from media.endpoint.outlet import Buffer, Outlet
from media.endpoint.requests import Requests
from media.endpoint.rounds import Rounds
from media.endpoint.switchboard import Switchboard
from media.errors import Refused
from media.forward.router import Router
from media.ids import Address, ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.source import Source
from media.transport.certificate import Certificate, parse_dtls_parameters
from media.transport.ice import IceCredentials
from media.transport.transport import AddressChanged, StateChanged, Transport

Json = dict[str, Any]

_ICE_CHARACTERS = str.maketrans("-_=", "+/A")  # RFC 8839 section 5.4: letters, digits, + and /


class Exchange:
    """See the module. Called from one task only; `now` is monotonic seconds."""

    def __init__(
        self,
        certificate: Certificate,
        announced: Sequence[Mapping[str, Any]],
        outlet: Outlet,
        secrets: Secrets,
    ) -> None:
        """`announced` are mediasoup's IceCandidates; `secrets` makes unguessable text."""
        self._certificate = certificate
        self._announced = [dict(candidate) for candidate in announced]
        self._secrets = secrets
        self._directory = directory = Directory()
        self._events: list[Event] = []
        self._dropped: Counter[str] = Counter()
        self._egress = Egress(outlet)
        self._board = Switchboard(directory, outlet, self._transport_changed)
        self._requests = Requests(self._board.send_rtcp)
        self._feedback = Feedback(self._requests, self._egress.resend)
        self._board.connect(Ingress(self._requests), self._feedback)
        self._rounds = Rounds(directory, self._requests, self._board.send_rtcp)

    # Rooms and browsers

    def create_router(self, router_id: RouterId) -> None:
        """A room. Refused `router.exists`."""
        refuse_doubled(self._directory.routers, router_id, "router.exists")
        self._directory.routers[router_id] = Router(
            router_id, self._egress.outbox, self._egress.flush
        )

    def close_router(self, router_id: RouterId, *, now: float = 0.0) -> None:
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
            endpoint = Endpoint(endpoint_id, router, self._secrets)
        elif endpoint.router is not router:
            raise Refused("endpoint.router", endpoint_id)
        transport = Transport(self._credentials(), self._certificate)
        line = Line(endpoint_id, transport_id, router, transport)
        endpoint.add(line)
        self._directory.endpoints[endpoint_id] = endpoint
        self._directory.lines[transport_id] = line
        self._directory.fragments[transport.username_fragment] = line
        self._rounds.start(now=now)
        return {
            "id": transport_id,
            "iceParameters": transport.ice_parameters(),
            "iceCandidates": [dict(candidate) for candidate in self._announced],
            "dtlsParameters": transport.dtls_parameters(),
        }

    def connect_transport(
        self, transport_id: TransportId, dtls_parameters: object, *, now: float
    ) -> None:
        """The peer's fingerprints. Refused: `transport.*`, `dtls.*`."""
        line = self._directory.line(transport_id)
        line.transport.connect(parse_dtls_parameters(dtls_parameters))
        self._board.follow(line, now=now)

    def restart_ice(self, transport_id: TransportId, *, now: float) -> Json:
        """New iceParameters; the old ones hold until the first check with them."""
        line = self._directory.line(transport_id)
        line.transport.restart_ice(self._credentials())
        self._directory.fragments[line.transport.username_fragment] = line
        self._board.follow(line, now=now)
        return dict(line.transport.ice_parameters())

    def close_endpoint(self, endpoint_id: EndpointId, *, now: float = 0.0) -> None:
        """The browser is gone, with all it published and got. Unknown ids are gone already."""
        endpoint = self._directory.endpoints.pop(endpoint_id, None)
        for line in endpoint.lines if endpoint else ():
            for subscription in list(line.subscriptions.values()):
                self.close_consumer(subscription.consumer.consumer_id, now=now)
            for publication in list(line.publications):
                self.close_producer(publication.producer.track.producer_id, now=now)
            line.transport.close()
            self._board.follow(line, now=now)
            self._dropped += line.drops + line.transport.drops
            self._directory.forget_line(line)

    # Tracks in

    def produce(
        self,
        transport_id: TransportId,
        producer_id: ProducerId,
        source: Source,
        rtp_parameters: object,
        *,
        paused: bool = False,
        now: float,
    ) -> None:
        """A track arrives. Refused: `transport.unknown`, `producer.exists`, `rtp.*`."""
        line = self._directory.line(transport_id)
        refuse_doubled(self._directory.publications, producer_id, "producer.exists")
        endpoint = self._directory.endpoint_of(line)
        publication = endpoint.publish(line, producer_id, source, rtp_parameters, now=now)
        publication.producer.paused = paused
        self._directory.publications[producer_id] = publication
        line.report_at = now + reports.FIRST_INTERVAL

    def pause_producer(self, producer_id: ProducerId, *, now: float) -> None:
        """Nothing of it is forwarded from now on."""
        publication = self._directory.publication(producer_id)
        publication.producer.pause(now=now)
        publication.line.router.speakers.forget(producer_id)

    def resume_producer(self, producer_id: ProducerId, *, now: float) -> None:
        """Forwarded again; pictures from a key frame on, which is asked for at once."""
        publication = self._directory.publication(producer_id)
        publication.producer.resume(now=now)
        self._ask(publication, now)

    def close_producer(self, producer_id: ProducerId, *, now: float) -> None:
        """The track ends, and its consumers with it."""
        publication = self._directory.publication(producer_id)
        for consumer in publication.line.router.close_producer(producer_id, now=now):
            subscription = self._directory.subscriptions.pop(consumer.consumer_id)
            unsubscribe(subscription)
            del self._egress.lines[consumer]
        del self._directory.publications[producer_id]
        self._requests.forget(publication)
        unpublish(publication)

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

        Refused: `transport.unknown`, `producer.unknown`, `consumer.exists`, `rtp.*`,
        `router.other` when producer and transport are not in one room.
        """
        del now  # every verb has it; this one waits for resume_consumer
        line = self._directory.line(transport_id)
        publication = self._directory.publication(producer_id)
        refuse_doubled(self._directory.subscriptions, consumer_id, "consumer.exists")
        if publication.line.router is not line.router:
            raise Refused("router.other", producer_id)
        endpoint = self._directory.endpoint_of(line)
        subscription, parameters = endpoint.subscribe(
            line, consumer_id, publication, rtp_capabilities
        )
        self._directory.subscriptions[consumer_id] = subscription
        self._egress.lines[subscription.consumer] = line
        return {
            "kind": publication.consumable.kind.value,
            "rtpParameters": parameters.to_json(),
            "type": publication.consumable.type,
        }

    def resume_consumer(self, consumer_id: ConsumerId, *, now: float) -> None:
        """Its receiver is ready; a key frame is asked for at once."""
        subscription = self._directory.subscription(consumer_id)
        subscription.is_wanted = True
        self._let_flow(subscription, now)

    def pause_consumer(self, consumer_id: ConsumerId, *, now: float) -> None:
        """Its receiver wants nothing for now."""
        subscription = self._directory.subscription(consumer_id)
        subscription.is_wanted = False
        self._let_flow(subscription, now)

    def close_consumer(self, consumer_id: ConsumerId, *, now: float) -> None:
        """Its receiver wants nothing any more."""
        subscription = self._directory.subscription(consumer_id)
        subscription.line.router.close_consumer(subscription.consumer, now=now)
        unsubscribe(subscription)
        del self._directory.subscriptions[consumer_id]
        del self._egress.lines[subscription.consumer]

    def set_layers(
        self, consumer_id: ConsumerId, spatial: int, temporal: int, *, now: float
    ) -> None:
        """What its receiver can use at most."""
        subscription = self._directory.subscription(consumer_id)
        subscription.consumer.selector.wanted = (max(spatial, 0), max(temporal, 0))
        subscription.publication.producer.review_one(subscription.consumer, now=now)
        self._ask(subscription.publication, now)

    # Datagrams and time

    def receive(self, datagram: Buffer, address: Address, *, now: float) -> None:
        """Any datagram that came. Never raises for its bytes."""
        self._board.receive(datagram, address, now=now)

    def flush(self, *, now: float) -> None:
        """After a batch of datagrams: forwards what they held, and asks for what they lacked."""
        self._egress.flush(now)
        self._requests.flush(now=now)

    def handle_timer(self, *, now: float) -> None:
        """Does what is due."""
        self._board.handle_timer(now=now)
        self._events += self._rounds.make(now=now)
        self.flush(now=now)

    def next_timer(self) -> float | None:
        """When `handle_timer` is wanted next; None for never."""
        times = (self._board.wake_at, self._rounds.next_at, self._requests.next_at())
        return min((at for at in times if at is not None), default=None)

    def take_events(self) -> list[Event]:
        """What happened since the last call, in order."""
        events, self._events = self._events, []
        return events

    def metrics(self) -> Json:
        """Counters since the start, and how many of each thing there are."""
        directory, egress = self._directory, self._egress
        dropped = self._dropped + self._board.drops
        for line in directory.lines.values():
            dropped = dropped + line.drops + line.transport.drops
        return {
            "packets_in": self._board.packets,
            "bytes_in": self._board.octets,
            "packets_out": egress.packets,
            "bytes_out": egress.octets,
            "unsent": egress.unsent,
            "rtx": egress.resent,
            "nacks": self._feedback.counts["nack"],
            "plis": self._feedback.counts["pli"],
            "nacks_sent": self._requests.counts["nack"],
            "plis_sent": self._requests.counts["pli"],
            "abandoned": self._requests.counts["abandoned"],
            "dropped": dict(dropped),
            "routers": len(directory.routers),
            "endpoints": len(directory.endpoints),
            "producers": len(directory.publications),
            "consumers": len(directory.subscriptions),
        }

    def _credentials(self) -> IceCredentials:
        fragment, password = self._secrets(6), self._secrets(24)
        return IceCredentials(
            fragment.translate(_ICE_CHARACTERS), password.translate(_ICE_CHARACTERS)
        )

    def _ask(self, publication: Publication, now: float) -> None:
        """Sends key frame requests that have just come up, and what was owed to a newcomer."""
        self._requests.look(publication, now=now)
        self.flush(now=now)

    def _let_flow(self, subscription: Subscription, now: float) -> None:
        """Forwards to a consumer exactly while it is wanted and there is a way to it."""
        consumer, router = subscription.consumer, subscription.line.router
        flows = subscription.is_wanted and subscription.line.is_flowing
        if flows and consumer.paused:
            router.resume_consumer(consumer, now=now)
            self._ask(subscription.publication, now)
        elif not flows and not consumer.paused:
            router.pause_consumer(consumer, now=now)

    def _transport_changed(
        self, line: Line, event: StateChanged | AddressChanged, now: float
    ) -> None:
        if isinstance(event, StateChanged):
            self._events.append(
                TransportStateChanged(line.endpoint_id, line.transport_id, event.state.value)
            )
        line.is_flowing = line.transport.sealer is not None and line.transport.address is not None
        if line.is_flowing and line.report_at is None:
            line.report_at = now + reports.FIRST_INTERVAL
        for subscription in line.subscriptions.values():
            self._let_flow(subscription, now)
