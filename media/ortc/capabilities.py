"""RTP capabilities: what the router offers, in order of preference, and what a browser can do.

Decides codecs, payload types and header extension ids of the router. They are the same for every
room, so that a packet needs no new payload type or extension id for each listener.
A further codec is one more row of `_CODECS` (and of `codec`'s variants when it has any).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from media.ortc import field
from media.ortc.codec import Codec, Json, Parameters, RtcpFeedback, is_same_codec, parse_codec
from media.source import Kind
from media.wire.extension import Extension

MAX_CODECS = 64  # Chromium names about 30, with every variant of H.264
MAX_EXTENSIONS = 64  # and about 25, once for each kind
_PAYLOAD_TYPE = "preferredPayloadType"
_KIND = re.compile(r"audio|video")
_DIRECTION = re.compile(r"sendrecv|sendonly|recvonly|inactive")


class Direction(StrEnum):
    """Which way an extension goes, seen from the one whose capabilities these are."""

    SEND_RECEIVE = "sendrecv"
    SEND = "sendonly"
    RECEIVE = "recvonly"
    INACTIVE = "inactive"

    @property
    def may_send(self) -> bool:
        """Whether the owner of the capabilities writes this extension."""
        return self in (Direction.SEND_RECEIVE, Direction.SEND)


@dataclass(frozen=True, slots=True)
class ExtensionCapability:
    """A header extension one can read or write for tracks of `kind`, under the id `id`."""

    kind: Kind
    uri: str
    id: int
    direction: Direction = Direction.SEND_RECEIVE

    def to_json(self) -> Json:
        """mediasoup's RtpHeaderExtension. Encrypted extensions (RFC 6904) we never offer."""
        return {
            "kind": self.kind.value,
            "uri": self.uri,
            "preferredId": self.id,
            "preferredEncrypt": False,
            "direction": self.direction.value,
        }


@dataclass(frozen=True, slots=True)
class RtpCapabilities:
    """Codecs (RTX among them) and header extensions."""

    codecs: tuple[Codec, ...]
    extensions: tuple[ExtensionCapability, ...]

    def find(self, codec: Codec) -> Codec | None:
        """The first of these codecs that understands `codec`."""
        return next((own for own in self.codecs if is_same_codec(own, codec)), None)

    def find_rtx(self, codec: Codec) -> Codec | None:
        """The RTX codec for `codec`, which is one of these."""
        return next((own for own in self.codecs if own.repairs == codec.payload_type), None)

    def to_json(self) -> Json:
        """mediasoup's RtpCapabilities."""
        return {
            "codecs": [
                {"kind": codec.kind.value, **codec.to_json(_PAYLOAD_TYPE)} for codec in self.codecs
            ],
            "headerExtensions": [extension.to_json() for extension in self.extensions],
        }


def parse_capabilities(value: object) -> RtpCapabilities:
    """What a browser says it can receive (`device.recvRtpCapabilities`).

    Refused `rtp.parameters` when it is not of that shape or beyond the bounds.
    """
    entry = field.members(value, "rtpCapabilities")
    codecs = field.items(entry.get("codecs"), "codecs", most=MAX_CODECS)
    extensions = field.items(entry.get("headerExtensions"), "headerExtensions", most=MAX_EXTENSIONS)
    return RtpCapabilities(
        tuple(parse_codec(codec, _PAYLOAD_TYPE) for codec in codecs),
        tuple(map(_parse_extension, extensions)),
    )


def _parse_extension(value: object) -> ExtensionCapability:
    entry = field.members(value, "headerExtension")
    direction = field.optional_text(entry.get("direction"), "direction", _DIRECTION)
    return ExtensionCapability(
        Kind(field.text(entry.get("kind"), "kind", _KIND)),
        field.text(entry.get("uri"), "uri", field.URI),
        field.integer(entry.get("preferredId"), "preferredId", 1, 255),
        Direction(direction or Direction.SEND_RECEIVE),
    )


class _Offer(NamedTuple):
    """One row of the router's codecs."""

    mime_type: str
    payload_type: int
    rtx_payload_type: int | None
    clock_rate: int
    channels: int | None
    parameters: Parameters
    feedback: tuple[RtcpFeedback, ...]


