"""What a file that somebody sends may be called, here and on the disks it is saved to. A core."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

NAME_MAX = 180
ENDING_MAX = 10
_FORBIDDEN = re.compile(r'[<>:"|?*]')
"""What a name on Windows may not have."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories: controls, what turns the direction of text around, halves of characters."""
_JOINERS = "\u200c\u200d"
"""Needed inside Persian and Indic words and in emoji."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows takes for something else."""


def clean_name(name: str) -> str:
    """A plain name without folders: visible characters, at most NAME_MAX of them with its ending,
    which stays; "file" when nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(
        sign for sign in last if unicodedata.category(sign) not in _HIDDEN or sign in _JOINERS
    )
    stem, ending = _parted(" ".join(_FORBIDDEN.sub("_", visible).split()).rstrip(". "))
    stem = stem[: NAME_MAX - len(ending)].strip(". ") or "file"
    whole = stem + ending
    return f"_{whole}" if _DEVICES.fullmatch(whole) else whole


def ending_of(name: str) -> str:
    """Its ending in lower case, without the dot; empty when it has none."""
    return _parted(name)[1][1:].lower()


def unlike(names: Iterable[str]) -> Iterator[str]:
    """The same names in their order, where one that came before gets " (2)" and so on. Case makes
    no difference, because it makes none on most disks."""
    seen: set[str] = set()
    for name in names:
        stem, ending = _parted(name)
        chosen, number = name, 1
        while chosen.casefold() in seen:
            number += 1
            chosen = f"{stem} ({number}){ending}"
        seen.add(chosen.casefold())
        yield chosen


def _parted(name: str) -> tuple[str, str]:
    """Before the last dot, and from it; a long ending is none."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending or len(ending) > ENDING_MAX or " " in ending:
        return name, ""
    return stem, dot + ending
