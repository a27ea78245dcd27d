"""H.264 payloads as far as an SFU must look (RFC 6184 sections 5.6 to 5.8; ITU-T H.264 7.3, 7.4).

Decides whether a packet begins a key frame and whether it begins a picture at all. Packetization
modes 0 and 1 (single NAL unit, STAP-A, FU-A), which is what browsers send.
"""

from __future__ import annotations

from collections.abc import Iterator

from media.errors import Malformed

_NON_IDR_SLICE = 1
_IDR_SLICE = 5
_SEI = 6
_SPS = 7
_PPS = 8
_AUD = 9
_STAP_A = 24
_FU_A = 28

_KEY_TYPES = frozenset((_IDR_SLICE, _SPS))
_SLICES = frozenset((_NON_IDR_SLICE, _IDR_SLICE))
_BEFORE_SLICES = frozenset((_SEI, _SPS, _PPS, _AUD))


def is_key_frame(payload: bytes) -> bool:
    """Whether a decoder can start here: an SPS, or the beginning of an IDR slice.

    Malformed `h264.truncated` when the payload is shorter than its own framing says.
    """
    return any(kind in _KEY_TYPES for kind, _ in _beginnings(payload))


def starts_picture(payload: bytes) -> bool:
    """Whether this packet begins an access unit, judged by its first NAL unit.

    Parameter sets, SEI and delimiters come before the slices; a slice is a picture's first when
    first_mb_in_slice is 0, the Exp-Golomb code `1` (one set bit). A packet of parameter sets and
    the slice behind it both say yes: the timestamp tells pictures apart. Malformed as
    `is_key_frame`.
    """
    for kind, body in _beginnings(payload):
        if kind in _SLICES:
            return bool(body) and body[0] >= 0x80
        return kind in _BEFORE_SLICES
    return False


def _beginnings(payload: bytes) -> Iterator[tuple[int, bytes]]:
    """(type, first bytes after the NAL header) of each NAL unit that begins in this packet."""
    if not payload:
        raise Malformed("h264.truncated", "empty")
    kind = payload[0] & 0x1F
    if kind == _FU_A:
        if len(payload) < 2:
            raise Malformed("h264.truncated", "FU-A header")
        if payload[1] & 0x80:  # start bit: later fragments begin nothing
            yield payload[1] & 0x1F, payload[2:3]
    elif kind == _STAP_A:
        yield from _aggregated(payload)
    else:
        yield kind, payload[1:2]


def _aggregated(payload: bytes) -> Iterator[tuple[int, bytes]]:
    position, size = 1, len(payload)
    while position < size:
        start = position + 2
        end = start + int.from_bytes(payload[position:start], "big")
        if start > size or end > size or end == start:
            raise Malformed("h264.truncated", "STAP-A unit")
        yield payload[start] & 0x1F, payload[start + 1 : min(start + 2, end)]
        position = end
