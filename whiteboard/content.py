"""Content: how a page's state is given to somebody who opens it.

Small differences are encoded for each. A large page is compressed once, off the loop: its imprint.
Who opens it later gets the imprint and, as APPLY frames behind it, what was done since.
"""

from __future__ import annotations

from dataclasses import dataclass

from whiteboard.frame import DEFLATED, State
from whiteboard.frame_writing import Segment, deflate, encode
from whiteboard.page import Page
from whiteboard.pen import PEN_BYTE, Pen

DEFLATE_FROM_BYTES = 4 * 1024
INLINE_BYTES_MAX = 64 * 1024
"""Compressed where we are: 3 ms at most. Larger ones would hold up everybody's ink."""
TAIL_BYTES_MAX = 128 * 1024
"""Frames behind an imprint, beyond which a new imprint is cheaper: about 400 strokes."""
EMPTY_VECTORS = (b"", b"\x00")


@dataclass(frozen=True, slots=True)
class Imprint:
    """A whole page as of `seq`, compressed."""

    seq: int
    state_vector: bytes
    update: bytes


class Content:
    """Of one loaded page: the imprint, if it was large enough for one, and the frames since."""

    __slots__ = ("_imprint", "_page", "_tail", "_tail_bytes", "_wanted")

    def __init__(self, page: Page) -> None:
        self._page = page
        self._imprint: Imprint | None = None
        self._wanted: tuple[int, bytes] | None = None
        self._cut_tail()

    def applied(self, segment: Segment) -> None:
        """An APPLY went out."""
        if self._imprint or self._wanted:
            self._tail.append(segment)
            self._tail_bytes += segment.size
            if self._tail_bytes > TAIL_BYTES_MAX and not self._wanted:
                self._imprint = None
                self._cut_tail()

    def frames(self, channel: int, since: bytes, pen: Pen) -> bytes | None:
        """STATE and what has to follow it for a client at `since`; None: an imprint has to be made.

        Refused (update.malformed) when `since` is no state vector.
        """
        page = self._page
        if since in EMPTY_VECTORS and self._imprint:
            return self._from_imprint(self._imprint, channel, pen)
        update = page.state(since)
        if len(update) > INLINE_BYTES_MAX:
            return self._from_imprint(self._imprint, channel, pen) if self._imprint else None
        flags = DEFLATED if len(update) > DEFLATE_FROM_BYTES else 0
        update = deflate(update) if flags else update
        vector = page.state_vector()
        return encode(State(channel, page.seq, PEN_BYTE[pen], flags, vector, update))

    def want_imprint(self) -> tuple[int, bytes] | None:
        """(seq, whole update) to be compressed, or None while that is being done."""
        if self._wanted:
            return None
        self._cut_tail()
        self._wanted = (self._page.seq, self._page.state_vector())
        return self._page.seq, self._page.state(b"")

    def set_imprint(self, seq: int, deflated: bytes) -> bool:
        """It is compressed. False when that was not asked for (the page was reloaded meanwhile)."""
        if not self._wanted or self._wanted[0] != seq:
            return False
        self._imprint = Imprint(seq, self._wanted[1], deflated)
        self._wanted = None
        return True

    def _cut_tail(self) -> None:
        self._tail: list[Segment] = []
        self._tail_bytes = 0

    def _from_imprint(self, imprint: Imprint, channel: int, pen: Pen) -> bytes:
        state = State(
            channel, imprint.seq, PEN_BYTE[pen], DEFLATED, imprint.state_vector, imprint.update
        )
        return b"".join([encode(state), *(segment.under(channel) for segment in self._tail)])
