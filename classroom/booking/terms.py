"""Until when a client may move or cancel by themselves, and how often. A core.

An organisation has terms, and an offer may have its own over them. Whoever is the host's is not
bound by them. What is paid back is decided elsewhere, by the same JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from classroom.errors import Refused

HOURS_MAX = 24 * 60
MOVES_MAX = 50


@dataclass(frozen=True, slots=True)
class Terms:
    """`hours` before the beginning a client may change for the last time; `moves` times in all."""

    hours: int = 24
    moves: int = 3

    def last_s(self, from_s: int) -> int:
        """The last second at which an appointment that begins then may be changed."""
        return from_s - self.hours * 3600


def read_terms(org: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> Terms:
    """Of an organisation's stored terms and an offer's own; what is missing is the default."""
    stored = {**org, **(own or {})}
    return Terms(
        hours=_number(stored.get("hours"), 24, HOURS_MAX),
        moves=_number(stored.get("moves"), 3, MOVES_MAX),
    )


def check_terms(news: Mapping[str, Any]) -> None:
    """Refused `body.malformed` when `hours` or `moves` cannot be; other keys are not ours."""
    for name, most in (("hours", HOURS_MAX), ("moves", MOVES_MAX)):
        if name in news and not (type(news[name]) is int and 0 <= news[name] <= most):
            raise Refused("body.malformed", {"field": name})


def refusal(
    terms: Terms, what: Literal["move", "cancel"], *, from_s: int, moves: int, now_s: int
) -> Refused | None:
    """Why a client may not do this any more by themselves; None when they may."""
    if now_s >= from_s:
        return Refused("booking.begun")
    if now_s > terms.last_s(from_s):
        return Refused("booking.late")
    if what == "move" and moves >= terms.moves:
        return Refused("booking.moves", {"max": terms.moves})
    return None


def _number(value: object, otherwise: int, most: int) -> int:
    return value if type(value) is int and 0 <= value <= most else otherwise
