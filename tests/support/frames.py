"""What the server sent to one page."""

from __future__ import annotations

from playwright.async_api import Page


class Frames:
    """Everything in frames of sockets that the page opens from now on, as one text."""

    def __init__(self, page: Page) -> None:
        self.text = ""
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))

    def _add(self, frame: str | bytes) -> None:
        self.text += frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
