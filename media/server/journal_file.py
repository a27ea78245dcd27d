"""The files of one track's journals: `<track>.<n>.rj`, one after the other, of which one is open.

Blocking, for the thread of `journals` alone. Each file is made by us (never one that was there),
readable by its owner only, and locked while it is written: who recovers a recording sees by the
lock that the worker is still at it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media.errors import Refused
from media.forward.gathering import Chunk
from media.journal.envelope import (
    Buffer,
    Header,
    Reader,
    Sealer,
    framed_bytes,
    open_chunk,
    pack_header,
    read_header,
)
from media.journal.records import cut_after, read_records

_NAME = re.compile(r"([A-Za-z0-9_-]{1,64})\.(\d{1,6})\.rj")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_PIECE = 256 * 1024


@dataclass(slots=True)
class _Written:
    path: Path
    newest: int = -1


class JournalFiles:
    """Of one track. `is_failed` when a disk did: nothing more is written."""

    def __init__(self, folder: Path, path: str, key: bytes, facts: dict[str, Any]) -> None:
        """`path` is the first journal's. Refused `recording.path` outside of `folder`; LocalError
        for facts that are too long for a header."""
        where = Path(path)
        match = _NAME.fullmatch(where.name)
        if match is None or not where.is_absolute() or ".." in where.parts:
            raise Refused("recording.path")
        if not where.parent.is_relative_to(folder):
            raise Refused("recording.path")
        pack_header(Header(facts))
        self.is_failed = False
        self._folder = folder
        self._parent = where.parent
        self._track, self._number = match[1], int(match[2])
        self._key = key
        self._facts = facts
        self._written: list[_Written] = []
        self._fd: int | None = None
        self._sealer: Sealer | None = None

    def open(self) -> None:
        """Makes the first one. Refused: `recording.path`, `.exists`, `.storage`."""
        try:
            if not self._parent.resolve(strict=True).is_relative_to(self._folder.resolve()):
                raise Refused("recording.path")
            self._begin()
        except OSError as error:
            self.fail()
            code = "exists" if error.errno == errno.EEXIST else "storage"
            raise Refused(f"recording.{code}", os.strerror(error.errno or 0)) from None
        except Refused:
            self.fail()
            raise

    def write(self, chunk: Chunk) -> int:
        """Seals a chunk and writes it: bytes written. OSError."""
        self._written[-1].newest = max(self._written[-1].newest, chunk.newest)
        return self._seal(chunk.plain)

    def roll(self) -> int:
        """Ends this one and begins the next: bytes written. OSError."""
        octets = self._end()
        self._number += 1
        self._begin()
        return octets

    def sync(self) -> int:
        """What was written survives a power cut. OSError."""
        if self._fd is not None:
            os.fdatasync(self._fd)
        return 0

    def close(self, arrival: int) -> int:
        """Ends the last one, and takes out of all what came at `arrival` or later: bytes written.
        Also of files that failed. OSError."""
        octets = 0 if self.is_failed else self._end()
        for each in self._written:
            if each.newest >= arrival:
                octets += self._cut(each.path, arrival)
                each.newest = arrival - 1
        return octets

    def fail(self) -> None:
        """Nothing more is written. The file stays as it is, without its end."""
        self.is_failed = True
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _begin(self) -> None:
        path = self._parent / f"{self._track}.{self._number}.rj"
        self._fd = os.open(path, _NEW, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        header = pack_header(Header(self._facts))
        self._sealer = Sealer(self._key, header)
        _write(self._fd, header)
        _sync_folder(self._parent)
        self._written.append(_Written(path))

    def _seal(self, plain: Buffer, *, is_last: bool = False) -> int:
        if self._fd is None or self._sealer is None:
            return 0
        sealed = self._sealer.seal(plain, is_last=is_last)
        return _write(self._fd, sealed)

    def _end(self) -> int:
        if self._fd is None:
            return 0
        octets = self._seal(b"", is_last=True)
        os.fdatasync(self._fd)
        os.close(self._fd)
        self._fd = None
        return octets

    def _cut(self, path: Path, arrival: int) -> int:
        """Writes the file anew; where the disk has no room for that, its end is cut off instead."""
        new = path.with_suffix(".new")
        if not self.is_failed:
            try:
                octets = self._rewrite(path, new, arrival)
            except OSError:
                self.fail()
                new.unlink(missing_ok=True)
            else:
                new.replace(path)
                _sync_folder(self._parent)
                return octets
        os.truncate(path, self._whole_until(path, arrival))
        return 0

    def _rewrite(self, path: Path, new: Path, arrival: int) -> int:
        """The same file without what came at `arrival` or later, under a prefix of its own."""
        header = pack_header(Header(self._facts))
        sealer, reader, octets = Sealer(self._key, header), Reader(self._key), 0
        fd = os.open(new, _NEW, 0o600)
        try:
            _write(fd, header)
            with path.open("rb") as old:
                while piece := old.read(_PIECE):
                    for plain in reader.feed(piece):
                        if plain:
                            octets += _write(fd, sealer.seal(cut_after(plain, arrival)))
            octets += _write(fd, sealer.seal(b"", is_last=True))
            os.fdatasync(fd)
        finally:
            os.close(fd)
        return octets

    def _whole_until(self, path: Path, arrival: int) -> int:
        """Bytes of the file before the first chunk in which something came so late."""
        data = path.read_bytes()
        at, number = read_header(data)[1], 0
        header = data[:at]
        while (size := framed_bytes(data, at)) and at + size <= len(data):
            plain, _ = open_chunk(self._key, header, number, data[at : at + size])
            if any(record.arrival >= arrival for record in read_records(plain)):
                break
            at, number = at + size, number + 1
        return at


def _write(fd: int, data: bytes) -> int:
    """All of it: its length. What a full disk took of it is taken back: no chunk is half there."""
    view, done = memoryview(data), 0
    try:
        while done < len(view):
            done += os.write(fd, view[done:])
    except OSError:
        os.ftruncate(fd, os.lseek(fd, 0, os.SEEK_CUR) - done)
        raise
    return done


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
