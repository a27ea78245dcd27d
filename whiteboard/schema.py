"""What an element (`el`) and a patch (`tf`) may look like: exact keys, types and ranges.

`docs/board.md` has the table in words. Everything else is refused as `schema.value`; whose item it
is, is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from whiteboard.errors import Refused
from whiteboard.stroke import FURTHEST, check_points

LONGEST_SOURCE: Final = 2000
"""Characters of a formula's source."""
LONGEST_TEXT: Final = 5000
"""UTF-16 units of the words of one text or note."""
LATEST: Final = 4e12
"""Milliseconds since 1970: the year 2096."""

_AUTHOR: Final = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
_ORDER: Final = re.compile(r"[0-9A-Za-z]{1,128}").fullmatch
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}").fullmatch
_NUMBERS: Final = frozenset((int, float))
"""By exact type: `True` is no number."""

Check = Callable[[object], bool]


def _number(least: float, most: float) -> Check:
    def check(value: object) -> bool:
        # NaN is in no range.
        return type(value) in _NUMBERS and least <= value <= most  # type: ignore[operator]

    return check


def _text(match: Callable[[str], re.Match[str] | None]) -> Check:
    def check(value: object) -> bool:
        return type(value) is str and match(value) is not None

    return check


def _one_of(*allowed: int) -> Check:
    def check(value: object) -> bool:
        return type(value) in _NUMBERS and value in allowed

    return check


def _colour_or_none(value: object) -> bool:
    return type(value) is str and (value == "" or _COLOUR(value) is not None)


def _source(value: object) -> bool:
    return type(value) is str and len(value) <= LONGEST_SOURCE


def _points(value: object) -> bool:
    if type(value) is not bytes:
        return False
    check_points(value)
    return True


def _matrix(value: object) -> bool:
    return type(value) is list and len(value) == 6 and all(map(_coordinate, value))


_coordinate: Final = _number(-FURTHEST, FURTHEST)
_extent: Final = _number(0, FURTHEST)
_colour: Final = _text(_COLOUR)
_width: Final = _number(0.5, 200)
_opacity: Final = _number(0.05, 1)
_font_size: Final = _number(6, 400)
_dash: Final = _one_of(0, 1, 2)

_COMMON: Final[dict[str, Check]] = {
    "t": lambda _: True,
    "by": _text(_AUTHOR),
    "at": _number(0, LATEST),
    "z": _text(_ORDER),
}
_PLACED: Final[dict[str, Check]] = {**_COMMON, "x": _coordinate, "y": _coordinate}
_BOX: Final[dict[str, Check]] = {**_PLACED, "w": _extent, "h": _extent}
_DRAWN: Final[dict[str, Check]] = {"c": _colour, "sw": _width, "ds": _dash}
_INK: Final[dict[str, Check]] = {
    **_COMMON,
    "c": _colour,
    "w": _width,
    "o": _opacity,
    "d": _points,
    "s": _one_of(0, 1),
}
_LINE: Final[dict[str, Check]] = {**_PLACED, "w": _coordinate, "h": _coordinate, **_DRAWN}
_FILLED: Final[dict[str, Check]] = {**_BOX, **_DRAWN, "fill": _colour_or_none}
_WORDED: Final[dict[str, Check]] = {**_BOX, "c": _colour, "fs": _font_size}

ELEMENTS: Final[dict[str, dict[str, Check]]] = {
    "pen": _INK,
    "hl": _INK,
    "line": _LINE,
    "arrow": _LINE,
    "rect": _FILLED,
    "ell": _FILLED,
    "poly": {**_COMMON, "d": _points, **_DRAWN, "fill": _colour_or_none},
    "text": _WORDED,
    "note": _WORDED,
    "tex": {**_PLACED, "s": _number(0.1, 20), "c": _colour, "src": _source},
    "img": {**_BOX, "asset": _text(_AUTHOR)},
}
PATCH: Final[dict[str, Check]] = {
    "m": _matrix,
    "z": _text(_ORDER),
    "c": _colour,
    "w": _width,
    "o": _opacity,
    "fill": _colour_or_none,
    "fs": _font_size,
    "ds": _dash,
    "bw": _extent,
    "bh": _extent,
    "src": _source,
}


def check_element(value: object) -> str:
    """Refuse what is no element; gives the author it claims to be by."""
    if type(value) is not dict:
        raise Refused("schema.value", "an element is an object")
    kind = value.get("t")
    checks = ELEMENTS.get(kind) if type(kind) is str else None
    if checks is None:
        raise Refused("schema.value", "an element of no known kind")
    if value.keys() != checks.keys():
        raise Refused("schema.value", f"the keys of {kind}")
    for key, check in checks.items():
        if not check(value[key]):
            raise Refused("schema.value", f"{key} of {kind}")
    return str(value["by"])


def check_patch(value: object) -> None:
    """Refuse what is no patch."""
    if type(value) is not dict or not value:
        raise Refused("schema.value", "a patch is an object with at least one key")
    for key, given in value.items():
        check = PATCH.get(key)
        if check is None or not check(given):
            raise Refused("schema.value", f"{key} of a patch")
