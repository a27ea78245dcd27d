"""XML that somebody sent, walked once with bounds, and the places of its elements in the bytes.

Elements are `{namespace}name`. Nothing outside the part is ever loaded: a document type is refused.
Read as UTF-8 whatever it says, since places are counted in bytes; nobody writes anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from xml.parsers import expat

from courseware.deck import MEGABYTE
from courseware.errors import Unfit

PART_MAX: Final = 32 * MEGABYTE
DEPTH_MAX: Final = 200
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDES: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
POINTERS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final[Mapping[str, str]] = {
    "http://purl.oclc.org/ooxml/drawingml/main": DRAWING,
    "http://purl.oclc.org/ooxml/presentationml/main": SLIDES,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": POINTERS,
}
"""The names of ISO/IEC 29500 strict, read as those of the transitional form."""
_DIGITS: Final = frozenset("0123456789")


class Walk:
    """A pass over one part. Subclasses say what they want to know; `path` are the open elements,
    the innermost last, and `attributes` theirs."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.starts: list[int] = []
        self._parser: expat.XMLParserType
        self._xml = b""
        self._is_bare = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; it is the last of `path`."""

    def text(self, letters: str) -> None:
        """Letters directly in the last element of `path`."""

    def end(self, name: str, start: int, end: int) -> None:
        """An element ended; it stands at xml[start:end], and is still the last of `path`."""

    @property
    def here(self) -> int:
        """Where in the bytes the walk is."""
        return self._parser.CurrentByteIndex

    def over(self, xml: bytes) -> None:
        """Walk over this part. Unfit `broken` when it is no XML we take, `bomb` when too large."""
        if len(xml) > PART_MAX:
            raise Unfit("bomb")
        if not xml.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            raise Unfit("broken")
        self._xml, self._parser = xml, expat.ParserCreate("utf-8", "}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _no_type
        self._parser.StartElementHandler = self._begin
        self._parser.CharacterDataHandler = self._text
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise Unfit("broken") from error

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.path) >= DEPTH_MAX:
            raise Unfit("broken")
        name = _named(name)
        self.path.append(name)
        self.starts.append(self.here)
        self._is_bare = True
        self.begin(name, {_named(key): value for key, value in attributes.items()})

    def _text(self, letters: str) -> None:
        self._is_bare = False
        self.text(letters)

    def _end(self, _: str) -> None:
        at, name = self.here, self.path[-1]
        # For `<a/>` the place is already behind it; for `</a>` it is where the tag begins.
        is_empty = self._is_bare and self._xml[at - 2 : at] == b"/>"
        end = at if is_empty else self._xml.index(b">", at) + 1
        self._is_bare = False
        self.end(name, self.starts.pop(), end)
        self.path.pop()


def _named(name: str) -> str:
    space, mark, local = name.rpartition("}")
    return f"{{{_STRICT.get(space, space)}}}{local}" if mark else name


def _no_type(*_: object) -> None:
    raise Unfit("broken")


def replaced(xml: bytes, places: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with other ones in these ranges; a range within another one goes with it."""
    kept, at = [], 0
    for start, end, instead in sorted(set(places), key=lambda place: (place[0], -place[1])):
        if start >= at:
            kept += [xml[at:start], instead]
            at = end
    return b"".join((*kept, xml[at:]))


def number(text: str | None) -> int | None:
    """A number of at most nine digits, or None."""
    return int(text) if text and len(text) < 10 and set(text) <= _DIGITS else None
