"""Settling: when the delay that losses left in a browser's buffer of sound may be cut.

A browser keeps a memory of how late frames came, those that came as redundancy too, and waits for
as long as the worst of them: libwebrtc's forgets with 0.983 for each half second, so that after a
minute of 70 % it waits for 300 to 500 ms more than a minute longer (delay_manager.h; measured:
`jitterBufferMinimumDelay` 320 and 400 to 500 ms, 20 s after the last loss). Nothing a page can set
shortens it, but a change of codec empties the buffer and begins a new memory. In a pause of speech
that is as long as what the buffer holds nothing is lost by it.

Decides how long that pause has to be; `endpoint.lulls` finds it and makes the change.
"""

from __future__ import annotations

LEAST_BUFFER_MS = 250
"""Browsers that were to wait for less are near enough to their usual delay by themselves."""
SHRINKS_MS_PER_S = 250
"""So much shorter the page makes the wait it was advised, each second (web `advice_book.ts`). A
buffer that began anew before that is over would fill up again: 0.26 s of made up sound (measured).
"""
KEPT_S = 0.35
"""What is left of it then: 17 frames that came together, the deepest redundancy there is."""
PATIENCE_S = 5.0
"""After that a shorter pause will do."""
SHORT_S = 0.25
"""A pause that every speech has (Goldman-Eisler, 1961: what is shorter belongs to articulation);
of the word before it what the buffer holds beyond may be cut, once."""


class Settling:
    """Of one stream of sound to one listener."""

    __slots__ = ("_calm_since", "_most_ms")

    def __init__(self) -> None:
        self._most_ms = 0
        self._calm_since: float | None = None

    def advised(self, buffer_ms: int, *, now: float) -> None:
        """The listener is to wait for so long; 0 is as it likes."""
        if buffer_ms:
            self._most_ms = max(self._most_ms, buffer_ms)
            self._calm_since = None
        elif self._calm_since is None:
            self._calm_since = now

    def pause_s(self, *, now: float) -> float | None:
        """How long a pause has to last until the delay may be cut; None where it is not to be."""
        if self._calm_since is None or self._most_ms < LEAST_BUFFER_MS:
            return None
        calm_s = now - self._calm_since
        if calm_s < self._most_ms / SHRINKS_MS_PER_S:
            return None
        return KEPT_S if calm_s < PATIENCE_S else SHORT_S

    def settled(self) -> None:
        """The delay was cut."""
        self._most_ms = 0
