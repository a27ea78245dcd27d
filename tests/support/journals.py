"""Journals in memory and on a disk, as a test reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from media.forward.gathering import Chunk
from media.journal.envelope import Reader
from media.journal.records import PacketRecord, Record, read_records

KEY = bytes(range(32))
R = TypeVar("R", bound=Record)


@dataclass
class MemorySink:
    """Keeps what a tap hands over: records of each journal, in order."""

    journals: list[list[Record]] = field(default_factory=lambda: [[]])
    is_full: bool = False
    lost: int = 0
    closed_at: int | None = None

    def write(self, chunk: Chunk) -> bool:
        assert self.closed_at is None
        if self.is_full:
            self.lost += chunk.packets
            return False
        plain = b"".join(chunk.parts)
        records = list(read_records(plain))
        assert len(plain) == chunk.octets
        assert sum(isinstance(each, PacketRecord) for each in records) == chunk.packets
        assert max(each.arrival for each in records) == chunk.newest
        self.journals[-1] += records
        return True

    def roll(self) -> None:
        self.journals.append([])

    def close(self, arrival: int) -> None:
        assert self.closed_at is None
        self.closed_at = arrival

    @property
    def records(self) -> list[Record]:
        return [record for journal in self.journals for record in journal]

    def of(self, kind: type[R]) -> list[R]:
        return [record for record in self.records if isinstance(record, kind)]


def read_journal(path: Path, key: bytes = KEY) -> tuple[list[Record], bool]:
    """(records, whether it has its end) of a file; Tampered for anything but a missing end."""
    reader = Reader(key)
    chunks = reader.feed(path.read_bytes())
    return [record for chunk in chunks for record in read_records(chunk)], reader.is_ended
