"""The parts of an Office file of 2007 and later, and how they point at each other (ECMA-376-2).

Decides which of a file's links are cut: all that lead outside of it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from courseware.archive import Measure, Member, read_member, read_members
from courseware.deck import OFFICE_ENTRIES_MAX, OFFICE_UNPACKED_MAX
from courseware.errors import Unfit
from courseware.markup import PART_MAX, Walk, replaced

TYPES: Final = "[Content_Types].xml"
_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
KIND_BYTES_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Relation:
    """Part to part: `kind` is the last word of its type (`slide`, `notesSlide`), `target` a path
    in the package."""

    id: str
    kind: str
    target: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Package:
    """An opened file: its members by path."""

    file: BinaryIO
    members: Mapping[str, Member] = field(repr=False)

    def part(self, path: str) -> bytes:
        """A part's bytes; Unfit `broken` without it."""
        member = self.members.get(path)
        if member is None:
            raise Unfit("broken")
        return read_member(self.file, member, PART_MAX)

    def relations(self, path: str) -> tuple[Relation, ...]:
        """Where a part points; nothing when it points nowhere."""
        beside = relations_of(path)
        return read_relations(self.part(beside), path) if beside in self.members else ()


def open_package(file: BinaryIO) -> Package:
    """Unfit `bomb`, `encrypted`, `broken`, `type` (a zip of something else)."""
    members = read_members(file, Measure(OFFICE_ENTRIES_MAX, OFFICE_UNPACKED_MAX))
    return Package(file, {member.path: member for member in members})


def relations_of(path: str) -> str:
    """Where a part's relations stand."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read_relations(xml: bytes, path: str) -> tuple[Relation, ...]:
    """The relations of the part at this path."""
    walk = _Relations(path)
    walk.over(xml)
    return tuple(relation for relation, _, _ in walk.found)


def without_outside(xml: bytes) -> bytes:
    """Relations without those that lead out of the file: pictures, sounds and templates on other
    hosts or in the reader's own folders. Hyperlinks go with them; on a picture nobody follows
    one."""
    walk = _Relations("")
    walk.over(xml)
    return replaced(
        xml, ((start, end, b"") for relation, start, end in walk.found if relation.is_outside)
    )


def main_type(package: Package) -> str:
    """The content type of the part the file is about."""
    main = next(
        (relation for relation in package.relations("") if relation.kind == "officeDocument"), None
    )
    if main is None or TYPES not in package.members:
        raise Unfit("type")
    walk = _Types()
    walk.over(package.part(TYPES))
    return walk.found.get("/" + main.target, "")


class _Relations(Walk):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.found: list[tuple[Relation, int, int]] = []
        self._folder = posixpath.dirname(path)
        self._last: Relation | None = None

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != _REL:
            return
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        is_outside = attributes.get("TargetMode", "") == "External" or ":" in target.split("/")[0]
        known = kind.startswith((_OFFICE, _STRICT))
        self._last = Relation(
            attributes.get("Id", ""),
            kind.rpartition("/")[2] if known else "",
            posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/"),
            is_outside,
        )

    def end(self, name: str, start: int, end: int) -> None:
        if name == _REL and self._last is not None:
            self.found.append((self._last, start, end))
            self._last = None


class _Types(Walk):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _OVERRIDE:
            kind = attributes.get("ContentType", "")[:KIND_BYTES_MAX]
            self.found[attributes.get("PartName", "")] = kind
