"""Frames to bytes, by the table in `frame`; and the deflating of a large STATE.

A `Segment` is a frame for many receivers: built once, and given to each under the channel number
that receiver chose, which is always one byte.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable

from whiteboard.errors import LocalError
from whiteboard.frame import (
    CHANNEL_MAX,
    CLIENT_FORMS,
    SERVER_FORMS,
    VARUINT_MAX,
    Form,
    Frame,
    Kind,
)
from whiteboard.varint import write_varuint, zigzag

_FORMS: dict[object, Form] = {form.make: form for form in (*CLIENT_FORMS, *SERVER_FORMS)}


def encode(frame: Frame) -> bytes:
    """One frame with its length. LocalError when a value does not fit its field."""
    form = _FORMS[type(frame)]
    body = b"".join([_field(kind, getattr(frame, name)) for name, kind in form.fields])
    return varuint(len(body) + 1) + bytes((form.number,)) + body


def encode_all(frames: Iterable[Frame]) -> bytes:
    """One message of several frames."""
    return b"".join(map(encode, frames))


def varuint(value: int) -> bytes:
    """LEB128, at most 32 bits. LocalError beyond."""
    if not 0 <= value <= VARUINT_MAX:
        raise LocalError(f"{value} is no varuint of 32 bits")
    out = bytearray()
    write_varuint(out, value)
    return bytes(out)


def deflate(update: bytes) -> bytes:
    """Raw deflate (RFC 1951), fast rather than small: ink shrinks little at any level."""
    compressor = zlib.compressobj(level=1, wbits=-zlib.MAX_WBITS)
    return compressor.compress(update) + compressor.flush()


class Segment:
    """One frame's bytes for receivers with different channel numbers."""

    __slots__ = ("_at", "_by_number", "size")

    def __init__(self, frame: Frame) -> None:
        """`frame` has its channel first in its body; whatever number is in it does not matter."""
        written = encode(frame)
        self.size = len(written)
        self._at = 1
        while written[self._at - 1] & 0x80:
            self._at += 1
        self._at += 1  # the type byte
        self._by_number = {written[self._at]: written}

    def under(self, number: int) -> bytes:
        """The frame for a receiver who knows the page as channel `number`."""
        written = self._by_number.get(number)
        if written is None:
            known = next(iter(self._by_number.values()))
            written = known[: self._at] + bytes((number,)) + known[self._at + 1 :]
            self._by_number[number] = written
        return written


def _field(kind: Kind, value: object) -> bytes:
    match kind, value:
        case Kind.CHANNEL, int() if 0 <= value <= CHANNEL_MAX:
            return bytes((value,))
        case Kind.BYTE, int() if 0 <= value <= 0xFF:
            return bytes((value,))
        case Kind.VARUINT, int():
            return varuint(value)
        case Kind.VARINT, int():
            return varuint(zigzag(value))
        case Kind.STR, str():
            return _sized(value.encode())
        case Kind.BYTES, bytes():
            return _sized(value)
        case Kind.JSON, _:
            written = json.dumps(value, separators=(",", ":"))
            return _sized(written.encode())
        case _:
            raise LocalError(f"{value!r} is no {kind.value}")


def _sized(content: bytes) -> bytes:
    return varuint(len(content)) + content
