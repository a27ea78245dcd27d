"""Journals as they grow: one after the other, written anew meanwhile, cut off, exchanged."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from media.journal.envelope import Header, Sealer, pack_header
from media.journal.records import NONE, PacketRecord
from recording.errors import Damaged
from recording.journals import TrackJournals
from tests.support.recordings import pack_record

KEY = bytes(range(32))
EVER = 1 << 31


@dataclass
class Worker:
    """Writes journals of one track, as a media worker does; a record each 20 ms."""

    folder: Path
    number: int = 0
    chunks: list[list[int]] = field(default_factory=list)
    """Arrivals of each chunk of the journal that is written."""

    def __post_init__(self) -> None:
        (self.folder / "journal").mkdir(exist_ok=True)
        self.begin()

    @property
    def path(self) -> Path:
        return self.folder / "journal" / f"t1.{self.number}.rj"

    def begin(self) -> None:
        self.chunks = []
        header = pack_header(Header({"track": "t1"}))
        self._sealer = Sealer(KEY, header)
        self.path.write_bytes(header)

    def write(self, *arrivals: int, is_last: bool = False) -> None:
        self.chunks.append(list(arrivals))
        self._append(self._sealer.seal(packed(arrivals), is_last=is_last))

    def roll(self) -> None:
        self.write(is_last=True)
        self.number += 1
        self.begin()

    def cut(self, at: int) -> None:
        """A stop that was told late: all but what came before, in a new file of that name."""
        chunks = [[each for each in chunk if each < at] for chunk in self.chunks]
        header = pack_header(Header({"track": "t1"}))
        sealer = Sealer(KEY, header)
        sealed = [sealer.seal(packed(chunk)) for chunk in chunks]
        new = self.path.with_name(self.path.name + ".new")
        new.write_bytes(header + b"".join(sealed) + sealer.seal(b"", is_last=True))
        os.replace(new, self.path)

    def _append(self, data: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(data)


def packed(arrivals: tuple[int, ...] | list[int]) -> bytes:
    return b"".join(
        pack_record(PacketRecord(0, each, each, each, 0, NONE, NONE, memoryview(b"sound")))
        for each in arrivals
    )


def arrivals(journals: TrackJournals, until: int = EVER) -> list[int]:
    return [record.arrival for record in journals.records(until)]


def test_it_is_read_on_as_it_grows(tmp_path: Path) -> None:
    worker, journals = Worker(tmp_path), TrackJournals(tmp_path, "t1.0.rj", KEY)
    assert arrivals(journals) == []
    worker.write(1, 2)
    assert arrivals(journals) == [1, 2]
    assert arrivals(journals) == []
    worker.write(3, 4, 5)
    assert arrivals(journals, until=4) == [3, 4]
    assert journals.is_unread
    assert not journals.is_read
    assert arrivals(journals) == [5]
    assert journals.is_read


def test_one_follows_the_other(tmp_path: Path) -> None:
    worker, journals = Worker(tmp_path), TrackJournals(tmp_path, "t1.0.rj", KEY)
    worker.write(1)
    assert arrivals(journals) == [1]
    worker.write(2)
    worker.roll()
    worker.write(3)
    worker.roll()
    worker.write(4, is_last=True)
    assert arrivals(journals) == [2, 3, 4]
    assert journals.is_read


def test_one_that_a_kill_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    worker, journals = Worker(tmp_path), TrackJournals(tmp_path, "t1.0.rj", KEY)
    worker.write(1)
    worker.write(2)
    data = worker.path.read_bytes()
    worker.path.write_bytes(data[:-7])
    assert arrivals(journals) == [1]
    assert journals.is_read


def test_one_that_is_written_anew_is_not_read_twice(tmp_path: Path) -> None:
    worker, journals = Worker(tmp_path), TrackJournals(tmp_path, "t1.0.rj", KEY)
    worker.write(1, 2)
    assert arrivals(journals) == [1, 2]
    worker.write(3, 4)
    worker.write(5, 6)
    worker.cut(at=4)
    assert arrivals(journals) == [3]
    assert journals.is_read


def test_before_there_is_a_journal_there_is_nothing(tmp_path: Path) -> None:
    journals = TrackJournals(tmp_path, "t1.0.rj", KEY)
    assert arrivals(journals) == []
    assert journals.is_read
    assert not journals.is_being_written()
    Worker(tmp_path).write(1)
    assert arrivals(journals) == [1]
    journals.close()


def test_while_a_worker_holds_it_it_is_being_written(tmp_path: Path) -> None:
    worker, journals = Worker(tmp_path), TrackJournals(tmp_path, "t1.0.rj", KEY)
    with worker.path.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert journals.is_being_written()
    assert not journals.is_being_written()
    worker.write(1, is_last=True)
    assert arrivals(journals) == [1]
    assert not journals.is_being_written()


def test_only_the_last_one_may_lack_its_end(tmp_path: Path) -> None:
    worker = Worker(tmp_path)
    worker.write(1)
    first = worker.path
    worker.roll()
    worker.write(2)
    first.write_bytes(first.read_bytes()[:-20])
    with pytest.raises(Damaged, match=r"envelope\.tampered"):
        arrivals(TrackJournals(tmp_path, "t1.0.rj", KEY))


def test_what_was_changed_is_refused(tmp_path: Path) -> None:
    worker = Worker(tmp_path)
    worker.write(1)
    worker.write(2)
    good = worker.path.read_bytes()
    header = len(pack_header(Header({"track": "t1"})))
    for at in (2, 6, header - 2, header + 5, len(good) - 1):
        changed = bytearray(good)
        changed[at] ^= 1
        worker.path.write_bytes(changed)
        with pytest.raises(Damaged, match=r"envelope\.tampered"):
            arrivals(TrackJournals(tmp_path, "t1.0.rj", KEY))
    worker.path.write_bytes(good)
    with pytest.raises(Damaged, match=r"envelope\.tampered"):
        arrivals(TrackJournals(tmp_path, "t1.0.rj", bytes(32)))