# Transport-cc tells us what a receiver's line carries; publishers get no packet number to report by
# (see `_EXTENSIONS`), and so are told by REMB what to send.
_TRANSPORT_CC = RtcpFeedback("transport-cc")
_VIDEO_FEEDBACK = (
    RtcpFeedback("nack"),
    RtcpFeedback("nack", "pli"),
    RtcpFeedback("ccm", "fir"),
    RtcpFeedback("goog-remb"),
    _TRANSPORT_CC,
)
OPUS_PAYLOAD_TYPE = 100
# Payload types from 100 up, as mediasoup numbers them; 127 is its client's own (probator).
_CODECS = (
    _Offer(
        "audio/opus",
        OPUS_PAYLOAD_TYPE,
        None,
        48000,
        2,
        {"minptime": 10, "useinbandfec": 1},
        (_TRANSPORT_CC,),
    ),
    _Offer("video/VP8", 101, 102, 90000, None, {}, _VIDEO_FEEDBACK),
    _Offer(
        "video/H264",
        103,
        104,
        90000,
        None,
        {"level-asymmetry-allowed": 1, "packetization-mode": 1, "profile-level-id": "42e01f"},
        _VIDEO_FEEDBACK,
    ),
    # For screens; a camera takes the first codec both sides know, and is simulcast in VP8.
    _Offer("video/VP9", 105, 106, 90000, None, {"profile-id": 0}, _VIDEO_FEEDBACK),
    _Offer("video/AV1", 107, 108, 90000, None, {"profile": 0}, _VIDEO_FEEDBACK),
)
REDUNDANT_SOUND = Codec(
    "audio/red", 109, 48000, 2, {f"{OPUS_PAYLOAD_TYPE}/{OPUS_PAYLOAD_TYPE}": ""}
)
"""Opus with earlier frames (RFC 2198), for receivers that name it in their own capabilities. It is
not in the router's: a browser that only repeats what it was offered has not said that its session
description reads `a=fmtp:109 100/100`, which mediasoup-client writes as `100/100=`."""
COMFORT_NOISE = Codec("audio/CN", 13, 8000, 1)
"""Silence, described in a byte (RFC 3389), under its number of RFC 3551. Not in the router's
either: nobody sends it to us, and we send it to say that a pause is one (`endpoint.lulls`)."""
_BOTH_KINDS = (Kind.AUDIO, Kind.VIDEO)
# RIDs name a sender's encodings; what we send has only one, so they are received only. Transport
# numbers are sent only: a browser that writes them ignores REMB (libwebrtc, mediasoup-client).
_EXTENSIONS = (
    (Extension.MID, 1, _BOTH_KINDS, Direction.SEND_RECEIVE),
    (Extension.RID, 2, (Kind.VIDEO,), Direction.RECEIVE),
    (Extension.REPAIRED_RID, 3, (Kind.VIDEO,), Direction.RECEIVE),
    (Extension.ABS_SEND_TIME, 4, _BOTH_KINDS, Direction.SEND_RECEIVE),
    (Extension.TRANSPORT_SEQUENCE, 5, _BOTH_KINDS, Direction.SEND),
    (Extension.AUDIO_LEVEL, 10, (Kind.AUDIO,), Direction.SEND_RECEIVE),
    (Extension.ORIENTATION, 11, (Kind.VIDEO,), Direction.SEND_RECEIVE),
    (Extension.DEPENDENCY_DESCRIPTOR, 12, (Kind.VIDEO,), Direction.SEND_RECEIVE),
)


def _router_codecs(offer: _Offer) -> tuple[Codec, ...]:
    codec = Codec(
        offer.mime_type,
        offer.payload_type,
        offer.clock_rate,
        offer.channels,
        offer.parameters,
        offer.feedback,
    )
    if offer.rtx_payload_type is None:
        return (codec,)
    rtx = Codec(
        f"{codec.kind.value}/rtx",
        offer.rtx_payload_type,
        offer.clock_rate,
        parameters={"apt": offer.payload_type},
    )
    return codec, rtx


ROUTER = RtpCapabilities(
    tuple(codec for offer in _CODECS for codec in _router_codecs(offer)),
    tuple(
        ExtensionCapability(kind, uri.value, identifier, direction)
        for uri, identifier, kinds, direction in _EXTENSIONS
        for kind in kinds
    ),
)
"""What every router can receive and send."""

ROUTER_CAPABILITIES: Json = ROUTER.to_json()
"""The same as JSON, for `Device.load({routerRtpCapabilities})`."""
