"""What the server sent to one page."""

from __future__ import annotations

import re

from playwright.async_api import Page

_PIECE = re.compile(r"[FPfp][0-9]+,[0-9]+:")
"""What stands before each piece of what a bundle carries (signalling_line.md)."""


class Frames:
    """Everything in frames of sockets that the page opens from now on, as one text."""

    def __init__(self, page: Page) -> None:
        self.text = ""
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))

    def _add(self, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
        head = _PIECE.match(text)
        self.text += text[head.end() :] if head else text
