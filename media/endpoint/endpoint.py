"""Endpoint: one browser, with the transports it has opened: what it publishes and what it gets.

Turns the JSON of the control side into publications and subscriptions (mediasoup's produce and
consume), and takes them apart again. Packets do not pass through it.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from media.endpoint.learning import announce, forget
from media.endpoint.line import Line, Publication, Subscription
from media.errors import Refused
from media.forward.consumer import Delivery
from media.forward.producer import Track
from media.forward.router import Router
from media.ids import ConsumerId, EndpointId, ProducerId
from media.ortc.capabilities import parse_capabilities
from media.ortc.negotiate import consumable_parameters, consumer_parameters, producer_mapping
from media.ortc.parameters import RtpParameters, parse_parameters
from media.repair.rtx import Resends
from media.source import Source
from media.wire.extension import Extension

MAX_LINES = 4
"""Transports of one browser: one to send, one to receive, and both once more while it changes."""

Secrets = Callable[[int], str]
"""Unguessable text made of so many random bytes."""

_FIRST_NUMBERS = 1 << 14  # so the roll-over count starts at 0 (RFC 3711 section 3.3.1)
_TIME_LEVEL_ORIENTATION = (
    Extension.ABS_SEND_TIME,
    Extension.AUDIO_LEVEL,
    Extension.ORIENTATION,
)


class Endpoint:
    """See the module."""

    def __init__(self, endpoint_id: EndpointId, router: Router, secrets: Secrets) -> None:
        self.endpoint_id = endpoint_id
        self.router = router
        self.lines: list[Line] = []
        self._secrets = secrets

    def add(self, line: Line) -> None:
        """A transport more. Refused `transport.limit`."""
        if len(self.lines) >= MAX_LINES:
            raise Refused("transport.limit", str(MAX_LINES))
        self.lines.append(line)

    def publish(
        self,
        line: Line,
        producer_id: ProducerId,
        source: Source,
        rtp_parameters: object,
        *,
        now: float,
    ) -> Publication:
        """A track of `source` arrives on `line`. Refused: `rtp.*`, `producer.*`."""
        line.check_room()
        parameters = parse_parameters(rtp_parameters)
        mapping = producer_mapping(parameters)
        consumable = consumable_parameters(source.kind, parameters, mapping)
        _refuse_taken(line, parameters)
        codec = mapping.codec
        track = Track(
            producer_id, source, codec.mime_type, codec.clock_rate, len(parameters.encodings)
        )
        producer = self.router.produce(track)
        publication = Publication(producer, line, parameters, mapping, consumable)
        line.publications.append(publication)
        announce(publication, now=now)
        return publication

    def subscribe(
        self,
        line: Line,
        consumer_id: ConsumerId,
        publication: Publication,
        rtp_capabilities: object,
    ) -> tuple[Subscription, RtpParameters]:
        """What `publication` shows is to be sent on `line`, paused. Refused: `rtp.*`, `consumer.*`.

        Its receiver must be given the RtpParameters.
        """
        line.check_room()
        capabilities = parse_capabilities(rtp_capabilities)
        ssrc, rtx_ssrc = (line.claim_ssrc(self._number()) for _ in range(2))
        cname = publication.parameters.cname or publication.line.endpoint_id
        parameters = consumer_parameters(
            publication.consumable,
            capabilities,
            ssrc=ssrc,
            rtx_ssrc=rtx_ssrc,
            mid=str(line.take_mid()),
            cname=cname,
        )
        consumer = self.router.consume(
            consumer_id, publication.producer.track.producer_id, self._delivery(parameters, ssrc)
        )
        subscription = Subscription(consumer, line, publication, cname, self._resends(parameters))
        line.subscriptions[ssrc] = subscription
        return subscription, parameters

    def _delivery(self, parameters: RtpParameters, ssrc: int) -> Delivery:
        codec = parameters.codecs[0]
        ids = {extension.uri: extension.id for extension in parameters.extensions}
        time, level, orientation = (ids.get(meaning, 0) for meaning in _TIME_LEVEL_ORIENTATION)
        return Delivery(
            codec.kind,
            ssrc,
            codec.payload_type,
            codec.clock_rate,
            (time, level, orientation),
            self._number() % _FIRST_NUMBERS,
        )

    def _resends(self, parameters: RtpParameters) -> Resends | None:
        rtx_ssrc = parameters.encodings[0].rtx_ssrc
        codec = next((codec for codec in parameters.codecs if codec.is_rtx), None)
        if rtx_ssrc is None or codec is None:
            return None
        return Resends(rtx_ssrc, codec.payload_type, self._number() % _FIRST_NUMBERS)

    def _number(self) -> int:
        """An unguessable number of 32 bits."""
        return int.from_bytes(blake2b(self._secrets(8).encode(), digest_size=4).digest(), "big")


def unpublish(publication: Publication) -> None:
    """The line no longer knows the track."""
    line = publication.line
    for stream in publication.producer.streams:
        forget(line, stream)
    line.publications.remove(publication)


def unsubscribe(subscription: Subscription) -> None:
    """The line no longer sends the track."""
    del subscription.line.subscriptions[subscription.consumer.ssrc]


def _refuse_taken(line: Line, parameters: RtpParameters) -> None:
    """Two tracks of one line must be told apart by MID and by SSRC."""
    mids = {each.parameters.mid for each in line.publications} - {None}
    if parameters.mid in mids:
        raise Refused("rtp.parameters", "mid is taken")
    for encoding in parameters.encodings:
        if {encoding.ssrc, encoding.rtx_ssrc} & line.inbound.keys():
            raise Refused("rtp.parameters", "ssrc is taken")
