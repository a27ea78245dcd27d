"""Writes one track's body and index: clusters are appended in sealed chunks, then the index that
knows them replaces the one before. A process that dies in between leaves what the index says.

Blocking, for children. No other process may write the same track.
"""

from __future__ import annotations

import os
from pathlib import Path

from media.journal.envelope import CHUNK_MAX, Header, Sealer, pack_header
from recording import index as indexes
from recording.errors import Damaged, LocalError
from recording.index import Index

_PRIVATE = 0o600


class Body:
    """Of one track. `index` may be filled by whoever owns it; `save` stores it."""

    def __init__(self, folder: Path, recording_id: str, track: str, key: bytes) -> None:
        self._path = folder / indexes.file_name(track, "body")
        self._index_path = folder / indexes.file_name(track, "index")
        self._name = indexes.sealed_name(recording_id, track)
        self._facts = {"rec": recording_id, "track": track}
        self._key = key
        self._sealer: Sealer | None = None
        self._file: int | None = None
        self._pending: list[bytes] = []

    def load(self) -> Index | None:
        """What is there already. Damaged."""
        try:
            data = self._index_path.read_bytes()
        except FileNotFoundError:
            return None
        return indexes.unpack(data, self._key, self._name)

    def open(self, index: Index) -> None:
        """Before anything is added by this process: cut off what no index knows, and take numbers
        that nobody used. Stores the index. OSError, Damaged."""
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE)
        if index.header:
            if os.fstat(self._file).st_size < index.file_bytes:
                raise Damaged("envelope.tampered", "the body is shorter than its index says")
            os.ftruncate(self._file, index.file_bytes)
        else:
            index.header = pack_header(Header(self._facts))
            os.ftruncate(self._file, 0)
            _write(self._file, index.header)
        os.lseek(self._file, 0, os.SEEK_END)
        self._sealer = Sealer(self._key, index.header)
        self._sealer.counter = index.begin_generation()
        self.save(index)

    @property
    def is_open(self) -> bool:
        """Whether this process may add to it."""
        return self._file is not None

    def add(self, index: Index, cluster: bytes, ms: int, *, has_key: bool) -> None:
        """One more cluster; it is written by `flush`."""
        index.clusters.add(ms, len(cluster), has_key=has_key)
        self._pending.append(cluster)

    def flush(self, index: Index) -> bool:
        """Append what was added; whether there was anything. OSError."""
        plain, self._pending = b"".join(self._pending), []
        if not plain:
            return False
        if self._file is None or self._sealer is None:
            raise LocalError("not open")
        for at in range(0, len(plain), CHUNK_MAX):
            piece = plain[at : at + CHUNK_MAX]
            _write(self._file, self._sealer.seal(piece))
            index.chunks.append(len(piece))
        os.fdatasync(self._file)
        return True

    def save(self, index: Index) -> None:
        """The index replaces the one before."""
        replace(self._index_path, indexes.pack(index, self._key, self._name))

    def remove(self) -> None:
        """Take it away; it may be begun anew, and then is another file to whoever reads."""
        self.close()
        self._pending = []
        self._index_path.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            os.close(self._file)
            self._file = self._sealer = None


def replace(path: Path, data: bytes) -> None:
    """A file's new content, whole or not at all, also when the power is cut."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    new = path.with_name(path.name + ".new")
    file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _PRIVATE)
    try:
        _write(file, data)
        os.fdatasync(file)
    finally:
        os.close(file)
    os.replace(new, path)


def _write(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]
