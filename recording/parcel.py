"""Parcel: one whole sealed file to take away, made by a program that writes into it.

    file = header, chunk*: each chunk but the last holds CHUNK_MAX bytes before it is sealed

So it is known without a list where each byte lies. A muxer goes back to the beginning once more
when it is done: the first chunk is sealed last, and until then there is room for it. It goes back
in the index at the end as well, which is why that is held in memory. No other place is ever written
twice, as no nonce may be used twice. The last chunk says that it is the last: a file that lost its
end does not open. No plain byte reaches the disk.

Blocking, but for `pieces`.
"""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

from media.errors import Malformed
from media.journal.envelope import (
    CHUNK_MAX,
    TAG,
    Header,
    Sealer,
    open_chunk,
    pack_header,
    read_header,
)
from recording.errors import Damaged, LocalError

HELD_MAX: Final = 64 * 1024 * 1024
"""Of the end, in memory: more than the index of a day."""
PIECE: Final = 2 * CHUNK_MAX
"""Bytes that are opened in one turn."""
_PRIVATE = 0o600
_FRAMED = 4 + CHUNK_MAX + TAG
_HEADER_MAX = 8192


class ParcelWriter(io.RawIOBase):
    """What a muxer writes into. Only a `finish`ed one can be read; `close` alone leaves a file
    without its beginning. LocalError for a step back beyond the first chunk; OSError."""

    def __init__(self, path: Path, key: bytes, facts: dict[str, str]) -> None:
        """Makes the file anew; `facts` stand in clear."""
        super().__init__()
        self._path = path
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._header = pack_header(Header(dict(facts)))
        self._first_sealer, self._sealer = Sealer(key, self._header), Sealer(key, self._header)
        self._sealer.counter = 1
        self._first = bytearray()
        self._last = bytearray()
        """Bytes after the first chunk and after all that is sealed."""
        self._at = self._length = 0
        self._is_held = False
        self._file = os.open(path, flags, _PRIVATE)

    def writable(self) -> bool:
        """It takes bytes."""
        return True

    def seekable(self) -> bool:
        """Within its first chunk, and to its end."""
        return True

    def tell(self) -> int:
        """Where the next byte goes."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Goes there; where nothing can be written any more is only told by `write`."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def write(self, data: Any) -> int:
        """All of it."""
        rest = memoryview(data)
        size = len(rest)
        if self._at > self._length:
            raise LocalError("a parcel has no holes")
        if self._at < len(self._first) or (self._at == self._length < CHUNK_MAX):
            rest = self._write_first(rest)
        if rest:
            self._write_last(rest)
        return size

    def hold(self) -> None:
        """From here on everything stays in memory until it is finished, and may be written anew:
        the index of a film, which is some megabytes for a long class."""
        self._is_held = True

    def finish(self) -> int:
        """Seal what is left, the beginning last, and sync; how many bytes were put in."""
        is_small = self._length <= CHUNK_MAX
        if not is_small:
            self._seal_full()
            at = self._end()
            self._write_out(self._sealer.seal(bytes(self._last), is_last=True), at)
        first = self._first_sealer.seal(bytes(self._first), is_last=is_small)
        self._write_out(self._header + first, 0)
        os.fsync(self._file)
        length = self._length
        self.close()
        return length

    def close(self) -> None:
        """Nothing more is written."""
        if not self.closed and self._file >= 0:
            os.close(self._file)
            self._file = -1
        super().close()

    def discard(self) -> None:
        """It was for nothing: the file goes."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _write_first(self, data: memoryview) -> memoryview:
        """As much as the first chunk takes; what is left."""
        room = CHUNK_MAX - self._at
        part, rest = data[:room], data[room:]
        self._first[self._at : self._at + len(part)] = part
        self._at += len(part)
        self._length = max(self._length, self._at)
        return rest

    def _write_last(self, data: memoryview) -> None:
        """At the end, or in what is held."""
        back = self._length - self._at
        place = len(self._last) - back
        if back and (not self._is_held or place < 0):
            raise LocalError("only the beginning and the end of a parcel are written twice")
        if place + len(data) > HELD_MAX:
            raise LocalError("too much is held")
        self._last[place : place + len(data)] = data
        self._at += len(data)
        self._length = max(self._length, self._at)
        if not self._is_held:
            self._seal_full()

    def _seal_full(self) -> None:
        """What fills chunks. One stays: only the very last one says that it is."""
        while len(self._last) > CHUNK_MAX:
            at = self._end()
            self._write_out(self._sealer.seal(bytes(self._last[:CHUNK_MAX])), at)
            del self._last[:CHUNK_MAX]

    def _end(self) -> int:
        """Where the next chunk lies."""
        return len(self._header) + _FRAMED * self._sealer.counter

    def _write_out(self, data: bytes, at: int) -> None:
        view = memoryview(data)
        while view:
            done = os.pwrite(self._file, view, at)
            view, at = view[done:], at + done


class ParcelReader:
    """A finished one. `length` is the number of bytes that were put in."""

    def __init__(self, path: Path, key: bytes, name: str) -> None:
        """Looks at its header and its end. `name` is what its facts have to say it is. Damaged,
        FileNotFoundError."""
        self._path = path
        self._key = key
        with path.open("rb") as file:
            try:
                header, size = read_header(file.read(_HEADER_MAX))
            except Malformed as error:
                raise Damaged("envelope.tampered", "no header") from error
            if header.facts.get("name") != name:
                raise Damaged("envelope.tampered", "another file")
            file.seek(0)
            self._header = file.read(size)
            sealed = path.stat().st_size - size
            self._count = -(-sealed // _FRAMED)
            last = self._open(file.fileno(), self._count - 1)
            self.length: Final = (self._count - 1) * CHUNK_MAX + len(last)

    async def pieces(self, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` to before `stop`. Damaged, OSError."""
        stop = self.length if stop is None else min(stop, self.length)
        while start < stop:
            end = min(start + PIECE, stop)
            yield await asyncio.to_thread(self.read, start, end)
            start = end

    def read(self, start: int, stop: int) -> bytes:
        """The same at once; blocking."""
        stop = min(stop, self.length)
        if start >= stop:
            return b""
        first, last = start // CHUNK_MAX, (stop - 1) // CHUNK_MAX
        with self._path.open("rb") as file:
            plain = b"".join(self._open(file.fileno(), n) for n in range(first, last + 1))
        return plain[start - first * CHUNK_MAX : stop - first * CHUNK_MAX]

    def _open(self, file: int, number: int) -> bytes:
        if number < 0:
            raise Damaged("envelope.tampered", "no end")
        framed = os.pread(file, _FRAMED, len(self._header) + number * _FRAMED)
        try:
            plain, is_last = open_chunk(self._key, self._header, number, framed)
        except Malformed as error:
            raise Damaged("envelope.tampered", f"chunk {number}") from error
        if is_last != (number == self._count - 1):
            raise Damaged("envelope.tampered", "another end")
        return plain
