"""Envelope: how recordings lie on a disk: sealed chunk after chunk, each bound to its place.

    file    = header, chunk*
    header  = "CRJ1", 8 random bytes (prefix), u16 length, so many bytes of JSON
    chunk   = u32 length (bit 31: the last one), ciphertext with its tag of 16 bytes

AES-256-GCM (NIST SP 800-38D). The nonce is the prefix and the chunk's number as u32, the additional
data are the header and a byte that is 1 for the last chunk. So a chunk that was changed, moved,
taken out or put into another file does not open, and a file that lost its end is told from a whole
one. No nonce is used twice under a key as long as no prefix is: they are random. Numbers are
big-endian. The header is readable without a key: no name and no text of people belongs there.

Small files that are replaced as a whole have `seal_whole`. Sans-IO.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from struct import Struct
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from media.errors import LocalError, Malformed

Buffer = bytes | bytearray | memoryview

MAGIC = b"CRJ1"
WHOLE_MAGIC = b"CRW1"
PREFIX_BYTES = 8
KEY_BYTES = 32
TAG = 16
CHUNK_MAX = 256 * 1024
"""Bytes of a chunk before it is sealed."""
FACTS_MAX = 4096
"""Bytes of the header's JSON."""

_NONCE_BYTES = 12
_LENGTH = Struct("!H")
_CHUNK = Struct("!I")
_LAST = 1 << 31
_FIXED_BYTES = len(MAGIC) + PREFIX_BYTES + _LENGTH.size


class Tampered(Malformed):
    """It was sealed by somebody else, for another place, or changed since."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in clear before the chunks."""

    facts: dict[str, Any] = field(default_factory=dict)
    prefix: bytes = field(default_factory=lambda: os.urandom(PREFIX_BYTES))
    """Random, another one for each file ever written under a key."""


def pack_header(header: Header) -> bytes:
    """The first bytes of a file. LocalError for facts beyond `FACTS_MAX`."""
    facts = json.dumps(header.facts, separators=(",", ":")).encode()
    if len(facts) > FACTS_MAX or len(header.prefix) != PREFIX_BYTES:
        raise LocalError("no header of a journal")
    return MAGIC + header.prefix + _LENGTH.pack(len(facts)) + facts


def read_header(data: Buffer) -> tuple[Header, int]:
    """The header a file begins with, and its length.

    Malformed `journal.truncated` where more bytes may yet make one, `journal.header` else.
    """
    start = bytes(data[:_FIXED_BYTES])
    if not start.startswith(MAGIC[: len(start)]):
        raise Malformed("journal.header", "another magic")
    if len(start) < _FIXED_BYTES:
        raise Malformed("journal.truncated", "header")
    (length,) = _LENGTH.unpack_from(start, _FIXED_BYTES - _LENGTH.size)
    if length > FACTS_MAX:
        raise Malformed("journal.header", f"{length} bytes")
    end = _FIXED_BYTES + length
    if len(data) < end:
        raise Malformed("journal.truncated", "header")
    try:
        facts = json.loads(bytes(data[_FIXED_BYTES:end]))
    except (ValueError, RecursionError) as error:
        raise Malformed("journal.header", "no JSON") from error
    if not isinstance(facts, dict):
        raise Malformed("journal.header", "no facts")
    return Header(facts, start[len(MAGIC) : len(MAGIC) + PREFIX_BYTES]), end


class Sealer:
    """Of one file: seals its chunks in their order."""

    __slots__ = ("_aead", "_header", "_is_over", "_prefix", "counter")

    def __init__(self, key: bytes, header: bytes) -> None:
        """`header` as packed; what is sealed here belongs to that file alone."""
        self.counter = 0
        """The number of the next chunk."""
        self._aead = _aead(key)
        self._header = header
        self._prefix = read_header(header)[0].prefix
        self._is_over = False

    def seal(self, plain: Buffer, *, is_last: bool = False) -> bytes:
        """The next chunk with its length before it. LocalError after the last, or for too much."""
        if self._is_over or self.counter > 0xFFFFFFFF or len(plain) > CHUNK_MAX:
            raise LocalError("no chunk of this journal")
        nonce = self._prefix + _CHUNK.pack(self.counter)
        self.counter += 1
        self._is_over = is_last
        sealed = self._aead.encrypt(nonce, plain, self._header + bytes([is_last]))
        return _CHUNK.pack(len(sealed) | (_LAST if is_last else 0)) + sealed


