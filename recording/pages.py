"""Pages: what the class saw of its board at each moment, read forwards from the recording's lines.

The lines of the board's tape say what items became, those of the class's events which page is
shown. What cannot be read is passed over, as in the player (`web/src/recording/tape.ts`). Pure.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Item = dict[str, Any]
"""An item as it is painted, its packed points as bytes under `d`."""
Line = Mapping[str, Any]

KINDS: Final = frozenset(
    ("pen", "hl", "line", "arrow", "rect", "ell", "poly", "text", "note", "tex", "img")
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown: its paper, its size (None has no end), and what lies under the ink."""

    id: str
    epoch: int
    name: str = ""
    kind: str = "page"
    paper: str = "plain"
    width: float | None = None
    height: float | None = None
    backdrop: str = ""

    @property
    def doc(self) -> str:
        """Under which its items stand on the tape."""
        return f"{self.id}/{self.epoch}"


@dataclass(slots=True)
class Sheet:
    """The items of one page, and those that changed since somebody last looked."""

    items: dict[str, Item] = field(default_factory=dict)
    changed: dict[str, None] = field(default_factory=dict)
    """Ids of items that came, changed or went."""
    came: dict[str, float] = field(default_factory=dict)
    """Ms at which each was there for the first time."""

    def put(self, item_id: str, item: Item, ms: float = 0) -> None:
        self.items[item_id] = item
        self.came.setdefault(item_id, ms)
        self.changed[item_id] = None

    def take(self, item_id: str) -> None:
        if self.items.pop(item_id, None) is not None:
            self.changed[item_id] = None


@dataclass(frozen=True, slots=True)
class Over:
    """Ink over a shared screen: on which page it is, whose the screen is, and whether it goes by
    itself."""

    page: Page
    of: str
    fades: bool


class Pages:
    """Moves forwards through a recording. `page` is what is shown, None before anything was; `over`
    is the ink over the shared screen, None while nobody draws on it."""

    def __init__(self, tape: Iterable[Line], events: Iterable[Line]) -> None:
        self._tape = _Ahead(tape)
        self._events = _Ahead(events)
        self._sheets: dict[str, Sheet] = {}
        self._known: dict[str, Page] = {}
        self.page: Page | None = None
        self.over: Over | None = None

    @property
    def sheet(self) -> Sheet:
        """Of the page that is shown."""
        doc = self.page.doc if self.page is not None else ""
        return self.sheet_of(doc)

    def sheet_of(self, doc: str) -> Sheet:
        """Of any page."""
        return self._sheets.setdefault(doc, Sheet())

    def move(self, ms: int) -> None:
        """To this moment of the recording."""
        for line in self._tape.until(ms):
            _take(self._sheets.setdefault(str(line.get("doc", "")), Sheet()), line)
        for line in self._events.until(ms):
            self._hear(line)

    def _hear(self, line: Line) -> None:
        name, page = line.get("event"), _page(line.get("page"))
        # A frame of the screen that became a page of the board; the ink itself goes on.
        is_frozen = name == "ink" and line.get("deed") == "frozen"
        if name == "ink" and not is_frozen:
            self._hear_ink(line, page)
        elif page is None:
            return
        elif name == "turned":
            self._known[page.id] = self.page = page
        elif name == "page" or is_frozen:
            self._known[page.id] = page
            if self.page is not None and self.page.id == page.id:
                self.page = page

    def _hear_ink(self, line: Line, page: Page | None) -> None:
        before = self.over
        page = page or (before.page if before is not None else None)
        if line.get("deed") == "ended" or page is None:
            self.over = None
            return
        of = str(line.get("of") or "") or (before.of if before is not None else "")
        self.over = Over(page, of, line.get("look") == "fade")


class _Ahead:
    """Lines in the order of their times, taken up to a moment."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._next = next(self._lines, None)

    def until(self, ms: int) -> Iterator[Line]:
        while self._next is not None:
            at = self._next.get("ms")
            if isinstance(at, int | float) and at > ms:
                return
            line, self._next = self._next, next(self._lines, None)
            if isinstance(at, int | float):
                yield line


def _take(sheet: Sheet, line: Line) -> None:
    put = {**_mapping(line.get("items")), **_mapping(line.get("put"))}
    if line.get("base"):
        whose = line.get("by")
        for item_id, item in list(sheet.items.items()):
            if (whose is None or item.get("by") == whose) and item_id not in put:
                sheet.take(item_id)
    for item_id, written in put.items():
        read = read_item(item_id, written)
        if read is not None:
            sheet.put(item_id, read, float(line.get("ms", 0)))
    for item_id in line.get("gone", ()):
        sheet.take(str(item_id))


def read_item(item_id: str, written: Any) -> Item | None:
    """An item out of JSON, or None for what is none."""
    if not isinstance(written, Mapping) or written.get("t") not in KINDS:
        return None
    item = {**written, "id": item_id}
    if isinstance(item.get("d"), str):
        try:
            item["d"] = base64.b64decode(item["d"], validate=True)
        except (binascii.Error, ValueError):
            return None
    return item


def _page(said: Any) -> Page | None:
    if not isinstance(said, Mapping) or "id" not in said:
        return None

    def side(value: Any) -> float | None:
        return float(value) if isinstance(value, int | float) and value > 0 else None

    return Page(
        str(said["id"]),
        int(said.get("epoch") or 0),
        str(said.get("name") or ""),
        str(said.get("kind") or "page"),
        str(said.get("paper") or "plain"),
        side(said.get("width")),
        side(said.get("height")),
        str(said.get("backdrop") or ""),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
