"""Writes `playtime.json`: what both languages say of play time. Run as
`python -m tests.corpus.playtime`; a test fails when the file is not this one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recording import playtime

FILE = Path(__file__).with_name("playtime.json")

PAIRS: dict[str, list[list[int]]] = {
    "none": [],
    "one": [[1000, 3000]],
    "at the beginning": [[0, 500]],
    "several": [[1000, 2000], [5000, 9000], [20000, 20001]],
    "touching": [[1000, 2000], [2000, 3000]],
    "overlapping and unsorted": [[4000, 8000], [1000, 2000], [1500, 4500], [9000, 9000]],
    "to the end": [[50000, 60000]],
    "all": [[0, 60000]],
}
MOMENTS = (
    0,
    1,
    499,
    500,
    999,
    1000,
    1001,
    1999,
    2000,
    3000,
    4999,
    9000,
    20000,
    20001,
    59999,
    60000,
)
DURATION = 60000


def cases() -> list[dict[str, Any]]:
    """Each with its holes, and moments both ways."""
    made = []
    for name, pairs in PAIRS.items():
        holes = playtime.merged(pairs)
        made.append(
            {
                "name": name,
                "pairs": pairs,
                "holes": [list(hole) for hole in holes],
                "length": playtime.length(DURATION, holes),
                "to_play": [[ms, playtime.to_play(ms, holes)] for ms in MOMENTS],
                "to_recorded": [[ms, playtime.to_recorded(ms, holes)] for ms in MOMENTS],
            }
        )
    return made


def text() -> str:
    """The file."""
    return json.dumps({"duration": DURATION, "cases": cases()}, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
