"""Tape: what the items of a page became by an update, each as a whole, as it is painted.

An item's three parts (`el`, `tf`, `tx`) are put together exactly as the client does it
(`web/src/board/merge.ts`; `tests/corpus/items.json` holds both to it). While a tape is attached it
listens to the document; detached it costs nothing. Decides nothing of whose items are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pycrdt import Map, Subscription

from whiteboard.page import Page

Item = dict[str, Any]
"""An element with its patch applied, its `id`, its matrix `m` and its words `text`."""

IDENTITY: Final = (1, 0, 0, 1, 0, 0)

_EVERYWHERE: Final = ("m", "z")
_PATCHED: Final[dict[str, tuple[str, ...]]] = {
    "pen": ("c", "w", "o"),
    "hl": ("c", "w", "o"),
    "line": ("c", "w", "ds"),
    "arrow": ("c", "w", "ds"),
    "rect": ("c", "w", "ds", "fill", "bw", "bh"),
    "ell": ("c", "w", "ds", "fill", "bw", "bh"),
    "poly": ("c", "w", "ds", "fill"),
    "text": ("c", "fs", "bw", "bh"),
    "note": ("c", "fs", "bw", "bh"),
    "tex": ("c", "src"),
    "img": ("bw", "bh"),
}
_INK: Final = ("pen", "hl")
_WORDED: Final = ("text", "note")
_OF_BOXES: Final = {"bw": "w", "bh": "h"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What changed: items as they are now, and ids of which there is no item."""

    put: dict[str, Item] = field(default_factory=dict)
    gone: tuple[str, ...] = ()


class PageTape:
    """Of one page, for as long as it is attached."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._elements, self._patches, self._texts = page.roots
        self._touched: dict[str, None] = {}
        self._subscriptions: list[tuple[Map[Any], Subscription]] = []

    def attach(self) -> None:
        """Listens from now on. What is there already is told by `all_items`."""
        if not self._subscriptions:
            self._subscriptions = [
                (self._elements, self._elements.observe(self._changed)),
                (self._patches, self._patches.observe(self._changed)),
                (self._texts, self._texts.observe_deep(self._written)),
            ]

    def detach(self) -> None:
        """Listens no more; what was not taken is forgotten."""
        for root, subscription in self._subscriptions:
            root.unobserve(subscription)
        self._subscriptions = []
        self._touched.clear()

    @property
    def is_touched(self) -> bool:
        """Whether there is something to take."""
        return bool(self._touched)

    def take(self) -> Taken:
        """What changed since the last time, in the order in which it was first touched."""
        touched, self._touched = self._touched, {}
        put: dict[str, Item] = {}
        gone: list[str] = []
        for item_id in touched:
            item = self._item(item_id)
            if item is None:
                gone.append(item_id)
            else:
                put[item_id] = item
        return Taken(put, tuple(gone))

    def ids(self) -> list[str]:
        """Of every item of the page. 10,000 take a millisecond."""
        return list(self._elements.keys())

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        """Those of them that are there. 10,000 strokes take 0.1 s."""
        found = ((item_id, self._item(item_id)) for item_id in ids)
        return {item_id: item for item_id, item in found if item is not None}

    def all_items(self) -> dict[str, Item]:
        """Every item of the page."""
        return self.items(self.ids())

    def _changed(self, event: Any) -> None:
        self._touched.update(dict.fromkeys(event.keys))

    def _written(self, events: list[Any]) -> None:
        for event in events:
            if event.path:  # within the words of one item
                self._touched[str(event.path[0])] = None
            else:
                self._changed(event)

    def _item(self, item_id: str) -> Item | None:
        element = self._elements.get(item_id)
        if element is None:
            return None
        text = self._texts.get(item_id) if element["t"] in _WORDED else None
        return merge_item(
            item_id,
            element,
            self._patches.get(item_id) or {},
            "" if text is None else str(text),
        )


def merge_item(
    item_id: str, element: Mapping[str, Any], patch: Mapping[str, Any], text: str
) -> Item:
    """The item as it is painted. Of the patch only what goes with this type of element."""
    kind = element["t"]
    item = {key: _plain(value) for key, value in element.items()}
    item |= {"id": item_id, "m": list(IDENTITY), "text": text}
    for key in (*_EVERYWHERE, *_PATCHED[kind]):
        if key in patch:
            item[_element_key(kind, key)] = _plain(patch[key])
    return item


def _element_key(kind: str, key: str) -> str:
    if key == "w":
        return "w" if kind in _INK else "sw"
    return _OF_BOXES.get(key, key)


def _plain(value: Any) -> Any:
    """pycrdt gives bytes back as bytearray."""
    return bytes(value) if isinstance(value, bytearray) else value
