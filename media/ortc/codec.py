"""A codec as capabilities and parameters both describe it, and when two of them are the same.

Decides what makes codecs compatible (name, clock, channels, and what else distinguishes variants
of one codec). The payload type is only a name for it and never compared.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from media.ortc import field, h264_profile
from media.source import Kind

Parameters = Mapping[str, str | int]
Json = dict[str, object]

MAX_PARAMETERS = 32
MAX_FEEDBACK = 16
_MIME_TYPE = re.compile(r"(audio|video)/[A-Za-z0-9.+_-]{1,32}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RtcpFeedback:
    """One kind of RTCP feedback: ("nack", ""), ("nack", "pli"), ("goog-remb", ""), ..."""

    type: str
    parameter: str = ""

    def to_json(self) -> Json:
        """mediasoup's RtcpFeedback."""
        return {"type": self.type, "parameter": self.parameter}


@dataclass(frozen=True, slots=True)
class Codec:
    """One codec under one payload type. `channels` is None for video."""

    mime_type: str
    payload_type: int
    clock_rate: int
    channels: int | None = None
    parameters: Parameters = dataclasses.field(default_factory=dict)
    feedback: tuple[RtcpFeedback, ...] = ()

    @property
    def kind(self) -> Kind:
        """What the codec is for, by the first half of its name."""
        return Kind(self.mime_type.partition("/")[0].lower())

    @property
    def is_rtx(self) -> bool:
        """Whether this is the retransmission format of another codec (RFC 4588)."""
        return self.mime_type.lower().endswith("/rtx")

    @property
    def repairs(self) -> int | None:
        """Of an RTX codec, the payload type it retransmits (`apt`)."""
        apt = self.parameters.get("apt")
        return apt if self.is_rtx and isinstance(apt, int) else None

    def to_json(self, payload_type_key: str) -> Json:
        """mediasoup's codec object; the key is `preferredPayloadType` in capabilities."""
        return {
            "mimeType": self.mime_type,
            payload_type_key: self.payload_type,
            "clockRate": self.clock_rate,
            **({} if self.channels is None else {"channels": self.channels}),
            "parameters": dict(self.parameters),
            "rtcpFeedback": [feedback.to_json() for feedback in self.feedback],
        }


def parse_codec(value: object, payload_type_key: str) -> Codec:
    """A codec of capabilities or parameters. Refused `rtp.parameters`."""
    entry = field.members(value, "codec")
    mime_type = field.text(entry.get("mimeType"), "mimeType", _MIME_TYPE)
    channels = field.optional_integer(entry.get("channels"), "channels", 1, 255)
    is_audio = mime_type.lower().startswith("audio/")
    return Codec(
        mime_type,
        field.integer(entry.get(payload_type_key), payload_type_key, 0, 127),
        field.integer(entry.get("clockRate"), "clockRate", 1, 1_000_000),
        (channels or 1) if is_audio else None,
        _parse_parameters(entry.get("parameters")),
        _parse_feedback(entry.get("rtcpFeedback")),
    )


def _parse_parameters(value: object) -> Parameters:
    entry = field.members(value, "parameters")
    if len(entry) > MAX_PARAMETERS:
        raise field.refused("parameters", f"more than {MAX_PARAMETERS}")
    parameters: dict[str, str | int] = {}
    for key, given in entry.items():
        name = field.text(key, "parameter", field.LABEL)
        if isinstance(given, int) and not isinstance(given, bool):
            parameters[name] = field.integer(given, name, -(1 << 31), 1 << 32)
        else:
            parameters[name] = field.text("" if given is None else given, name, field.VALUE)
    return parameters


def _parse_feedback(value: object) -> tuple[RtcpFeedback, ...]:
    feedback = []
    for item in field.items(value, "rtcpFeedback", most=MAX_FEEDBACK):
        entry = field.members(item, "rtcpFeedback")
        name = field.text(entry.get("type"), "type", field.LABEL)
        parameter = field.optional_text(entry.get("parameter"), "parameter", field.LABEL)
        feedback.append(RtcpFeedback(name, parameter or ""))
    return tuple(feedback)


def is_same_codec(one: Codec, other: Codec) -> bool:
    """Whether what one sends the other understands."""
    mime_type = one.mime_type.lower()
    if mime_type != other.mime_type.lower():
        return False
    if (one.clock_rate, one.channels) != (other.clock_rate, other.channels):
        return False
    is_same_variant = _VARIANTS.get(mime_type)
    return is_same_variant is None or is_same_variant(one.parameters, other.parameters)


def _is_same_h264(one: Parameters, other: Parameters) -> bool:
    # Absent, the packetization mode is 0 (RFC 6184 section 8.1).
    if str(one.get("packetization-mode", 0)) != str(other.get("packetization-mode", 0)):
        return False
    return h264_profile.is_same_profile(_profile_level_id(one), _profile_level_id(other))


def _profile_level_id(parameters: Parameters) -> str:
    # An id of digits only ("640032") arrives as a number from readers of session descriptions.
    return str(parameters.get("profile-level-id", h264_profile.DEFAULT_PROFILE_LEVEL_ID))


def _is_same_vp9(one: Parameters, other: Parameters) -> bool:
    return str(one.get("profile-id", 0)) == str(other.get("profile-id", 0))  # RFC 9628 section 6


def _is_same_av1(one: Parameters, other: Parameters) -> bool:
    return str(one.get("profile", 0)) == str(other.get("profile", 0))  # AV1 RTP section 7.2


# Codecs with variants that do not understand each other; one row for each such codec.
_VARIANTS: dict[str, Callable[[Parameters, Parameters], bool]] = {
    "video/h264": _is_same_h264,
    "video/vp9": _is_same_vp9,
    "video/av1": _is_same_av1,
}
