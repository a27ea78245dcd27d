"""What runs by itself, or carries something else with it, is taken out of a PDF before it is handed
to a class: scripts, actions at opening, attached files, films, signatures that are no longer true.
Links to the web and within the file stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import pikepdf

_ROOT: Final = ("/OpenAction", "/AA", "/AF", "/Perms", "/Collection", "/Requirements", "/Threads")
_CARRIERS: Final = frozenset(
    {"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound", "/FileAttachment", "/Projection"}
)
_PLAIN_ACTIONS: Final = ("/GoTo", "/Named", "/URI")
_SCHEMES: Final = ("http://", "https://", "mailto:")
_DEPTH_MAX: Final = 20
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
    for page in document.pages:
        _drop(page.obj, ("/AA", "/AF", "/PresSteps"))
        found = items(page.obj.get("/Annots"))
        kept = [note for note in found if not _carries(note)]
        if len(kept) != len(found):
            page.obj["/Annots"] = pikepdf.Array(kept)
    for node in document.objects:
        _calm(node, _DEPTH_MAX)


def _carries(note: object) -> bool:
    """Whether an annotation plays something, or has a file in it."""
    is_note = isinstance(note, pikepdf.Dictionary)
    return not is_note or str(note.get("/Subtype")) in _CARRIERS  # type: ignore[attr-defined]


def _calm(node: object, depth: int) -> None:
    """Takes away what runs by itself, and what is done with a press unless it goes to a page or to
    the web; of this object and of those that are written in it."""
    if not isinstance(node, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream) or not depth:
        return
    if isinstance(node, pikepdf.Array):
        inner = list(node)
    else:
        _drop(node, [key for key in _RUNS if key in node and _RUNS[key](node, node[key])])
        action = node.get("/A")
        if isinstance(action, pikepdf.Dictionary) and "/S" in action:
            if _is_plain(action):
                _drop(action, ("/Next",))
            else:
                _drop(node, ("/A",))
        inner = list(node.values())
    for one in inner:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect:
            _calm(one, depth - 1)


def _are_actions(_: pikepdf.Object, found: object) -> bool:
    some = list(found.values()) if isinstance(found, pikepdf.Dictionary) else []
    return any(isinstance(one, pikepdf.Dictionary) and "/S" in one for one in some)


def _are_files(_: pikepdf.Object, found: object) -> bool:
    some = list(found.values()) if isinstance(found, pikepdf.Dictionary) else []
    return any(isinstance(one, pikepdf.Stream) for one in some)


def _is_script(node: pikepdf.Object, found: object) -> bool:
    return "/S" in node and isinstance(found, pikepdf.String | pikepdf.Stream)


_RUNS: Final[Mapping[str, Callable[[pikepdf.Object, object], bool]]] = {
    "/AA": _are_actions,
    "/PA": _are_actions,
    "/EF": _are_files,
    "/JS": _is_script,
}
"""Wherever they stand: actions by themselves, files, scripts. A page may call a font so, so the
name alone says nothing."""


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
