"""Decks on the wire: how far one is that is being made. The library itself goes over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

DeckState = Literal["waiting", "opening", "showing", "ready", "failed"]
"""`showing`: the first page can be put on the stage; the others follow."""


@dataclass(frozen=True, slots=True)
class DeckProgress:
    """How far a deck is, or a new version of one. To staff of rooms in which it was sent or put on
    the stage; at most 5 a second, and always the last one. In no log and no snapshot."""

    NAME: ClassVar[str] = "deck.progress"
    deck_id: str
    print_id: str
    state: DeckState
    done: int
    """Pages that have their pictures."""
    leaves: int
    """Pages there will be; 0 while that is not known."""
    fault: str
    """Why it failed; `error-deck-<fault>` is its sentence."""
    params: dict[str, int]
    """Numbers of that sentence."""


REQUESTS: dict[type[Any], type[Any]] = {}
NOTICES: tuple[type[Any], ...] = (DeckProgress,)
