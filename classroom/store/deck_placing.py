"""A deck as the stage needs it: its leaves with their addresses. May raise StoreFailed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classroom.ids import AccountId, RoomId
from classroom.store.boards import failing
from classroom.store.deck_states import PrintState
from classroom.store.decks import Reader, find_deck, owner_of
from classroom.store.rooms import RoomRow, room_by_id
from courseware.deck import Kind, Leaf

Address = Callable[[str, int, int], str]
"""Where a leaf is: of the print, by slide and step."""


@dataclass(frozen=True, slots=True)
class PlacedLeaf:
    """A leaf, and where its pictures are."""

    leaf: Leaf
    address: str


@dataclass(frozen=True, slots=True)
class StoredDeck:
    """The version of a deck that is in use. While it is `showing` its first leaf has a picture, and
    `leaves` are all there will be."""

    deck_id: str
    print_id: str
    name: str
    kind: Kind
    state: PrintState
    leaves: tuple[PlacedLeaf, ...]

    @property
    def is_ready(self) -> bool:
        """Whether its first leaf can be shown."""
        return self.state in ("showing", "ready")


def reader_in(room: RoomRow, account_id: AccountId | str | None) -> Reader:
    """As whom staff of a class look at decks: at the room's, and at all of an own account. In a
    room nobody owns the library is the room's."""
    own = account_id or ("" if room.owner_id else owner_of(None, room.id))
    return Reader(own, room.id)


async def deck_to_place(
    room_id: RoomId, account_id: AccountId | None, deck_id: str, address: Address
) -> StoredDeck | None:
    """A deck that staff with this account may put on the room's stage, or None."""
    with failing():
        room = await room_by_id(room_id)
    deck = None if room is None else await find_deck(reader_in(room, account_id), deck_id)
    if deck is None:
        return None
    used = deck.used.print
    leaves = (PlacedLeaf(leaf, address(used.id, leaf.slide, leaf.step)) for leaf in used.leaves)
    return StoredDeck(deck.id, used.id, deck.name, used.kind, used.state, tuple(leaves))
