"""Pages that a browser drew over slides. They come from a client, so nothing of them is used but
what our own client writes: paths, words in two fonts that every reader has, plain pictures, how
much shows through. Everything else, and everything that unpacks to too much, is refused.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Final

import pikepdf

from courseware.deck import MEGABYTE, PIXELS_MAX
from courseware.errors import Unfit

_WORDS_MAX: Final = 16 * MEGABYTE
"""Of one page's operators, unpacked. A thousand strokes take about four."""
_ALL_MAX: Final = 1024 * MEGABYTE
"""Of all pages, with their pictures."""
_SIDE_MAX: Final = 14_400.0
_BLOCK: Final = 256 * 1024
_FONTS: Final = ("/Helvetica", "/Courier")
_COLOURS: Final[Mapping[str, int]] = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_STATE: Final = frozenset({"/Type", "/ca", "/CA", "/BM"})
_FONT: Final = frozenset({"/Type", "/Subtype", "/BaseFont", "/Encoding"})
_SIZE: Final = ("/Width", "/Height", "/BitsPerComponent")
_IMAGE: Final = frozenset(
    {
        "/Type",
        "/Subtype",
        "/Width",
        "/Height",
        "/BitsPerComponent",
        "/ColorSpace",
        "/Filter",
        "/Length",
        "/Decode",
        "/SMask",
    }
)


class Sheets:
    """The pages of an overlay, as forms of the document they are laid over."""

    def __init__(self, drawn: pikepdf.Pdf, document: pikepdf.Pdf) -> None:
        self._drawn = drawn
        self._document = document
        self._left = _ALL_MAX
        self._seen: set[tuple[int, int]] = set()

    def take(self, index: int) -> tuple[pikepdf.Object, tuple[float, float]]:
        """The form of a page by its number, from 0, and its size in points.

        Unfit `broken` without such a page, or for one that is none of ours; `bomb`.
        """
        if not 0 <= index < len(self._drawn.pages):
            raise Unfit("broken")
        page = self._drawn.pages[index].obj
        size = _size(page)
        form = pikepdf.Stream(self._document, self._operators(page.get("/Contents")))
        form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
        form["/BBox"] = pikepdf.Array([0, 0, *size])
        form["/Resources"] = self._resources(page.get("/Resources"))
        return form, size

    def _operators(self, contents: pikepdf.Object | None) -> bytes:
        """All streams of a page in one."""
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        words = bytearray()
        for stream in streams:
            if not isinstance(stream, pikepdf.Stream):
                raise Unfit("broken")
            for block in self._unpacked(stream, _WORDS_MAX - len(words)):
                words += block
            words += b"\n"
        return bytes(words)

    def _resources(self, found: pikepdf.Object | None) -> pikepdf.Object:
        """Of each kind what is ours, taken over into the document."""
        kinds = {"/Font": self._font, "/XObject": self._image, "/ExtGState": self._state}
        taken = pikepdf.Dictionary()
        for kind, take in kinds.items():
            some = found.get(kind) if isinstance(found, pikepdf.Dictionary) else None
            if isinstance(some, pikepdf.Dictionary):
                taken[kind] = pikepdf.Dictionary({name: take(one) for name, one in some.items()})
        return taken

    def _font(self, font: pikepdf.Object) -> pikepdf.Object:
        _only(font, pikepdf.Dictionary, _FONT)
        is_ours = str(font.get("/Subtype")) == "/Type1" and str(font.get("/BaseFont")) in _FONTS
        if not is_ours or not isinstance(font.get("/Encoding", pikepdf.Name.A), pikepdf.Name):
            raise Unfit("broken")
        return self._document.copy_foreign(self._drawn.make_indirect(font))

    def _state(self, state: pikepdf.Object) -> pikepdf.Object:
        _only(state, pikepdf.Dictionary, _STATE)
        if any(isinstance(value, _NESTED) for value in state.values()):
            raise Unfit("broken")
        return self._document.copy_foreign(self._drawn.make_indirect(state))

    def _image(self, image: pikepdf.Object) -> pikepdf.Object:
        if image.objgen not in self._seen:
            self._seen.add(image.objgen)
            self._look_at(image)
            if "/SMask" in image:
                mask = image["/SMask"]
                self._look_at(mask)
                if "/SMask" in mask:
                    raise Unfit("broken")
        return self._document.copy_foreign(image)

    def _look_at(self, image: pikepdf.Object) -> None:
        """A picture that has as many pixels as it says, and not too many."""
        _only(image, pikepdf.Stream, _IMAGE)
        width, height, bits = (_count(image, key) for key in _SIZE)
        values = _COLOURS.get(str(image.get("/ColorSpace")))
        if str(image.get("/Subtype")) != "/Image" or values is None or bits > 16:
            raise Unfit("broken")
        if width * height > PIXELS_MAX:
            raise Unfit("pixels", {"megapixels": PIXELS_MAX // 1_000_000})
        if _packing(image) != "/DCTDecode":
            for _ in self._unpacked(image, height * ((width * values * bits + 7) // 8)):
                pass

    def _unpacked(self, stream: pikepdf.Object, most: int) -> Iterator[bytes]:
        """What is in a stream, block by block; Unfit `bomb` when it is more than `most` bytes."""
        packing, raw = _packing(stream), stream.read_raw_bytes()
        if packing == "/DCTDecode":
            raise Unfit("broken")
        for block in _inflated(raw) if packing else (raw,):
            most -= len(block)
            self._left -= len(block)
            if most < 0 or self._left < 0:
                raise Unfit("bomb")
            yield block


_NESTED: Final = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)


def _size(page: pikepdf.Object) -> tuple[float, float]:
    """Our pages begin at 0 and stand upright."""
    try:
        left, bottom, width, height = (float(side) for side in page["/MediaBox"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unfit("broken") from error
    is_plain = (left, bottom) == (0, 0) and "/Rotate" not in page
    if not is_plain or not (0 < width <= _SIDE_MAX and 0 < height <= _SIDE_MAX):
        raise Unfit("broken")
    return width, height


def _count(image: pikepdf.Object, key: str) -> int:
    found: object = image.get(key)
    if not isinstance(found, int) or found < 1:
        raise Unfit("broken")
    return found


def _only(found: pikepdf.Object, kind: type, keys: frozenset[str]) -> None:
    if not isinstance(found, kind) or not keys.issuperset(found.keys()):
        raise Unfit("broken")


def _packing(stream: pikepdf.Object) -> str:
    """The one filter of a stream; empty without one."""
    found = stream.get("/Filter")
    if isinstance(found, pikepdf.Array):
        if len(found) > 1:
            raise Unfit("broken")
        found = found[0] if len(found) else None
    packing = "" if found is None else str(found)
    if packing not in ("", "/FlateDecode", "/DCTDecode") or "/DecodeParms" in stream:
        raise Unfit("broken")
    return packing


def _inflated(raw: bytes) -> Iterator[bytes]:
    unpacking = zlib.decompressobj()
    try:
        while raw and not unpacking.eof:
            yield unpacking.decompress(raw, _BLOCK)
            raw = unpacking.unconsumed_tail
    except zlib.error as error:
        raise Unfit("broken") from error
