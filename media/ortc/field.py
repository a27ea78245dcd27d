"""Fields of JSON that a browser sent, checked for type, size and alphabet.

Decides nothing about RTP. Every text is bounded and free of control characters, because texts of
one participant end up in lines of session descriptions that other participants' browsers read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from media.errors import Refused

CODE = "rtp.parameters"

NAME = re.compile(r"[!-~]{1,32}")  # MID and RID; no spaces
URI = re.compile(r"[!-~]{1,256}")
LABEL = re.compile(r"[A-Za-z0-9._/-]{1,64}")  # names of parameters and feedback
VALUE = re.compile(r"[ -:<-~]{0,256}")  # printable, without the semicolon that ends a parameter


def refused(name: str, reason: str) -> Refused:
    """The refusal of field `name`; to be raised by the caller."""
    return Refused(CODE, f"{name}: {reason}")


def members(value: object, name: str) -> Mapping[str, object]:
    """An object; null or absent counts as empty."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise refused(name, "not an object")
    return cast("dict[str, object]", value)  # JSON objects have string keys


def items(value: object, name: str, *, most: int) -> list[object]:
    """An array of at most `most` items; null or absent counts as empty."""
    if value is None:
        return []
    if not isinstance(value, list | tuple) or len(value) > most:
        raise refused(name, f"not an array of at most {most}")
    return list(value)


def text(value: object, name: str, alphabet: re.Pattern[str]) -> str:
    """A string that `alphabet` matches in full."""
    if not isinstance(value, str) or not alphabet.fullmatch(value):
        raise refused(name, "not an acceptable string")
    return value


def optional_text(value: object, name: str, alphabet: re.Pattern[str]) -> str | None:
    """As `text`; null, absent or empty is None."""
    return None if value is None or value == "" else text(value, name, alphabet)


def integer(value: object, name: str, low: int, high: int) -> int:
    """A whole number in low..high."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise refused(name, f"not a whole number in {low}..{high}")
    return value


def optional_integer(value: object, name: str, low: int, high: int) -> int | None:
    """As `integer`; null or absent is None."""
    return None if value is None else integer(value, name, low, high)


def flag(value: object, name: str) -> bool:
    """A boolean; null or absent is False."""
    if value is not None and not isinstance(value, bool):
        raise refused(name, "not a boolean")
    return bool(value)
