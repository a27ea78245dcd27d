"""Faults: bugs of ours that cost one view, line or backlog something, while all others have theirs.

A room must not lose its class by what went wrong in another. So whoever works through many of them
catches what one does, tells it here and goes on; the first is raised when the turn is done, for
whoever counts and shows it.
"""

from __future__ import annotations

from collections import Counter


class Faults:
    """Of one exchange. `counts["egress.fault"]` says how often."""

    __slots__ = ("_first", "counts")

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._first: Exception | None = None

    def note(self, error: Exception) -> None:
        """One went wrong; the others go on."""
        self.counts["egress.fault"] += 1
        self._first = self._first or error

    def raise_first(self) -> None:
        """Raises the first one since the last call."""
        fault, self._first = self._first, None
        if fault is not None:
            raise fault
