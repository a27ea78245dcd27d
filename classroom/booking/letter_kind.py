"""The kinds of letters, and until when each of them says something that is true.

A letter may wait long for its mail server. What it says of a booking is looked at again at the
moment it is sent: nothing is sent for what was moved, cancelled or is over meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

LetterKind = Literal[
    "made",
    "confirm",
    "moved",
    "cancelled",
    "reminder",
    "lesson",
    "offered",
    "series",
    "summary",
    "receipt",
    "invoice",
    "rating",
    "missed",
    "digits",
    "feed_broken",
    "zone_drifted",
    "erased",
    "host_made",
    "host_moved",
    "host_cancelled",
    "host_emptied",
    "host_series",
]
"""`lesson` reminds of one in a room's timetable. `offered`: a time became free for somebody on the
waiting list. `digits`: those that show whose an address is. The `host_` ones go to whom the
appointment is with; `host_emptied`: to a lesson of a group nobody comes any more."""

LETTER_KINDS: tuple[LetterKind, ...] = get_args(LetterKind)
OPEN = frozenset({"unconfirmed", "unpaid", "booked", "live", "held", "missed"})
"""States of a booking in which it was not cancelled."""
STANDS: Mapping[str, frozenset[str]] = {
    "reminder": frozenset({"booked"}),
    "confirm": frozenset({"unconfirmed"}),
    "offered": frozenset({"unconfirmed"}),
    "rating": frozenset({"held"}),
    "missed": frozenset({"missed"}),
}
SHORT_LIVED = frozenset({"reminder", "lesson", "confirm", "digits", "offered"})
"""Kinds that are dropped, and not failed, when their time is over."""


def doubt(kind: str, *, revision: int, now_revision: int, state: str) -> str:
    """Why a letter about a booking is no more true: "moved", "cancelled" or "over"; "" when it is.

    `revision` is that of the booking when the letter was written; `state` the booking's state now.
    """
    if state in ("cancelled", "lapsed"):
        return "cancelled"
    if revision != now_revision:
        return "moved"
    return "" if state in STANDS.get(kind, OPEN) else "over"


def letters_of(
    deed: str, before: str, after: str, *, is_listed: bool = False
) -> tuple[LetterKind, ...]:
    """The letters that a change of a booking brings, by its states before ("" for none) and after.

    `is_listed`: it was made for somebody on the waiting list.
    """
    if after == "unconfirmed" and deed == "make":
        return ("offered",) if is_listed else ("confirm",)
    if after == "booked" and before != "booked":
        return ("made", "host_made")
    if deed == "move" and after == "booked":
        return ("moved", "host_moved")
    if deed == "cancel" and before == "unpaid":
        return ("cancelled",)  # its host was never told of it
    if deed == "cancel" and before == "booked":
        return ("cancelled", "host_cancelled")
    if deed == "held":
        return ("rating",)
    if deed == "missed":
        return ("missed",)
    return ()
