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
BYTES_PER_S = 256 * 1024.0
BYTES_BURST = 4.0 * 1024 * 1024
"""All that a connection sends, and what it costs us beyond that. A file of 3 MB is restored at
once; beyond it a connection is read more slowly, and never closed."""
DENIED_BYTES = 64 * 1024
DENIED_COST = 4.0
"""Each, and a byte, of an update that is denied: finding out may take 50 ms, and honest clients
hardly ever send one."""
REPEATS_PER_S = 1.0
REPEATS_BURST = 20.0
"""Updates that were known already, of somebody without a pen: what was under way when it went."""
FRESH_IDS_PER_S = 0.2
FRESH_IDS_BURST = 60.0
"""Client ids that one connection brings to one page. Each visit of a page is one."""
VECTOR_BYTES_MAX = 16 * 1024
"""A state vector of 2000 writers. Who sends a longer one gets the whole page, which costs less."""
HELLO_BYTES_MAX = 64 * 1024
"""The first message, which comes from nobody yet."""
CHANNELS_MAX = 40
"""Pages open at once on one connection: those of a screen full of small pictures, too."""
WRITERS_MAX = 8
"""Of them opened to write."""
PREVIEWS_MAX = 64
"""LIVE keys not ended yet, per channel."""
DROPPABLE_BYTES_MAX = 128 * 1024
"""Droppable frames waiting for one receiver; beyond it the oldest go."""
PENDING_BYTES_MAX = 4 * 1024 * 1024
"""Everything but STATE waiting for one receiver; beyond it the connection is closed."""
STATE_BYTES_MAX = 64 * 1024 * 1024
"""Of several STATE waiting for one receiver: eight large pages are 22 MB, and clients open those
they only look at a few at a time. Beyond it: closed."""
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


class Budget:
    """Bytes that may be spent beyond what is there: then it is in debt, and says for how long."""

    __slots__ = ("_burst", "_filled_at", "_left", "_rate")

    def __init__(self, rate: float, burst: float, *, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._filled_at = now

    def spend(self, size: float) -> None:
        """So many are gone, there or not."""
        self._left -= size

    def debt_s(self, *, now: float) -> float:
        """Seconds until the debt is paid; 0 without one."""
        elapsed = now - self._filled_at
        if elapsed > 0.0:
            self._left = min(self._burst, self._left + elapsed * self._rate)
            self._filled_at = now
        return max(0.0, -self._left / self._rate)
