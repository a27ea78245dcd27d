"""A PPTX as slides in their order, and the same file with a slide for each of their steps.

Hidden slides are left out. Decides which parts of the package are written anew, and how.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
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
    parts: dict[str, bytes] = {}
    pointers: list[str] = []
    size = 0
    for slide in shown.slides:
        hidden = [hidden_at(slide.steps, step) for step in range(len(slide.steps))]
        for xml in slides_at(package.part(slide.path), hidden, slide.place):
            size += len(xml)
            if size > COPIES_MAX:
                return None
            if len(hidden) == 1 and not hidden[0]:
                pointers.append(slide.pointer)
                parts[slide.path] = xml
                continue
            path = f"{posixpath.dirname(slide.path)}/leaf{len(pointers) + 1}.xml"
            pointers.append(f"leaf{len(pointers) + 1}")
            parts[path] = xml
            beside = relations_of(slide.path)
            if beside in package.members:
                parts[relations_of(path)] = without_outside(package.part(beside))
    folder = posixpath.dirname(shown.path)
    new = [path for path in parts if path not in package.members]
    written = [path for path in new if not path.endswith(".rels")]
    parts[shown.path] = _listing(package.part(shown.path), pointers)
    parts[relations_of(shown.path)] = _pointing(package, shown.path, folder, pointers, written)
    parts[TYPES] = _typed(package.part(TYPES), written)
    return parts


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


def _pointing(
    package: Package, path: str, folder: str, pointers: Sequence[str], written: Sequence[str]
) -> bytes:
    xml = without_outside(package.part(relations_of(path)))
    new = [name for name in pointers if name.startswith("leaf")]
    rows = "".join(
        f'<Relationship Id="{name}" Type="{POINTERS}/slide" '
        f'Target="{_escaped(posixpath.relpath(part, folder or "."))}" '
        'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        for name, part in zip(new, written, strict=True)
    )
    return _before_the_end(xml, rows)


def _typed(xml: bytes, written: Sequence[str]) -> bytes:
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
