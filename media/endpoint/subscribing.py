"""Subscribing: what one receiver gets of a publication (mediasoup's consume).

Chooses SSRCs and first numbers; which codec and extensions it gets is `ortc`'s.
"""

from __future__ import annotations

from media.endpoint.line import Line, Publication, Subscription
from media.endpoint.secret import Secrets, first_number, number
from media.forward.consumer import Delivery
from media.ids import ConsumerId
from media.ortc.capabilities import parse_capabilities
from media.ortc.negotiate import consumer_parameters
from media.ortc.parameters import RtpParameters
from media.repair.rtx import Resends
from media.wire.extension import Extension

_TIME_LEVEL_ORIENTATION = (
    Extension.ABS_SEND_TIME,
    Extension.AUDIO_LEVEL,
    Extension.ORIENTATION,
)


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
    line.check_subscriptions()
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
    consumer = line.router.consume(consumer_id, publication.producer.track.producer_id, delivery)
    resends = _resends(parameters, first_number(secrets))
    subscription = Subscription(consumer, line, publication, cname, resends)
    line.subscriptions[ssrc] = subscription
    return subscription, parameters


def _delivery(parameters: RtpParameters, ssrc: int, first: int) -> Delivery:
    codec = parameters.codecs[0]
    ids = {extension.uri: extension.id for extension in parameters.extensions}
    time, level, orientation = (ids.get(meaning, 0) for meaning in _TIME_LEVEL_ORIENTATION)
    return Delivery(
        codec.kind, ssrc, codec.payload_type, codec.clock_rate, (time, level, orientation), first
    )


def _resends(parameters: RtpParameters, first: int) -> Resends | None:
    rtx_ssrc = parameters.encodings[0].rtx_ssrc
    codec = next((codec for codec in parameters.codecs if codec.is_rtx), None)
    if rtx_ssrc is None or codec is None:
        return None
    return Resends(rtx_ssrc, codec.payload_type, first)
