"""Which codec, payload types and header extensions a consumer gets (mediasoup's ORTC rules).

In three steps: a producer's parameters are mapped to the router's numbers, which gives what can be
consumed, from which each consumer gets what its browser can receive. Payload types and extension
ids of consumers are the router's, for all of them the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from media.errors import Refused
from media.ortc import field
from media.ortc.capabilities import (
    COMFORT_NOISE,
    REDUNDANT_SOUND,
    ROUTER,
    ExtensionCapability,
    RtpCapabilities,
)
from media.ortc.codec import Codec, RtcpFeedback
from media.ortc.parameters import Encoding, HeaderExtension, RtpParameters
from media.source import Kind
from media.wire.extension import Extension

_NACK = RtcpFeedback("nack")
_REMB = RtcpFeedback("goog-remb")
_TRANSPORT_CC = RtcpFeedback("transport-cc")
_DESCRIBED = frozenset(("video/vp9", "video/av1"))
"""Codecs whose dependency descriptors are passed on. Those of simulcast layers contradict each
other, and VP8's picture ids, which are rewritten, say the same."""
_RESTS_ON = {_REMB: Extension.ABS_SEND_TIME, _TRANSPORT_CC: Extension.TRANSPORT_SEQUENCE}
"""Feedback a browser can give only of packets that carry this extension."""


@dataclass(frozen=True, slots=True)
class ProducerMapping:
    """How a producer's numbers read in the router's.

    `codec` and `rtx` are the track's with the router's payload types; `payload_types` maps the
    producer's to the router's, RTX included; `repairs` maps the producer's RTX payload type to the
    producer's payload type it repairs; `extensions` are the producer's ids by meaning.
    """

    codec: Codec
    rtx: Codec | None
    payload_types: Mapping[int, int]
    repairs: Mapping[int, int]
    extensions: Mapping[Extension, int]


@dataclass(frozen=True, slots=True)
class Consumable:
    """What consumers of one producer can get, before looking at any of them."""

    kind: Kind
    codec: Codec
    rtx: Codec | None
    extensions: tuple[ExtensionCapability, ...]
    spatial_layers: int
    temporal_layers: int

    @property
    def type(self) -> str:
        """mediasoup's consumer type."""
        return "simulcast" if self.spatial_layers > 1 else "simple"


def producer_mapping(
    parameters: RtpParameters, router_capabilities: RtpCapabilities = ROUTER
) -> ProducerMapping:
    """Maps a producer's first codec and its RTX; mediasoup-client never names a second one.

    Refused `rtp.unsupported_codec` when the router has no such codec, `rtp.parameters` when the
    encodings cannot be told apart by what the packets will carry.
    """
    codec = next((codec for codec in parameters.codecs if not codec.is_rtx), None)
    if codec is None:
        raise field.refused("codecs", "no media codec")
    known = router_capabilities.find(codec)
    if known is None:
        raise Refused("rtp.unsupported_codec", codec.mime_type)
    extensions = _by_meaning(parameters.extensions)
    if not _is_described(codec):
        extensions.pop(Extension.DEPENDENCY_DESCRIPTOR, None)
    _check_encodings(parameters, codec.kind, extensions)
    payload_types = {codec.payload_type: known.payload_type}
    repairs = {}
    rtx = next((rtx for rtx in parameters.codecs if rtx.repairs == codec.payload_type), None)
    known_rtx = router_capabilities.find_rtx(known)
    if rtx and known_rtx:
        payload_types[rtx.payload_type] = known_rtx.payload_type
        repairs[rtx.payload_type] = codec.payload_type
    mapped = replace(known, parameters=codec.parameters)
    return ProducerMapping(mapped, known_rtx, payload_types, repairs, extensions)


def _is_described(codec: Codec) -> bool:
    return codec.mime_type.lower() in _DESCRIBED


def _by_meaning(extensions: tuple[HeaderExtension, ...]) -> dict[Extension, int]:
    known = set(Extension)
    return {Extension(own.uri): own.id for own in extensions if own.uri in known}


