"""Making a print: what is told, what goes on after a kill, what is tried again and what is not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from classroom.blobs.decks import COMING, DeckBlobs, checksum_of, file_checksum, folder_of
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.jobs.conversion import DISK_AGAIN, Conversion
from classroom.jobs.deck_disposal import DeckDisposal, draft_name
from classroom.store import deck_prints as prints
from classroom.store import deck_uploads as uploads
from classroom.store import decks
from classroom.store.accounts import NewAccount, create_account
from classroom.store.database import close_database
from classroom.store.deck_uploads import PRINT_JOB, Made, Source, UploadRow, Whole
from classroom.store.jobs import JobRow, free_jobs, jobs_of, take_job
from classroom.wire.decks import DeckProgress
from courseware.deck import Drawn, Entry, Kind, Leaf, Opened, Slide
from courseware.errors import Broken, Unfit
from tests.support.migrated import open_migrated

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SENT = b"%PDF-1.7 of three pages"
LEAVES = tuple(Leaf(slide, 0, 1280, 720) for slide in (1, 2, 3))


@dataclass
class WorkshopTwin:
    """Opens three pages and draws them, as far as a test lets it."""

    folder_path: Path
    fails: dict[int, Exception] = field(default_factory=dict)
    """By how many leaves were drawn."""
    unfit: Exception | None = None
    opened: int = 0
    drawn: list[int] = field(default_factory=list)
    on_drawn: Any = None
    on_picture: Any = None
    """Called when a picture was taken over."""
    leaves: tuple[Leaf, ...] = LEAVES
    entries: tuple[Entry, ...] = ()

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        self.folder_path.mkdir(exist_ok=True)
        yield self.folder_path

    async def open(self, kind: Kind, sources: Sequence[tuple[str, Path]], folder: Path) -> Opened:
        self.opened += 1
        if self.unfit is not None:
            raise self.unfit
        ((_, source),) = sources
        printed = source if self.leaves else None
        return Opened(kind, self.leaves, (Slide("One"),), printed, self.entries)

    async def draw(
        self, opened_print: Path, leaves: Sequence[int], *, px: Sequence[int], folder: Path
    ) -> AsyncIterator[Drawn]:
        assert file_checksum(opened_print) == checksum_of(SENT)
        for leaf in leaves:
            for width in px:
                path = folder / f"{leaf}-{width}.webp"
                path.write_bytes(f"{leaf} at {width}".encode())
                text = f"text {leaf}" if width == 1280 else None
                yield Drawn(leaf, width, path, width, 720, 9, text)
                if self.on_picture is not None:
                    await self.on_picture(leaf)
            self.drawn.append(leaf)
            if self.on_drawn is not None:
                await self.on_drawn(leaf)
            if len(self.drawn) in self.fails:
                raise self.fails.pop(len(self.drawn))


@dataclass
class Bench:
    """A conversion, one deck to be made, and a clock."""

    blobs: DeckBlobs
    workshop: WorkshopTwin
    disposal: DeckDisposal
    owner: str = ""
    library_bytes: int = 10**9
    now: datetime = AT
    made: Made = field(default_factory=lambda: Made("", "", True, ()))
    told: list[DeckProgress] = field(default_factory=list)

    def conversion(self) -> Conversion:
        """As a server that starts has it."""
        workshop: Any = self.workshop
        return Conversion(
            workshop,
            self.blobs,
            lambda one, _rooms: self.told.append(one),
            self.library_bytes,
            lambda: self.now,
        )

    async def send(self, mark: str = "f", *, most_bytes: int = 10**9) -> None:
        upload = UploadRow(
            new_id(), self.owner, self.owner, "Mei", "", "", "", "Acids", (Source("a.pdf", 23),)
        )
        await uploads.add_upload(upload, 10**9, at=self.now)
        await self.blobs.keep(SENT, checksum_of(SENT))
        file = prints.PrintFile("source-000.pdf", "", checksum_of(SENT), len(SENT))
        whole = Whole(mark * 64, "pdf", (file,))
        self.made = await uploads.make_deck(upload, whole, most_bytes, at=self.now)

    async def take(self) -> JobRow | None:
        return await take_job(at=self.now, kinds=(PRINT_JOB,))

    async def work(self) -> None:
        """The next job, which must be there."""
        job = await self.take()
        assert job is not None
        await self.conversion().do(job)

    async def row(self) -> prints.PrintRow:
        row = await prints.find_print(self.made.print_id)
        assert row is not None
        return row

    async def is_kept(self, content: bytes) -> bool:
        checksum = checksum_of(content)
        return await self.blobs.size(folder_of(checksum), checksum) is not None


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    blobs = DeckBlobs(tmp_path / "decks")
    made = Bench(blobs, WorkshopTwin(tmp_path / "work"), DeckDisposal(blobs, lambda _print: None))
    account = await create_account(NewAccount("mei@example.org", "Mei", "hash"), at=AT)
    made.owner = str(account.id)
    await made.send()
    yield made
    await close_database()


async def test_the_first_page_is_told_before_the_others(bench: Bench) -> None:
    async def look(leaf: int) -> None:
        if leaf == 0:
            states.append((await bench.row()).state)

    states: list[str] = []
    bench.workshop.on_drawn = look
    await bench.work()
    assert states == ["showing"]
    assert [one.state for one in bench.told][:2] == ["opening", "opening"]
    assert ("showing", 1) in [(one.state, one.done) for one in bench.told]
    assert (bench.told[-1].state, bench.told[-1].done) == ("ready", 3)
    row = await bench.row()
    assert (row.state, row.done, row.leaves) == ("ready", 3, LEAVES)
    assert await prints.texts_of(row.id) == {"1-0": "text 0", "2-0": "text 1", "3-0": "text 2"}
    files = await prints.print_files(row.id)
    assert files["print.pdf"].checksum == files["source-000.pdf"].checksum, "nothing lies twice"
    assert len(files) == 2 + 6
    assert await bench.take() is None


async def test_a_page_counts_when_it_has_all_its_pictures(bench: Bench) -> None:
    async def look(_leaf: int) -> None:
        row = await bench.row()
        files = await prints.print_files(row.id)
        seen.append((row.done, sum(not name.endswith(".pdf") for name in files)))

    seen: list[tuple[int, int]] = []
    bench.workshop.on_picture = look
    await bench.work()
    assert seen == [(0, 1), (1, 2), (1, 3), (2, 4), (2, 5), (3, 6)]


async def test_a_killed_conversion_goes_on_with_what_is_missing(bench: Bench) -> None:
    job = await bench.take()
    assert job is not None
    bench.workshop.fails = {2: KeyboardInterrupt()}  # as far as a process comes that is killed
    with pytest.raises(KeyboardInterrupt):
        await bench.conversion().do(job)
    assert await bench.take() is None, "its lease has not ended"
    await free_jobs(PRINT_JOB)  # the next server
    bench.workshop.drawn.clear()
    await bench.work()
    assert bench.workshop.drawn == [2], "what was kept is not drawn again"
    assert bench.workshop.opened == 1
    assert (await bench.row()).state == "ready"


async def test_what_fails_by_our_fault_is_tried_twice(bench: Bench) -> None:
    bench.workshop.fails = {1: Broken("died"), 2: Broken("died")}
    await bench.work()
    assert (await bench.row()).state == "showing"
    assert await bench.take() is None
    bench.now += timedelta(seconds=2)
    await bench.work()
    row = await bench.row()
    assert (row.state, row.fault) == ("failed", "broken")
    assert bench.told[-1].fault == "broken"
    (job,) = await jobs_of(PRINT_JOB, row.id, limit=2)
    assert job.done_at is not None


async def test_what_is_sent_again_is_shown_from_what_was_kept(bench: Bench) -> None:
    bench.workshop.fails = {1: Broken("died"), 2: Broken("died")}
    for _ in range(2):
        await bench.work()
        bench.now += timedelta(seconds=2)
    bench.told.clear()
    await bench.send()
    await bench.work()
    told = [(one.state, one.done) for one in bench.told]
    assert ("showing", 2) in told, "before the third was drawn"
    assert told[-1] == ("ready", 3)
    assert sorted(bench.workshop.drawn) == [0, 1, 2]


async def test_a_server_that_dies_of_it_gives_up(bench: Bench) -> None:
    for _ in range(2):
        assert await bench.take() is not None
        await free_jobs(PRINT_JOB)
    await bench.work()
    assert (await bench.row()).fault == "broken"
    assert bench.workshop.opened == 0


async def test_a_bad_file_is_said_at_once(bench: Bench) -> None:
    bench.workshop.unfit = Unfit("pages", {"max": 500})
    await bench.work()
    row = await bench.row()
    assert (row.state, row.fault, row.params) == ("failed", "pages", {"max": 500})
    bench.now += timedelta(days=1)
    assert await bench.take() is None


async def test_a_full_disk_is_waited_for_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise Refused("storage.full")

    monkeypatch.setattr(bench.blobs, "put", full)
    await bench.work()
    assert (await bench.row()).state == "opening"
    bench.now += DISK_AGAIN - timedelta(seconds=1)
    assert await bench.take() is None
    bench.now += timedelta(seconds=1)
    await bench.work()
    assert (await bench.row()).fault == "storage"


async def test_a_server_that_closes_takes_no_try(bench: Bench) -> None:
    for _ in range(3):
        bench.workshop.fails = {len(bench.workshop.drawn) + 1: Broken("closed")}
        await bench.work()
    await bench.work()
    assert (await bench.row()).state == "ready"


async def test_a_fault_of_ours_ends_too(bench: Bench) -> None:
    bench.workshop.unfit = ZeroDivisionError()
    await bench.work()
    bench.now += timedelta(seconds=2)
    await bench.work()
    assert (await bench.row()).fault == "broken"


async def test_a_deck_that_is_deleted_meanwhile_ends_quietly(bench: Bench) -> None:
    async def delete(leaf: int) -> None:
        if leaf == 0:
            gone = await decks.delete_deck(bench.owner, bench.made.deck_id)
            await bench.disposal.prints(gone)

    bench.workshop.on_drawn = delete
    await bench.work()
    assert await prints.find_print(bench.made.print_id) is None
    assert await bench.blobs.checksums() == []
    assert "failed" not in [one.state for one in bench.told]
    assert await bench.take() is None


async def test_what_has_no_pages_is_ready_when_it_is_opened(bench: Bench) -> None:
    bench.workshop.leaves = ()
    await bench.work()
    row = await bench.row()
    assert (row.state, row.leaves, row.done) == ("ready", (), 0)


async def test_progress_is_told_some_times_a_second(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 100.0
    monkeypatch.setattr("classroom.jobs.conversion.monotonic", lambda: seconds)
    bench.workshop.leaves = tuple(Leaf(slide, 0, 1280, 720) for slide in range(1, 31))
    await bench.work()
    assert len(bench.told) == 4, "new states alone, as no time went by"


async def test_the_sweep_takes_what_nobody_has(bench: Bench) -> None:
    await bench.work()
    await bench.blobs.keep(b"left", checksum_of(b"left"))
    upload = UploadRow(new_id(), bench.owner, "mei", "Mei", "", "", "", "x", (Source("x.pdf", 9),))
    await uploads.add_upload(upload, 10**9, at=AT)
    for name in (draft_name(upload.id, 0), "nobodys-0"):
        await bench.blobs.open_draft(COMING, name)
    await bench.disposal.sweep(at=AT)
    assert not await bench.is_kept(b"left")
    assert await bench.is_kept(SENT)
    assert await bench.blobs.drafts() == [draft_name(upload.id, 0)]
    await decks.delete_deck(bench.owner, bench.made.deck_id)  # and the server died
    await bench.disposal.sweep(at=AT + uploads.KEPT_FOR + timedelta(seconds=1))
    assert await bench.blobs.checksums() == []
    assert await bench.blobs.drafts() == []


async def test_a_file_that_is_noted_while_it_goes_stays(bench: Bench) -> None:
    checksum = checksum_of(SENT)
    async with bench.blobs.hold(checksum):
        await bench.blobs.keep(SENT, checksum)
    await bench.disposal.files([checksum])
    assert await bench.is_kept(SENT)


async def test_the_files_of_an_activity_are_kept_once(bench: Bench) -> None:
    folder = bench.workshop.folder_path
    folder.mkdir()
    for name in ("one", "two"):
        (folder / name).write_bytes(name.encode())
    page = Entry("index.html", "text/html; charset=utf-8", folder / "one", 3)
    other = Entry("js/two.js", "text/javascript; charset=utf-8", folder / "gone", 3)
    bench.workshop.leaves, bench.workshop.entries = (), (page, other)
    await bench.work()
    assert (await bench.row()).state == "opening", "the second one could not be read"
    assert set(await prints.print_files(bench.made.print_id)) == {
        "source-000.pdf",
        "in/index.html",
    }
    (folder / "one").unlink()
    bench.workshop.entries = (page, replace(other, file=folder / "two"))
    bench.now += timedelta(seconds=30)
    await bench.work()
    assert ((await bench.row()).state, bench.workshop.opened) == ("ready", 2)
    kept = await prints.find_print_file(bench.made.print_id, "in/js/two.js")
    assert kept is not None
    assert (kept.kind, kept.bytes) == ("text/javascript; charset=utf-8", 3)
    assert await bench.is_kept(b"one")
    assert await bench.is_kept(b"two")


def many_files(bench: Bench, count: int, size: int) -> None:
    """The package holds so many files of so many bytes."""
    folder = bench.workshop.folder_path
    folder.mkdir(exist_ok=True)
    bench.workshop.leaves = ()
    bench.workshop.entries = tuple(
        Entry(f"{n}.txt", "text/plain", folder / f"{n}", size) for n in range(count)
    )
    for entry in bench.workshop.entries:
        entry.file.write_bytes(entry.path.encode().ljust(size))


async def test_an_activity_counts_what_it_unpacks_to(bench: Bench) -> None:
    many_files(bench, 5, 3)
    await bench.work()
    assert (await bench.row()).state == "ready"
    assert await decks.used_bytes(bench.owner) == 5 * 4096, "each file takes a block"
    await bench.send()
    assert await decks.used_bytes(bench.owner) == 2 * 5 * 4096, "known, it counts at once"
    with pytest.raises(Refused, match=r"deck\.quota"):
        await bench.send(most_bytes=3 * 5 * 4096 - 1)


async def test_an_activity_for_which_the_library_has_no_place_leaves_nothing(bench: Bench) -> None:
    many_files(bench, 5, 5000)
    bench.library_bytes = 5 * 8192 - 1
    await bench.work()
    row = await bench.row()
    assert (row.state, row.fault, row.params) == ("failed", "quota", {"megabytes": 0})
    assert set(await prints.print_files(bench.made.print_id)) == {"source-000.pdf"}
    assert await bench.blobs.checksums() == [checksum_of(SENT)]
    assert await decks.used_bytes(bench.owner) == 23, "what was sent"
    bench.library_bytes += 1
    await decks.delete_deck(bench.owner, bench.made.deck_id)
    await bench.send()
    await bench.work()
    assert (await bench.row()).state == "ready", "there is place now"


async def test_what_one_owner_has_place_for_is_kept_for_all(bench: Bench) -> None:
    mei = bench.owner
    await bench.send("e")
    many_files(bench, 1, 9000)
    await bench.work()
    assert await decks.used_bytes(mei) == 23 + 3 * 4096
    account = await create_account(NewAccount("bo@example.org", "Bo", "hash"), at=AT)
    bench.owner = str(account.id)
    await bench.send("e")
    bench.library_bytes = 3 * 4096
    await bench.work()
    assert (await bench.row()).state == "ready"
    assert [await decks.used_bytes(owner) for owner in (mei, bench.owner)] == [6 * 4096, 3 * 4096]
