"""RTP packet headers to values and back (RFC 3550 section 5.1, extension block section 5.3.1).

Reads the header in place and leaves the payload where it is, because SRTP leaves the header in
clear and the payload has to be opened first. What the extension block means is `extension`'s.
"""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from media.errors import LocalError, Malformed

Packet = bytes | bytearray | memoryview
"""Bytes of one datagram, or a view of them."""

FIXED_HEADER_BYTES = 12
SOURCE_BYTES = 4
"""Of one contributing source, behind the fixed header."""
MAX_EXTENSION_WORDS = 0xFFFF

_FIXED = Struct("!BBHII")
_EXTENSION = Struct("!HH")


class RtpHeader(NamedTuple):
    """One RTP header. A tuple, not a dataclass: made for every packet, at a fifth of the cost.

    `extension_profile` is None without an extension block; `header_length` is where the payload
    starts; `padding` says that the (decrypted) payload ends with RTP padding.
    """

    marker: bool
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    extension_profile: int | None
    extension: bytes
    header_length: int
    padding: bool


def parse_header(packet: Packet) -> RtpHeader:
    """Reads the header at the start of `packet`.

    Malformed: `rtp.truncated` (header longer than the packet), `rtp.version` (not version 2).
    """
    size = len(packet)
    if size < FIXED_HEADER_BYTES:
        raise Malformed("rtp.truncated", f"{size} bytes")
    first, second, sequence, timestamp, ssrc = _FIXED.unpack_from(packet)
    if first >> 6 != 2:
        raise Malformed("rtp.version", f"version {first >> 6}")
    offset = FIXED_HEADER_BYTES + 4 * (first & 0x0F)
    profile: int | None = None
    extension = b""
    if first & 0x10:
        if size < offset + 4:
            raise Malformed("rtp.truncated", "extension header")
        profile, words = _EXTENSION.unpack_from(packet, offset)
        start = offset + 4
        offset = start + 4 * words
        extension = bytes(packet[start:offset])
    if size < offset:
        raise Malformed("rtp.truncated", f"header of {offset} in {size} bytes")
    marker, payload_type, padding = second >= 0x80, second & 0x7F, bool(first & 0x20)
    return RtpHeader(
        marker, payload_type, sequence, timestamp, ssrc, profile, extension, offset, padding
    )


def pack_header(
    *,
    payload_type: int,
    sequence: int,
    timestamp: int,
    ssrc: int,
    marker: bool = False,
    extension: tuple[int, bytes] | None = None,
    padding: bool = False,
) -> bytes:
    """Writes a header without contributing sources.

    `extension` is (profile, block) as `extension.pack` gives it; the block must fill whole words.
    LocalError when it does not.
    """
    first = 0x80 | (0x20 if padding else 0) | (0x10 if extension else 0)
    second = payload_type | (0x80 if marker else 0)
    fixed = _FIXED.pack(first, second, sequence, timestamp, ssrc)
    if extension is None:
        return fixed
    profile, block = extension
    if len(block) % 4 or len(block) // 4 > MAX_EXTENSION_WORDS:
        raise LocalError(f"extension block of {len(block)} bytes")
    return fixed + _EXTENSION.pack(profile, len(block) // 4) + block


def with_source(header: bytes, source: int) -> bytes:
    """`header`, which names no contributing source, with this one (32 bits)."""
    named = bytes((header[0] | 1,)) + header[1:FIXED_HEADER_BYTES]
    return named + source.to_bytes(SOURCE_BYTES, "big") + header[FIXED_HEADER_BYTES:]


def strip_padding(payload: bytes) -> bytes:
    """The payload without its RTP padding; the last byte counts the padding, itself included.

    Call it only when the header's padding flag is set. A payload that is padding alone (a probe)
    becomes empty. Malformed `rtp.padding` when the count is zero or exceeds the payload.
    """
    if not payload:
        raise Malformed("rtp.padding", "empty payload")
    count = payload[-1]
    if not 0 < count <= len(payload):
        raise Malformed("rtp.padding", f"{count} of {len(payload)} bytes")
    return payload[: len(payload) - count]
