"""RtpParameters: what a producer sends, or what a consumer gets (mediasoup's JSON).

Decides whether they are well formed and within bounds; whether we can serve them is `negotiate`'s.
Fields we do not use (`msid`, `networkPriority`, ...) are dropped.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from media.ortc import field
from media.ortc.codec import Codec, Json, parse_codec

MAX_CODECS = 16
MAX_EXTENSIONS = 32
MAX_ENCODINGS = 4
_MAX_SSRC = 0xFFFFFFFF
_PAYLOAD_TYPE = "payloadType"
_CNAME = re.compile(r"[!-~]{1,255}")
_SCALABILITY_MODE = re.compile(r"[LS]([1-8])T([1-8])(h|_KEY|_KEY_SHIFT)?")


@dataclass(frozen=True, slots=True)
class HeaderExtension:
    """Extension `uri` is written under `id`."""

    uri: str
    id: int

    def to_json(self) -> Json:
        """mediasoup's RtpHeaderExtensionParameters."""
        return {"uri": self.uri, "id": self.id, "encrypt": False, "parameters": {}}


@dataclass(frozen=True, slots=True)
class Encoding:
    """One stream of a track: known by `ssrc`, or by `rid` until its first packets tell."""

    ssrc: int | None = None
    rid: str | None = None
    rtx_ssrc: int | None = None
    dtx: bool = False
    scalability_mode: str | None = None
    max_bitrate_bps: int | None = None

    @property
    def temporal_layers(self) -> int:
        """Temporal layers the scalability mode promises; 1 without one."""
        mode = _SCALABILITY_MODE.fullmatch(self.scalability_mode or "")
        return int(mode[2]) if mode else 1

    def to_json(self) -> Json:
        """mediasoup's RtpEncodingParameters, absent fields left out."""
        fields: Json = {
            "ssrc": self.ssrc,
            "rid": self.rid,
            "rtx": None if self.rtx_ssrc is None else {"ssrc": self.rtx_ssrc},
            "dtx": self.dtx,
            "scalabilityMode": self.scalability_mode,
            "maxBitrate": self.max_bitrate_bps,
        }
        return {key: value for key, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class RtpParameters:
    """Codecs, extensions and encodings of one track; payload types and ids are unique."""

    mid: str | None
    codecs: tuple[Codec, ...]
    extensions: tuple[HeaderExtension, ...]
    encodings: tuple[Encoding, ...]
    cname: str | None

    def to_json(self) -> Json:
        """mediasoup's RtpParameters."""
        return {
            **({} if self.mid is None else {"mid": self.mid}),
            "codecs": [codec.to_json(_PAYLOAD_TYPE) for codec in self.codecs],
            "headerExtensions": [extension.to_json() for extension in self.extensions],
            "encodings": [encoding.to_json() for encoding in self.encodings],
            "rtcp": {
                **({} if self.cname is None else {"cname": self.cname}),
                "reducedSize": True,
                "mux": True,
            },
        }


def parse_parameters(value: object) -> RtpParameters:
    """RtpParameters from JSON. Refused `rtp.parameters` naming the field that is wrong."""
    entry = field.members(value, "rtpParameters")
    rtcp = field.members(entry.get("rtcp"), "rtcp")
    codecs = field.items(entry.get("codecs"), "codecs", most=MAX_CODECS)
    extensions = field.items(entry.get("headerExtensions"), "headerExtensions", most=MAX_EXTENSIONS)
    encodings = field.items(entry.get("encodings"), "encodings", most=MAX_ENCODINGS)
    parameters = RtpParameters(
        field.optional_text(entry.get("mid"), "mid", field.NAME),
        tuple(parse_codec(codec, _PAYLOAD_TYPE) for codec in codecs),
        tuple(map(_parse_extension, extensions)),
        tuple(map(_parse_encoding, encodings)),
        field.optional_text(rtcp.get("cname"), "cname", _CNAME),
    )
    _refuse_repeated("payloadType", (codec.payload_type for codec in parameters.codecs))
    _refuse_repeated("headerExtensions", (extension.id for extension in parameters.extensions))
    _refuse_repeated("rid", (encoding.rid for encoding in parameters.encodings))
    _refuse_repeated("ssrc", _ssrcs(parameters.encodings))
    return parameters


def _parse_extension(value: object) -> HeaderExtension:
    entry = field.members(value, "headerExtension")
    if field.flag(entry.get("encrypt"), "encrypt"):
        raise field.refused("encrypt", "encrypted header extensions were not offered")
    return HeaderExtension(
        field.text(entry.get("uri"), "uri", field.URI),
        field.integer(entry.get("id"), "id", 1, 255),
    )


def _parse_encoding(value: object) -> Encoding:
    entry = field.members(value, "encoding")
    rtx = field.members(entry.get("rtx"), "rtx")
    bitrate = entry.get("maxBitrate")
    if isinstance(bitrate, float) and math.isfinite(bitrate):  # computed in JavaScript
        bitrate = int(bitrate)
    return Encoding(
        field.optional_integer(entry.get("ssrc"), "ssrc", 0, _MAX_SSRC),
        field.optional_text(entry.get("rid"), "rid", field.NAME),
        field.optional_integer(rtx.get("ssrc"), "rtx.ssrc", 0, _MAX_SSRC),
        field.flag(entry.get("dtx"), "dtx"),
        field.optional_text(entry.get("scalabilityMode"), "scalabilityMode", _SCALABILITY_MODE),
        field.optional_integer(bitrate, "maxBitrate", 0, 1 << 40),
    )


def _ssrcs(encodings: Iterable[Encoding]) -> Iterable[int | None]:
    for encoding in encodings:
        yield from (encoding.ssrc, encoding.rtx_ssrc)


def _refuse_repeated(name: str, values: Iterable[object]) -> None:
    counted = Counter(value for value in values if value is not None)
    if any(count > 1 for count in counted.values()):
        raise field.refused(name, "used twice")
