"""Index: of one track's body: which chunks and clusters it has, and what is known of them.

Sealed as a whole under the track's key and its own name, and replaced after each step; the body is
only ever appended to. What stands beyond the index's last chunk is not there.

    plain = u32 length, so many bytes of JSON, chunks (u32 each), clusters' times (u32 each),
            clusters' lengths (u32 each), whether each begins with a key frame (u8 each)

Numbers are big-endian. Lists that grow with the class are packed, as six hours have 21,600 clusters
in each of forty tracks. Sans-IO.
"""

from __future__ import annotations

import json
import sys
from array import array
from dataclasses import dataclass, field
from itertools import accumulate
from struct import Struct
from typing import Any, Final

from media.journal.envelope import TAG, Tampered, open_whole, seal_whole
from recording.errors import Damaged

MIX: Final = "mix"
"""The track of all voices together."""
GENERATION: Final = 1 << 20
"""Chunk numbers that one process may use up in a body. The next one begins at the next multiple, so
that no number is used twice with another content, also when a process was killed in between."""

_LENGTH = Struct("!I")
_FRAMING = 4 + TAG
_PLAIN: Final = (
    "mime", "start_ms", "end_ms", "clock_rate", "channels",
    "sizes", "rotations", "gaps", "voice", "generations", "state",
)  # fmt: skip


@dataclass(slots=True)
class Clusters:
    """Of one body, in order. Times are ms since the track's `start_ms`."""

    ms: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    keys: bytearray = field(default_factory=bytearray)

    def __len__(self) -> int:
        return len(self.ms)

    def add(self, ms: int, length: int, *, has_key: bool) -> None:
        """One more: it begins at `ms` and takes `length` bytes."""
        self.ms.append(ms)
        self.lengths.append(length)
        self.keys.append(has_key)

    def offsets(self) -> list[int]:
        """Where each begins in the body."""
        return list(accumulate(self.lengths, initial=0))[:-1]


@dataclass(slots=True)
class Index:
    """`end_ms` is the end of its last frame in recording time, all other times are ms since
    `start_ms`: `sizes` (ms, width, height), `rotations` (ms, degrees clockwise a picture has to be
    turned by), `gaps` (from, to, why), `voice` (from, to)."""

    mime: str
    start_ms: int
    clock_rate: int
    channels: int = 1
    end_ms: int = 0
    private: bytes = b""
    """The codec's private part of the file's head."""
    header: bytes = b""
    """Of the body, as it was packed."""
    sizes: list[list[int]] = field(default_factory=list)
    rotations: list[list[int]] = field(default_factory=list)
    gaps: list[list[Any]] = field(default_factory=list)
    voice: list[list[int]] = field(default_factory=list)
    generations: list[list[int]] = field(default_factory=list)
    """(first chunk, its number in the nonce): each process counts from its own beginning."""
    chunks: array[int] = field(default_factory=lambda: array("I"))
    """Bytes of each before it was sealed."""
    clusters: Clusters = field(default_factory=Clusters)
    state: dict[str, Any] = field(default_factory=dict)
    """What whoever goes on with it has to know: how far journals are read, and clocks."""

    @property
    def body_bytes(self) -> int:
        """Of the clusters together."""
        return sum(self.clusters.lengths)

    @property
    def file_bytes(self) -> int:
        """Of the sealed body, as far as this index knows it."""
        return len(self.header) + sum(self.chunks) + _FRAMING * len(self.chunks)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to play."""
        return len(self.clusters) > 0

    def number(self, chunk: int) -> int:
        """Of that chunk in its nonce."""
        for first, number in reversed(self.generations):
            if chunk >= first:
                return number + chunk - first
        raise Damaged("index.tampered", "no such chunk")

    def begin_generation(self) -> int:
        """A process goes on: the number of its first chunk. To be stored before anything is."""
        number = self.generations[-1][1] // GENERATION * GENERATION if self.generations else 0
        number += GENERATION if self.generations else 0
        if self.generations and self.generations[-1][0] == len(self.chunks):
            self.generations.pop()
        self.generations.append([len(self.chunks), number])
        return number


def sealed_name(recording_id: str, track: str) -> str:
    """What an index is bound to."""
    return f"{recording_id}/{track}.index"


def file_name(track: str, ending: str) -> str:
    """Where a track's `body` or `index` lies below the recording's folder."""
    return f"{track}.{ending}" if track == MIX else f"tracks/{track}.{ending}"


def pack(index: Index, key: bytes, name: str) -> bytes:
    """The file, bound to `name`."""
    plain: dict[str, Any] = {each: getattr(index, each) for each in _PLAIN}
    plain["private"], plain["header"] = index.private.hex(), index.header.hex()
    clusters = index.clusters
    plain["counts"] = [len(index.chunks), len(clusters)]
    said = json.dumps(plain, separators=(",", ":")).encode()
    arrays = (index.chunks, clusters.ms, clusters.lengths)
    parts = [_LENGTH.pack(len(said)), said, *map(_to_bytes, arrays), bytes(clusters.keys)]
    return seal_whole(key, name, b"".join(parts))


def unpack(data: bytes, key: bytes, name: str) -> Index:
    """What `pack` gave. Damaged `index.tampered`."""
    try:
        plain = open_whole(key, name, data)
    except Tampered as error:
        raise Damaged("index.tampered", name) from error
    (length,) = _LENGTH.unpack_from(plain)
    at = _LENGTH.size + length
    said: dict[str, Any] = json.loads(plain[_LENGTH.size : at])
    counts = said.pop("counts")
    arrays = []
    for count in (counts[0], counts[1], counts[1]):
        arrays.append(_from_bytes(plain[at : at + 4 * count]))
        at += 4 * count
    chunks, times, lengths = arrays
    said["private"], said["header"] = bytes.fromhex(said["private"]), bytes.fromhex(said["header"])
    return Index(**said, chunks=chunks, clusters=Clusters(times, lengths, bytearray(plain[at:])))


def _to_bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "little":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _from_bytes(raw: bytes) -> array[int]:
    numbers = array("I", raw)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
