"""How much one connection may send and keep waiting: the numbers, and the token bucket.

Decides whether something is within its rate; what becomes of it otherwise is the caller's.
"""

from __future__ import annotations

MESSAGE_BYTES_MAX = 256 * 1024
"""One message from a client."""
UPDATES_PER_S = 120.0
UPDATES_BURST = 1200.0
"""A client that was offline sends what it kept, ten seconds' worth at once."""
EPHEMERA_PER_S = 60.0
EPHEMERA_BURST = 60.0
"""LIVE, CURSOR, LASER and VIEW together."""
REQUESTS_PER_S = 20.0
REQUESTS_BURST = 240.0
"""OPEN, CLOSE and PING together: enough to scroll through all 200 pages of a board at once."""
FRAMES_PER_S = 1000.0
FRAMES_BURST = 5000.0
"""All frames, heard or dropped: reading a frame costs 10 us, and nobody honest comes near it."""
CHANNELS_MAX = 8
"""Pages open at once on one connection."""
PREVIEWS_MAX = 64
"""LIVE keys not ended yet, per channel."""
DROPPABLE_BYTES_MAX = 128 * 1024
"""Droppable frames waiting for one receiver; beyond it the oldest go."""
PENDING_BYTES_MAX = 4 * 1024 * 1024
"""Everything but STATE waiting for one receiver; beyond it the connection is closed."""
STATE_BYTES_MAX = 64 * 1024 * 1024
"""STATE waiting for one receiver: eight large pages are 22 MB. Beyond it: closed."""
UNSAVED_BYTES_MAX = 16 * 1024 * 1024
"""Updates of one page waiting for the disk; beyond it writers keep their work to themselves."""


class TokenBucket:
    """`burst` tokens at most, refilled at `rate` a second. Time never runs backwards for it."""

    __slots__ = ("_burst", "_filled_at", "_rate", "_tokens")

    def __init__(self, rate: float, burst: float, *, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._filled_at = now

    def take(self, *, now: float) -> bool:
        """Whether there was a token; it is gone then."""
        elapsed = now - self._filled_at
        if elapsed > 0.0:
            self._tokens = min(self._burst, self._tokens + elapsed * self._rate)
            self._filled_at = now
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True
