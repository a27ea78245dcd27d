"""Each bad file ends in its sentence, in time, and leaves nothing behind: no folder, no process,
and a workshop that turns the next file into pages."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from courseware.deck import Kind
from courseware.errors import Unfit
from courseware.workshop import Workshop
from tests.support.decks import (
    activity_zip,
    endless_pdf,
    flate_bomb_pdf,
    locked_pdf,
    long_page_pdf,
    lying_png,
    many_pages_pdf,
    picture,
    plain_pdf,
    sharing_zip,
    with_declared_size,
    zipped,
)
from tests.support.office import docx, odt, pptx
from tests.support.workshops import HASTY, at_work, drawn, left_of, opened

LIMIT_S = 40.0
"""Two seconds of processor time on a machine that is shared with other tests, and twice that."""

TRAVERSAL = {"../../index.html": b"x", "index.html": b"x"}
LINK = zipfile.ZipInfo("index.html")
LINK.external_attr = 0o120777 << 16
LINK.create_system = 3
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "%s">]><a>&b;</a>' % (b"ha" * 1000)
DEEP = b"<a>" * 300 + b"</a>" * 300

Make = Callable[[], bytes]
ATTACKS: list[tuple[str, Kind, Make, str]] = [
    ("no bytes", "pdf", lambda: b"", "broken"),
    ("words", "pdf", lambda: b"%PDF-1.7 hello", "broken"),
    ("a password", "pdf", lambda: locked_pdf(user="secret"), "encrypted"),
    ("a long page", "pdf", long_page_pdf, "shape"),
    ("too many pages", "pdf", lambda: many_pages_pdf(501), "pages"),
    ("endless operators", "pdf", lambda: endless_pdf(0, 1), "slow"),
    ("a Flate bomb", "pdf", flate_bomb_pdf, "memory"),
    ("2.5 gigapixels", "picture", lambda: lying_png(50_000, 50_000), "pixels"),
    ("169 megapixels", "picture", lambda: lying_png(13_000, 13_000), "pixels"),
    ("a strip", "picture", lambda: lying_png(30_000, 10), "shape"),
    ("a picture that ends", "picture", lambda: lying_png(3000, 3000), "broken"),
    ("half a picture", "picture", lambda: picture("JPEG")[:2000], "broken"),
    ("26 MB", "picture", lambda: picture("BMP") + bytes(26 << 20), "large"),
    ("no zip", "activity", lambda: b"PK\x03\x04 and no more", "broken"),
    ("no index.html", "activity", lambda: zipped({"a.js": b"1"}), "type"),
    ("out of the folder", "activity", lambda: zipped(TRAVERSAL), "broken"),
    ("5,000 files", "activity", lambda: zipped({f"{n}.js": b"" for n in range(5000)}), "bomb"),
    ("one for all", "activity", lambda: sharing_zip(1500), "bomb"),
    ("200 MB of nothing", "activity", lambda: zipped({"index.html": bytes(200 << 20)}), "bomb"),
    ("3 MB of nothing", "activity", lambda: zipped({"index.html": bytes(3 << 20)}), "bomb"),
    (
        "more than it says",
        "activity",
        lambda: with_declared_size(zipped({"index.html": bytes(5 << 20)}), 1000),
        "bomb",
    ),
    ("a zip called PPTX", "slides", activity_zip, "type"),
    ("a DOCX called PPTX", "slides", docx, "type"),
    ("a PPTX called DOCX", "document", lambda: pptx([]), "type"),
    ("an ODT called ODP", "slides", odt, "type"),
    ("a locked ODT", "document", lambda: odt(is_locked=True), "encrypted"),
    ("no slides", "slides", lambda: pptx([]), "empty"),
    ("205 MB of words", "document", lambda: docx(body=b" " * (205 << 20)), "bomb"),
    ("entities", "slides", lambda: pptx([], presentation=LAUGHS), "broken"),
    ("300 elements deep", "slides", lambda: pptx([], presentation=DEEP), "broken"),
]


async def assert_good_as_before(workshop: Workshop, folder: Path) -> None:
    async with opened(workshop, "pdf", plain_pdf(), folder) as (deck, job):
        assert (await drawn(workshop, deck, job))[0, 1280].text == "Page 0 of the deck"


@pytest.mark.parametrize(
    ("kind", "make", "fault"), [row[1:] for row in ATTACKS], ids=[row[0] for row in ATTACKS]
)
async def test_a_bad_file_ends_in_its_sentence(
    tmp_path: Path, kind: Kind, make: Make, fault: str
) -> None:
    raw = make()
    async with at_work(tmp_path, bounds=HASTY, soffice="/nowhere/soffice") as workshop:
        begun = time.monotonic()
        with pytest.raises(Unfit) as refused:
            async with opened(workshop, kind, raw, tmp_path) as (deck, job):
                await drawn(workshop, deck, job)
        assert time.monotonic() - begun < LIMIT_S
        assert refused.value.fault == fault
        assert left_of(tmp_path) == ([], [])
        await assert_good_as_before(workshop, tmp_path)


async def test_an_endless_page_among_good_ones_gets_an_empty_sheet(tmp_path: Path) -> None:
    raw = endless_pdf(3, 6)
    async with (
        at_work(tmp_path, bounds=HASTY) as workshop,
        opened(workshop, "pdf", raw, tmp_path) as (deck, job),
    ):
        pictures = await drawn(workshop, deck, job)
        assert len(pictures) == 12
        assert [leaf for (leaf, px), one in pictures.items() if one.is_substitute] == [3, 3]
        assert (pictures[3, 1280].width, pictures[3, 1280].height) == (1280, 905)
        assert pictures[5, 1280].text == "Page 5 of the deck"


async def test_office_files_are_refused_where_they_cannot_be_opened_safely(tmp_path: Path) -> None:
    async with at_work(tmp_path) as workshop:
        assert workshop.office == "missing"
        with pytest.raises(Unfit, match="office_missing"):
            async with opened(workshop, "document", docx(), tmp_path):
                pass


async def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(LINK, "/etc/passwd")
    async with at_work(tmp_path) as workshop:
        with pytest.raises(Unfit, match="broken"):
            async with opened(workshop, "activity", path.read_bytes(), tmp_path):
                pass
