"""Writes `items.json`: elements, patches and words, and the items they make, which Python and
TypeScript both have to agree with. Run as `python -m tests.corpus.items`; a test fails when the
file is not this one.

What each patch changes is told here case by case, so that neither of the two judges itself. Packed
points are hexadecimal.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("items.json")
Value = dict[str, Any]
COMMON: Value = {"by": "ann", "at": 1700000000000, "z": "a0"}
POINTS = "01a00c8014f001"
IDENTITY = [1, 0, 0, 1, 0, 0]
MOVED = [1, 0, 0, 1, 12.5, -7]
EVERYTHING: Value = {
    "m": MOVED,
    "z": "b7",
    "c": "#123456",
    "w": 9,
    "o": 0.5,
    "fill": "#abcdef",
    "fs": 33,
    "ds": 2,
    "bw": 640,
    "bh": 360,
    "src": "x^2",
}
"""More than any item takes."""

INK: Value = {**COMMON, "c": "#1d1c1a", "w": 3, "o": 1, "d": POINTS, "s": 0}
PLACE: Value = {**COMMON, "x": 10, "y": 20.5, "w": 160, "h": 120}
LINED: Value = {"c": "#1d1c1a", "sw": 2, "ds": 0}
ELEMENTS: dict[str, Value] = {
    "pen": INK,
    "hl": {**INK, "s": 1},
    "line": {**PLACE, **LINED, "w": -5},
    "arrow": {**PLACE, **LINED},
    "rect": {**PLACE, **LINED, "fill": ""},
    "ell": {**PLACE, **LINED, "fill": "#ffffff"},
    "poly": {**COMMON, **LINED, "d": POINTS, "fill": ""},
    "text": {**PLACE, "c": "#1d1c1a", "fs": 20},
    "note": {**PLACE, "c": "#fff2a8", "fs": 20},
    "tex": {**COMMON, "x": 1, "y": 2, "s": 1.5, "c": "#1d1c1a", "src": "a"},
    "img": {**PLACE, "asset": "picture_1"},
}
ALWAYS: Value = {"m": MOVED, "z": "b7"}
CHANGED: dict[str, Value] = {
    "pen": {"c": "#123456", "w": 9, "o": 0.5},
    "hl": {"c": "#123456", "w": 9, "o": 0.5},
    "line": {"c": "#123456", "sw": 9, "ds": 2},
    "arrow": {"c": "#123456", "sw": 9, "ds": 2},
    "rect": {"c": "#123456", "sw": 9, "ds": 2, "fill": "#abcdef", "w": 640, "h": 360},
    "ell": {"c": "#123456", "sw": 9, "ds": 2, "fill": "#abcdef", "w": 640, "h": 360},
    "poly": {"c": "#123456", "sw": 9, "ds": 2, "fill": "#abcdef"},
    "text": {"c": "#123456", "fs": 33, "w": 640, "h": 360},
    "note": {"c": "#123456", "fs": 33, "w": 640, "h": 360},
    "tex": {"c": "#123456", "src": "x^2"},
    "img": {"w": 640, "h": 360},
}
"""Of each type by everything."""


def entry(name: str, kind: str, patch: Value, text: str, changed: Value) -> Value:
    element = {"t": kind, **ELEMENTS[kind]}
    whole = {"id": "x-1", "m": IDENTITY, "text": text}
    item = {**element, **whole, **changed}
    return {"name": name, "element": element, "patch": patch, "text": text, "item": item}


def entries() -> list[Value]:
    """Each type without a patch and with everything; then patches alone."""
    words = {"text": "two\nlines", "note": "字 and 🙂"}
    return [
        *(entry(f"{kind} as drawn", kind, {}, words.get(kind, ""), {}) for kind in ELEMENTS),
        *(
            entry(
                f"{kind} with everything",
                kind,
                EVERYTHING,
                words.get(kind, ""),
                {**ALWAYS, **CHANGED[kind]},
            )
            for kind in ELEMENTS
        ),
        entry("a moved stroke", "pen", {"m": MOVED}, "", {"m": MOVED}),
        entry("a fill taken away", "ell", {"fill": ""}, "", {"fill": ""}),
        entry("a solid line", "line", {"ds": 0, "w": 0.5}, "", {"ds": 0, "sw": 0.5}),
        entry("an emptied note", "note", {"c": "#d4ecc8"}, "", {"c": "#d4ecc8"}),
    ]


def text() -> str:
    """The file's text."""
    return "[\n" + ",\n".join(json.dumps(each, sort_keys=True) for each in entries()) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
