"""Journals in memory and on a disk, as a test reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from media.forward.gathering import Chunk
from media.journal.envelope import Reader
from media.journal.records import (
    NONE,
    PACKET,
    PACKET_KIND,
    PacketRecord,
    Record,
    StreamRecord,
    pack_stream,
    read_records,
    ticks,
)
from media.server.journal import Journal
from media.server.journal_file import JournalFiles

KEY = bytes(range(32))
R = TypeVar("R", bound=Record)


@dataclass
class MemorySink:
    """Keeps what a tap hands over: records of each journal, in order."""

    journals: list[list[Record]] = field(default_factory=lambda: [[]])
    is_full: bool = False
    lost: int = 0
    closed_at: int | None = None
    is_faulty: bool = False

    def write(self, chunk: Chunk) -> bool:
        assert self.closed_at is None
        if self.is_full:
            self.lost += chunk.packets
            return False
        records = list(read_records(bytes(chunk.plain)))
        assert sum(isinstance(each, PacketRecord) for each in records) == chunk.packets
        assert max(each.arrival for each in records) <= chunk.newest
        self.journals[-1] += records
        return True

    def roll(self) -> None:
        self.journals.append([])

    def close(self, arrival: int) -> None:
        assert self.closed_at is None
        self.closed_at = arrival

    def fault(self) -> None:
        self.is_faulty = True

    @property
    def records(self) -> list[Record]:
        return [record for journal in self.journals for record in journal]

    def of(self, kind: type[R]) -> list[R]:
        return [record for record in self.records if isinstance(record, kind)]


class TrackTwin:
    """A track whose journal is a real file, sealed packet by packet as a test says them."""

    def __init__(self, journal: Journal) -> None:
        """Refused as by the real one, as far as it is a matter of the file."""
        self.journal = journal
        folder = Path(journal.path).parent
        self._files = JournalFiles(folder, journal.path, journal.key, journal.facts)
        self._files.open()
        self._files.write(Chunk(pack_stream(StreamRecord(0, 0, 1, 0)), 0, 0))
        self._sent = 0

    def write(self, payload: bytes, *, now: float) -> None:
        """One packet came."""
        arrival = ticks(now - self.journal.began)
        self._sent += 1
        head = (PACKET_KIND, 0, 0, len(payload), arrival, NONE, NONE, self._sent, self._sent * 960)
        self._files.write(Chunk(PACKET.pack(*head) + payload, 1, arrival))

    def close(self, *, at: float | None) -> None:
        """It ends, without what came at `at` or later."""
        self._files.close(1 << 40 if at is None else ticks(at - self.journal.began))

    def break_off(self) -> None:
        """Its worker, or its disk, is gone: the file has no end."""
        self._files.fail()


def read_journal(path: Path, key: bytes = KEY) -> tuple[list[Record], bool]:
    """(records, whether it has its end) of a file; Tampered for anything but a missing end."""
    reader = Reader(key)
    chunks = reader.feed(path.read_bytes())
    return [record for chunk in chunks for record in read_records(chunk)], reader.is_ended
