"""Payloads: packets of one picture become the picture as a file holds it.

VP8 (RFC 7741), VP9 (RFC 9628, one spatial layer), AV1 (RTP payload for AV1, section 4: OBUs with
their sizes, without temporal delimiters), H.264 (RFC 6184, modes 0 and 1: NAL units, each behind
its length in four bytes). Opus packets (RFC 7587) are frames as they are. Sans-IO.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from media.errors import Malformed

Payload = bytes | memoryview
Join = Callable[[Sequence[Payload]], bytes]

_STAP_A = 24
_FU_A = 28
_TEMPORAL_DELIMITER, _TILE_LIST, _PADDING = 2, 8, 15
_OBU_HAS_SIZE = 0x02
_OBU_EXTENSION = 0x04


def join_vp8(payloads: Sequence[Payload]) -> bytes:
    """The descriptors taken off. Malformed `vp8.truncated`."""
    return b"".join(payload[_vp8_descriptor(payload) :] for payload in payloads)


def _vp8_descriptor(payload: Payload) -> int:
    """Its length (section 4.2)."""
    try:
        if not payload[0] & 0x80:
            return 1
        present, length = payload[1], 2
        if present & 0x80:
            length += 2 if payload[2] & 0x80 else 1
        return length + bool(present & 0x40) + bool(present & 0x30)
    except IndexError:
        raise Malformed("vp8.truncated") from None


def picture_id_vp8(payload: Payload) -> tuple[int, int] | None:
    """(picture id, its bits) that a packet tells, if it does."""
    if len(payload) < 4 or not payload[0] & 0x80 or not payload[1] & 0x80:
        return None
    if payload[2] & 0x80:
        return (payload[2] & 0x7F) << 8 | payload[3], 15
    return payload[2], 7


def picture_id_vp9(payload: Payload) -> tuple[int, int] | None:
    """The same of VP9."""
    if len(payload) < 3 or not payload[0] & 0x80:
        return None
    if payload[1] & 0x80:
        return (payload[1] & 0x7F) << 8 | payload[2], 15
    return payload[1], 7


def join_vp9(payloads: Sequence[Payload]) -> bytes:
    """The descriptors taken off. Malformed `vp9.truncated`, `vp9.layers` for a second layer."""
    return b"".join(payload[_vp9_descriptor(payload) :] for payload in payloads)


def _vp9_descriptor(payload: Payload) -> int:
    """Its length, with differences and scalability structure (section 4.2)."""
    try:
        required, at = payload[0], 1
        if required & 0x80:
            at += 2 if payload[1] & 0x80 else 1
        if required & 0x20:
            if payload[at] & 0x0E:
                raise Malformed("vp9.layers")
            at += 1 if required & 0x10 else 2
        if required & 0x50 == 0x50:  # flexible and predicted: one to three differences
            for _ in range(3):
                at += 1
                if not payload[at - 1] & 1:
                    break
        if required & 0x02:
            at = _vp9_structure(payload, at)
    except IndexError:
        raise Malformed("vp9.truncated") from None
    return at


def _vp9_structure(payload: Payload, at: int) -> int:
    first = payload[at]
    at += 1
    if first & 0x10:
        at += 4 * ((first >> 5) + 1)
    if first & 0x08:
        pictures = payload[at]
        at += 1
        for _ in range(pictures):
            at += 1 + (payload[at] >> 2 & 3)
    return at


def join_av1(payloads: Sequence[Payload]) -> bytes:
    """A temporal unit: OBUs, each with its size, without delimiters. Malformed `av1.truncated`."""
    parts = []
    for obu in _obus(payloads):
        kind = obu[0] >> 3 & 0x0F
        if kind not in (_TEMPORAL_DELIMITER, _TILE_LIST, _PADDING):
            parts.append(_with_size(obu))
    return b"".join(parts)


def _obus(payloads: Sequence[Payload]) -> Iterator[bytes]:
    """Whole OBUs out of the elements of packets, which may continue one another."""
    open_obu = b""
    for payload in payloads:
        elements = list(_elements(payload))
        continues, goes_on = payload[0] & 0x80, payload[0] & 0x40
        if continues:
            elements[0] = open_obu + elements[0]
        elif open_obu:
            raise Malformed("av1.truncated", "an OBU without its end")
        open_obu = elements.pop() if goes_on else b""
        yield from elements
    if open_obu:
        raise Malformed("av1.truncated", "an OBU without its end")


def _elements(payload: Payload) -> Iterator[bytes]:
    """What stands behind the aggregation header (section 4.4)."""
    if len(payload) < 2:
        raise Malformed("av1.truncated")
    count, at, number = payload[0] >> 4 & 3, 1, 0
    while at < len(payload):
        number += 1
        if number == count:  # the last one has no length
            size = len(payload) - at
        else:
            size, at = _read_leb128(payload, at)
        if at + size > len(payload) or not size:
            raise Malformed("av1.truncated")
        yield bytes(payload[at : at + size])
        at += size


def _with_size(obu: bytes) -> bytes:
    head = 2 if obu[0] & _OBU_EXTENSION else 1
    if obu[0] & _OBU_HAS_SIZE:
        return obu
    body = obu[head:]
    return bytes([obu[0] | _OBU_HAS_SIZE]) + obu[1:head] + leb128(len(body)) + body


def leb128(number: int) -> bytes:
    """A number in groups of seven bits, lowest first (AV1 section 4.10.5)."""
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _read_leb128(data: Payload, at: int) -> tuple[int, int]:
    number = 0
    for place in range(8):
        if at >= len(data):
            break
        number |= (data[at] & 0x7F) << 7 * place
        at += 1
        if not data[at - 1] & 0x80:
            return number, at
    raise Malformed("av1.truncated", "a length")


def av1_obus(unit: Payload) -> Iterator[tuple[int, bytes]]:
    """(type, the whole OBU) of each in a temporal unit as `join_av1` gives it."""
    at = 0
    while at < len(unit):
        head = 2 if unit[at] & _OBU_EXTENSION else 1
        size, body = _read_leb128(unit, at + head)
        yield unit[at] >> 3 & 0x0F, bytes(unit[at : body + size])
        at = body + size


def join_h264(payloads: Sequence[Payload]) -> bytes:
    """An access unit: NAL units with their lengths before them. Malformed `h264.truncated`."""
    parts: list[bytes] = []
    fragments: list[bytes] | None = None
    for payload in payloads:
        if len(payload) < 2:
            raise Malformed("h264.truncated")
        kind = payload[0] & 0x1F
        if kind == _FU_A:
            if payload[1] & 0x80:
                fragments = [bytes([payload[0] & 0xE0 | payload[1] & 0x1F])]
            if fragments is None:
                raise Malformed("h264.truncated", "a fragment without its beginning")
            fragments.append(bytes(payload[2:]))
            if payload[1] & 0x40:
                parts.append(_with_length(b"".join(fragments)))
                fragments = None
        elif kind == _STAP_A:
            parts += map(_with_length, _aggregated(payload))
        else:
            parts.append(_with_length(bytes(payload)))
    if fragments is not None:
        raise Malformed("h264.truncated", "fragments without an end")
    return b"".join(parts)


def _aggregated(payload: Payload) -> Iterator[bytes]:
    at = 1
    while at < len(payload):
        size = int.from_bytes(payload[at : at + 2], "big")
        at += 2
        if not size or at + size > len(payload):
            raise Malformed("h264.truncated", "STAP-A unit")
        yield bytes(payload[at : at + size])
        at += size


def _with_length(unit: bytes) -> bytes:
    return len(unit).to_bytes(4, "big") + unit


def h264_units(access_unit: Payload) -> Iterator[bytes]:
    """The NAL units of what `join_h264` gave."""
    at = 0
    while at < len(access_unit):
        size = int.from_bytes(access_unit[at : at + 4], "big")
        yield bytes(access_unit[at + 4 : at + 4 + size])
        at += 4 + size


JOINS: Final[dict[str, Join]] = {
    "video/VP8": join_vp8,
    "video/VP9": join_vp9,
    "video/AV1": join_av1,
    "video/H264": join_h264,
}
PICTURE_IDS: Final[dict[str, Callable[[Payload], tuple[int, int] | None]]] = {
    "video/VP8": picture_id_vp8,
    "video/VP9": picture_id_vp9,
}