def _check_encodings(
    parameters: RtpParameters, kind: Kind, extensions: Mapping[Extension, int]
) -> None:
    encodings = parameters.encodings
    if not encodings:
        raise field.refused("encodings", "none")
    if kind is Kind.AUDIO and len(encodings) > 1:
        raise field.refused("encodings", "several of a sound track")
    has_mid = parameters.mid is not None and Extension.MID in extensions
    for encoding in encodings:
        if encoding.ssrc is not None:
            continue
        # Without an SSRC the packets must say their MID, and of several encodings the RID.
        if not has_mid or (
            len(encodings) > 1 and not (encoding.rid and Extension.RID in extensions)
        ):
            raise field.refused("encodings", "neither SSRC nor MID and RID")


def consumable_parameters(
    kind: Kind, parameters: RtpParameters, mapping: ProducerMapping
) -> Consumable:
    """What of a producer of `kind` can be consumed.

    RTX is there even when the producer sends none, since the router repairs from its own history.
    Refused `rtp.parameters` when the codec is for the other kind.
    """
    if mapping.codec.kind is not kind:
        raise field.refused("kind", f"{mapping.codec.mime_type} is not {kind}")
    return Consumable(
        kind,
        mapping.codec,
        mapping.rtx,
        tuple(
            own
            for own in ROUTER.extensions
            if own.kind is kind
            and own.direction.may_send
            and (own.uri != Extension.DEPENDENCY_DESCRIPTOR or _is_described(mapping.codec))
        ),
        len(parameters.encodings),
        max(encoding.temporal_layers for encoding in parameters.encodings),
    )


def consumer_parameters(
    consumable: Consumable,
    remote_capabilities: RtpCapabilities,
    *,
    ssrc: int,
    rtx_ssrc: int,
    mid: str,
    cname: str,
) -> RtpParameters:
    """What one consumer gets: one encoding, with RTX or redundant sound when the browser can, and
    the extensions it reads. The codec itself is first: mediasoup-client looks at no other.
    `rtx_ssrc` is not used without RTX. Refused `rtp.unsupported_codec`.
    """
    known = remote_capabilities.find(consumable.codec)
    if known is None:
        raise Refused("rtp.unsupported_codec", consumable.codec.mime_type)
    extensions = _extensions(consumable, known, remote_capabilities)
    codec = replace(consumable.codec, feedback=_feedback(consumable.codec, known, extensions))
    codecs: tuple[Codec, ...] = (codec,)
    encoding = Encoding(ssrc=ssrc, scalability_mode=_scalability_mode(consumable))
    if consumable.rtx and _NACK in codec.feedback and remote_capabilities.find_rtx(known):
        codecs = (codec, consumable.rtx)
        encoding = replace(encoding, rtx_ssrc=rtx_ssrc)
    elif consumable.kind is Kind.AUDIO:
        beside = (REDUNDANT_SOUND, COMFORT_NOISE)
        codecs = (codec, *(each for each in beside if remote_capabilities.find(each)))
    return RtpParameters(mid, codecs, extensions, (encoding,), cname)


def _extensions(
    consumable: Consumable, known: Codec, remote_capabilities: RtpCapabilities
) -> tuple[HeaderExtension, ...]:
    """What the browser reads; either the transport-wide number or the send time, never both."""
    # Without the kind: mediasoup-client names an extension of both kinds under one of them only.
    readable = {(remote.uri, remote.id) for remote in remote_capabilities.extensions}
    extensions = [own for own in consumable.extensions if (own.uri, own.id) in readable]
    is_numbered = _TRANSPORT_CC in known.feedback and any(
        own.uri == Extension.TRANSPORT_SEQUENCE for own in extensions
    )
    idle = Extension.ABS_SEND_TIME if is_numbered else Extension.TRANSPORT_SEQUENCE
    return tuple(HeaderExtension(own.uri, own.id) for own in extensions if own.uri != idle)


def _feedback(
    own: Codec, remote: Codec, extensions: tuple[HeaderExtension, ...]
) -> tuple[RtcpFeedback, ...]:
    """Feedback both know, less what rests on an extension that is not carried."""
    carried = {extension.uri for extension in extensions}
    idle = {feedback for feedback, needed in _RESTS_ON.items() if needed not in carried}
    return tuple(each for each in own.feedback if each in remote.feedback and each not in idle)


def _scalability_mode(consumable: Consumable) -> str | None:
    spatial, temporal = consumable.spatial_layers, consumable.temporal_layers
    return f"L{spatial}T{temporal}" if spatial > 1 or temporal > 1 else None
