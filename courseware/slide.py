"""One slide's XML: what it says, and what is left of it when some of its shapes are not there yet.

Bytes are cut, nothing is written anew, so that names and prefixes that stand for something
elsewhere in the part stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from courseware.deck import TEXT_MAX, TITLE_MAX
from courseware.markup import DRAWING, SLIDES, Walk, number, replaced
from courseware.timing import Target

_SHAPES: Final = frozenset(
    f"{{{SLIDES}}}{name}" for name in ("sp", "pic", "grpSp", "graphicFrame", "cxnSp")
)
_NAMES: Final = f"{{{SLIDES}}}cNvPr"
_PLACE: Final = f"{{{SLIDES}}}ph"
_BODY: Final = f"{{{SLIDES}}}txBody"
_TIMING: Final = f"{{{SLIDES}}}timing"
_SLIDE: Final = f"{{{SLIDES}}}sld"
_LINE: Final = f"{{{DRAWING}}}p"
_LOOK: Final = f"{{{DRAWING}}}pPr"
_RUN_LOOK: Final = f"{{{DRAWING}}}rPr"
_LETTERS: Final = f"{{{DRAWING}}}t"
_BREAK: Final = f"{{{DRAWING}}}br"
_FIELD: Final = f"{{{DRAWING}}}fld"
_TITLES: Final = ("title", "ctrTitle")
_PREFIX: Final = re.compile(rb"<([A-Za-z_][\w.-]*:)?(?:p|fld)[\s/>]")


@dataclass(slots=True)
class _Line:
    """A paragraph: where it stands, how it is set, and its largest letters (a hundredth of a
    point; 0 when it does not say)."""

    start: int
    end: int = 0
    look: tuple[int, int] = (0, 0)
    size: int = 0


@dataclass(slots=True)
class _Field:
    """A field that shows the slide's number, and how its letters look."""

    start: int
    end: int = 0
    look: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Shape:
    """`id` is empty until it is read; `role` is the kind of its placeholder."""

    id: str = ""
    start: int = 0
    end: int = 0
    role: str | None = None
    lines: list[_Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def words_of(xml: bytes) -> tuple[str, bool]:
    """A slide's title, and whether it is shown in a presentation."""
    walk = _Read()
    walk.over(xml)
    titles = (_joined(shape) for shape in walk.shapes if shape.role in _TITLES)
    title = " ".join(next((title for title in titles if title), "").split())
    return title[:TITLE_MAX], walk.is_shown


def notes_of(xml: bytes) -> str:
    """What a page of notes says beside the small slide."""
    walk = _Read()
    walk.over(xml)
    notes = "\n".join(_joined(shape) for shape in walk.shapes if shape.role == "body")
    return notes.strip()[:TEXT_MAX]


def slides_at(xml: bytes, steps: Iterable[Set[Target]], place: int) -> Iterator[bytes]:
    """The slide at each of its steps, which are what is hidden then: without that, and without its
    timing. A hidden line stays as an empty one, so that the others keep their places. Where it
    says its own number it says `place`: its page is no longer that one of the file."""
    walk = _Read()
    walk.over(xml)
    always = [(start, end, b"") for start, end in walk.timings]
    always += [(field_.start, field_.end, _numbered(xml, field_, place)) for field_ in walk.numbers]
    for hidden in steps:
        yield replaced(xml, [*always, *_without(xml, walk.shapes, hidden)])


def _without(
    xml: bytes, shapes: Sequence[_Shape], hidden: Set[Target]
) -> Iterator[tuple[int, int, bytes]]:
    """Nothing in the place of hidden shapes, empty lines in that of hidden ones."""
    whole = {target.shape for target in hidden if target.first is None}
    for shape in shapes:
        if shape.id in whole:
            yield shape.start, shape.end, b""
    for target in hidden:
        if target.first is None or target.last is None:
            continue
        for shape in shapes:
            if shape.id == target.shape:
                for line in shape.lines[target.first : target.last + 1]:
                    yield line.start, line.end, _emptied(xml, line)


def _emptied(xml: bytes, line: _Line) -> bytes:
    """`<a:p>` with its looks and nothing else, with the prefix that the file uses."""
    found = _PREFIX.match(xml, line.start)
    prefix = (found[1] or b"") if found else b""
    size = b' sz="%d"' % line.size if line.size else b""
    look = xml[line.look[0] : line.look[1]]
    return b"<%bp>%b<%bendParaRPr%b/></%bp>" % (prefix, look, prefix, size, prefix)


def _numbered(xml: bytes, field: _Field, place: int) -> bytes:
    """A run of plain letters in the place of a field."""
    found = _PREFIX.match(xml, field.start)
    prefix = (found[1] or b"") if found else b""
    look = xml[field.look[0] : field.look[1]]
    return b"<%br>%b<%bt>%d</%bt></%br>" % (prefix, look, prefix, place, prefix, prefix)


def _joined(shape: _Shape) -> str:
    return "".join(shape.words).strip()


class _Read(Walk):
    """Shapes, their paragraphs and words, and where the timing stands."""

    def __init__(self) -> None:
        super().__init__()
        self.shapes: list[_Shape] = []
        self.timings: list[tuple[int, int]] = []
        self.numbers: list[_Field] = []
        self.is_shown = True
        self._open: list[_Shape] = []
        self._bodies: list[_Shape] = []
        self._line: _Line | None = None
        self._field: _Field | None = None

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _SHAPES:
            self._open.append(_Shape(start=self.starts[-1]))
        elif name == _SLIDE:
            self.is_shown = attributes.get("show", "1") not in ("0", "false")
        elif self._open:
            self._within(self._open[-1], name, attributes)

    def _within(self, shape: _Shape, name: str, attributes: Mapping[str, str]) -> None:
        if name == _NAMES and not shape.id:
            shape.id = attributes.get("id", "")
        elif name == _PLACE:
            shape.role = attributes.get("type", "obj")
        elif name == _BODY:
            self._bodies.append(shape)
        elif name == _LINE and self._bodies and self._line is None:
            self._line = _Line(self.starts[-1])
        elif self._line is not None:
            self._within_line(self._line, shape, name, attributes)

    def _within_line(
        self, line: _Line, shape: _Shape, name: str, attributes: Mapping[str, str]
    ) -> None:
        if name == _BREAK:
            shape.words.append("\n")
        elif name == _RUN_LOOK:
            line.size = max(line.size, number(attributes.get("sz")) or 0)
        elif name == _FIELD and attributes.get("type") == "slidenum":
            self._field = _Field(self.starts[-1])

    def text(self, letters: str) -> None:
        if self._line is not None and self._open and self.path[-1] == _LETTERS:
            self._open[-1].words.append(letters)

    def end(self, name: str, start: int, end: int) -> None:
        if name in _SHAPES:
            shape = self._open.pop()
            shape.start, shape.end = start, end
            self.shapes.append(shape)
        elif name == _TIMING:
            self.timings.append((start, end))
        elif name == _BODY and self._bodies:
            self._bodies.pop()
        elif self._line is not None and self._bodies:
            self._end_in_line(self._line, name, start, end)

    def _end_in_line(self, line: _Line, name: str, start: int, end: int) -> None:
        if self._field is not None:
            self._end_in_field(self._field, name, start, end)
        elif name == _LOOK:
            line.look = (start, end)
        elif name == _LINE and start == line.start:
            line.end = end
            self._bodies[-1].lines.append(line)
            self._bodies[-1].words.append("\n")
            self._line = None

    def _end_in_field(self, field_: _Field, name: str, start: int, end: int) -> None:
        if name == _RUN_LOOK:
            field_.look = (start, end)
        elif name == _FIELD:
            field_.end = end
            self.numbers.append(field_)
            self._field = None
