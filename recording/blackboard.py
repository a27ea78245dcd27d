"""Blackboard: the pages of a recorded class as pictures of a film."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import process_time
from typing import Any, Final

from av.video.frame import VideoFrame

from recording.filming import Box, framed
from recording.pages import Pages
from recording.painting import Painter

EVERY_MS: Final = 200
"""Pages are painted no more often."""
SHARE: Final = 5
"""What took long to paint is painted again only after so many times as long, in the film's time."""


class Blackboard:
    """Invariant: the picture is the same object as long as the page does not change."""

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
