"""Files that people drop into a class, good ones and bad ones, made here: nothing is stored.

Several producers: reportlab for text, fonts, curves and fields, pikepdf for boxes, layers, locks
and damage, Pillow for pictures. Office files: `tests.support.office`.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import pikepdf
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDE: Final = (842.0, 595.0)
HAN: Final = "函数的图像与性质"


@cache
def plain_pdf(pages: int = 1, *, size: tuple[float, float] = WIDE) -> bytes:
    """Words, a frame and curves; page k says `Page k`."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size, invariant=1)
    for page in range(pages):
        canvas.setFont("Helvetica", 24)
        canvas.drawString(size[0] * 0.1, size[1] * 0.8, f"Page {page} of the deck")
        canvas.rect(20, 20, size[0] - 40, size[1] - 40)
        canvas.setFillColorRGB(0.2, 0.4, 0.8)
        canvas.circle(size[0] * 0.3, size[1] * 0.4, size[1] * 0.15, fill=1)
        for turn in range(8):
            canvas.bezier(50, 50 + 9 * turn, 200, 300, 500, 20 * turn, size[0] - 60, 300)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@cache
def slow_pdf(pages: int) -> bytes:
    """Each page takes some tenths of a second to draw, so that the middle of it is easy to meet."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=WIDE, invariant=1)
    for page in range(pages):
        canvas.drawString(80, 500, f"Page {page} of the deck")
        for turn in range(5000):
            canvas.bezier(50, turn % 590, 200, 590, 500, 0, 800, (7 * turn) % 590)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@cache
def han_pdf() -> bytes:
    """A page in Chinese, in a font that readers bring themselves."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=WIDE, invariant=1)
    canvas.setFont("STSong-Light", 36)
    canvas.drawString(80, 400, HAN)
    canvas.save()
    return written.getvalue()


@cache
def form_pdf() -> bytes:
    """A field that is filled in, with its looks."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=WIDE, invariant=1)
    canvas.drawString(80, 500, "Name:")
    canvas.acroForm.textfield(value="FILLED IN", x=140, y=480, width=400, height=60, fontSize=36)
    canvas.save()
    return written.getvalue()


def changed(raw: bytes, change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    """A PDF after something was done to it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as document:
        change(document)
        document.save(written, **saving)
    return written.getvalue()


@cache
def odd_pdf() -> bytes:
    """Pages turned by 0, 90, 180 and 270, one cropped, one around a corner below zero, one small
    and one high, one with a layer that is off."""

    def turn(document: pikepdf.Pdf) -> None:
        for page, angle in enumerate((0, 90, 180, 270)):
            document.pages[page].Rotate = angle
        document.pages[4].CropBox = [100, 50, 700, 400]
        document.pages[5].MediaBox = [-100, -50, 700, 400]
        document.pages[6].MediaBox = [0, 0, 300, 300]
        document.pages[7].MediaBox = [0, 0, 400, 1200]
        _hide_in_a_layer(document, document.pages[8])

    return changed(plain_pdf(9), turn)


@cache
def turned_pdf() -> bytes:
    """Six pages, of which the second is turned and the third is cropped."""

    def turn(document: pikepdf.Pdf) -> None:
        document.pages[1].Rotate = 90
        document.pages[2].CropBox = [100, 50, 700, 400]

    return changed(plain_pdf(6), turn)


def _hide_in_a_layer(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Answers"))
    shown = pikepdf.Dictionary(OFF=[layer], Order=[layer])
    document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=shown)
    page.Resources.Properties = pikepdf.Dictionary(L0=layer)
    hidden = b"/OC /L0 BDC 1 0 0 rg 0 0 842 595 re f EMC "
    page.contents_add(pikepdf.Stream(document, hidden))


def locked_pdf(*, user: str) -> bytes:
    """With a password to open it, or with one of its owner alone."""
    lock = pikepdf.Encryption(user=user, owner="owner")
    return changed(plain_pdf(1), lambda _: None, encryption=lock)


