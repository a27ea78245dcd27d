"""The board of a live room as a value: its pages in order, the one the class looks at, its pens.

What lies on a page is no matter of this room: a page has an epoch, and its content is a document of
that epoch. Whoever asks has been checked before; `check` refuses what the pages do not allow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.command import (
    AddPage,
    ChangePage,
    ClearPage,
    MovePage,
    PageCommand,
    PageSize,
    RemovePage,
    RestorePage,
    TurnPage,
    UnclearPage,
)
from classroom.room.kinds import Pen
from classroom.room.page import (
    LEFT,
    BoardPage,
    Placement,
    RemovedPage,
    clean_page_name,
    page_like,
)

PAGES_MAX = 200
"""Pages of the board itself, reserved ones counted; those of decks are counted by themselves."""
SIDE_MIN, SIDE_MAX = 64, 20_000
"""Board units; ten long screens of a script are 20 000."""
REMOVED_MAX = 200
"""Pages that can still be brought back; of more, the one removed first is forgotten."""


@dataclass(frozen=True, slots=True)
class BoardState:
    """Invariants: there is a page of the class; page ids are unique; `page_id` is one of the
    class's; `presenter` is staff of the room who is in it, or nobody."""

    board_id: str
    pages: tuple[BoardPage, ...]
    page_id: str
    """The class's page."""
    presenter: ParticipantId | None = None
    """Who showed the board or turned the page last."""
    everyone: Pen = "none"
    """What a student gets who comes in."""
    removed: tuple[RemovedPage, ...] = ()
    placements: tuple[Placement, ...] = ()
    """The decks on the stage, in the order in which they came."""

    @property
    def class_pages(self) -> tuple[BoardPage, ...]:
        """Those that are not reserved, in order."""
        return tuple(page for page in self.pages if not page.belongs_to)

    def page(self, page_id: str) -> BoardPage:
        """The page; Refused `page.unknown`."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise Refused("page.unknown")


def new_board(board_id: str, page_id: str) -> BoardState:
    """One empty page of standard size."""
    return BoardState(board_id, (BoardPage(page_id),), page_id)


# Guards


def check_pages(board: BoardState, command: PageCommand) -> None:
    """Raise Refused when `pages_after` could not do it."""
    match command:
        case AddPage():
            _check_new(board, command)
        case ChangePage():
            _check_change(board, command)
        case MovePage(page_id=page_id, before=before):
            _check_class(board, page_id)
            _check_class(board, before or page_id)
        case RemovePage(page_id=page_id):
            _check_removal(board, page_id)
        case RestorePage(page_id=page_id):
            _removed(board, page_id)
            check_space(board)
        case UnclearPage(page_id=page_id):
            if board.page(page_id).cleared_epoch is None:
                raise Refused("page.not_cleared")
        case TurnPage(page_id=page_id):
            _check_class(board, page_id)
        case ClearPage(page_id=page_id):
            board.page(page_id)
        case _:
            assert_never(command)


def _check_change(board: BoardState, command: ChangePage) -> None:
    """What a slide stands on stays as it is: its picture would be drawn out of shape. What lies
    over a screen has no paper."""
    page = board.page(command.page_id)
    if command.paper is not None or command.size is not None:
        if page.placement:
            raise Refused("page.deck")
        if page.kind == "ink":
            raise Refused("page.reserved")
    clean_page_name(command.name or "")
    _check_size(command.size)


def _check_removal(board: BoardState, page_id: str) -> None:
    page = board.page(page_id)
    if page.placement:
        raise Refused("page.deck")
    if not page.belongs_to and sum(not one.placement for one in board.class_pages) == 1:
        raise Refused("page.last")


def _check_class(board: BoardState, page_id: str) -> None:
    if board.page(page_id).belongs_to:
        raise Refused("page.reserved")


def _check_new(board: BoardState, command: AddPage) -> None:
    for known in (command.after, command.copy_of):
        if known is not None:
            board.page(known)
    clean_page_name(command.name)
    _check_size(command.size)
    check_space(board)
    check_new(board, [command.page_id])


def check_space(board: BoardState, more: int = 1) -> None:
    """Refused `page.limit` when so many more pages would be too many, reserved ones counted."""
    if sum(not page.placement for page in board.pages) + more > PAGES_MAX:
        raise Refused("page.limit", {"max": PAGES_MAX})


def check_new(board: BoardState, page_ids: Iterable[str]) -> None:
    """Refused `page.exists`: every page has an id of its own, those that can come back, too."""
    taken = {page.id for page in board.pages} | {gone.page.id for gone in board.removed}
    if taken.intersection(page_ids):
        raise Refused("page.exists")


def _check_size(size: PageSize | None) -> None:
    """Refused `page.size`; a size without sides is a page without an end."""
    if size is None or (size.width is None and size.height is None):
        return
    for side in (size.width, size.height):
        if side is None or not SIDE_MIN <= side <= SIDE_MAX:
            raise Refused("page.size", {"min": SIDE_MIN, "max": SIDE_MAX})


def _removed(board: BoardState, page_id: str) -> RemovedPage:
    for gone in board.removed:
        if gone.page.id == page_id:
            return gone
    raise Refused("page.unknown")


# What it becomes; a command that was checked cannot fail


def pages_after(board: BoardState, command: PageCommand) -> BoardState:
    """The board after a command that `check_pages` let pass."""
    match command:
        case TurnPage(by=by, page_id=page_id):
            return replace(see_page(board, page_id), page_id=page_id, presenter=by)
        case AddPage():
            return _insert(board, _new_page(board, command), after=_last_before(board, command))
        case ChangePage():
            return _put(board, _changed(board.page(command.page_id), command))
        case MovePage(page_id=page_id, before=before):
            return _move(board, page_id, before)
        case RemovePage(page_id=page_id):
            return _remove(board, page_id)
        case RestorePage(page_id=page_id):
            return _restore(board, _removed(board, page_id))
        case ClearPage(page_id=page_id):
            page = board.page(page_id)
            return _put(board, replace(page, epoch=page.epoch + 1, cleared_epoch=page.epoch))
        case UnclearPage(page_id=page_id):
            page = board.page(page_id)
            return _put(board, replace(page, epoch=page.epoch + 1, cleared_epoch=None))
        case _:
            assert_never(command)


def see_page(board: BoardState, page_id: str) -> BoardState:
    """The class is on that page now: from then on it is everybody's."""
    page = board.page(page_id)
    return board if page.is_seen else _put(board, replace(page, is_seen=True))


