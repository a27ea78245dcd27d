"""Patience: when one line may go up again.

Up only after a while in which there was room enough, not soon after going down, and the later and
the more carefully the more often going up was in vain. Decides when, never what.
"""

from __future__ import annotations

MARGIN = 1.2
"""Room over need before going up: an estimate that finds the link full falls to 0.85 of what
arrived (draft-ietf-rmcat-gcc-02 section 5.5), and must not take back what was just given."""
MARGIN_STEP = 0.05
MOST_VAIN = 4
AFTER = 1.0
"""Seconds there must have been room..."""
AGAIN = 0.5
"""...and between one rise and the next while there still is."""
CALM = 2.0
"""Seconds after going down, doubled with every rise that was in vain."""
IN_VAIN = 10.0
"""Seconds in which going down again makes a rise one in vain."""
FORGIVEN = 20.0
"""Seconds without going down after which one rise in vain is forgotten."""


class Patience:
    """Of one line."""

    __slots__ = ("_forgiven_at", "_lowered_at", "_raised_at", "_since", "_vain")

    def __init__(self) -> None:
        self._since: float | None = None
        self._raised_at: float | None = None
        self._lowered_at: float | None = None
        self._forgiven_at = 0.0
        self._vain = 0

    @property
    def margin(self) -> float:
        """What the capacity has to exceed a need by."""
        return MARGIN + MARGIN_STEP * self._vain

    def lowered(self, *, now: float) -> None:
        """The network took something back."""
        if self._raised_at is not None and now - self._raised_at <= IN_VAIN:
            self._vain = min(self._vain + 1, MOST_VAIN)
            self._raised_at = None
        self._lowered_at = self._forgiven_at = now
        self._since = None

    def content(self, *, now: float) -> None:
        """There is nothing to raise, or no room for it."""
        self._since = None
        self._forgive(now)

    def may_raise(self, *, now: float) -> bool:
        """There is room for more: whether it may be used now. Then it is taken as used."""
        self._forgive(now)
        if self._since is None:
            self._since = now
        calm = CALM * 2**self._vain
        if self._lowered_at is not None and now - self._lowered_at < calm:
            return False
        if now - self._since < AFTER:
            return False
        self._since = now - AFTER + AGAIN
        self._raised_at = now
        return True

    def _forgive(self, now: float) -> None:
        if self._vain and now - self._forgiven_at >= FORGIVEN:
            self._vain -= 1
            self._forgiven_at = now
