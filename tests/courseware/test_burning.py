"""What was drawn is laid over the pages of a print: in its place however a page is turned and cut,
with the text still text, and with nothing in it that runs."""

from __future__ import annotations

import asyncio
import io
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from courseware.errors import Unfit
from courseware.workshop import Workshop
from tests.support.decks import changed, endless_pdf, locked_pdf, odd_pdf, picture, plain_pdf
from tests.support.overlays import (
    MARKER,
    UPPER_LEFT,
    WORDS,
    hostile_overlays,
    overlay_pdf,
    photo_overlay,
    picture_overlay,
    stroked_pdf,
)
from tests.support.workshops import at_work, left_of

Order = Sequence[tuple[int, int | None]]
GREEN = (0, 204, 0)


async def burned(
    workshop: Workshop, folder: Path, source: bytes, overlay: bytes, order: Order
) -> bytes:
    (folder / "print.pdf").write_bytes(source)
    (folder / "overlay.pdf").write_bytes(overlay)
    async with workshop.folder() as job:
        made = await workshop.burn(folder / "print.pdf", folder / "overlay.pdf", order, job)
        assert made.parent == job
        return made.read_bytes()


async def burn(folder: Path, source: bytes, overlay: bytes, order: Order) -> bytes:
    async with at_work(folder) as workshop:
        return await burned(workshop, folder, source, overlay, order)


def page_of(raw: bytes, index: int) -> Image.Image:
    """400 pixels wide, as pdfium shows it."""
    page = pypdfium2.PdfDocument(raw)[index]
    return page.render(scale=400 / page.get_width()).to_pil().convert("RGB")


