"""Reads the journals of one track as they grow: `<track>.<n>.rj`, one after the other.

A journal that was written anew meanwhile, as a stop had to take something out of it, is noticed and
read from its beginning; what was given out already is not given out again. Blocking, for children.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from media.errors import Malformed
from media.journal.envelope import Reader, Tampered
from media.journal.records import Record, read_records
from recording.errors import Damaged

_PIECE: Final = 1024 * 1024


class TrackJournals:
    """Of one track. `is_over`: the last journal has its end, or nobody writes it any more."""

    def __init__(self, folder: Path, first: str, key: bytes) -> None:
        """`first` is the name of its first journal."""
        stem, _, number = first.removesuffix(".rj").rpartition(".")
        self._folder, self._stem, self._number = folder / "journal", stem, int(number)
        self._key = key
        self._reader = Reader(key)
        self._inode = 0
        self._given = self._skip = 0
        self._waiting: deque[Record] = deque()
        self._file: int | None = None

    def records(self, until: int) -> Iterator[Record]:
        """What was not given out yet, up to the first that arrived after `until` (0.1 ms).

        Damaged `envelope.tampered`, OSError.
        """
        while True:
            waiting = self._waiting
            while waiting:
                if waiting[0].arrival > until:
                    return
                yield waiting.popleft()
            if not self._read_on():
                return

    @property
    def is_unread(self) -> bool:
        """Whether something was read that arrived later than was asked for."""
        return bool(self._waiting)

    @property
    def is_read(self) -> bool:
        """Whether nothing lies there that was not read. The end of a chunk that was cut off by a
        kill counts as read."""
        if self._file is None:
            return not self._path(self._number).exists()
        is_at_end = os.lseek(self._file, 0, os.SEEK_CUR) >= os.fstat(self._file).st_size
        return is_at_end and not self._waiting and not self._path(self._number + 1).exists()

    def is_being_written(self) -> bool:
        """Whether a worker still holds the lock of the journal that is read now."""
        file = self._open()
        if file is None or self._reader.is_ended:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.flock(file, fcntl.LOCK_UN)
        return False

    def close(self) -> None:
        """Nothing more is read."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _read_on(self) -> bool:
        """Read another piece into `waiting`; whether there was anything."""
        if self._reader.is_ended and not self._turn():
            return False
        file = self._open()
        if file is None:
            return self._turn()
        piece = os.read(file, _PIECE)
        if not piece:
            return self._turn()
        try:
            for plain in self._reader.feed(piece):
                if self._skip:
                    self._skip -= 1
                    continue
                self._given += 1
                self._waiting.extend(read_records(plain))
        except (Tampered, Malformed) as error:
            raise Damaged("envelope.tampered", error.code) from error
        return True

    def _open(self) -> int | None:
        """The journal's descriptor, opened anew when another file has its name."""
        path = self._path(self._number)
        with contextlib.suppress(FileNotFoundError):
            inode = path.stat().st_ino
            if self._file is not None and inode == self._inode:
                return self._file
            is_anew = self._file is not None
            self.close()
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            self._inode = os.fstat(self._file).st_ino
            self._reader = Reader(self._key)
            self._skip = self._given if is_anew else 0
            return self._file
        return self._file

    def _turn(self) -> bool:
        """To the next journal, if there is one: then nothing more comes in this one."""
        if not self._path(self._number + 1).exists():
            return False
        if not self._reader.is_ended:
            if self._more_was_written():
                return True
            raise Damaged("envelope.tampered", "a journal without its end before another one")
        self.close()
        self._number += 1
        self._given = self._skip = 0
        self._inode = 0
        return True

    def _more_was_written(self) -> bool:
        """The next one was begun after this was looked at: look once more."""
        if self._file is None:
            return False
        return os.lseek(self._file, 0, os.SEEK_CUR) < os.fstat(self._file).st_size

    def _path(self, number: int) -> Path:
        return self._folder / f"{self._stem}.{number}.rj"
