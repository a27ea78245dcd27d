"""The pages of the ink on a shared screen: the one that lies over it, and those made of it.

The first is reserved and without an end: 1280 of its units are the width of the picture, whatever
the height is. Each function gives the board as it becomes.
"""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.room.board import (
    SIDE_MAX,
    SIDE_MIN,
    BoardState,
    check_new,
    check_space,
    pages_after,
)
from classroom.room.command import ClearPage, UnclearPage
from classroom.room.ink_command import ClearInk, FreezeInk, UnclearInk
from classroom.room.ink_state import InkState
from classroom.room.page import STANDARD, BoardPage, clean_page_name


def check_page(board: BoardState, page_id: str) -> None:
    """Refused `page.limit`, `page.exists` when there cannot be one more of this id."""
    check_space(board)
    check_new(board, [page_id])


def check_frozen(board: BoardState, command: FreezeInk) -> None:
    """Refused when `with_frozen` could not be: `page.name_long`, `page.size` and as above."""
    clean_page_name(command.name)
    if not SIDE_MIN <= command.height <= SIDE_MAX:
        raise Refused("page.size", {"min": SIDE_MIN, "max": SIDE_MAX})
    check_page(board, command.page_id)


def with_ink(board: BoardState, ink: InkState) -> BoardState:
    """With a page that lies over the screen."""
    page = BoardPage(
        ink.page_id,
        paper="plain",
        width=None,
        height=None,
        belongs_to=ink.belongs_to,
        kind="ink",
    )
    return replace(board, pages=(*board.pages, page))


def without_ink(board: BoardState, ink: InkState) -> BoardState:
    """Without it; it does not come back."""
    return replace(board, pages=tuple(page for page in board.pages if page.id != ink.page_id))


def with_epoch(board: BoardState, ink: InkState, command: ClearInk | UnclearInk) -> BoardState:
    """With that page emptied, or with what was cleared."""
    kind = ClearPage if isinstance(command, ClearInk) else UnclearPage
    return pages_after(board, kind(command.by, ink.page_id))


def with_frozen(board: BoardState, command: FreezeInk) -> BoardState:
    """With a page of the class made of a picture, behind the class's page, which it becomes."""
    page = BoardPage(
        command.page_id,
        name=clean_page_name(command.name),
        paper="plain",
        width=STANDARD[0],
        height=command.height,
        backdrop=command.backdrop,
    )
    place = 1 + [one.id for one in board.pages].index(board.page_id)
    pages = (*board.pages[:place], page, *board.pages[place:])
    return replace(board, pages=pages, page_id=page.id)
