"""Files as one zip, made while it is sent: nothing is packed, no file is ever whole in memory."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from classroom.blobs.names import unlike

_FIRST_YEAR = 1980
"""MS-DOS knows no earlier one."""
_SMALL = 2**31 - 1
"""Larger files need the 64 bit form, which must be known before they are read."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that goes into a zip; `pieces` begins to read it."""

    name: str
    size: int
    at: datetime
    pieces: Callable[[], AsyncGenerator[bytes, None]]


def packed(name: str, body: bytes, at: datetime) -> Packed:
    """A file that is in memory already."""

    async def pieces() -> AsyncGenerator[bytes, None]:
        yield body

    return Packed(name, len(body), at, pieces)


class _Sink:
    """What a zip is written to: it cannot go back, and is emptied as it goes."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, piece: bytes) -> int:
        self._written += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here for a disk."""

    def close(self) -> None:
        """Nor is there anything to close."""

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


async def zipped(files: Sequence[Packed]) -> AsyncGenerator[bytes, None]:
    """The zip, piece by piece. A file that is gone by its turn is left out; names that come twice
    are told apart."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for file, name in zip(files, unlike(file.name for file in files), strict=True):
            async with aclosing(file.pieces()) as pieces:
                first = await _first(pieces)
                if first is None:
                    continue
                entry = ZipInfo(name, max(file.at, _long_ago(file.at)).timetuple()[:6])
                with archive.open(entry, "w", force_zip64=file.size > _SMALL) as into:
                    into.write(first)
                    yield sink.take()
                    async for piece in pieces:
                        into.write(piece)
                        yield sink.take()
    yield sink.take()


async def _first(pieces: AsyncGenerator[bytes, None]) -> bytes | None:
    """The first piece; None when there is no such file."""
    try:
        return await anext(pieces, b"")
    except FileNotFoundError:
        return None


def _long_ago(at: datetime) -> datetime:
    return datetime(_FIRST_YEAR, 1, 1, tzinfo=at.tzinfo)
