"""SoundPace: how many packets of each sound a second leave for one browser.

Browsers send fifty; another program may send three times as many, each of which takes as much
protection. Counted by what left, so that it costs a packet nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from media.forward.consumer import Consumer
from media.ids import ConsumerId
from media.repair.cost import FRAMES_PER_SECOND

WINDOW_S = 1.0


class SoundPace:
    """Of one browser. `frames` is packets of one sound a second, on average, of late; never fewer
    than browsers send, as who is silent now may speak.
    """

    __slots__ = ("_at", "_counted", "frames")

    def __init__(self) -> None:
        self.frames: float = FRAMES_PER_SECOND
        self._counted: dict[ConsumerId, int] = {}
        self._at = float("-inf")

    def look(self, sounds: Sequence[Consumer], *, now: float) -> None:
        """What the browser hears now."""
        elapsed = now - self._at
        if elapsed < WINDOW_S:
            return
        before, self._counted = self._counted, {}
        grown = []
        for consumer in sounds:
            count = self._counted[consumer.consumer_id] = consumer.counts()[0]
            if consumer.consumer_id in before:
                grown.append(count - before[consumer.consumer_id])
        if grown:
            self.frames = max(sum(grown) / len(grown) / elapsed, FRAMES_PER_SECOND)
        self._at = now
