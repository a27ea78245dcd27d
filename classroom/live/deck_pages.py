"""The pages of decks as they come onto the stage and are put away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from classroom.clock import iso
from classroom.errors import Refused
from classroom.ids import RoomId, new_id
from classroom.live.board.making import NOT_SAVED
from classroom.live.board_port import DeckDrawer
from classroom.people.seat import SeatClaims
from classroom.room.page import BoardPage, KeptPlacement, Placement, PlacementKind
from classroom.store.deck_placing import StoredDeck
from courseware.deck import Kind
from whiteboard.store import StoreFailed

_KINDS: Mapping[Kind, PlacementKind] = {
    "film": "film",
    "sound": "sound",
    "activity": "activity",
}
"""What is not here has slides."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A deck that can be put on the stage, and the page at which the class begins or goes on."""

    placement: Placement
    pages: tuple[BoardPage, ...]
    page_id: str


class DeckPages:
    """Everything may be Refused `board.not_saved`."""

    def __init__(self, drawer: DeckDrawer, utc_now: Callable[[], datetime]) -> None:
        self._drawer = drawer
        self._utc_now = utc_now

    async def coming(self, seat: SeatClaims, deck_id: str, placement_id: str) -> Coming:
        """A deck, clean or as it was put away. Refused `deck.unknown`, `deck.not_ready`,
        `deck.failed`."""
        with _failing():
            deck = await self._drawer.find(seat.room_id, seat.account_id, deck_id)
            if deck is None:
                raise Refused("deck.unknown")
            if not placement_id:
                return clean(deck, iso(self._utc_now()))
            kept = await self._drawer.take(seat.room_id, placement_id)
        if kept is None or kept.placement.deck_id != deck_id or not kept.pages:
            raise Refused("deck.unknown")
        seen = [page.id for page in kept.pages if page.is_seen]
        page_id = seen[-1] if seen else kept.pages[0].id
        return Coming(kept.placement, kept.pages, page_id)

    async def newest(self, seat: SeatClaims, placement: Placement) -> Coming:
        """The version in use of a deck on the stage, as if it came clean. Refused `deck.unknown`,
        `deck.not_ready`, `deck.failed`."""
        with _failing():
            deck = await self._drawer.find(seat.room_id, seat.account_id, placement.deck_id)
        if deck is None:
            raise Refused("deck.unknown")
        return clean(deck, placement.begun_at, placement.id)

    async def note_placed(self, room_id: RoomId, deck_id: str) -> None:
        """It is on the stage."""
        with _failing():
            await self._drawer.placed(deck_id, room_id, self._utc_now())

    async def keep(self, room_id: RoomId, placement: Placement, pages: Sequence[BoardPage]) -> None:
        """Return when it is stored as put away."""
        with _failing():
            await self._drawer.keep(room_id, placement, pages, self._utc_now())

    async def kept(self, room_id: RoomId, deck_id: str) -> list[KeptPlacement]:
        """What was put away of a deck, the last first."""
        with _failing():
            return await self._drawer.kept(room_id, deck_id)


def clean(deck: StoredDeck, begun_at: str, placement_id: str = "") -> Coming:
    """A page for each leaf, or one on which it plays; none was seen yet. Refused `deck.failed`,
    `deck.not_ready`."""
    if deck.state == "failed":
        raise Refused("deck.failed")
    if not deck.is_ready:
        raise Refused("deck.not_ready")
    kind = _KINDS.get(deck.kind, "slides")
    own = placement_id or new_id()
    placement = Placement(own, deck.deck_id, deck.print_id, deck.name, kind, begun_at)
    pages = _leaves(deck, placement.id) if kind == "slides" else (_stage_of(deck, placement.id),)
    return Coming(placement, pages, pages[0].id)


def _stage_of(deck: StoredDeck, placement_id: str) -> BoardPage:
    """The one page on which it plays."""
    return BoardPage(
        id=f"{placement_id}-1-0",
        paper="plain",
        kind="activity" if deck.kind == "activity" else "film",
        backdrop=deck.played,
        placement=placement_id,
        slide=1,
        is_seen=False,
    )


def _leaves(deck: StoredDeck, placement_id: str) -> tuple[BoardPage, ...]:
    return tuple(
        BoardPage(
            id=f"{placement_id}-{one.leaf.slide}-{one.leaf.step}",
            paper="plain",
            width=one.leaf.width,
            height=one.leaf.height,
            kind="slide",
            backdrop=one.address,
            placement=placement_id,
            slide=one.leaf.slide,
            step=one.leaf.step,
            is_seen=False,
        )
        for one in deck.leaves
    )


@contextmanager
def _failing() -> Iterator[None]:
    """A store that cannot is refused."""
    try:
        yield
    except StoreFailed as failure:
        raise Refused(NOT_SAVED) from failure
