"""WebM as it is written here (RFC 8794 EBML, RFC 9559 Matroska, the WebM container guidelines).

One track a file: a head of fixed length for its codec, clusters of at most a second, cues at the
end. Head and cues are made anew from the index for each request, so the clusters between them are
only ever appended. Lacing is not used; sizes are known everywhere. Sans-IO.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from recording.errors import LocalError
from recording.index import Index

CODECS: Final = {
    "audio/opus": "A_OPUS",
    "video/VP8": "V_VP8",
    "video/VP9": "V_VP9",
    "video/AV1": "V_AV1",
    "video/H264": "V_MPEG4/ISO/AVC",
}
PRE_SKIP: Final = 312
"""Samples at 48 kHz that libopus puts before the first one."""
SEEK_PRE_ROLL_NS: Final = 80_000_000
CUES_APART_MS: Final = 5_000

_SEEK_HEAD = b"\x11\x4d\x9b\x74"
_CUES = b"\x1c\x53\xbb\x6b"
_CLUSTER = b"\x1f\x43\xb6\x75"
_SEGMENT = b"\x18\x53\x80\x67"
_WIDE = 8
"""Bytes of a size that is filled in later."""
_BLOCK = struct.Struct("!BhB")
_KEY = 0x80


def content_type(mime: str) -> str:
    """What a browser is told a file of this codec is."""
    if mime == "video/H264":
        return "video/x-matroska"
    return "audio/webm" if mime == "audio/opus" else "video/webm"


def opus_private(channels: int, pre_skip: int = 0) -> bytes:
    """OpusHead (RFC 7845 section 5.1). Packets of a call lose nothing at their beginning."""
    return b"OpusHead" + struct.pack("<BBHIhB", 1, channels, pre_skip, 48_000, 0, 0)


def cluster(ms: int, frames: Iterable[tuple[int, bytes, bool]]) -> bytes:
    """A cluster that begins at `ms`, of frames (ms, data, whether it is a key frame).

    LocalError for a frame more than 32 s later: its time would not fit.
    """
    parts = [_element(b"\xe7", _uint(ms))]
    for at, data, is_key in frames:
        if not 0 <= at - ms < 32_768:
            raise LocalError("a frame out of its cluster")
        head = _BLOCK.pack(0x81, at - ms, _KEY if is_key else 0)
        parts += (b"\xa3", _size(len(data) + _BLOCK.size), head, data)
    body = b"".join(parts)
    return _CLUSTER + _size(len(body)) + body


def frames(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """What `cluster` put together, of one cluster or of several behind one another."""
    at, begin = 0, 0
    while at < len(data):
        if data.startswith(_CLUSTER, at):
            _, at = _read_size(data, at + len(_CLUSTER))
            continue
        size, body = _read_size(data, at + 1)
        if data[at] == 0xE7:
            begin = int.from_bytes(data[body : body + size], "big")
        else:
            _, ms, flags = _BLOCK.unpack_from(data, body)
            yield begin + ms, data[body + _BLOCK.size : body + size], bool(flags & _KEY)
        at = body + size


def _read_size(data: bytes, at: int) -> tuple[int, int]:
    """(size, behind it)."""
    width = 9 - data[at].bit_length()
    return int.from_bytes(data[at : at + width], "big") & ((1 << 7 * width) - 1), at + width


def head(index: Index, *, body_bytes: int, cues_bytes: int, duration_ms: int) -> bytes:
    """What stands before the clusters; its length depends on codec and private part alone."""
    segment = _segment_head(index, body_bytes, duration_ms)
    doc_type = b"matroska" if index.mime == "video/H264" else b"webm"
    ebml = b"".join(
        (
            _element(b"\x42\x86", b"\1"),
            _element(b"\x42\xf7", b"\1"),
            _element(b"\x42\xf2", b"\4"),
            _element(b"\x42\xf3", b"\x08"),
            _element(b"\x42\x82", doc_type),
            _element(b"\x42\x87", b"\4"),
            _element(b"\x42\x85", b"\2"),
        )
    )
    total = len(segment) + body_bytes + cues_bytes
    return _element(b"\x1a\x45\xdf\xa3", ebml) + _SEGMENT + _size(total, _WIDE) + segment


def cues(index: Index, points: Sequence[tuple[int, int]]) -> bytes:
    """Where one can begin: of points (ms, offset behind the head) those that are some way apart."""
    base = len(_segment_head(index, 0, 0))
    entries, last = [], -CUES_APART_MS
    for ms, offset in points:
        if ms - last < CUES_APART_MS:
            continue
        last = ms
        where = _element(b"\xf7", b"\1") + _element(b"\xf1", _wide(base + offset))
        entries.append(_element(b"\xbb", _element(b"\xb3", _uint(ms)) + _element(b"\xb7", where)))
    return _element(_CUES, b"".join(entries))


def _segment_head(index: Index, body_bytes: int, duration_ms: int) -> bytes:
    info = b"".join(
        (
            _element(b"\x2a\xd7\xb1", _uint(1_000_000)),
            _element(b"\x44\x89", struct.pack("!d", float(duration_ms))),
            _element(b"\x4d\x80", b"classroom"),
            _element(b"\x57\x41", b"classroom"),
        )
    )
    behind = _element(b"\x15\x49\xa9\x66", info) + _element(b"\x16\x54\xae\x6b", _track(index))
    # The seek head's own length is known: it names one element by a position of eight bytes.
    length = len(_seek_head(0)) + len(behind)
    return _seek_head(length + body_bytes) + behind


def _seek_head(cues_at: int) -> bytes:
    seek = _element(b"\x53\xab", _CUES) + _element(b"\x53\xac", _wide(cues_at))
    return _element(_SEEK_HEAD, _element(b"\x4d\xbb", seek))


def _track(index: Index) -> bytes:
    is_sound = index.mime == "audio/opus"
    parts = [
        _element(b"\xd7", b"\1"),
        _element(b"\x73\xc5", b"\1"),
        _element(b"\x83", b"\2" if is_sound else b"\1"),
        _element(b"\x9c", b"\0"),
        _element(b"\x86", CODECS[index.mime].encode()),
    ]
    if index.private:
        parts.append(_element(b"\x63\xa2", index.private))
    if is_sound:
        delay_ns = struct.unpack_from("<H", index.private, 10)[0] * 1_000_000_000 // 48_000
        parts.append(_element(b"\x56\xaa", _wide(delay_ns)))
        parts.append(_element(b"\x56\xbb", _wide(SEEK_PRE_ROLL_NS)))
        sound = _element(b"\xb5", struct.pack("!d", 48_000.0))
        parts.append(_element(b"\xe1", sound + _element(b"\x9f", bytes([index.channels]))))
    else:
        _, width, height = index.sizes[0] if index.sizes else (0, 1, 1)
        picture = _element(b"\xb0", struct.pack("!I", width))
        parts.append(_element(b"\xe0", picture + _element(b"\xba", struct.pack("!I", height))))
    return _element(b"\xae", b"".join(parts))


def _element(element: bytes, body: bytes) -> bytes:
    return element + _size(len(body)) + body


def _size(size: int, width: int = 0) -> bytes:
    """A size, in as few bytes as it needs, or in `width`; all ones would mean unknown."""
    width = width or next(each for each in range(1, 9) if size < (1 << 7 * each) - 1)
    return ((1 << 7 * width) | size).to_bytes(width, "big")


def _uint(number: int) -> bytes:
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")


def _wide(number: int) -> bytes:
    return number.to_bytes(_WIDE, "big")
