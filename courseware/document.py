"""An OpenDocument file: its kind, what its slides say, and its links to elsewhere (ODF 1.3).

Animations of an ODP are not read: its slides have no steps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from courseware.deck import PAGES_MAX, TEXT_MAX, TITLE_MAX, Slide
from courseware.errors import Unfit
from courseware.markup import Walk, replaced
from courseware.package import Package

KINDS: Final[Mapping[str, str]] = {
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.text": "odt",
}
LINKING: Final = ("content.xml", "styles.xml")
"""The parts in which pictures stand."""
_NS: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
_PAGE: Final = _NS + "drawing:1.0}page"
_FRAMES: Final = _NS + "drawing:1.0}"
_LINK: Final = _FRAMES + "a"
_SOURCE: Final = _NS + "text:1.0}section-source"
_STYLE: Final = _NS + "style:1.0}style"
_STYLED: Final = _NS + "style:1.0}drawing-page-properties"
_NOTES: Final = _NS + "presentation:1.0}notes"
_CLASS: Final = _NS + "presentation:1.0}class"
_VISIBLE: Final = _NS + "presentation:1.0}visibility"
_LINES: Final = (_NS + "text:1.0}p", _NS + "text:1.0}h")
_SPACE: Final = _NS + "text:1.0}s"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_OUTSIDE: Final = re.compile(r"^(/|\.\./|[A-Za-z][A-Za-z0-9+.-]*:)")
_RAW_HREF: Final = re.compile(rb"(href\s*=\s*)(\"[^\"]*\"|'[^']*')")


def kind_of_document(package: Package) -> str:
    """`odp` or `odt`. Unfit `type` for others, `encrypted` with a password."""
    kind = KINDS.get(package.part("mimetype").decode("ascii", "replace").strip())
    if kind is None:
        raise Unfit("type")
    if b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise Unfit("encrypted")
    return kind


def slides_of(xml: bytes) -> tuple[Slide, ...]:
    """The slides of an ODP that are shown, in order. Unfit `pages`."""
    walk = _Pages()
    walk.over(xml)
    shown = [page for page in walk.pages if page.style not in walk.hidden]
    if len(shown) > PAGES_MAX:
        raise Unfit("pages", {"max": PAGES_MAX})
    return tuple(
        Slide(" ".join("".join(page.title).split())[:TITLE_MAX], _lines(page.notes))
        for page in shown
    )


def without_links(xml: bytes) -> bytes:
    """A part without its links to pictures, sounds and texts outside of the file; a link that a
    reader would press stays, and is followed by nobody."""
    walk = _Links()
    walk.over(xml)
    places = []
    for start in walk.starts_of_links:
        end = xml.index(b">", start)
        places += [
            (found.start(2), found.end(2), b'""') for found in _RAW_HREF.finditer(xml, start, end)
        ]
    return replaced(xml, places)


def _lines(words: list[str]) -> str:
    return "".join(words).strip()[:TEXT_MAX]


class _Page:
    def __init__(self, style: str) -> None:
        self.style = style
        self.title: list[str] = []
        self.notes: list[str] = []


class _Pages(Walk):
    def __init__(self) -> None:
        super().__init__()
        self.pages: list[_Page] = []
        self.hidden: set[str] = set()
        self._style = ""
        self._is_open = False
        self._roles: list[str] = []
        """Of the open frames that have one: `title`, `notes`, and `/notes` for all on that page."""

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _STYLE:
            self._style = attributes.get(_NS + "style:1.0}name", "")
        elif name == _STYLED and attributes.get(_VISIBLE) == "hidden":
            self.hidden.add(self._style)
        elif name == _PAGE:
            self._is_open = True
            self.pages.append(_Page(attributes.get(_FRAMES + "style-name", "")))
        elif name == _SPACE:
            self._say(" ")
        self._roles.append("/notes" if name == _NOTES else attributes.get(_CLASS, ""))

    def text(self, letters: str) -> None:
        self._say(letters)

    def end(self, name: str, start: int, end: int) -> None:
        self._is_open = self._is_open and name != _PAGE
        if name in _LINES:
            self._say("\n")
        self._roles.pop()

    def _say(self, letters: str) -> None:
        if not self._is_open or not any(line in self.path for line in _LINES):
            return
        page = self.pages[-1]
        if "/notes" in self._roles:
            if "notes" in self._roles:
                page.notes.append(letters)
        elif "title" in self._roles:
            page.title.append(letters)


class _Links(Walk):
    def __init__(self) -> None:
        super().__init__()
        self.starts_of_links: list[int] = []

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        is_frame = name.startswith(_FRAMES) and name != _LINK
        if (is_frame or name == _SOURCE) and _OUTSIDE.match(attributes.get(_HREF, "")):
            self.starts_of_links.append(self.starts[-1])
