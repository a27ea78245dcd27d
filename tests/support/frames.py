"""What the server sent to one page."""

from __future__ import annotations

import base64
import re
import zlib

from playwright.async_api import Page

_PIECE = re.compile(r"[FPfp][0-9]+,[0-9]+:")
"""What stands before each piece of what a bundle carries (signalling_line.md)."""
_PACKED = "Z"


class Frames:
    """Everything in frames of sockets that the page opens from now on, as one text; what is packed
    is unpacked when all its pieces came.
    """

    def __init__(self, page: Page) -> None:
        self.text = ""
        self._packed = ""
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))

    def _add(self, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
        head = _PIECE.match(text)
        piece = text[head.end() :] if head else text
        if not self._packed and not (head and piece.startswith(_PACKED)):
            self.text += piece
            return
        self._packed += piece
        whole = _unpacked(self._packed)
        if whole is not None:
            self.text += whole
            self._packed = ""


def _unpacked(text: str) -> str | None:
    """None while pieces are missing."""
    try:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        whole = inflate.decompress(base64.b64decode(text[1:]))
    except ValueError:
        return None
    return whole.decode() if inflate.eof else None
