"""Decks on the wire: those on the stage, and how far one is that is being made. The library itself
goes over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from classroom.wire.requests import Done
from classroom.wire.values import Id

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


@dataclass(frozen=True, slots=True)
class DeckPlaced:
    placement_id: str


@dataclass(frozen=True, slots=True)
class PlaceDeck:
    """Put a deck on the stage, behind the class's page, and turn to it: clean, or with
    `placement_id` as it was put away, with what was drawn on it."""

    NAME: ClassVar[str] = "deck.place"
    deck_id: Id
    placement_id: Id | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class LeaveDeck:
    """Take a deck off the stage; it is kept with what was drawn on it."""

    NAME: ClassVar[str] = "deck.leave"
    placement_id: Id


@dataclass(frozen=True, slots=True)
class UpdateDeck:
    """Put the version that is in use now in the place of the one on the stage. Pages of the same
    slide and step keep what was drawn on them."""

    NAME: ClassVar[str] = "deck.update"
    placement_id: Id


@dataclass(frozen=True, slots=True)
class ListPlacements:
    """How often a deck was put away in this room."""

    NAME: ClassVar[str] = "deck.placements"
    deck_id: Id


@dataclass(frozen=True, slots=True)
class PutAway:
    """A deck as it was put away."""

    id: str
    begun_at: str
    """ISO 8601, UTC, as `left_at`."""
    left_at: str
    slides: int


@dataclass(frozen=True, slots=True)
class Placements:
    """The one put away last first; what is on the stage is not among them."""

    placements: list[PutAway]


REQUESTS: dict[type[Any], type[Any]] = {
    PlaceDeck: DeckPlaced,
    LeaveDeck: Done,
    UpdateDeck: Done,
    ListPlacements: Placements,
}
NOTICES: tuple[type[Any], ...] = (DeckProgress,)
