"""Blackboard: the pages of a recorded class as pictures of a film."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import process_time
from typing import Any, Final

from av.video.frame import VideoFrame

from recording.filming import Box, framed
from recording.layering import Layer, layer_of
from recording.pages import Over, Pages, Sheet
from recording.painting import Painter

EVERY_MS: Final = 200
"""Pages are painted no more often."""
SHARE: Final = 5
"""What took long to paint is painted again only after so many times as long, in the film's time."""

STAY_MS: Final = 5_000
"""Ink that goes by itself is seen for so long, as in class (`web/src/board/fading.ts`)."""


class Blackboard:
    """Invariant: the picture is the same object as long as the page does not change. So is the ink
    over a shared screen."""

    def __init__(
        self,
        tape: Iterable[Mapping[str, Any]],
        events: Iterable[Mapping[str, Any]],
        box: Box,
        *,
        assets: Callable[[str], bytes | None] = lambda name: None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._pages = Pages(tape, events)
        self._painter = Painter(box, assets, names)
        self._due: float = 0
        self._shown: VideoFrame | None = None
        self._ink = Ink(self._pages, assets, names or {})

    def at(self, ms: int) -> VideoFrame | None:
        """The page at this moment, None before there was one; asked forwards only."""
        if ms >= self._due:
            began = process_time()
            self._pages.move(ms)
            page = self._pages.page
            if page is not None and self._painter.paint(page, self._pages.sheet):
                self._shown = framed(self._painter.image)
            self._due = ms + max(EVERY_MS, (process_time() - began) * 1000 * SHARE)
        return self._shown

    def over(self, ms: int, of: str, box: Box) -> Layer | None:
        """The ink over somebody's shared screen, whose picture is as large as the box; None when
        there is none. Asked forwards only, as `at` is."""
        return self._ink.at(ms, of, box)


class Ink:
    """What is drawn over a shared screen."""

    def __init__(
        self, pages: Pages, assets: Callable[[str], bytes | None], names: Mapping[str, str]
    ) -> None:
        self._pages = pages
        self._assets = assets
        self._names = names
        self._box: Box = (0, 0)
        self._painter: Painter | None = None
        self._doc = ""
        self._sheet = Sheet()
        """Of what is there that which is seen."""
        self._due: float = 0
        self._layer: Layer | None = None

    def at(self, ms: int, of: str, box: Box) -> Layer | None:
        """As `Blackboard.over`."""
        if box != self._box or self._painter is None:
            self._box, self._due, self._doc = box, 0, ""
            self._painter = Painter(box, self._assets, self._names, is_over=True)
        if ms >= self._due:
            began = process_time()
            self._pages.move(ms)
            over = self._pages.over
            if over is None or over.of not in ("", of):
                self._layer, self._doc = None, ""
            else:
                self._see(ms, over)
                if self._painter.paint(over.page, self._sheet):
                    self._layer = layer_of(self._painter.image)
            self._due = ms + max(EVERY_MS, (process_time() - began) * 1000 * SHARE)
        return self._layer

    def _see(self, ms: int, over: Over) -> None:
        if over.page.doc != self._doc:
            self._doc, self._sheet = over.page.doc, Sheet()
        there = self._pages.sheet_of(over.page.doc)
        seen = {
            item_id: item
            for item_id, item in there.items.items()
            if not over.fades or ms < there.came[item_id] + STAY_MS
        }
        for item_id in self._sheet.items.keys() - seen.keys():
            self._sheet.take(item_id)
        for item_id, item in seen.items():
            if self._sheet.items.get(item_id) is not item:
                self._sheet.put(item_id, item)
