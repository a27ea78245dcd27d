"""Pictures of leaves: read once for all, kept within bounds, drawn large in turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from classroom.blobs.decks import DeckBlobs, checksum_of
from classroom.errors import Refused
from classroom.jobs import slide_pictures
from classroom.jobs.conversion import PRINT
from classroom.jobs.slide_pictures import SlidePictures
from classroom.store import deck_prints as prints
from classroom.store.database import close_database
from classroom.store.deck_tables import DeckPrint
from courseware.deck import Drawn, Leaf
from courseware.errors import Broken
from tests.support.migrated import open_migrated

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SMALL = b"small picture"


@dataclass
class WorkshopTwin:
    """Draws when a test lets it."""

    work: Path
    may_draw: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    asked: list[int] = field(default_factory=list)
    failure: Exception | None = None

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        self.work.mkdir(exist_ok=True)
        yield self.work

    async def draw(
        self, opened_print: Path, leaves: Sequence[int], *, px: Sequence[int], folder: Path
    ) -> AsyncIterator[Drawn]:
        self.asked += leaves
        self.begun.put_nowait(leaves[0])
        await self.may_draw.wait()
        if self.failure is not None:
            raise self.failure
        path = folder / f"{leaves[0]}.webp"
        path.write_bytes(b"large %d" % leaves[0])
        yield Drawn(leaves[0], px[0], path, 2560, 1440, 7, None)


@dataclass
class Shelf:
    """A print of three leaves, of which the first has its small picture."""

    pictures: SlidePictures
    blobs: DeckBlobs
    workshop: WorkshopTwin
    reads: list[str]


@pytest.fixture
async def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shelf]:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    await DeckPrint.create(
        id="p",
        checksum="c" * 64,
        converter=1,
        kind="pdf",
        state="waiting",
        bytes=1,
        created_at=AT,
        updated_at=AT,
    )
    await prints.advance("p", "begin", at=AT)
    await prints.advance("p", "show", at=AT)
    leaves = [Leaf(slide, 0, 1280, 720) for slide in (1, 2, 3)]
    await prints.note_opened("p", leaves, [], at=AT)
    blobs = DeckBlobs(tmp_path / "decks")
    for name, content in (("1-0/320", SMALL), (PRINT, b"%PDF-")):
        await blobs.keep(content, checksum_of(content))
        await prints.add_print_file(
            "p", prints.PrintFile(name, "image/webp", checksum_of(content), len(content), "acid")
        )
    workshop: Any = WorkshopTwin(tmp_path / "work")
    reads: list[str] = []
    pieces = blobs.pieces

    def counted(folder: str, name: str, *more: Any) -> Any:
        reads.append(name)
        return pieces(folder, name, *more)

    monkeypatch.setattr(blobs, "pieces", counted)
    yield Shelf(SlidePictures(workshop, blobs), blobs, workshop, reads)
    await close_database()


async def test_a_class_that_turns_together_reads_once(shelf: Shelf) -> None:
    asked = [shelf.pictures.find("p", 1, 0, 320) for _ in range(30)]
    assert set(await asyncio.gather(*asked)) == {SMALL}
    assert await shelf.pictures.find("p", 1, 0, 320) == SMALL
    assert len(shelf.reads) == 1
    shelf.pictures.forget("p")
    assert await shelf.pictures.find("p", 1, 0, 320) == SMALL
    assert len(shelf.reads) == 2


async def test_what_is_not_drawn_is_not_there_and_not_remembered(shelf: Shelf) -> None:
    assert await shelf.pictures.find("p", 2, 0, 320) is None
    assert await shelf.pictures.find("q", 1, 0, 2560) is None
    assert await shelf.pictures.text("p", 2, 0) is None
    file = prints.PrintFile("2-0/320", "image/webp", checksum_of(SMALL), len(SMALL))
    await prints.add_print_file("p", file)
    assert await shelf.pictures.find("p", 2, 0, 320) == SMALL


async def test_only_so_much_is_kept(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slide_pictures, "KEPT_BYTES", 2 * len(SMALL))
    for slide in (2, 3):
        file = prints.PrintFile(f"{slide}-0/320", "image/webp", checksum_of(SMALL), len(SMALL))
        await prints.add_print_file("p", file)
    for slide in (1, 2, 1, 3, 1):  # 3 pushes 2 out, which was asked for longest ago
        await shelf.pictures.find("p", slide, 0, 320)
    assert len(shelf.reads) == 3
    await shelf.pictures.find("p", 2, 0, 320)
    assert len(shelf.reads) == 4


async def test_a_large_picture_is_drawn_once_and_kept(shelf: Shelf) -> None:
    shelf.workshop.may_draw.set()
    asked = [shelf.pictures.find("p", 2, 0, 2560) for _ in range(5)]
    assert set(await asyncio.gather(*asked)) == {b"large 1"}
    shelf.pictures.forget("p")
    assert await shelf.pictures.find("p", 2, 0, 2560) == b"large 1"
    assert shelf.workshop.asked == [1]
    assert await shelf.pictures.find("p", 9, 0, 2560) is None


async def test_who_gives_up_does_not_end_it_for_the_others(shelf: Shelf) -> None:
    first = asyncio.create_task(shelf.pictures.find("p", 2, 0, 2560))
    second = asyncio.create_task(shelf.pictures.find("p", 2, 0, 2560))
    await shelf.workshop.begun.get()
    first.cancel()
    shelf.workshop.may_draw.set()
    assert await second == b"large 1"


async def test_too_many_large_ones_are_turned_away(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slide_pictures, "WAITING_MAX", 2)
    waiting = [asyncio.create_task(shelf.pictures.find("p", s, 0, 2560)) for s in (1, 2)]
    assert {await shelf.workshop.begun.get() for _ in waiting} == {0, 1}
    with pytest.raises(Refused, match=r"server\.busy"):
        await shelf.pictures.find("p", 3, 0, 2560)
    shelf.workshop.may_draw.set()
    assert await asyncio.gather(*waiting) == [b"large 0", b"large 1"]
    assert await shelf.pictures.find("p", 3, 0, 2560) == b"large 2"


async def test_one_that_cannot_be_drawn_is_asked_for_again_later(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.workshop.failure = Broken("died")
    shelf.workshop.may_draw.set()
    with pytest.raises(Refused, match=r"server\.busy"):
        await shelf.pictures.find("p", 1, 0, 2560)
    shelf.workshop.failure = None
    assert await shelf.pictures.find("p", 1, 0, 2560) == b"large 0"
    monkeypatch.setattr(slide_pictures, "DRAWN_WITHIN_S", 0.01)
    shelf.workshop.may_draw.clear()
    with pytest.raises(Refused, match=r"server\.busy"):
        await shelf.pictures.find("p", 2, 0, 2560)
