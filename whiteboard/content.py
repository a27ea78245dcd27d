"""Content: how a page's state is given to somebody who opens it.

Small differences are encoded for each. A large page is compressed once, off the loop: its imprint.
Who opens it later gets the imprint and, as APPLY frames behind it, what was done since.
"""

from __future__ import annotations

from dataclasses import dataclass

from whiteboard.frame import DEFLATED, State
from whiteboard.frame_writing import Segment, deflate, encode
from whiteboard.limits import VECTOR_BYTES_MAX
from whiteboard.page import Page
from whiteboard.pen import PEN_BYTE, Pen
from whiteboard.update import read_state_vector
from whiteboard.veil import Veil

DEFLATE_FROM_BYTES = 4 * 1024
INLINE_BYTES_MAX = 64 * 1024
"""Compressed where we are: 3 ms at most. Larger ones would hold up everybody's ink."""
TAIL_BYTES_MAX = 128 * 1024
"""Frames behind an imprint, beyond which a new imprint is cheaper: about 400 strokes."""
TAIL_WANTED_BYTES_MAX = 4 * 1024 * 1024
"""The same while the imprint is still being made, which takes a second at most."""
EMPTY_VECTORS = (b"", b"\x00")
ENCODED_COST = 1 / 4
"""Of a byte received: 64 kB are encoded and compressed in 3 ms, an update of 64 kB may take 16."""
COPIED_COST = 1 / 32
COST_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imprint:
    """A whole page as of `seq`, compressed."""

    seq: int
    state_vector: bytes
    update: bytes


class Content:
    """Of one loaded page: the imprint, if it was large enough for one, and the frames since."""

    __slots__ = (
        "_imprint",
        "_known",
        "_page",
        "_tail",
        "_tail_bytes",
        "_veil",
        "_wanted",
        "_whole_bytes",
    )

    def __init__(self, page: Page, veil: Veil | None = None) -> None:
        """With a veil it is what those get who are not to know who drew on the page."""
        self._page = page
        self._veil = veil
        self._imprint: Imprint | None = None
        self._wanted: tuple[int, bytes] | None = None
        self._whole_bytes = 0
        """Of the page when it was last encoded as a whole; 0 before."""
        self._known: tuple[int, dict[int, int]] = (-1, {})
        self._cut_tail()

    def applied(self, segment: Segment) -> None:
        """An APPLY went out."""
        if self._imprint or self._wanted:
            self._tail.append(segment)
            self._tail_bytes += segment.size
            if self._wanted is None and self._tail_bytes > TAIL_BYTES_MAX:
                self._imprint = None
                self._cut_tail()
            elif self._tail_bytes > TAIL_WANTED_BYTES_MAX:
                self._wanted = None
                self._cut_tail()

    def frames(self, channel: int, since: bytes, pen: Pen) -> tuple[bytes | None, float]:
        """STATE and what has to follow it for a client at `since`; None: an imprint has to be made.
        And what that cost us, in bytes received.

        Refused (update.malformed) when `since` is no state vector; one that is too long is not
        even read, and counts as an empty one.
        """
        page, encoded = self._page, 0
        if len(since) > VECTOR_BYTES_MAX:
            since = b""
        update = None
        if not self._is_far(since):
            update = self._state(since)
            encoded = len(update)
        if update is None or encoded > INLINE_BYTES_MAX:
            cost = min(encoded * ENCODED_COST, COST_MAX)
            if self._imprint is None:
                return None, cost
            copied = self._from_imprint(self._imprint, channel, pen)
            return copied, cost + min(len(copied) * COPIED_COST, COST_MAX)
        flags = DEFLATED if len(update) > DEFLATE_FROM_BYTES else 0
        update = deflate(update) if flags else update
        vector = page.state_vector()
        state = State(channel, page.seq, PEN_BYTE[pen], flags, vector, update)
        return encode(state), encoded * ENCODED_COST

    def _state(self, since: bytes) -> bytes:
        update = self._page.state(since)
        return self._veil.update(update) if self._veil else update

    def _is_far(self, since: bytes) -> bool:
        """Whether somebody at `since` surely lacks more than is encoded for one."""
        if not self._whole_bytes:
            return False
        if since in EMPTY_VECTORS:
            return True
        has = read_state_vector(since)
        if self._known[0] != self._page.seq:
            self._known = self._page.seq, read_state_vector(self._page.state_vector())
        ends = self._known[1]
        lacks = sum(max(0, end - has.get(client, 0)) for client, end in ends.items())
        return lacks * self._whole_bytes > INLINE_BYTES_MAX * sum(ends.values())

    def want_imprint(self) -> tuple[int, bytes] | None:
        """(seq, whole update) to be compressed, or None while that is being done."""
        if self._wanted:
            return None
        self._cut_tail()
        self._wanted = (self._page.seq, self._page.state_vector())
        whole = self._state(b"")
        self._whole_bytes = len(whole)
        return self._page.seq, whole

    def set_imprint(self, seq: int, deflated: bytes) -> None:
        """It is compressed. Nothing happens when that was not asked for: the page was loaded anew
        meanwhile, or too much was drawn since."""
        if self._wanted and self._wanted[0] == seq:
            self._imprint = Imprint(seq, self._wanted[1], deflated)
            self._wanted = None

    def give_up_imprint(self, seq: int) -> bool:
        """It cannot be compressed. Whether that was asked for."""
        if not self._wanted or self._wanted[0] != seq:
            return False
        self._wanted = None
        self._cut_tail()
        return True

    def _cut_tail(self) -> None:
        self._tail: list[Segment] = []
        self._tail_bytes = 0

    def _from_imprint(self, imprint: Imprint, channel: int, pen: Pen) -> bytes:
        state = State(
            channel, imprint.seq, PEN_BYTE[pen], DEFLATED, imprint.state_vector, imprint.update
        )
        return b"".join([encode(state), *(segment.under(channel) for segment in self._tail)])
