"""Writes `strokes.json`: strokes and their packed points, which Python and TypeScript both have to
agree with. Run as `python -m tests.corpus.strokes`; a test fails when the file is not this one.

Packed by hand here, bit by bit, so that neither of the two implementations judges itself.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

FILE = Path(__file__).with_name("strokes.json")
Points = list[tuple[float, float, int]]


def strokes() -> dict[str, Points]:
    """Strokes by name; all coordinates are whole eighths."""
    chance = random.Random(7)
    letter: Points = []
    x, y, pressure = 3200, 1600, 128
    for _ in range(75):
        letter.append((x / 8, y / 8, pressure))
        x, y = x + chance.randint(-70, 75), y + chance.randint(-40, 60)
        pressure = min(255, max(0, pressure + chance.randint(-6, 6)))
    return {
        "a dot": [(0.0, 0.0, 0)],
        "a hard dot": [(640.5, 360.125, 255)],
        "left of the page": [(-1.0, -0.125, 1), (-2.0, -0.25, 0), (0.0, 0.0, 255)],
        "steps around one byte": [(float(step) / 8, 0.0, 0) for step in (0, 63, 127, 63, -1, -65)],
        "steps around two bytes": [(float(s) / 8, s / 4, 9) for s in (0, 8191, 0, 8192, 0, -8193)],
        "from corner to corner": [(-1e6, 1e6, 255), (1e6, -1e6, 0), (-1e6, 1e6, 255)],
        "not moving": [(12.5, 12.5, 100)] * 4,
        "a letter": letter,
    }


def packed(points: Points) -> str:
    """Packed points in hexadecimal."""
    bits = "00000001"
    before = (0, 0, 0)
    for x, y, pressure in points:
        now = (round(x * 8), round(y * 8), pressure)
        for new, old in zip(now, before, strict=True):
            bits += _number(new - old)
        before = now
    return "".join(f"{int(bits[at : at + 8], 2):02x}" for at in range(0, len(bits), 8))


def _number(step: int) -> str:
    folded = 2 * step if step >= 0 else -2 * step - 1
    digits = f"{folded:b}"
    groups = []
    while digits:
        groups.append(digits[-7:].rjust(7, "0"))
        digits = digits[:-7]
    return "".join("1" + group for group in groups[:-1]) + "0" + groups[-1]


def text() -> str:
    """The file's text."""
    entries = [
        {"name": name, "points": [list(point) for point in points], "packed": packed(points)}
        for name, points in strokes().items()
    ]
    return "[\n" + ",\n".join(json.dumps(entry) for entry in entries) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
