"""Speaking: when somebody spoke, by the levels their packets tell (RFC 6464).

A span is what is loud for a third of a second; pauses shorter than a breath do not end it. Pure.
"""

from __future__ import annotations

from typing import Final

LOUD: Final = 50
"""-dBov; the smaller, the louder."""
LEAST_MS: Final = 300
PAUSE_MS: Final = 600
_LEVEL: Final = 0x7F


class Speaking:
    """Of one track. `spans` grows as time goes on; the last one may yet become longer."""

    __slots__ = ("_begin", "_end", "spans")

    def __init__(self, spans: list[list[int]]) -> None:
        self.spans = spans
        self._begin: int | None = None
        self._end = 0

    def heard(self, ms: int, level: int, length_ms: int = 20) -> None:
        """A packet of that level; those without one (255) are silence."""
        if level == 255 or level & _LEVEL > LOUD:
            return
        if self._begin is None or ms - self._end >= PAUSE_MS:
            self._begin = ms
        self._end = ms + length_ms
        if self._end - self._begin < LEAST_MS:
            return
        if self.spans and self.spans[-1][0] == self._begin:
            self.spans[-1][1] = self._end
        else:
            self.spans.append([self._begin, self._end])
