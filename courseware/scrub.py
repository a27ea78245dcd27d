"""What runs by itself, or carries something else with it, is taken out of a PDF before it is handed
to a class: scripts, actions at opening, attached files, films, signatures that are no longer true.
Links to the web and within the file stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pikepdf

_ROOT: Final = ("/OpenAction", "/AA", "/AF", "/Perms", "/Collection", "/Requirements", "/Threads")
_CARRIERS: Final = frozenset(
    {"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound", "/FileAttachment", "/Projection"}
)
_PLAIN_ACTIONS: Final = ("/GoTo", "/Named", "/URI")
_SCHEMES: Final = ("http://", "https://", "mailto:")
_NODES_MAX: Final = 50_000
"""Of the outline, and of the fields: a file can say that they go round in a circle."""


def scrub(document: pikepdf.Pdf) -> None:
    """Changes the document; nothing of what is seen on its pages."""
    root = document.Root
    _drop(root, _ROOT)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        _drop(names, [name for name in names.keys() if name != "/Dests"])  # noqa: SIM118
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        _drop(form, ("/XFA", "/CO", "/SigFlags"))
        for field in nodes(form.get("/Fields"), "/Kids"):
            _calm(field)
    for page in document.pages:
        _calm(page.obj)
        _drop(page.obj, ("/AF", "/PresSteps"))
        _scrub_notes(page.obj)
    for item in outline_items(document):
        _calm(item)


def _scrub_notes(page: pikepdf.Object) -> None:
    """Annotations: what plays, runs or carries a file goes."""
    found = items(page.get("/Annots"))
    kept = [note for note in found if isinstance(note, pikepdf.Dictionary)]
    kept = [note for note in kept if str(note.get("/Subtype")) not in _CARRIERS]
    for note in kept:
        _calm(note)
    if len(kept) != len(found):
        page["/Annots"] = pikepdf.Array(kept)


def _calm(node: pikepdf.Object) -> None:
    """Takes away what it would do, unless it goes to a page or to the web."""
    _drop(node, ("/AA", "/PA"))
    action = node.get("/A")
    if action is None:
        return
    if not isinstance(action, pikepdf.Dictionary) or not _is_plain(action):
        _drop(node, ("/A",))
    else:
        _drop(action, ("/Next",))


def _is_plain(action: pikepdf.Dictionary) -> bool:
    kind = str(action.get("/S"))
    if kind == "/URI":
        return str(action.get("/URI", "")).strip().lower().startswith(_SCHEMES)
    return kind in _PLAIN_ACTIONS


def outline_items(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every entry of the outline, whichever way its links run."""
    outline = document.Root.get("/Outlines")
    first = outline.get("/First") if isinstance(outline, pikepdf.Dictionary) else None
    seen: set[tuple[int, int]] = set()
    waiting = [first]
    while waiting and len(seen) < _NODES_MAX:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield item
        waiting += [item.get("/Next"), item.get("/First")]


def nodes(top: pikepdf.Object | None, kids: str) -> Iterator[pikepdf.Object]:
    """Every dictionary of a tree, each once; `top` is an array of them."""
    seen: set[tuple[int, int]] = set()
    waiting = items(top)
    for _ in range(_NODES_MAX):
        if not waiting:
            return
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        yield node
        waiting += items(node.get(kids))


def items(found: object) -> list[pikepdf.Object]:
    """Of an array; nothing of anything else."""
    return list(found) if isinstance(found, pikepdf.Array) else []


def _drop(node: pikepdf.Object, keys: Iterable[str]) -> None:
    for key in keys:
        if key in node:
            del node[key]
