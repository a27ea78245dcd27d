"""A PPTX as slides in their order, and the same file with a slide for each of their steps.

Hidden slides are left out. Decides which parts of the package are written anew, and how.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from courseware.deck import LEAVES_MAX, MEGABYTE, PAGES_MAX
from courseware.errors import Unfit
from courseware.markup import POINTERS, SLIDES, Walk, number, replaced
from courseware.package import TYPES, Package, relations_of, without_outside
from courseware.slide import notes_of, slides_at, words_of
from courseware.timing import Step, hidden_at, steps_of

NOTES_MAX: Final = 800_000
"""Letters of all notes of a file together; later ones are cut."""
COPIES_MAX: Final = 100 * MEGABYTE
"""Of slides written for their steps; a file that would take more is shown without steps."""
_ID: Final = f"{{{SLIDES}}}sldId"
_LIST: Final = f"{{{SLIDES}}}sldIdLst"
_ROOT: Final = f"{{{SLIDES}}}presentation"
_POINTER: Final = f"{{{POINTERS}}}id"
_RAW_TAG: Final = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sldIdLst[\s/>]")
_RAW_POINTER: Final = re.compile(rb"\s([A-Za-z_][\w.-]*):id\s*=")
_FIRST_ID: Final = 1_000_000_000
"""Of slides written by us: ids go from 256 to 2,147,483,647 (ECMA-376-1 19.7.13)."""
_KIND: Final = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"


@dataclass(frozen=True, slots=True)
class SlidePart:
    """A slide that is shown: where its part is, how it is pointed at, what it says, what happens
    at each click (the first of `steps` is before any), and the number that it shows."""

    path: str
    pointer: str
    title: str
    notes: str
    steps: tuple[Step, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Presentation:
    """`path` is the part that lists the slides."""

    path: str
    slides: tuple[SlidePart, ...]


def read_presentation(package: Package) -> Presentation:
    """The slides that are shown, in their order. Unfit `pages`, `broken`, `empty` (none)."""
    path = next(
        relation.target for relation in package.relations("") if relation.kind == "officeDocument"
    )
    walk = _List()
    walk.over(package.part(path))
    if len(walk.pointers) > PAGES_MAX:
        raise Unfit("pages", {"max": PAGES_MAX})
    targets = {relation.id: relation.target for relation in package.relations(path)}
    slides: list[SlidePart] = []
    left = NOTES_MAX
    for place, pointer in enumerate(walk.pointers, walk.first):
        slide = _slide(package, targets.get(pointer, ""), pointer, place)
        if slide is not None:
            slides.append(replace(slide, notes=slide.notes[:left]))
            left -= len(slides[-1].notes)
    if not slides:
        raise Unfit("empty")
    return Presentation(path, tuple(slides))


def _slide(package: Package, path: str, pointer: str, place: int) -> SlidePart | None:
    xml = package.part(path)
    title, is_shown = words_of(xml)
    if not is_shown:
        return None
    beside = (relation for relation in package.relations(path) if relation.kind == "notesSlide")
    page = next(beside, None)
    notes = notes_of(package.part(page.target)) if page is not None else ""
    return SlidePart(path, pointer, title, notes, steps_of(xml), place)


def with_steps(package: Package, shown: Presentation) -> Mapping[str, bytes] | None:
    """Parts that are new or other than in the file, so that each step is a slide of its own, in
    order. None when there are no steps, or more than can be shown."""
    count = sum(len(slide.steps) for slide in shown.slides)
    if count > LEAVES_MAX or not any(slide.steps != ((),) for slide in shown.slides):
        return None
    leaves = _Leaves(package)
    for slide in shown.slides:
        leaves.add(slide)
        if leaves.size > COPIES_MAX:
            return None
    listing, pointing = shown.path, relations_of(shown.path)
    return leaves.parts | {
        listing: _listing(package.part(listing), leaves.pointers),
        pointing: _pointing(package, listing, leaves.new),
        TYPES: _typed(package.part(TYPES), leaves.new.values()),
    }


class _Leaves:
    """Slides as they are written: their parts by path, how the list points at them in order, and
    of these the paths of those that the file does not have."""

    def __init__(self, package: Package) -> None:
        self.parts: dict[str, bytes] = {}
        self.pointers: list[str] = []
        self.new: dict[str, str] = {}
        self.size = 0
        self._package = package

    def add(self, slide: SlidePart) -> None:
        """A slide without steps stays where it is; others become a part for each step."""
        hidden = [hidden_at(slide.steps, step) for step in range(len(slide.steps))]
        is_plain = len(hidden) == 1 and not hidden[0]
        for xml in slides_at(self._package.part(slide.path), hidden, slide.place):
            self.size += len(xml)
            if self.size > COPIES_MAX:
                return
            if is_plain:
                self.parts[slide.path] = xml
                self.pointers.append(slide.pointer)
            else:
                self._add_new(slide.path, xml)

    def _add_new(self, like: str, xml: bytes) -> None:
        pointer = f"leaf{len(self.pointers) + 1}"
        path = f"{posixpath.dirname(like)}/{pointer}.xml"
        self.pointers.append(pointer)
        self.new[pointer] = path
        self.parts[path] = xml
        beside = relations_of(like)
        if beside in self._package.members:
            self.parts[relations_of(path)] = without_outside(self._package.part(beside))


def _listing(xml: bytes, pointers: Sequence[str]) -> bytes:
    """The presentation with another list of slides, with the prefixes it uses itself."""
    walk = _List()
    walk.over(xml)
    tag, pointer = (
        _RAW_TAG.match(xml, walk.start),
        _RAW_POINTER.search(xml, walk.start, walk.end_at),
    )
    if tag is None or pointer is None:
        raise Unfit("broken")
    prefix, of_pointer = tag[1].decode(), pointer[1].decode()
    ids = "".join(
        f'<{prefix}sldId id="{_FIRST_ID + place}" {of_pointer}:id="{name}"/>'
        for place, name in enumerate(map(_escaped, pointers))
    )
    whole = f"<{prefix}sldIdLst>{ids}</{prefix}sldIdLst>"
    return replaced(xml, [(walk.start, walk.end_at, whole.encode())])


def _pointing(package: Package, path: str, new: Mapping[str, str]) -> bytes:
    folder = posixpath.dirname(path) or "."
    rows = "".join(
        f'<Relationship Id="{pointer}" Type="{POINTERS}/slide" '
        f'Target="{_escaped(posixpath.relpath(part, folder))}" '
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        for pointer, part in new.items()
    )
    return _before_the_end(without_outside(package.part(relations_of(path))), rows)


def _typed(xml: bytes, written: Iterable[str]) -> bytes:
    rows = "".join(
        f'<Override PartName="/{_escaped(part)}" ContentType="{_KIND}" '
        'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        for part in written
    )
    return _before_the_end(xml, rows)


def _before_the_end(xml: bytes, rows: str) -> bytes:
    at = xml.rfind(b"</")
    if at < 0:
        raise Unfit("broken")
    return xml[:at] + rows.encode() + xml[at:]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


class _List(Walk):
    """How the slides are pointed at, in order, and where their list stands."""

    def __init__(self) -> None:
        super().__init__()
        self.pointers: list[str] = []
        self.start = self.end_at = 0
        self.first = 1

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _ROOT:
            first = number(attributes.get("firstSlideNum"))
            self.first = self.first if first is None else first
        elif name == _ID:
            self.pointers.append(attributes.get(_POINTER, ""))

    def end(self, name: str, start: int, end: int) -> None:
        if name == _LIST:
            self.start, self.end_at = start, end
