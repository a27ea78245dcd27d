"""Journals on a real disk: what was handed over is there, and no fault of it reaches the loop."""

from __future__ import annotations

import errno
import fcntl
import os
import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from media.errors import Refused, RemoteError
from media.forward.gathering import Chunk
from media.journal.envelope import read_header
from media.journal.records import HoleRecord, pack_hole
from media.server import journals as module
from media.server.journal_file import JournalFiles
from media.server.journals import Journal, Journals, Reason
from tests.support.journals import KEY, read_journal

WITHIN_S = 10.0


class Desk:
    """Journals, and what their thread told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.trouble: list[Reason] = []
        self.journals = Journals(self.told.put)

    def hear(self) -> None:
        """The next word of the thread."""
        self.told.get(timeout=WITHIN_S)()

    def open(self, name: str = "t1.0.rj") -> tuple[Journal, RemoteError | None]:
        answers: list[RemoteError | None] = []
        files = JournalFiles(self.folder, str(self.folder / name), KEY, {"track": "t1"})
        journal = self.journals.open(files, self.trouble.append, answers.append)
        self.hear()
        return journal, answers[0]

    def close(self, journal: Journal, arrival: int = 1 << 40) -> None:
        done: list[object] = []
        journal.close(arrival, done.append)
        while not done:
            self.hear()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.journals.close()


def chunk(*arrivals: int) -> Chunk:
    parts = [pack_hole(HoleRecord(arrival, "paused")) for arrival in arrivals]
    return Chunk(b"".join(parts), len(parts), max(arrivals))


def arrivals(path: Path) -> list[int]:
    records, is_ended = read_journal(path)
    assert is_ended
    return [record.arrival for record in records]


def test_what_was_handed_over_is_there_in_order_and_ended(desk: Desk) -> None:
    journal, refusal = desk.open()
    assert refusal is None
    for number in range(20):
        assert journal.write(chunk(number, number))
    desk.close(journal)
    path = desk.folder / "t1.0.rj"
    assert arrivals(path) == [number for number in range(20) for _ in range(2)]
    assert path.stat().st_mode & 0o777 == 0o600
    assert desk.journals.waiting == 0
    counts = desk.journals.counts
    assert counts["recorded_packets"] == 40
    header = len(path.read_bytes()) - counts["recorded_bytes"]
    assert read_header(path.read_bytes())[1] == header


def test_a_journal_is_followed_by_the_next_with_a_prefix_of_its_own(desk: Desk) -> None:
    journal, _ = desk.open("t1.7.rj")
    journal.write(chunk(1))
    journal.roll()
    journal.write(chunk(2))
    desk.close(journal)
    assert arrivals(desk.folder / "t1.7.rj") == [1]
    assert arrivals(desk.folder / "t1.8.rj") == [2]
    prefixes = {read_header(path.read_bytes())[0].prefix for path in desk.folder.iterdir()}
    assert len(prefixes) == 2
    assert desk.journals.counts["journals"] == 2


def test_what_came_too_late_is_gone_from_every_file_it_was_written_to(desk: Desk) -> None:
    journal, _ = desk.open()
    journal.write(chunk(1, 2))
    journal.write(chunk(3, 4))
    journal.roll()
    journal.write(chunk(5))
    before = read_header((desk.folder / "t1.0.rj").read_bytes())[0].prefix
    desk.close(journal, 4)
    assert arrivals(desk.folder / "t1.0.rj") == [1, 2, 3]
    assert arrivals(desk.folder / "t1.1.rj") == []
    assert read_header((desk.folder / "t1.0.rj").read_bytes())[0].prefix != before
    desk.close(journal, 2)  # an earlier moment is told after the end
    assert arrivals(desk.folder / "t1.0.rj") == [1]
    assert sorted(path.name for path in desk.folder.iterdir()) == ["t1.0.rj", "t1.1.rj"]


def test_where_nothing_more_can_be_written_the_end_is_cut_off_instead(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, _ = desk.open()
    journal.write(chunk(1, 2))
    journal.write(chunk(3, 4))
    journal.write(chunk(5))
    desk.close(journal)

    def full(fd: int, data: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        desk.close(journal, 4)
    path = desk.folder / "t1.0.rj"
    records, is_ended = read_journal(path)
    assert [record.arrival for record in records] == [1, 2]
    assert not is_ended
    assert list(desk.folder.iterdir()) == [path]
    desk.close(journal, 2)  # and again, after it failed
    assert read_journal(path) == ([], False)


def test_a_journal_is_locked_while_it_is_written(desk: Desk) -> None:
    journal, _ = desk.open()
    with (desk.folder / "t1.0.rj").open("rb") as file:
        with pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        desk.close(journal)
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)


@pytest.mark.parametrize(
    "path",
    [
        "/tmp/t1.0.rj",
        "{folder}/../t1.0.rj",
        "{folder}/t1.rj",
        "{folder}/.0.rj",
        "{folder}/a/t1.0.rj/x",
        "t1.0.rj",
        "{folder}/t1.0.rj\n",
        "",
    ],
)
def test_a_path_outside_of_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused) as raised:
        JournalFiles(tmp_path, path.format(folder=tmp_path), KEY, {})
    assert raised.value.code == "recording.path"


def test_a_way_out_of_the_folder_by_a_link_is_refused(desk: Desk) -> None:
    (desk.folder / "in").mkdir()
    (desk.folder / "in" / "out").symlink_to(desk.folder.parent)
    files = JournalFiles(desk.folder / "in", str(desk.folder / "in/out/t1.0.rj"), KEY, {})
    with pytest.raises(Refused) as raised:
        files.open()
    assert raised.value.code == "recording.path"


def test_a_file_that_is_there_is_left_alone(desk: Desk) -> None:
    (desk.folder / "t1.0.rj").write_bytes(b"another's")
    _, refusal = desk.open()
    assert refusal is not None
    assert refusal.code == "recording.exists"
    assert (desk.folder / "t1.0.rj").read_bytes() == b"another's"


def test_a_folder_that_is_gone_is_told(desk: Desk) -> None:
    _, refusal = desk.open("gone/t1.0.rj")
    assert refusal is not None
    assert refusal.code == "recording.storage"


def test_a_disk_that_is_full_ends_its_journal_once_and_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, _ = desk.open("full.0.rj")
    well, _ = desk.open("well.0.rj")
    full.write(chunk(1))
    desk.close(well, 0)
    well, _ = desk.open("well.1.rj")
    descriptor, write = full.files._fd, os.write

    def failing(fd: int, data: memoryview) -> int:
        if fd != descriptor:
            return write(fd, data)
        if len(data) > 10:
            return write(fd, data[:10])  # a disk takes what it has room for
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", failing)
    for number in range(2, 5):
        assert full.write(chunk(number))
        assert well.write(chunk(number))
    desk.hear()
    assert desk.trouble == ["storage"]
    desk.close(full)
    desk.close(well)
    assert desk.trouble == ["storage"]
    assert arrivals(desk.folder / "well.1.rj") == [2, 3, 4]
    records, is_ended = read_journal(desk.folder / "full.0.rj")
    assert [record.arrival for record in records] == [1]
    assert not is_ended
    assert desk.journals.waiting == 0


def test_more_than_the_disk_keeps_up_with_is_lost_and_told_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING_BYTES", 20)
    journal, _ = desk.open()
    gate: queue.SimpleQueue[None] = queue.SimpleQueue()
    desk.journals.put(lambda: gate.get(timeout=WITHIN_S))
    assert journal.write(chunk(1, 2))
    assert not journal.write(chunk(3, 4))
    assert not journal.write(chunk(5, 6))
    assert desk.trouble == ["behind"]
    assert desk.journals.counts["journal_holes"] == 2
    gate.put(None)
    desk.close(journal)
    assert arrivals(desk.folder / "t1.0.rj") == [1, 2]


def test_a_hundred_tracks_are_written_side_by_side(desk: Desk) -> None:
    tracks = [desk.open(f"t{number}.0.rj")[0] for number in range(100)]
    for arrival in range(5):
        for track in tracks:
            assert track.write(chunk(arrival))
    for track in tracks:
        desk.close(track)
    assert all(arrivals(path) == [0, 1, 2, 3, 4] for path in desk.folder.iterdir())


def test_a_bug_in_a_file_is_a_refusal_or_a_failure_and_the_thread_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, _ = desk.open("broken.0.rj")
    monkeypatch.setattr(broken.files, "write", lambda chunk: 1 // 0)
    broken.write(chunk(1))
    desk.hear()
    assert desk.trouble == ["storage"]
    with monkeypatch.context() as patched:
        patched.setattr(JournalFiles, "open", lambda self: 1 // 0)
        _, refusal = desk.open("other.0.rj")
    assert refusal is not None
    assert refusal.code == "recording.storage"
    well, refusal = desk.open("well.0.rj")
    assert refusal is None
    well.write(chunk(1))
    desk.close(well)
    assert arrivals(desk.folder / "well.0.rj") == [1]


def test_an_end_without_a_stop_seals_what_was_handed_over(desk: Desk) -> None:
    journal, _ = desk.open()
    journal.write(chunk(1))
    journal.close(9)
    desk.journals.close()
    assert arrivals(desk.folder / "t1.0.rj") == [1]


def test_a_bug_before_the_disk_ends_the_file_and_is_told_once(desk: Desk) -> None:
    journal, _ = desk.open()
    journal.write(chunk(1))
    journal.fault()
    journal.fault()
    assert desk.trouble == ["fault"]
    desk.close(journal)
    assert arrivals(desk.folder / "t1.0.rj") == [1]