def script_pdf() -> bytes:
    """Runs a script when it is opened, and shows a page."""

    def add(document: pikepdf.Pdf) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="while (true) { app.alert(1); }")
        document.Root.OpenAction = document.make_indirect(script)

    return changed(plain_pdf(1), add)


def long_page_pdf() -> bytes:
    """A page 14,400,000 points wide."""

    def stretch(document: pikepdf.Pdf) -> None:
        document.pages[0].MediaBox = [0, 0, 14_400_000, 300]

    return changed(plain_pdf(1), stretch)


def endless_pdf(page: int, pages: int) -> bytes:
    """Two million lines on one page, in 200 kB."""
    operators = zlib.compress(b"1 0 0 1 0 0 cm 0 0 m 600 700 l S " * 2_000_000, 1)
    return _with_contents(page, pages, operators, [pikepdf.Name.FlateDecode])


def flate_bomb_pdf() -> bytes:
    """A page of 1 GiB of operators, packed twice into some kB."""
    chunk = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = chunk.compress(b"0 " * (1 << 19)) + chunk.flush(zlib.Z_FULL_FLUSH)
    inner = b"\x78\xda" + block * 1024 + b"\x03\x00" + struct.pack(">I", 1)
    both = [pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]
    return _with_contents(0, 1, zlib.compress(inner, 9), both)


def _with_contents(page: int, pages: int, raw: bytes, packing: list[pikepdf.Name]) -> bytes:
    def put(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"")
        stream.write(raw, filter=pikepdf.Array(packing))
        document.pages[page].Contents = document.make_indirect(stream)

    return changed(plain_pdf(pages), put, compress_streams=False)


def huge_image_pdf() -> bytes:
    """A picture that says it has 60,000 pixels a side, and has none."""

    def put(document: pikepdf.Pdf) -> None:
        image = pikepdf.Stream(document, b"")
        image.write(zlib.compress(b"\0" * 1000), filter=pikepdf.Name.FlateDecode)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width = image.Height = 60_000
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        page = document.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(Big=document.make_indirect(image))
        page.contents_add(pikepdf.Stream(document, b"q 400 0 0 400 0 0 cm /Big Do Q"))

    return changed(plain_pdf(1), put)


def many_pages_pdf(pages: int) -> bytes:
    """So many empty pages."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(200, 100))
        document.save(written)
    return written.getvalue()


# Pictures


def picture(form: str, size: tuple[int, int] = (640, 480), **saving: object) -> bytes:
    """Left half red, right half blue, a green bar along the top."""
    shown = Image.new("RGB", size, "red")
    shown.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    shown.paste("lime", (0, 0, size[0], size[1] // 8))
    written = io.BytesIO()
    shown.save(written, form, **saving)
    return written.getvalue()


def lying_png(width: int, height: int) -> bytes:
    """Some bytes that say they are a picture of this size; the pixels end early."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(raw)) + kind + raw + struct.pack(">I", zlib.crc32(kind + raw))
        for kind, raw in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    )


# Zips


def zipped(files: Mapping[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, in this order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return written.getvalue()


def with_declared_size(archive: bytes, size: int) -> bytes:
    """A zip whose directory says of its first file that it unpacks to so many bytes."""
    at = archive.index(b"PK\x01\x02")
    return archive[: at + 24] + struct.pack("<I", size) + archive[at + 28 :]


def sharing_zip(copies: int) -> bytes:
    """Many entries that all unpack the same bytes."""
    one = zipped({"index.html": b"x" * 100_000})
    at, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entry = one[at:end]
    directory = b"".join(entry.replace(b"index.html", b"%04d.html." % n) for n in range(copies))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), at, 0)
    return one[:at] + directory + tail


def activity_zip(top: str = "") -> bytes:
    """A small activity, in a folder of its own where one is named."""
    files = {
        "index.html": b"<!doctype html><script src='a.js'></script>",
        "a.js": b"console.log(1)",
        "pictures/x.png": picture("PNG", (8, 8)),
        "server.php": b"<?php ?>",
    }
    return zipped({top + name: raw for name, raw in files.items()})
