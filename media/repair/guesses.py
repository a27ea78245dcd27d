"""Guesses: numbers that were probably sent, though nothing after them came yet.

A gap shows only when a later packet arrives: at 70 % loss, three packets later. When nothing came
for as long as a picture takes, the next one is lost as a whole, most likely. Publishers pass over
numbers they have not sent (weak_network.md section 5), so a wrong guess costs a few bytes.
"""

from __future__ import annotations

from media.repair.manner import Manner

SILENCE_S = 0.07
"""One picture of 15 a second. Faster cameras are guessed at as late, which harms nobody."""
GIVES_UP_S = 1.0
"""Of silence: its publisher sends nothing."""


class Guesses:
    """Of one stream. `due_at` is when to ask next, None while nothing is expected.

    Never gives a number up: what was not sent cannot be lost.
    """

    __slots__ = ("_guessed", "_heard_at", "_highest", "_manner", "due_at")

    def __init__(self, manner: Manner) -> None:
        self.due_at: float | None = None
        self._manner = manner
        self._highest = -1
        self._guessed = -1
        self._heard_at = 0.0

    def came(self, number: int, *, now: float) -> None:
        """Packet `number` (extended) came, in whatever way."""
        if number <= self._highest:
            return
        # The answer to a guess: the rest of its picture is likely lost as well.
        wait = self._manner.wait_s if number <= self._guessed else SILENCE_S
        self._highest, self._heard_at = number, now
        self.due_at = now + wait

    def take(self, *, now: float) -> list[int]:
        """Extended numbers to ask for now."""
        if self.due_at is None or self.due_at > now:
            return []
        if now - self._heard_at > GIVES_UP_S:
            self.due_at = None
            return []
        self.due_at = now + self._manner.wait_s
        guessed = range(self._highest + 1, self._highest + 1 + self._manner.speculative)
        self._guessed = guessed[-1]
        return list(guessed)
