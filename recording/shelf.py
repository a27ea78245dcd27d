"""Shelf: what a recording's folder holds that there are keys for, as files that play. Blocking."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from recording import story
from recording.blackboard import Blackboard
from recording.filming import Box
from recording.index import MIX, Index
from recording.manifest import DERIVED_KEY
from recording.vault import VirtualFile, open_index


@dataclass(frozen=True, slots=True)
class Recorded:
    """A track that may be used. `key` is the name of its key."""

    id: str
    pid: str
    source: str
    key: str


class Shelf:
    """The tracks of a recording's folder that there are keys for."""

    def __init__(
        self, folder: Path, rec: str, tracks: Sequence[Recorded], keys: Mapping[str, bytes]
    ) -> None:
        self._folder = folder
        self._rec = rec
        self._all_keys = keys
        self._keys = {track.id: keys[track.key] for track in tracks if track.key in keys}
        self._keys[MIX] = keys[DERIVED_KEY]
        self.tracks: dict[str, tuple[Recorded, Index]] = {}
        """Those in which something is."""
        for track in tracks:
            index = self._index(track.id) if track.id in self._keys else None
            if index is not None:
                self.tracks[track.id] = (track, index)

    def film(self, track: str) -> BinaryIO:
        """A track as a file that plays."""
        return _opened(self._folder, track, self._keys[track], self.tracks[track][1])

    def mix(self) -> BinaryIO | None:
        """All voices, or None where nobody was heard."""
        index = self._index(MIX)
        return None if index is None else _opened(self._folder, MIX, self._keys[MIX], index)

    def board(self, box: Box, names: Mapping[str, str]) -> Blackboard:
        """The pages the class was on, with the ink of those there are keys for."""
        tape = story.ink(self._folder, self._all_keys)
        assets = partial(story.asset, self._folder, self._all_keys)
        return Blackboard(tape, self.events(), box, assets=assets, names=names)

    def events(self) -> Iterator[story.Line]:
        """What happened in class."""
        return story.events(self._folder, self._all_keys)

    def _index(self, track: str) -> Index | None:
        try:
            index = open_index(self._folder, self._rec, track, self._keys[track])
        except FileNotFoundError:
            return None
        return index if index.is_begun else None


def _opened(folder: Path, track: str, key: bytes, index: Index) -> BinaryIO:
    return io.BufferedReader(_View(VirtualFile(folder, track, key, index)), _READ)


_READ: Final = 128 * 1024


class _View(io.RawIOBase):
    """A virtual file as PyAV reads one."""

    def __init__(self, file: VirtualFile) -> None:
        super().__init__()
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._file.length}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        into = memoryview(buffer).cast("B")
        data = self._file.read(self._at, self._at + len(into))
        into[: len(data)] = data
        self._at += len(data)
        return len(data)
