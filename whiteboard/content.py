"""Content: how a page's state is given to somebody who opens it.

Small differences are encoded for each. A large page is compressed once, off the loop, and kept as
a base; who opens it later gets the base and, as APPLY frames behind it, what was done since.
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
TAIL_MAX = 400
"""Frames behind a base, after which a new base is cheaper (about 100 kB)."""
EMPTY_VECTORS = (b"", b"\x00")


@dataclass(frozen=True, slots=True)
class Base:
    """A whole page as of `seq`, compressed."""

    seq: int
    state_vector: bytes
    update: bytes


class Content:
    """Of one loaded page: the base, if it was large enough for one, and the frames since."""

    __slots__ = ("_base", "_page", "_tail", "_wanted")

    def __init__(self, page: Page) -> None:
        self._page = page
        self._base: Base | None = None
        self._wanted: tuple[int, bytes] | None = None
        self._tail: list[Segment] = []

    def applied(self, segment: Segment) -> None:
        """An APPLY went out."""
        if self._base or self._wanted:
            self._tail.append(segment)
            if len(self._tail) > TAIL_MAX and not self._wanted:
                self._base = None
                self._tail = []

    def frames(self, channel: int, since: bytes, pen: Pen) -> bytes | None:
        """STATE and what has to follow it for a client at `since`; None: a base has to be made.

        Refused (update.malformed) when `since` is no state vector.
        """
        page = self._page
        if since in EMPTY_VECTORS and self._base:
            return self._from_base(self._base, channel, pen)
        update = page.state(since)
        if len(update) > INLINE_BYTES_MAX:
            return self._from_base(self._base, channel, pen) if self._base else None
        flags = DEFLATED if len(update) > DEFLATE_FROM_BYTES else 0
        update = deflate(update) if flags else update
        vector = page.state_vector()
        return encode(State(channel, page.seq, PEN_BYTE[pen], flags, vector, update))

    def want_base(self) -> tuple[int, bytes] | None:
        """(seq, whole update) to be compressed, or None while that is being done."""
        if self._wanted:
            return None
        self._tail = []
        self._wanted = (self._page.seq, self._page.state_vector())
        return self._page.seq, self._page.state(b"")

    def set_base(self, seq: int, deflated: bytes) -> bool:
        """It is compressed. False when that was not asked for (the page was reloaded meanwhile)."""
        if not self._wanted or self._wanted[0] != seq:
            return False
        self._base = Base(seq, self._wanted[1], deflated)
        self._wanted = None
        return True

    def _from_base(self, base: Base, channel: int, pen: Pen) -> bytes:
        state = State(channel, base.seq, PEN_BYTE[pen], DEFLATED, base.state_vector, base.update)
        return b"".join([encode(state), *(segment.under(channel) for segment in self._tail)])