def words_of(raw: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(raw)
    return [document[index].get_textpage().get_text_range() for index in range(len(document))]


async def test_ink_is_in_its_place_on_every_kind_of_page(tmp_path: Path) -> None:
    """Turned, cropped, around a corner below zero, small, high: a box over the upper left quarter
    of the sheet is over the upper left quarter of what is seen, and the page is below it."""
    count = 9
    order = [(index, index) for index in range(count)]
    made = await burn(tmp_path, odd_pdf(), overlay_pdf([UPPER_LEFT + b" " + WORDS] * count), order)
    for index in range(count):
        shown, before = page_of(made, index), page_of(odd_pdf(), index)
        assert shown.size == before.size
        wide, high = shown.width // 4, shown.height // 4
        inside = shown.crop((2, 2, wide - 2, high - 2))
        assert inside.getcolors() == [(inside.width * inside.height, GREEN)]
        for box in ((wide + 2, 0, 2 * wide, high), (0, high + 2, wide, 2 * high)):
            assert shown.crop(box).tobytes() == before.crop(box).tobytes()
    for index, words in enumerate(words_of(made)):
        assert f"Page {index} of the deck" in words
        assert "Well done" in words


async def test_a_highlighter_lets_through_what_is_below(tmp_path: Path) -> None:
    made = await burn(tmp_path, plain_pdf(1), overlay_pdf([MARKER]), [(0, 0)])
    shown = page_of(made, 0)
    assert shown.getpixel((4, 4)) == (255, 245, 153)  # 0.6 of white, 0.4 of yellow
    assert shown.convert("L").getextrema()[0] < 20  # the words and lines of the page


async def test_a_page_that_leaves_things_open_does_not_move_the_ink(tmp_path: Path) -> None:
    def leave_open(document: pikepdf.Pdf) -> None:
        for page, (before, after) in zip(
            document.pages, ((b"Q Q", b"q q .3 0 0 .3 9 9 cm"), (b"q", b".2 0 0 .2 0 0 cm")),
            strict=True,
        ):  # fmt: skip
            page.contents_add(document.make_stream(before), prepend=True)
            page.contents_add(document.make_stream(after))

    source = changed(plain_pdf(2), leave_open)
    made = await burn(tmp_path, source, overlay_pdf([UPPER_LEFT]), [(0, 0), (1, 0)])
    for index in range(2):
        shown = page_of(made, index)
        assert shown.crop((2, 2, 98, shown.height // 4 - 2)).getcolors(1) is not None
        assert shown.getpixel((104, 4)) == (255, 255, 255)


async def test_pages_come_in_their_order_and_others_are_gone(tmp_path: Path) -> None:
    source = changed(plain_pdf(6), _name_places)
    made = await burn(tmp_path, source, overlay_pdf([WORDS]), [(4, None), (2, 0), (2, None)])
    words = words_of(made)
    assert [text.splitlines()[0][:6] for text in words] == ["Page 4", "Page 2", "Page 2"]
    assert ["Well done" in text for text in words] == [False, True, False]
    with pikepdf.open(io.BytesIO(made)) as document:
        assert [item.title for item in document.open_outline().root] == ["two", "four"]
        assert int(document.Root.Outlines.Count) == 2
        links = [note.Dest[0].objgen for note in document.pages[0].Annots]
        there = [page.obj.objgen for page in document.pages]
        # From page 4 to pages 4, 2 and 3: the third is not there, so to the next that is.
        assert links == [there[0], there[1], there[0]]
        written = b"".join(
            one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)
        )
    for gone in (0, 1, 3, 5):
        assert b"Page %d of" % gone not in written


async def test_what_only_left_out_pages_used_is_gone(tmp_path: Path) -> None:
    """One list of resources for all pages, as most programs write it: forms in forms, a picture,
    tiles, what a mask is made of, a form that uses the list of its page."""
    made = await burn(tmp_path, _sharing_pdf(), overlay_pdf([WORDS]), [(1, 0)])
    with pikepdf.open(io.BytesIO(made)) as document:
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        written = b"".join(one.read_bytes() for one in streams)
    for number, kind in [(n, k) for n in range(2) for k in SHARED]:
        assert (f"% {kind} of {number}".encode() in written) is (number == 1), (kind, number)
    assert "Well done" in words_of(made)[0]


SHARED = ("form", "inner", "bare", "tile", "mask", "note")


def _sharing_pdf() -> bytes:
    """Two pages, whose list has everything of both."""

    def share(document: pikepdf.Pdf) -> None:
        shared = document.make_indirect(Dictionary(XObject=Dictionary(), Pattern=Dictionary()))
        shared.ExtGState = Dictionary()

        def form(kind: str, number: int, contents: bytes = b"") -> pikepdf.Object:
            words = f"% {kind} of {number}\n".encode() + contents
            made = document.make_stream(words, Type=Name.XObject, Subtype=Name.Form)
            made.BBox = [0, 0, 100, 100]
            if kind != "bare":
                made.Resources = shared
            return made

        for number, page in enumerate(document.pages):
            page.obj.Resources = shared
            inner, bare = f"/inner{number}", f"/bare{number}"
            for name, made in (
                (inner, form("inner", number)),
                (bare, form("bare", number, f"{inner} Do".encode())),
                (f"/form{number}", form("form", number, f"{bare} Do".encode())),
            ):
                shared.XObject[name] = made
            tile = form("tile", number)
            tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
            tile.XStep = tile.YStep = 10
            shared.Pattern[f"/tile{number}"] = tile
            mask = Dictionary(S=Name.Luminosity, G=form("mask", number))
            shared.ExtGState[f"/mask{number}"] = Dictionary(SMask=mask)
            uses = f"/form{number} Do /mask{number} gs /Pattern cs /tile{number} scn 0 0 9 9 re f"
            page.obj.Contents = document.make_stream(uses.encode())
            note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[0, 0, 9, 9])
            note.AP = Dictionary(N=form("note", number))
            page.obj.Annots = Array([note])

    return changed(plain_pdf(2), share)


def _name_places(document: pikepdf.Pdf) -> None:
    names = ("none", "one", "two", "three", "four", "five")
    with document.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, at) for at, name in enumerate(names))
    document.pages[4].Annots = Array(
        [_link(document, Array([document.pages[to].obj, Name.Fit])) for to in (4, 2, 3)]
    )