def _new_page(board: BoardState, command: AddPage) -> BoardPage:
    new = BoardPage(
        id=command.page_id,
        name=clean_page_name(command.name),
        paper=command.paper,
        width=command.size.width,
        height=command.size.height,
    )
    if command.copy_of is None:
        return new
    original = board.page(command.copy_of)
    return replace(page_like(new, original), is_seen=original.is_seen)


def _last_before(board: BoardState, command: AddPage) -> str | None:
    return command.after if command.after is not None else board.pages[-1].id


def _changed(page: BoardPage, command: ChangePage) -> BoardPage:
    if command.name is not None:
        page = replace(page, name=clean_page_name(command.name))
    if command.paper is not None:
        page = replace(page, paper=command.paper)
    if command.is_locked is not None:
        page = replace(page, is_locked=command.is_locked)
    if command.size is not None:
        page = replace(page, width=command.size.width, height=command.size.height)
    return page


def _put(board: BoardState, changed: BoardPage) -> BoardState:
    pages = tuple(changed if page.id == changed.id else page for page in board.pages)
    return replace(board, pages=pages)


def _insert(board: BoardState, page: BoardPage, *, after: str | None) -> BoardState:
    """Behind a page, or at the beginning."""
    place = 1 + next((i for i, known in enumerate(board.pages) if known.id == after), -1)
    return replace(board, pages=(*board.pages[:place], page, *board.pages[place:]))


def _move(board: BoardState, page_id: str, before: str | None) -> BoardState:
    if before == page_id:
        return board
    moved = board.page(page_id)
    others = [page for page in board.pages if page.id != page_id]
    place = next((i for i, page in enumerate(others) if page.id == before), len(others))
    return replace(board, pages=(*others[:place], moved, *others[place:]))


def _remove(board: BoardState, page_id: str) -> BoardState:
    """The class goes on to its next page, or to its last when there is none."""
    place = next(i for i, page in enumerate(board.pages) if page.id == page_id)
    left = (*board.pages[:place], *board.pages[place + 1 :])
    gone = RemovedPage(board.pages[place], board.pages[place - 1].id if place else None)
    removed = (*board.removed, gone)[-REMOVED_MAX:]
    turned = board.page_id if board.page_id != page_id else _next_page(left, place)
    return replace(board, pages=left, page_id=turned, removed=removed)


def _next_page(left: tuple[BoardPage, ...], place: int) -> str:
    behind = [page.id for page in left[place:] if not page.belongs_to]
    return behind[0] if behind else [page.id for page in left if not page.belongs_to][-1]


def _restore(board: BoardState, gone: RemovedPage) -> BoardState:
    """At its old place: behind the page it stood behind, wherever that is now."""
    removed = tuple(other for other in board.removed if other is not gone)
    known = {page.id for page in board.pages}
    behind = gone.after
    passed: set[str] = set()
    while behind is not None and behind not in known and behind not in passed:
        passed.add(behind)
        behind = next((other.after for other in board.removed if other.page.id == behind), None)
    page = replace(gone.page, belongs_to=LEFT) if gone.page.belongs_to else gone.page
    return _insert(replace(board, removed=removed), page, after=behind)
