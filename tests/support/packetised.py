"""Frames taken apart into packets as browsers do it, for each codec that is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from media.journal.records import KEY_FRAME, MARKER, NONE, STARTS_PICTURE, PacketRecord
from recording.payloads import av1_obus, h264_units

ROOM = 1000
"""Bytes of a frame in one packet."""

Packetise = Callable[[bytes, int, bool], list[bytes]]
"""(frame, its number, whether it is a key frame) -> payloads."""


def _pieces(data: bytes) -> list[bytes]:
    return [data[at : at + ROOM] for at in range(0, len(data), ROOM)]


def vp8(frame: bytes, number: int, is_key: bool) -> list[bytes]:
    """With picture ids of 15 bits."""
    picture = (0x8000 | number & 0x7FFF).to_bytes(2, "big")
    return [
        bytes([0x80 | (0x10 if at == 0 else 0), 0x80]) + picture + piece
        for at, piece in enumerate(_pieces(frame))
    ]


def vp9(frame: bytes, number: int, is_key: bool) -> list[bytes]:
    """Flexible mode off, one layer of three told, with a scalability structure at key frames."""
    picture = (0x8000 | number & 0x7FFF).to_bytes(2, "big")
    pieces = _pieces(frame)
    payloads = []
    for at, piece in enumerate(pieces):
        begins, ends = at == 0, at == len(pieces) - 1
        has_structure = is_key and begins
        first = 0x80 | 0x20 | (0 if is_key else 0x40) | 0x08 * begins | 0x04 * ends
        head = bytes([first | 0x02 * has_structure]) + picture + b"\0\7"
        if has_structure:
            head += bytes([0x18]) + b"\1\0\1\0" + bytes([1, 0x04, 1])
        payloads.append(head + piece)
    return payloads


def av1(frame: bytes, number: int, is_key: bool) -> list[bytes]:
    """OBUs without their sizes, in packets that may end within one."""
    elements = [_without_size(obu) for _, obu in av1_obus(frame)]
    payloads: list[bytes] = []
    body, continues = b"", False
    for element in elements:
        left = element
        while left:
            room = ROOM - len(body)
            piece, left = left[:room], left[room:]
            body += _leb128(len(piece)) + piece
            if left or len(body) >= ROOM:
                payloads.append(_av1_head(continues, bool(left), is_key and not payloads) + body)
                body, continues = b"", bool(left)
    if body:
        payloads.append(_av1_head(continues, False, is_key and not payloads) + body)
    return payloads


def _av1_head(continues: bool, goes_on: bool, is_new: bool) -> bytes:
    return bytes([0x80 * continues | 0x40 * goes_on | 0x08 * is_new])


def _without_size(obu: bytes) -> bytes:
    at = 2 if obu[0] & 0x04 else 1
    size = at
    while obu[size] & 0x80:
        size += 1
    return bytes([obu[0] & ~0x02]) + obu[1:at] + obu[size + 1 :]


def _leb128(number: int) -> bytes:
    """Always two bytes: a writer may."""
    return bytes([number & 0x7F | 0x80, number >> 7])


def h264(frame: bytes, number: int, is_key: bool) -> list[bytes]:
    """Small units together (STAP-A), large ones in fragments (FU-A), others alone."""
    payloads: list[bytes] = []
    together: list[bytes] = []
    for unit in h264_units(frame):
        if len(unit) < 100:
            together.append(unit)
            continue
        if together:
            payloads.append(_aggregated(together))
            together = []
        payloads += [unit] if len(unit) <= ROOM else _fragments(unit)
    return payloads + ([_aggregated(together)] if together else [])


def _aggregated(units: list[bytes]) -> bytes:
    if len(units) == 1:
        return units[0]
    return bytes([24 | 0x60]) + b"".join(len(each).to_bytes(2, "big") + each for each in units)


def _fragments(unit: bytes) -> list[bytes]:
    pieces = _pieces(unit[1:])
    last = len(pieces) - 1
    return [
        bytes([unit[0] & 0xE0 | 28, unit[0] & 0x1F | 0x80 * (at == 0) | 0x40 * (at == last)])
        + piece
        for at, piece in enumerate(pieces)
    ]


def opus(frame: bytes, number: int, is_key: bool) -> list[bytes]:
    """As it is."""
    return [frame]


PACKETISE: dict[str, Packetise] = {
    "video/VP8": vp8,
    "video/VP9": vp9,
    "video/AV1": av1,
    "video/H264": h264,
    "audio/opus": opus,
}


def packets(
    mime: str, frames: list[tuple[float, bytes, bool]], *, clock_rate: int, stream: int = 0
) -> Iterator[tuple[float, PacketRecord]]:
    """(ms at which it was sent, record) of frames (ms, data, whether it is a key frame)."""
    number = 65_000
    for count, (ms, data, is_key) in enumerate(frames):
        payloads = PACKETISE[mime](data, count, is_key)
        timestamp = (4_294_000_000 + round(ms * clock_rate / 1000)) % (1 << 32)
        for at, payload in enumerate(payloads):
            flags = MARKER * (at == len(payloads) - 1 and mime != "audio/opus")
            flags |= STARTS_PICTURE * (at == 0) | KEY_FRAME * (at == 0 and is_key)
            yield (
                ms,
                PacketRecord(stream, 0, number, timestamp, flags, NONE, NONE, memoryview(payload)),
            )
            number += 1
