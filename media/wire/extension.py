"""RTP header extensions: the element block (RFC 8285) and the elements an SFU reads or writes.

Decides where each element starts and what it says: MID and RIDs (RFC 8843, 8852), audio level
(RFC 6464), absolute send time (webrtc.org), video orientation (3GPP TS 26.114 section 7.4.5).
The dependency descriptor has a module of its own. Which id stands for which meaning is negotiated,
so it is an argument here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from media.errors import LocalError, Malformed

ONE_BYTE_PROFILE = 0xBEDE
TWO_BYTE_PROFILE = 0x1000
_TWO_BYTE_PROFILE_MASK = 0xFFF0  # the low 4 "appbits" are free (RFC 8285 section 4.3)
_STOP_ID = 15  # RFC 8285 section 4.2: readers stop here
SHORT_ELEMENT_BYTES = 16
"""The one-byte form holds no longer element."""

MAX_NAME_BYTES = 32  # our bound for MID and RID; browsers use 1-8 characters
_ABS_SEND_TIME_FRACTION = 1 << 18  # 6.18 fixed point seconds


class Extension(StrEnum):
    """What an element means; the value is the URI by which it is negotiated."""

    MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
    RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
    REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
    ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
    TRANSPORT_SEQUENCE = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
    AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
    ORIENTATION = "urn:3gpp:video-orientation"
    DEPENDENCY_DESCRIPTOR = (
        "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"
    )


def parse(profile: int | None, data: bytes) -> dict[int, bytes]:
    """Elements by id. No block, or a profile that is not RFC 8285's, holds no elements.

    Of two elements with one id the last counts. Malformed `extension.truncated` when an element
    reaches beyond the block.
    """
    if profile == ONE_BYTE_PROFILE:
        return _parse_one_byte(data)
    if profile is not None and profile & _TWO_BYTE_PROFILE_MASK == TWO_BYTE_PROFILE:
        return _parse_two_byte(data)
    return {}


def _parse_one_byte(data: bytes) -> dict[int, bytes]:
    elements: dict[int, bytes] = {}
    position, size = 0, len(data)
    while position < size:
        lead = data[position]
        position += 1
        if lead == 0:  # a padding byte
            continue
        identifier = lead >> 4
        if identifier == _STOP_ID:
            break
        end = position + (lead & 0x0F) + 1
        if end > size:
            raise Malformed("extension.truncated", f"id {identifier}")
        if identifier:  # id 0 with a length is padding by another name: skipped
            elements[identifier] = data[position:end]
        position = end
    return elements


def _parse_two_byte(data: bytes) -> dict[int, bytes]:
    elements: dict[int, bytes] = {}
    position, size = 0, len(data)
    while position < size:
        identifier = data[position]
        if identifier == 0:
            position += 1
            continue
        start = position + 2
        end = start + data[position + 1] if start <= size else size + 1
        if end > size:
            raise Malformed("extension.truncated", f"id {identifier}")
        elements[identifier] = data[start:end]
        position = end
    return elements


def pack(elements: Mapping[int, bytes]) -> tuple[int, bytes]:
    """(profile, block padded to whole words): one-byte form where all elements fit it.

    LocalError for ids outside 1..255 or elements above 255 bytes.
    """
    if all(
        1 <= key <= 14 and 1 <= len(value) <= SHORT_ELEMENT_BYTES for key, value in elements.items()
    ):
        parts = [bytes((key << 4 | len(value) - 1,)) + value for key, value in elements.items()]
        profile = ONE_BYTE_PROFILE
    else:
        for key, value in elements.items():
            if not 1 <= key <= 255 or len(value) > 255:
                raise LocalError(f"element {key} of {len(value)} bytes")
        parts = [bytes((key, len(value))) + value for key, value in elements.items()]
        profile = TWO_BYTE_PROFILE
    block = b"".join(parts)
    return profile, block + bytes(-len(block) % 4)


def parse_name(data: bytes) -> str:
    """A MID, RID or repaired RID. Malformed `extension.name` when empty, long or not printable."""
    if not 0 < len(data) <= MAX_NAME_BYTES or not data.isascii():
        raise Malformed("extension.name", f"{len(data)} bytes")
    name = data.decode("ascii")
    if not name.isprintable() or " " in name:
        raise Malformed("extension.name", "not printable")
    return name


def parse_audio_level(data: bytes) -> tuple[int, bool]:
    """(level, voice): level in -dBov, 0 loudest .. 127 silence; voice is the sender's V bit.

    Malformed `extension.audio_level` for an empty element.
    """
    if not data:
        raise Malformed("extension.audio_level", "empty")
    return data[0] & 0x7F, data[0] >= 0x80


def pack_audio_level(level: int, *, voice: bool) -> bytes:
    """The element for `level` in -dBov, 0..127."""
    return bytes((min(max(level, 0), 127) | (0x80 if voice else 0),))


def parse_abs_send_time(data: bytes) -> float:
    """Seconds, wrapping every 64 s. Malformed `extension.abs_send_time` unless three bytes."""
    if len(data) != 3:
        raise Malformed("extension.abs_send_time", f"{len(data)} bytes")
    return int.from_bytes(data, "big") / _ABS_SEND_TIME_FRACTION


def pack_abs_send_time(now: float) -> bytes:
    """The element for any steady clock in seconds; only differences mean something."""
    return (int(now * _ABS_SEND_TIME_FRACTION) & 0xFFFFFF).to_bytes(3, "big")
