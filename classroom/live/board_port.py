"""Where the boards of rooms are kept, and the decks on them: in the library, and put away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from classroom.ids import AccountId, RoomId
from classroom.room.board import BoardState
from classroom.room.page import BoardPage, KeptPlacement, Placement
from classroom.store.deck_placing import StoredDeck
from whiteboard.store import BoardStore


@dataclass(frozen=True, slots=True)
class DeckDrawer:
    """Where decks are kept. Everything may raise `whiteboard.store.StoreFailed`."""

    find: Callable[[RoomId, AccountId | None, str], Awaitable[StoredDeck | None]]
    """A deck that staff with this account may put on the room's stage."""
    placed: Callable[[str, RoomId, datetime], Awaitable[None]]
    """A deck was put on the stage of a room."""
    keep: Callable[[RoomId, Placement, Sequence[BoardPage], datetime], Awaitable[None]]
    """It is put away, with its pages."""
    kept: Callable[[RoomId, str], Awaitable[list[KeptPlacement]]]
    """Of a deck, what was put away in a room; the last first."""
    take: Callable[[RoomId, str], Awaitable[KeptPlacement | None]]
    """One of them."""


@dataclass(frozen=True, slots=True)
class BoardDrawer:
    """Where boards are kept. Everything may raise `whiteboard.store.StoreFailed`."""

    store: BoardStore
    """What lies on the pages."""
    load: Callable[[RoomId], Awaitable[BoardState | None]]
    """The room's pages; None when there never was a board. Nobody is in the room now."""
    save: Callable[[RoomId, BoardState], Awaitable[None]]
    decks: DeckDrawer
