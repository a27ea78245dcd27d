"""Strokes as people write them, and a browser's updates for them, without a browser.

A stroke has 50 to 100 points (mean 75), steps of a few board units and a pressure, as the strokes
the design was measured with; the same seed writes the same page.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from pycrdt import Doc, Map, TransactionEvent

from whiteboard.stroke import pack

COLOURS = ("#1d1c1a", "#12656d", "#c0392b", "#2f62c4", "#8a4fb0", "#a65500")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LINE_HEIGHT = 9.0
STROKE_WIDTH = 12.0
PAGE = (1280.0, 720.0)


def base36(number: int) -> str:
    """As JavaScript's `toString(36)` writes a whole number."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def points(number: int, chance: random.Random) -> list[tuple[float, float, int]]:
    """The `number`th stroke of a page that is filled line by line, wrapping to its top."""
    per_line = int((PAGE[0] - 40) / STROKE_WIDTH)
    x = 20 + STROKE_WIDTH * (number % per_line)
    y = 16 + LINE_HEIGHT * (number // per_line % int((PAGE[1] - 30) / LINE_HEIGHT))
    turn, found = chance.uniform(0, 6.28), []
    for step in range(chance.randint(50, 100)):
        turn += chance.uniform(-0.5, 0.55)
        x += 0.55 * math.cos(turn) + 0.08
        y += 0.5 * math.sin(turn)
        found.append((round(x * 8) / 8, round(y * 8) / 8, min(255, 90 + step * 2)))
    return found


class Writer:
    """One browser that writes: its document, and the update of each stroke."""

    def __init__(self, author: str, client_id: int, seed: int = 1) -> None:
        self._author = author
        self._client_id = client_id
        self._chance = random.Random(seed)
        self._doc: Doc[Map[object]] = Doc(client_id=client_id)
        self._items = self._doc.get("el", type=Map)
        self._updates: list[bytes] = []
        self._subscription = self._doc.observe(self._note)
        self._count = 0

    def _note(self, event: TransactionEvent) -> None:
        self._updates.append(event.update)

    def stroke(self, number: int | None = None) -> bytes:
        """Write one more stroke; its update, as Yjs would send it."""
        self._write(number)
        return self._updates.pop()

    def lot(self, count: int, first: int) -> bytes:
        """So many strokes in one transaction, as somebody pastes or restores them."""
        with self._doc.transaction():
            for number in range(first, first + count):
                self._write(number)
        return self._updates.pop()

    def _write(self, number: int | None) -> None:
        self._count += 1
        place = self._count if number is None else number
        self._items[f"{base36(self._client_id)}-{base36(self._count)}"] = {
            "t": "pen",
            "by": self._author,
            "at": 1_790_000_000_000 + self._count,
            "z": f"a0{self._count:08d}5",  # a fraction must not end in 0
            "c": COLOURS[place // 40 % len(COLOURS)],
            "w": 2.5,
            "o": 1.0,
            "d": pack(points(place, self._chance)),
            "s": 0,
        }

    def strokes(self, count: int) -> Iterator[bytes]:
        """So many more."""
        for _ in range(count):
            yield self.stroke()
