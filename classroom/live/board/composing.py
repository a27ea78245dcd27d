"""Puts a live board together: its core, its store, its page list, and what drives them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from classroom.live.board.errands import Errands
from classroom.live.board.keeper import PageKeeper
from classroom.live.board.live_board import LiveBoard, lasting
from classroom.live.board.making import PageMaking
from classroom.live.board.shelf import PageShelf
from classroom.room.board import BoardState
from whiteboard.board import Board
from whiteboard.ids import BoardId
from whiteboard.store import BoardStore


def open_board(
    state: BoardState,
    store: BoardStore,
    save: Callable[[BoardState], Awaitable[None]],
    monotonic: Callable[[], float],
    *,
    is_new: bool,
) -> LiveBoard:
    """A live board nobody is at yet. `save` stores the page list, or raises StoreFailed; `is_new`:
    it never was stored. Needs a running loop."""
    core = Board(BoardId(state.board_id))
    keeper = PageKeeper(save, None if is_new else lasting(state), board=state.board_id)
    shelf = PageShelf(store, keeper.kept)
    making = PageMaking(state, shelf, keeper, core.page)
    return LiveBoard(core, keeper, making, Errands(core, shelf, monotonic), monotonic)
