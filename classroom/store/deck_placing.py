"""A deck as the stage needs it: its leaves with their addresses. May raise StoreFailed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classroom.ids import AccountId, RoomId
from classroom.store.boards import failing
from classroom.store.deck_prints import print_files
from classroom.store.deck_states import PrintState
from classroom.store.decks import Reader, find_deck, owner_of
from classroom.store.rooms import RoomRow, room_by_id
from courseware.deck import Kind, Leaf

PLAYED: frozenset[Kind] = frozenset(("film", "sound", "activity"))
"""Kinds that have no leaves and play on one page."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where what belongs to a print is fetched."""

    leaf: Callable[[str, int, int], str]
    """By slide and step."""
    played: Callable[[str, str], str]
    """A film, a sound or an activity, by the ending of its name."""


@dataclass(frozen=True, slots=True)
class PlacedLeaf:
    """A leaf, and where its pictures are."""

    leaf: Leaf
    address: str


@dataclass(frozen=True, slots=True)
class StoredDeck:
    """The version of a deck that is in use. While it is `showing` its first leaf has a picture, and
    `leaves` are all there will be. What plays has an address instead, when it is ready."""

    deck_id: str
    print_id: str
    name: str
    kind: Kind
    state: PrintState
    leaves: tuple[PlacedLeaf, ...]
    played: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether its first leaf can be shown, or it can be played."""
        has_any = bool(self.leaves or self.played)
        return has_any and self.state in ("showing", "ready")


def reader_in(room: RoomRow, account_id: AccountId | str | None) -> Reader:
    """As whom staff of a class look at decks: at the room's, and at all of an own account. In a
    room nobody owns the library is the room's."""
    own = account_id or ("" if room.owner_id else owner_of(None, room.id))
    return Reader(own, room.id)


async def deck_to_place(
    room_id: RoomId, account_id: AccountId | None, deck_id: str, address: Addresses
) -> StoredDeck | None:
    """A deck that staff with this account may put on the room's stage, or None."""
    with failing():
        room = await room_by_id(room_id)
    deck = None if room is None else await find_deck(reader_in(room, account_id), deck_id)
    if deck is None:
        return None
    used = deck.used.print
    leaves = (
        PlacedLeaf(leaf, address.leaf(used.id, leaf.slide, leaf.step)) for leaf in used.leaves
    )
    return StoredDeck(
        deck_id=deck.id,
        print_id=used.id,
        name=deck.name,
        kind=used.kind,
        state=used.state,
        leaves=tuple(leaves),
        played=await _played(used.id, address) if used.kind in PLAYED else "",
    )


async def _played(print_id: str, address: Addresses) -> str:
    """Empty when its file is gone meanwhile."""
    sent = (name for name in await print_files(print_id) if "/" not in name)
    endings = (name.rpartition(".")[2] for name in sent)
    return next((address.played(print_id, ending) for ending in endings), "")
