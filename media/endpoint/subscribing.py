"""Subscribing: what one receiver gets of a publication (mediasoup's consume).

Chooses SSRCs and first numbers; which codec and extensions it gets is `ortc`'s.
"""

from __future__ import annotations

from media.endpoint.line import Line, Publication, Subscription
from media.endpoint.secret import Secrets, first_number, number
from media.errors import Refused
from media.forward.consumer import Delivery
from media.forward.view import ExtensionIds
from media.ids import ConsumerId
from media.ortc.capabilities import COMFORT_NOISE, REDUNDANT_SOUND, parse_capabilities
from media.ortc.negotiate import consumer_parameters
from media.ortc.parameters import RtpParameters
from media.repair.rtx import Resends
from media.wire.extension import Extension

MAX_SUBSCRIPTIONS = 1000
"""Tracks one transport may receive: 50 people with two cameras and a screen, several times over."""
MAX_SSRCS = 10_000
"""SSRCs one transport may use up: 5000 tracks one after the other; then its browser needs another.
They cannot be forgotten while the keys live."""
_SSRCS_EACH = 2  # a track and its retransmissions
_MEANINGS = {
    "time": Extension.ABS_SEND_TIME,
    "level": Extension.AUDIO_LEVEL,
    "orientation": Extension.ORIENTATION,
    "transport": Extension.TRANSPORT_SEQUENCE,
    "descriptor": Extension.DEPENDENCY_DESCRIPTOR,
}
"""Of the fields of `ExtensionIds`."""


def subscribe(
    line: Line,
    consumer_id: ConsumerId,
    publication: Publication,
    rtp_capabilities: object,
    secrets: Secrets,
) -> tuple[Subscription, RtpParameters]:
    """What `publication` shows is to be sent on `line`, paused. Refused: `rtp.*`, `consumer.*`.

    Its receiver must be given the RtpParameters.
    """
    _refuse_more(line)
    capabilities = parse_capabilities(rtp_capabilities)
    ssrc, rtx_ssrc = (line.claim_ssrc(number(secrets)) for _ in range(2))
    cname = publication.parameters.cname or publication.line.endpoint_id
    parameters = consumer_parameters(
        publication.consumable,
        capabilities,
        ssrc=ssrc,
        rtx_ssrc=rtx_ssrc,
        mid=str(line.take_mid()),
        cname=cname,
    )
    delivery = _delivery(parameters, ssrc, first_number(secrets))
    if delivery.extensions.transport:
        line.downlink.is_measured = True
    consumer = line.router.consume(consumer_id, publication.producer.track.producer_id, delivery)
    resends = _resends(parameters, first_number(secrets))
    subscription = Subscription(consumer, line, publication, cname, resends)
    line.subscriptions[ssrc] = subscription
    return subscription, parameters


def _refuse_more(line: Line) -> None:
    """When the line carries, or ever carried, as many as it may."""
    if len(line.subscriptions) >= MAX_SUBSCRIPTIONS:
        raise Refused("consumer.limit", str(MAX_SUBSCRIPTIONS))
    if len(line.ssrcs) + _SSRCS_EACH > MAX_SSRCS:
        raise Refused("consumer.limit", f"{MAX_SSRCS} SSRCs are used up")


def _delivery(parameters: RtpParameters, ssrc: int, first: int) -> Delivery:
    codec, *others = parameters.codecs
    types = {each.mime_type: each.payload_type for each in others}
    known = {extension.uri: extension.id for extension in parameters.extensions}
    ids = ExtensionIds(**{field: known.get(meaning, 0) for field, meaning in _MEANINGS.items()})
    return Delivery(
        codec.kind,
        ssrc,
        codec.payload_type,
        codec.clock_rate,
        ids,
        first,
        redundant_type=types.get(REDUNDANT_SOUND.mime_type),
        noise_type=types.get(COMFORT_NOISE.mime_type),
    )


def _resends(parameters: RtpParameters, first: int) -> Resends | None:
    rtx_ssrc = parameters.encodings[0].rtx_ssrc
    codec = next((codec for codec in parameters.codecs if codec.is_rtx), None)
    if rtx_ssrc is None or codec is None:
        return None
    return Resends(rtx_ssrc, codec.payload_type, first)
