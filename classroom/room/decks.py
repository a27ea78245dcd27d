"""Decks on the stage of a room: each is a row of pages of the board, put and taken away whole.

The board's state is the whole truth of them; this part only decides how it changes.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from classroom.errors import Refused
from classroom.room.board import BoardState, check_new, see_page
from classroom.room.board_part import BoardPart
from classroom.room.decks_command import LeaveDeck, PlaceDeck, UpdateDeck
from classroom.room.ground import Ground
from classroom.room.page import BoardPage, Placement
from classroom.room.part import Event, Moment, Part

PLACEMENTS_MAX = 8
LEAVES_MAX = 1000
"""Pages of all decks on a board."""


class DecksPart(Part):
    """Invariants: every page that names a placement names one of the board's, and each of these
    has a page; none of them is reserved or can be brought back."""

    def __init__(self, ground: Ground, board: BoardPart) -> None:
        self._ground = ground
        self._board = board
        self.checks = {
            PlaceDeck: self._check_place,
            LeaveDeck: self._check_leave,
            UpdateDeck: self._check_update,
        }
        self.effects = {
            PlaceDeck: self._place,
            LeaveDeck: self._leave,
            UpdateDeck: self._update,
        }

    def _check_place(self, command: PlaceDeck, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        board = self._board.state
        if len(board.placements) >= PLACEMENTS_MAX:
            raise Refused("deck.placed", {"max": PLACEMENTS_MAX})
        _check_leaves(with_deck(board, command.placement, command.pages))
        check_new(board, [page.id for page in command.pages])

    def _check_leave(self, command: LeaveDeck, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        _must_be_placed(self._board.state, command.placement_id)

    def _check_update(self, command: UpdateDeck, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        board = self._board.state
        _must_be_placed(board, command.placement.id)
        known = {page.id for page in pages_of(board, command.placement.id)}
        check_new(board, {page.id for page in command.pages} - known)
        _check_leaves(with_version(board, command.placement, command.pages))

    def _place(self, command: PlaceDeck, moment: Moment) -> list[Event]:
        board = with_deck(self._board.state, command.placement, command.pages)
        turned = replace(see_page(board, command.page_id), page_id=command.page_id)
        return self._board.show(turned, command.by)

    def _leave(self, command: LeaveDeck, moment: Moment) -> list[Event]:
        return self._board.put(without_deck(self._board.state, command.placement_id))

    def _update(self, command: UpdateDeck, moment: Moment) -> list[Event]:
        return self._board.put(with_version(self._board.state, command.placement, command.pages))


def pages_of(board: BoardState, placement_id: str) -> tuple[BoardPage, ...]:
    """The pages of a deck, as they stand on the board."""
    return tuple(page for page in board.pages if page.placement == placement_id)


def _must_be_placed(board: BoardState, placement_id: str) -> None:
    if not any(one.id == placement_id for one in board.placements):
        raise Refused("deck.unknown")


def _check_leaves(board: BoardState) -> None:
    if sum(page.placement != "" for page in board.pages) > LEAVES_MAX:
        raise Refused("deck.leaves", {"max": LEAVES_MAX})


def with_deck(board: BoardState, placement: Placement, pages: Sequence[BoardPage]) -> BoardState:
    """The board with one deck more: behind the class's page, or behind the deck that page is of."""
    here = board.page(board.page_id)
    among = [
        place
        for place, page in enumerate(board.pages)
        if page.id == here.id or (here.placement and page.placement == here.placement)
    ]
    place = among[-1] + 1
    return replace(
        board,
        pages=(*board.pages[:place], *pages, *board.pages[place:]),
        placements=(*board.placements, placement),
    )


def without_deck(board: BoardState, placement_id: str) -> BoardState:
    """The board without a deck. A class that was on it goes to the page before it, or else to the
    first one after; there is always a page of the class that is of no deck."""
    left = tuple(page for page in board.pages if page.placement != placement_id)
    placements = tuple(one for one in board.placements if one.id != placement_id)
    page_id = board.page_id
    if board.page(page_id).placement == placement_id:
        page_id = _nearest(board, placement_id)
    board = replace(board, pages=left, placements=placements)
    return replace(see_page(board, page_id), page_id=page_id)


def with_version(board: BoardState, placement: Placement, pages: Sequence[BoardPage]) -> BoardState:
    """The board with another version of a deck. A page of the same slide and step stays what it
    was, with what was drawn on it, over the new picture. One the new version has not goes, or
    stays with its old picture when the class was on it. New ones stand in their order."""
    new = {page.id: page for page in pages}
    left = [
        _over(page, new.get(page.id)) if page.placement == placement.id else page
        for page in board.pages
        if page.placement != placement.id or page.is_seen or page.id in new
    ]
    stand = _in_order(left, placement.id, pages)
    placements = tuple(placement if one.id == placement.id else one for one in board.placements)
    return replace(board, pages=stand, placements=placements)


def _in_order(
    left: Sequence[BoardPage], placement_id: str, pages: Sequence[BoardPage]
) -> tuple[BoardPage, ...]:
    """The pages that are left, and behind each those of the deck that are new and come after it;
    there is one of the deck's, for the class was on one."""
    known = sorted(
        (page.slide, page.step, page.id) for page in left if page.placement == placement_id
    )
    there = {page_id for _, _, page_id in known}
    first = next(page.id for page in left if page.id in there)
    before: list[BoardPage] = []
    behind: dict[str, list[BoardPage]] = {}
    for page in pages:
        if page.id not in there:
            at = bisect(known, (page.slide, page.step, page.id))
            (behind.setdefault(known[at - 1][2], []) if at else before).append(page)
    stand: list[BoardPage] = []
    for page in left:
        stand += [*(before if page.id == first else ()), page, *behind.get(page.id, ())]
    return tuple(stand)


def _over(page: BoardPage, new: BoardPage | None) -> BoardPage:
    """The page over the picture of the new one."""
    if new is None:
        return page
    return replace(page, kind=new.kind, backdrop=new.backdrop, width=new.width, height=new.height)


def _nearest(board: BoardState, placement_id: str) -> str:
    before: str | None = None
    has_passed = False
    for page in board.class_pages:
        if page.placement == placement_id:
            has_passed = True
        elif not has_passed:
            before = page.id
        elif before is None:
            return page.id
    assert before is not None, "the last page that is of no deck is never removed"
    return before
