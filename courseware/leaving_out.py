"""What else goes when pages of a PDF are left out: what stood on them, also where it lies in lists
for the whole file, entries of the outline that led to them, and what described the file page by
page. Links to them lead to the next page that is there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import pikepdf

from courseware.cutting import cut_resources
from courseware.scrub import items, nodes, outline_items

Heirs = Mapping[tuple[int, int], pikepdf.Object | None]
"""Of each page that is not there the page that stands for it, by object number."""

_BY_PAGES: Final = ("/StructTreeRoot", "/MarkInfo", "/PageLabels", "/PieceInfo", "/SpiderInfo")
_DEPTH_MAX: Final = 50


def leave_out(document: pikepdf.Pdf, pages: Sequence[pikepdf.Page], kept: Collection[int]) -> None:
    """`pages` are all there were, `kept` those that are in the document now, from 0."""
    root = document.Root
    for key in _BY_PAGES:
        if key in root:
            del root[key]
    heirs = _heirs(pages, kept)
    if not heirs:
        return
    for index, page in enumerate(pages):
        if index not in kept:
            _empty(page.obj)
    named = _lead_names_on(root, heirs)
    for page in document.pages:
        for note in items(page.obj.get("/Annots")):
            _lead_on(note, heirs)
    _prune_outline(document, heirs, named)
    cut_resources(document)
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/DR" in form:  # to draw fields anew: a list for all pages, once more
            fonts = form.DR.get("/Font")
            form.DR = pikepdf.Dictionary() if fonts is None else pikepdf.Dictionary(Font=fonts)
        _prune_fields(form, "/Fields", _DEPTH_MAX)


def _heirs(pages: Sequence[pikepdf.Page], kept: Collection[int]) -> Heirs:
    heirs: dict[tuple[int, int], pikepdf.Object | None] = {}
    following: pikepdf.Object | None = None
    for index in reversed(range(len(pages))):
        if index in kept:
            following = pages[index].obj
        else:
            heirs[pages[index].obj.objgen] = following
    return heirs


def _empty(page: pikepdf.Object) -> None:
    """A page that is named from elsewhere would be written with all that is on it."""
    for note in items(page.get("/Annots")):
        if isinstance(note, pikepdf.Dictionary):
            _clear(note)
    _clear(page)


def _clear(node: pikepdf.Object) -> None:
    for key in list(node.keys()):
        del node[key]


def _lead_names_on(root: pikepdf.Object, heirs: Heirs) -> set[bytes]:
    """The named places of the file; names of those whose page is not there."""
    gone: set[bytes] = set()
    names = root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    for node in nodes(pikepdf.Array([tree]) if tree is not None else None, "/Kids"):
        pairs = items(node.get("/Names"))
        for name, place in zip(pairs[::2], pairs[1::2], strict=False):
            if _lead_place_on(place, heirs):
                gone.add(bytes(name))
    old = root.get("/Dests")
    for key, place in list(old.items()) if isinstance(old, pikepdf.Dictionary) else ():
        if _lead_place_on(place, heirs):
            gone.add(key[1:].encode())
    return gone


def _lead_on(node: pikepdf.Object, heirs: Heirs) -> bool:
    """A link or an entry of the outline; whether the page it named is not there."""
    if not isinstance(node, pikepdf.Dictionary):
        return False
    if "/Dest" in node:
        return _lead_place_on(node["/Dest"], heirs)
    action = node.get("/A")
    return isinstance(action, pikepdf.Dictionary) and _lead_place_on(action.get("/D"), heirs)


def _lead_place_on(place: object, heirs: Heirs) -> bool:
    """ISO 32000 12.3.2.2: an array that begins with its page, or a dictionary with one as `/D`."""
    if isinstance(place, pikepdf.Dictionary):
        place = place.get("/D")
    if not isinstance(place, pikepdf.Array) or len(place) == 0:
        return False
    page = place[0]
    if not isinstance(page, pikepdf.Object) or page.objgen not in heirs:
        return False
    heir = heirs[page.objgen]
    if heir is not None:
        place[0] = heir
    return True


def _prune_outline(document: pikepdf.Pdf, heirs: Heirs, named: Collection[bytes]) -> None:
    """Entries whose page is not there, unless one below them has its own: the lowest first."""
    for entry in reversed(list(outline_items(document))):
        if (_lead_on(entry, heirs) or _name_of(entry) in named) and "/First" not in entry:
            _unlink(entry)
    outline = document.Root.get("/Outlines")
    if isinstance(outline, pikepdf.Dictionary) and "/First" not in outline:
        del document.Root["/Outlines"]


def _name_of(entry: pikepdf.Object) -> bytes:
    """The named place it leads to; empty where it leads to none."""
    action = entry.get("/A")
    place = entry.get("/Dest")
    if place is None and isinstance(action, pikepdf.Dictionary):
        place = action.get("/D")
    if isinstance(place, pikepdf.Name):
        return str(place)[1:].encode()
    return bytes(place) if isinstance(place, pikepdf.String) else b""


def _unlink(entry: pikepdf.Object) -> None:
    """Out of its row: those beside it, or the one above, name each other."""
    before, after, above = (entry.get(key) for key in ("/Prev", "/Next", "/Parent"))
    has_before, has_after = (isinstance(one, pikepdf.Dictionary) for one in (before, after))
    _name(before if has_before else above, "/Next" if has_before else "/First", after)
    _name(after if has_after else above, "/Prev" if has_after else "/Last", before)
    for _ in range(_DEPTH_MAX):
        if not isinstance(above, pikepdf.Dictionary):
            return
        count: object = above.get("/Count")
        if not isinstance(count, int) or count == 0:
            return
        above["/Count"] = count - 1 if count > 0 else count + 1
        above = above.get("/Parent") if count > 0 else None


def _name(node: pikepdf.Object | None, key: str, other: pikepdf.Object | None) -> None:
    if not isinstance(node, pikepdf.Dictionary):
        return
    if isinstance(other, pikepdf.Dictionary):
        node[key] = other
    elif key in node:
        del node[key]


def _prune_fields(node: pikepdf.Object, key: str, depth: int) -> None:
    """Fields that stood on pages that are not there: they were emptied, and what is above them."""
    found = items(node.get(key))
    kept = []
    for field in found:
        if not isinstance(field, pikepdf.Dictionary) or not field.keys():
            continue
        if "/Kids" in field and depth:
            _prune_fields(field, "/Kids", depth - 1)
            if not items(field.get("/Kids")):
                continue
        kept.append(field)
    if len(kept) != len(found):
        node[key] = pikepdf.Array(kept)
