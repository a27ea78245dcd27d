"""Reserved pages: pages of the class's board that belong to a group or to one person for a while.

Decides what becomes of the list of pages when some are reserved, given to the class, or taken away;
and says as one value who may see which reserved page, with which pen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from classroom.ids import ParticipantId
from classroom.room.board import BoardState, pages_after
from classroom.room.command import RemovePage
from classroom.room.kinds import Pen
from classroom.room.page import LEFT, PAGE_NAME_MAX, BoardPage, page_like


@dataclass(frozen=True, slots=True)
class Reserve:
    """Every reserved page with the people it is there for; staff sees all of them, unnamed."""

    pages: tuple[tuple[str, tuple[tuple[ParticipantId, Pen], ...]], ...] = ()
    """The people named of each page, with their pens on it."""
    own: tuple[tuple[ParticipantId, str], ...] = ()
    """The page everybody works on who has one."""
    shown: str | None = None
    """The page that all look at now."""
    is_named: bool = False
    """Whether all may know whose page is shown."""
    owners: frozenset[ParticipantId] = frozenset()
    """Who works on the page that is shown."""

    def unnamed(self) -> Mapping[str, frozenset[ParticipantId]]:
        """The pages that are shown without telling whose they are, and who knows it all the same:
        those who work on them."""
        return {} if self.shown is None or self.is_named else {self.shown: self.owners}

    def pens(self) -> Mapping[str, Mapping[ParticipantId, Pen]]:
        """By page, then by participant."""
        return {page_id: dict(named) for page_id, named in self.pages}


NOTHING = Reserve()


class Reservations:
    """Who may see the reserved pages now, as the parts that reserved them say."""

    def __init__(self) -> None:
        self.owners: list[Callable[[str], Mapping[ParticipantId, Pen]]] = []
        """Each says of `BoardPage.belongs_to` who works on that page, and with which pen; nobody
        when the page is none of its own. What a later one says of somebody's own page counts."""
        self.shown: Callable[[], tuple[str | None, bool]] = lambda: (None, False)
        """Which page all look at, and whether all may know whose it is."""

    def owners_of(self, belongs_to: str) -> Mapping[ParticipantId, Pen]:
        """Who works on the pages of somebody or of a group."""
        named: dict[ParticipantId, Pen] = {}
        for owners in self.owners:
            named.update(owners(belongs_to))
        return named

    def reserve(self, board: BoardState, people: Iterable[ParticipantId]) -> Reserve:
        """All of it as one value; `people` are in the room."""
        reserved = [page for page in board.pages if page.belongs_to]
        if not reserved:
            return NOTHING
        shown, is_named = self.shown()
        pages: list[tuple[str, tuple[tuple[ParticipantId, Pen], ...]]] = []
        own: dict[ParticipantId, str] = {}
        at_shown: frozenset[ParticipantId] = frozenset()
        for page in reserved:
            named = self.owners_of(page.belongs_to)
            if page.kind != "ink":  # it lies over a screen; nobody works on it in place of another
                own.update(dict.fromkeys(named, page.id))
            if page.id == shown:
                at_shown = frozenset(named)
                named = {**dict.fromkeys(people, "none"), **named}
            pages.append((page.id, tuple(named.items())))
        return Reserve(tuple(pages), tuple(own.items()), shown, is_named, at_shown)


def is_kept(page: BoardPage) -> bool:
    """Whether a page belongs to a group or to somebody of this lesson."""
    return page.belongs_to not in ("", LEFT)


def add_reserved(
    board: BoardState, pages: Sequence[tuple[str, str, str]], like: str | None
) -> BoardState:
    """More pages at the end, each an id that is new for ever, a name, and what it belongs to. They
    have the paper, the size and the picture of `like`, if that is there."""
    model = next((page for page in board.pages if page.id == like), BoardPage(""))
    new = tuple(
        page_like(BoardPage(page_id, name[:PAGE_NAME_MAX], belongs_to=belongs_to), model)
        for page_id, name, belongs_to in pages
    )
    return replace(board, pages=(*board.pages, *new))


def without_owners(board: BoardState, named: Collection[str] = ()) -> BoardState:
    """The board at the beginning of a lesson, or when one goes on: a reserved page that nothing of
    the lesson names is staff's alone, whatever groups and people the lesson has. What was drawn on
    a screen went with it."""
    pages = (
        replace(page, belongs_to=LEFT) if page.belongs_to and page.id not in named else page
        for page in board.pages
        if page.kind != "ink"
    )
    return replace(board, pages=tuple(pages))


def release(board: BoardState, page_ids: Collection[str], names: Mapping[str, str]) -> BoardState:
    """Those pages are the class's from now on: behind its last one, in this order, under `names`.
    One that is not there any more is passed over."""
    free = {page.id: page for page in board.pages if page.id in page_ids and page.belongs_to}
    given = [
        replace(free[one], belongs_to="", name=names.get(one, free[one].name)[:PAGE_NAME_MAX])
        for one in page_ids
        if one in free
    ]
    others = [page for page in board.pages if page.id not in free]
    return replace(board, pages=(*others, *given))


def drop(board: BoardState, page_ids: Collection[str]) -> BoardState:
    """Those reserved pages are removed; brought back, they are the class's."""
    for page_id in page_ids:
        if any(page.id == page_id and page.belongs_to for page in board.pages):
            pages = (replace(p, belongs_to="") if p.id == page_id else p for p in board.pages)
            freed = replace(board, pages=tuple(pages))
            board = pages_after(freed, RemovePage(ParticipantId(""), page_id))
    return board
