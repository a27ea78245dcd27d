"""Decks on the stage of a room: each is a row of pages of the board, put and taken away whole.

The board's state is the whole truth of them; this part only decides how it changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classroom.errors import Refused
from classroom.room.board import BoardState, check_new, see_page
from classroom.room.board_part import BoardPart
from classroom.room.decks_command import LeaveDeck, PlaceDeck
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
        self.checks = {PlaceDeck: self._check_place, LeaveDeck: self._check_leave}
        self.effects = {PlaceDeck: self._place, LeaveDeck: self._leave}

    def _check_place(self, command: PlaceDeck, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        board = self._board.state
        if len(board.placements) >= PLACEMENTS_MAX:
            raise Refused("deck.placed", {"max": PLACEMENTS_MAX})
        leaves = sum(page.placement != "" for page in board.pages)
        if leaves + len(command.pages) > LEAVES_MAX:
            raise Refused("deck.leaves", {"max": LEAVES_MAX})
        check_new(board, [page.id for page in command.pages])

    def _check_leave(self, command: LeaveDeck, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        if not any(one.id == command.placement_id for one in self._board.state.placements):
            raise Refused("deck.unknown")

    def _place(self, command: PlaceDeck, moment: Moment) -> list[Event]:
        board = with_deck(self._board.state, command.placement, command.pages)
        turned = replace(see_page(board, command.page_id), page_id=command.page_id)
        return self._board.show(turned, command.by)

    def _leave(self, command: LeaveDeck, moment: Moment) -> list[Event]:
        return self._board.put(without_deck(self._board.state, command.placement_id))


def pages_of(board: BoardState, placement_id: str) -> tuple[BoardPage, ...]:
    """The pages of a deck, as they stand on the board."""
    return tuple(page for page in board.pages if page.placement == placement_id)


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