def open_chunk(key: bytes, header: bytes, counter: int, framed: Buffer) -> tuple[bytes, bool]:
    """Chunk number `counter` of a file, as `seal` gave it, and whether it is the last. Tampered."""
    return _open(_aead(key), header, read_header(header)[0].prefix, counter, framed)


def framed_bytes(data: Buffer, at: int = 0) -> int | None:
    """Bytes that the chunk at `at` takes, its length included; None when that is not there yet.

    Tampered for a length that no chunk has.
    """
    if len(data) - at < _CHUNK.size:
        return None
    length = _CHUNK.unpack_from(data, at)[0] & ~_LAST
    if not TAG <= length <= CHUNK_MAX + TAG:
        raise Tampered("journal.length", f"{length} bytes")
    return _CHUNK.size + int(length)


class Reader:
    """Reads a file from its beginning, in pieces of any size."""

    __slots__ = ("_aead", "_buffer", "_header", "_prefix", "counter", "header", "is_ended")

    def __init__(self, key: bytes) -> None:
        self.header: Header | None = None
        """None until all of it has come."""
        self.counter = 0
        """How many chunks were given out."""
        self.is_ended = False
        """Whether the last chunk was among them: the file is whole."""
        self._aead = _aead(key)
        self._buffer = bytearray()
        self._header = self._prefix = b""

    @property
    def left(self) -> int:
        """Bytes that are no whole chunk yet. Of a file that ends here they are lost."""
        return len(self._buffer)

    def feed(self, data: Buffer) -> list[bytes]:
        """The chunks that `data` completes, opened. Malformed as `read_header`, Tampered."""
        self._buffer += data
        if self.is_ended and self._buffer:
            raise Tampered("journal.after_end", f"{len(self._buffer)} bytes")
        if self.header is None and not self._read_header():
            return []
        chunks, at = [], 0
        while (size := framed_bytes(self._buffer, at)) is not None:
            if self.is_ended:
                raise Tampered("journal.after_end")
            if len(self._buffer) - at < size:
                break
            framed = memoryview(bytes(self._buffer[at : at + size]))
            plain, is_last = _open(self._aead, self._header, self._prefix, self.counter, framed)
            chunks.append(plain)
            self.counter += 1
            self.is_ended = is_last
            at += size
        del self._buffer[:at]
        if self.is_ended and self._buffer:
            raise Tampered("journal.after_end", f"{len(self._buffer)} bytes")
        return chunks

    def _read_header(self) -> bool:
        try:
            header, length = read_header(self._buffer)
        except Malformed as error:
            if error.code == "journal.truncated":
                return False
            raise
        self._header, self._prefix = bytes(self._buffer[:length]), header.prefix
        self.header = header
        del self._buffer[:length]
        return True


def seal_whole(key: bytes, name: str, plain: Buffer) -> bytes:
    """A small file that is replaced as a whole. Bound to its `name`: it opens under no other."""
    nonce = os.urandom(_NONCE_BYTES)
    return WHOLE_MAGIC + nonce + _aead(key).encrypt(nonce, plain, WHOLE_MAGIC + name.encode())


def open_whole(key: bytes, name: str, data: Buffer) -> bytes:
    """What `seal_whole` sealed under this name. Tampered."""
    start = len(WHOLE_MAGIC) + _NONCE_BYTES
    nonce = bytes(data[len(WHOLE_MAGIC) : start])
    if bytes(data[: len(WHOLE_MAGIC)]) != WHOLE_MAGIC or len(data) < start + TAG:
        raise Tampered("journal.whole", "another form")
    try:
        return _aead(key).decrypt(nonce, data[start:], WHOLE_MAGIC + name.encode())
    except InvalidTag:
        raise Tampered("journal.whole") from None


def _aead(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise LocalError("a journal's key has 32 bytes")
    return AESGCM(key)


def _open(
    aead: AESGCM, header: bytes, prefix: bytes, counter: int, framed: Buffer
) -> tuple[bytes, bool]:
    if framed_bytes(framed) != len(framed):
        raise Tampered("journal.length")
    is_last = bool(_CHUNK.unpack_from(framed)[0] & _LAST)
    nonce = prefix + _CHUNK.pack(counter & 0xFFFFFFFF)
    try:
        plain = aead.decrypt(nonce, framed[_CHUNK.size :], header + bytes([is_last]))
    except InvalidTag:
        raise Tampered("journal.chunk", f"number {counter}") from None
    return plain, is_last
