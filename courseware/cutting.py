"""What pages do not use is taken out of their resources. Many programs write one list of pictures,
forms and fonts for all pages of a file: a page that is kept would keep what stood on the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pikepdf

from courseware.errors import Unfit
from courseware.scrub import items

_BY_OPERATOR: Final[Mapping[str, str]] = {
    "Do": "/XObject",
    "Tf": "/Font",
    "gs": "/ExtGState",
    "sh": "/Shading",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "BDC": "/Properties",
    "DP": "/Properties",
}
"""Operators that name a resource, and of which kind; colour spaces hold nothing that is seen."""
_OPERATORS: Final = " ".join(_BY_OPERATOR)
_KINDS: Final = frozenset(_BY_OPERATOR.values())
_OBJECTS_MAX: Final = 20_000

_Contents = pikepdf.Object | pikepdf.Page


def cut_resources(document: pikepdf.Pdf) -> None:
    """Of all pages, with what their annotations look like. Unfit `broken` where contents cannot be
    read, since nobody knows what they use then; `slow` when there is too much."""
    cutting = _Cutting()
    for page in document.pages:
        contents = page.obj.get("/Contents")
        cutting.owner(page.obj, [page] if contents is not None else [])
        for note in items(page.obj.get("/Annots")):
            if isinstance(note, pikepdf.Dictionary):
                cutting.looks(note.get("/AP"))
    cutting.all()


class _Cutting:
    """Goes from a page to the forms, patterns and masks it uses, each once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._waiting: list[pikepdf.Object] = []

    def all(self) -> None:
        """Until nothing is left that something uses."""
        while self._waiting:
            node = self._waiting.pop()
            if node.is_indirect and node.objgen in self._seen:
                continue
            self._seen.add(node.objgen)
            if len(self._seen) > _OBJECTS_MAX:
                raise Unfit("slow")
            self._visit(node)

    def looks(self, shown: object) -> None:
        """An annotation's: a form for each state."""
        for form in shown.values() if isinstance(shown, pikepdf.Dictionary) else ():
            if isinstance(form, pikepdf.Stream):
                self._waiting.append(form)
            else:
                self.looks(form)

    def _visit(self, node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Stream):
            self.owner(node, [node])
        elif isinstance(node, pikepdf.Dictionary):
            mask = node.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary):
                self._waiting += _streams([mask.get("/G")])
            self.owner(node, _drawn_by(node))

    def owner(self, owner: pikepdf.Object, contents: Sequence[_Contents]) -> None:
        """What has resources, and the contents that use them."""
        resources = owner.get("/Resources")
        if not isinstance(resources, pikepdf.Dictionary):
            return
        used = _used(resources, contents)
        cut = pikepdf.Dictionary()
        for kind, some in resources.items():
            if kind in _KINDS and isinstance(some, pikepdf.Dictionary):
                named = {name: one for name, one in some.items() if (kind, name) in used}
                cut[kind] = pikepdf.Dictionary(named)
                self._waiting += [one for one in named.values() if _is_node(one)]
            else:
                cut[kind] = some
        owner["/Resources"] = cut


def _used(resources: pikepdf.Dictionary, contents: Sequence[_Contents]) -> set[tuple[str, str]]:
    """Kinds and names of what is used. A form without resources of its own uses these, too."""
    used: set[tuple[str, str]] = set()
    waiting: list[_Contents] = list(contents)
    while waiting:
        new = _named(waiting.pop()) - used
        used |= new
        for kind, name in new:
            some = resources.get(kind)
            one = some.get(name) if isinstance(some, pikepdf.Dictionary) else None
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and "/Resources" not in one:
                waiting += _drawn_by(one)
    return used


def _named(contents: _Contents) -> set[tuple[str, str]]:
    try:
        steps = pikepdf.parse_content_stream(contents, _OPERATORS)
    except pikepdf.PdfError as error:
        raise Unfit("broken") from error
    return {
        (_BY_OPERATOR[str(step.operator)], str(name))
        for step in steps
        for name in step.operands
        if isinstance(name, pikepdf.Name) and str(step.operator) in _BY_OPERATOR
    }


def _drawn_by(node: pikepdf.Object) -> list[pikepdf.Object]:
    """What a form, a pattern of tiles or a font of drawings consists of."""
    if isinstance(node, pikepdf.Stream):
        is_image = str(node.get("/Subtype")) == "/Image"
        return [] if is_image else [node]
    glyphs = node.get("/CharProcs")
    return _streams(glyphs.values()) if isinstance(glyphs, pikepdf.Dictionary) else []


def _is_node(one: object) -> bool:
    return isinstance(one, pikepdf.Dictionary | pikepdf.Stream)


def _streams(found: Iterable[object]) -> list[pikepdf.Object]:
    return [one for one in found if isinstance(one, pikepdf.Stream)]
