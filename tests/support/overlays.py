"""What browsers draw over slides, as the client's exporter writes it, and as it never does."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

Size = tuple[float, float]
WIDE: Final[Size] = (960.0, 540.0)
UPPER_LEFT: Final = b"0 0.8 0 rg 0 0 320 180 re f"
"""A green box over a quarter of the width and of the height of a page of 1280 by 720 units."""
MARKER: Final = b"/See gs 1 0.9 0 rg 0 0 1280 720 re f"
"""All of it, yellow, as a highlighter."""
WORDS: Final = b"0 0 0 rg BT /Text 40 Tf 1 0 0 -1 700 600 Tm (Well done) Tj ET"


def overlay_pdf(contents: Sequence[bytes], size: Size = WIDE) -> bytes:
    """A page for each of these, whose y axis points down, in units of 0.75 points."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        for some in contents:
            _add(document, some, size)
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _add(document: pikepdf.Pdf, contents: bytes, size: Size) -> None:
    page = document.add_blank_page(page_size=size)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.Encoding = Name.WinAnsiEncoding
    multiply = Dictionary(Type=Name.ExtGState, ca=0.4, CA=0.4, BM=Name.Multiply)
    page.obj.Resources = Dictionary(Font=Dictionary(Text=font), ExtGState=Dictionary(See=multiply))
    turned = f"q 0.75 0 0 -0.75 0 {size[1]} cm\n".encode()
    page.obj.Contents = Array([document.make_stream(turned + contents + b"\nQ")])
    page.obj.Annots = Array([])


@cache
def stroked_pdf(pages: int, strokes: int) -> bytes:
    """So many outlines of pen strokes on each page, as long as those of handwriting."""
    line = b"%d %d m " + b" ".join(b"%d %d %d %d %d %d c" for _ in range(24)) + b" h f\n"
    made = []
    for stroke in range(strokes):
        x, y = 20 + 37 * stroke % 1200, 20 + 53 * stroke % 660
        places = [value for at in range(73) for value in (x + at % 40, y + at % 30)]
        made.append(line % tuple(places[: line.count(b"%d")]))
    return overlay_pdf([b"0.8 0 0 rg " + b"".join(made)] * pages)


def picture_overlay(shown: Image.Image, place: bytes) -> bytes:
    """One page with a picture; `place` is its matrix."""

    def add(document: pikepdf.Pdf) -> None:
        image = document.make_stream(zlib.compress(shown.convert("RGB").tobytes()))
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.FlateDecode
        image.Width, image.Height, image.BitsPerComponent = *shown.size, 8
        image.ColorSpace = Name.DeviceRGB
        document.pages[0].obj.Resources.XObject = Dictionary(Image=image)

    return _changed(overlay_pdf([place + b" cm /Image Do"]), add)


def photo_overlay(photo: bytes, place: bytes) -> bytes:
    """One page with a JPEG, as it is."""
    with Image.open(io.BytesIO(photo)) as shown:
        size = shown.size

    def add(document: pikepdf.Pdf) -> None:
        image = pikepdf.Stream(document, b"")
        image.write(photo, filter=Name.DCTDecode)
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height, image.BitsPerComponent = *size, 8
        image.ColorSpace = Name.DeviceRGB
        document.pages[0].obj.Resources.XObject = Dictionary(Image=image)

    return _changed(overlay_pdf([place + b" cm /Image Do"]), add)


def _changed(raw: bytes, change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as document:
        change(document)
        document.save(written, **saving)
    return written.getvalue()


def hostile_overlays() -> list[tuple[str, Callable[[], bytes], str]]:
    """What it is, how it is made, and the fault it ends in."""

    def with_page(change: Callable[[pikepdf.Pdf, pikepdf.Dictionary], None]) -> bytes:
        return _changed(overlay_pdf([WORDS]), lambda one: change(one, one.pages[0].obj))

    def bomb(document: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        packing = zlib.compressobj(9)
        packed = b"".join(packing.compress(bytes(1 << 20)) for _ in range(40)) + packing.flush()
        page.Contents = pikepdf.Stream(document, b"")
        page.Contents.write(packed, filter=Name.FlateDecode)

    def script(document: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        code = document.make_stream(b"(never) print", Subtype=Name.PS, Type=Name.XObject)
        page.Resources.XObject = Dictionary(Code=code)

    def laughs(document: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        form = document.make_stream(b"/Next Do /Next Do", Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(Next=form))
        page.Resources.XObject = Dictionary(Next=form)

    def font(document: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        program = Dictionary(FontFile=document.make_stream(b"x" * 100))
        page.Resources.Font.Text.FontDescriptor = program

    def huge(document: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        image = document.make_stream(b"", Subtype=Name.Image, Width=60_000, Height=60_000)
        image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceRGB
        page.Resources.XObject = Dictionary(Image=image)

    def liar(document: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        image = document.make_stream(zlib.compress(bytes(9_000_000)), Subtype=Name.Image)
        image.Width = image.Height = 10
        image.Filter, image.BitsPerComponent, image.ColorSpace = Name.FlateDecode, 8, Name.DeviceRGB
        page.Resources.XObject = Dictionary(Image=image)

    lock = pikepdf.Encryption(user="", owner="owner")
    return [
        ("no PDF", lambda: b"hello", "broken"),
        ("nothing", lambda: b"", "broken"),
        ("cut off", lambda: overlay_pdf([WORDS])[:300], "broken"),
        (
            "locked",
            lambda: _changed(overlay_pdf([WORDS]), lambda _: None, encryption=lock),
            "encrypted",
        ),
        ("1,001 pages", lambda: overlay_pdf([b""] * 1_001), "pages"),
        ("a bomb", lambda: with_page(bomb), "bomb"),
        ("a program", lambda: with_page(script), "broken"),
        ("forms of forms", lambda: with_page(laughs), "broken"),
        ("a font of its own", lambda: with_page(font), "broken"),
        ("3.6 gigapixels", lambda: with_page(huge), "pixels"),
        ("a picture of more than it says", lambda: with_page(liar), "bomb"),
    ]
