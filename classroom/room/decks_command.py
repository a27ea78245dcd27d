"""What can be asked about decks on the stage."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.page import BoardPage, Placement


@dataclass(frozen=True, slots=True)
class PlaceDeck:
    """Put a deck on the stage, anew or as it was put away, and turn to one of its pages."""

    by: ParticipantId
    placement: Placement
    pages: tuple[BoardPage, ...]
    """At least one. All name the placement; their ids are new on this board."""
    page_id: str


@dataclass(frozen=True, slots=True)
class LeaveDeck:
    """Take a deck off the stage with all its pages. Whoever says it has kept them."""

    by: ParticipantId
    placement_id: str


@dataclass(frozen=True, slots=True)
class UpdateDeck:
    """Put another version of a deck in the place of the one on the stage."""

    by: ParticipantId
    placement: Placement
    """Its id is that of the one on the stage."""
    pages: tuple[BoardPage, ...]
    """At least one, by slide and step; as they would come if the deck came clean."""


DecksCommand = PlaceDeck | LeaveDeck | UpdateDeck