def _link(document: pikepdf.Pdf, to: pikepdf.Object) -> pikepdf.Object:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=to)
    return document.make_indirect(link)


async def test_what_runs_is_taken_out_and_what_leads_somewhere_stays(tmp_path: Path) -> None:
    made = await burn(tmp_path, changed(plain_pdf(2), _arm), overlay_pdf([WORDS]), [(0, 0), (1, 0)])
    for word in (b"JavaScript", b"Launch", b"OpenAction", b"EmbeddedFile", b"RichMedia", b"/XFA"):
        assert word not in _plainly(made)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.docinfo.Title == "A lesson"
        notes = list(document.pages[0].Annots)
        assert [str(note.A.URI) for note in notes if "/A" in note] == ["https://example.org/a"]
        assert [item.title for item in document.open_outline().root] == ["two"]


async def test_a_font_may_be_called_like_an_action(tmp_path: Path) -> None:
    def call(document: pikepdf.Pdf) -> None:
        resources = document.pages[0].Resources
        resources.Font = Dictionary(
            {name: resources.Font.F1 for name in CALLED} | {"/F1": resources.Font.F1}
        )
        form = document.make_stream(b"0 1 0 rg 0 0 9 9 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9])
        resources.XObject = Dictionary(dict.fromkeys(CALLED, form))

    made = await burn(tmp_path, changed(plain_pdf(1), call), overlay_pdf([WORDS]), [(0, 0)])
    with pikepdf.open(io.BytesIO(made)) as document:
        kept = document.pages[0].Resources
        assert set(CALLED) < set(kept.Font.keys())
        assert set(CALLED) <= set(kept.XObject.keys())


CALLED = ("/AA", "/PA", "/EF", "/JS")


def _arm(document: pikepdf.Pdf) -> None:
    """All ways to run something that we know of."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    launch = Dictionary(S=Name.Launch, F="calc.exe", Next=script)
    web = Dictionary(S=Name.URI, URI="https://example.org/a", Next=script)
    bad = Dictionary(S=Name.URI, URI="javascript:JavaScript")
    document.docinfo.Title = "A lesson"
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=["a", script]))
    document.attachments["answers.txt"] = b"42"
    above = document.make_indirect(Dictionary(FT=Name.Tx, T="b", AA=Dictionary(K=script)))
    field = Dictionary(FT=Name.Tx, T="a", AA=Dictionary(K=script), Kids=[])
    held = document.make_indirect(document.attachments["answers.txt"].obj)
    document.Root.AcroForm = Dictionary(Fields=[document.make_indirect(field)], XFA="x", CO=[field])
    page = document.pages[0]
    page.obj.AA = Dictionary(O=script)
    kinds = [(Name.Link, web), (Name.Link, launch), (Name.Link, bad), (Name.RichMedia, script)]
    page.obj.Annots = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=kind, Rect=[0, 0, 9, 9], A=does)
            for kind, does in kinds
        ]
    )
    page.obj.Annots[0].Parent = above  # in no list of fields
    page.obj.Annots[1].AF = Array([held])
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("two", 1))
    document.Root.Outlines.First.A = script


def _plainly(raw: bytes) -> bytes:
    """The file without any packing."""
    return changed(
        raw,
        lambda _: None,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        compress_streams=False,
    )


async def test_a_lock_of_the_owner_is_not_carried_over(tmp_path: Path) -> None:
    async with at_work(tmp_path) as workshop:
        made = await burned(workshop, tmp_path, locked_pdf(user=""), overlay_pdf([WORDS]), [(0, 0)])
        assert "Well done" in words_of(made)[0]
        with pikepdf.open(io.BytesIO(made)) as document:
            assert not document.is_encrypted
        with pytest.raises(Unfit, match="encrypted"):
            await burned(workshop, tmp_path, locked_pdf(user="x"), overlay_pdf([WORDS]), [(0, 0)])


async def test_pictures_are_drawn(tmp_path: Path) -> None:
    shown = Image.open(io.BytesIO(picture("PNG", (64, 48))))
    overlay = picture_overlay(shown, b"640 0 0 -360 0 360")
    made = page_of(await burn(tmp_path, plain_pdf(1), overlay, [(0, 0)]), 0)
    assert made.getpixel((20, 100)) == (255, 0, 0)
    assert made.getpixel((180, 100)) == (0, 0, 255)
    overlay = photo_overlay(picture("JPEG", (64, 48)), b"640 0 0 -360 0 360")
    made = page_of(await burn(tmp_path, plain_pdf(1), overlay, [(0, 0)]), 0)
    red, blue = made.getpixel((20, 100)), made.getpixel((180, 100))
    assert (red[0] > 200, red[2] < 60, blue[2] > 200, blue[0] < 60) == (True,) * 4


async def test_the_web_process_holds_nothing_of_a_large_print(tmp_path: Path) -> None:
    """A hundred megabytes go through the child; what is read of it here comes in pieces."""

    def grow(document: pikepdf.Pdf) -> None:
        large = document.make_stream(bytes(range(256)) * (400 * 1024), Subtype=Name.Form)
        large.BBox = [0, 0, 1, 1]
        document.pages[0].Resources.XObject = Dictionary(Large=large)

    (tmp_path / "print.pdf").write_bytes(changed(plain_pdf(2), grow, compress_streams=False))
    (tmp_path / "overlay.pdf").write_bytes(overlay_pdf([WORDS]))
    async with at_work(tmp_path) as workshop, workshop.folder() as job:
        tracemalloc.start()
        try:
            source, overlay = tmp_path / "print.pdf", tmp_path / "overlay.pdf"
            made = await workshop.burn(source, overlay, [(0, 0), (1, None)], job)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert source.stat().st_size > 100 << 20
        assert peak < 1 << 20
        assert "Well done" in words_of(made.read_bytes())[0]


@pytest.mark.parametrize("attack", hostile_overlays(), ids=lambda attack: attack[0])
async def test_a_hostile_overlay_is_refused(
    tmp_path: Path, attack: tuple[str, Callable[[], bytes], str]
) -> None:
    _, make, fault = attack
    async with at_work(tmp_path) as workshop:
        with pytest.raises(Unfit) as refused:
            await burned(workshop, tmp_path, plain_pdf(2), make(), [(0, 0), (1, None)])
        assert refused.value.fault == fault


async def test_who_gives_up_leaves_no_child(tmp_path: Path) -> None:
    """Two million lines are looked through for what they leave open: that takes some seconds."""
    async with at_work(tmp_path) as workshop:
        work = burned(workshop, tmp_path, endless_pdf(0, 1), overlay_pdf([WORDS]), [(0, 0)])
        task = asyncio.create_task(work)
        async with asyncio.timeout(20):
            while not left_of(tmp_path)[1]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        assert left_of(tmp_path) == ([], [])


async def test_without_an_overlay_pages_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "print.pdf").write_bytes(plain_pdf(3))
    async with at_work(tmp_path) as workshop, workshop.folder() as job:
        made = await workshop.burn(tmp_path / "print.pdf", None, [(2, None), (0, None)], job)
        assert [text.split()[1] for text in words_of(made.read_bytes())] == ["2", "0"]


@pytest.mark.parametrize("order", [[], [(0, 1)], [(0, -1)], [(2, 0)], [(-1, 0)]])
async def test_pages_that_are_not_there_are_refused(tmp_path: Path, order: Order) -> None:
    async with at_work(tmp_path) as workshop:
        with pytest.raises(Unfit):
            await burned(workshop, tmp_path, plain_pdf(2), overlay_pdf([WORDS]), order)


async def test_a_thousand_strokes_on_fifty_pages_stay_small(tmp_path: Path) -> None:
    overlay = stroked_pdf(50, 20)
    made = await burn(tmp_path, plain_pdf(50), overlay, [(at, at) for at in range(50)])
    assert len(made) < len(overlay) + len(plain_pdf(50)) + 100_000
    with pikepdf.open(io.BytesIO(made)) as document:
        assert len(document.pages) == 50
