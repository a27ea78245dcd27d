"""What a recording knows of the class and its board, and whom it may name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from classroom.ids import ParticipantId
from classroom.room.board import BoardState
from classroom.room.page import BoardPage
from classroom.room.recording_state import Kind

Line = dict[str, Any]


@dataclass
class Sight:
    """What the recording knows of the class, and whom it may name."""

    may_name: Callable[[ParticipantId], bool]
    """Whether somebody agreed to anything."""
    may: Callable[[ParticipantId, Kind], bool]
    """Whether a kind of theirs is recorded."""
    picture: Callable[[BoardPage], str] = lambda page: ""
    """The name under which the picture under a page is kept; empty for none."""
    words: Callable[[BoardPage], list[str]] = lambda page: []
    """What stands on a slide, as far as it is known."""
    page_of: Callable[[str], BoardPage | None] = lambda page_id: None
    """A page of the board, also a reserved one."""
    hidden_names: Callable[[], Collection[str]] = lambda: ()
    """Of people of the class who may not be named: pages are called after people at times."""
    visited: set[str] = field(default_factory=set)
    """Pages the class was on since the recording began."""
    pages: dict[str, Line] = field(default_factory=dict)
    """As they were told last."""
    page_id: str = ""
    """Where the class is."""
    names: dict[ParticipantId, str] = field(default_factory=dict)
    """Who was told to be in class, and under which name."""
    spotlight: ParticipantId | None = None
    are_groups_open: bool = False
    placements: dict[str, str] = field(default_factory=dict)
    """Names of the decks on the stage."""


def page_line(page: BoardPage, sight: Sight) -> Line:
    """The facts of a page; its picture only under the name it is kept by. A picture of somebody's
    screen that is not kept has no name either: that may be theirs."""
    picture = sight.picture(page)
    is_hidden = page.backdrop.startswith("asset:") and not picture
    is_hidden = is_hidden or any(name in page.name for name in sight.hidden_names() if name)
    line: Line = {
        "id": page.id,
        "name": "" if is_hidden else page.name,
        "paper": page.paper,
        "width": page.width,
        "height": page.height,
        "epoch": page.epoch,
        "kind": page.kind,
        "backdrop": picture,
        "slide": page.slide,
        "step": page.step,
    }
    words = sight.words(page)
    return line | {"words": words} if words else line


def board_lines(board: BoardState, sight: Sight) -> list[Line]:
    """Pages the class was on and that are new or changed, those that are gone, decks that came or
    went, and where the class is. What it was not on says nothing: groups and walls leave pages."""
    lines = [*_deck_lines(board, sight)]
    open_to_all = (page for page in board.pages if page.is_seen and not page.belongs_to)
    sight.visited.add(board.page_id)
    seen = {page.id: page for page in open_to_all if page.id in sight.visited}
    for page_id in [one for one in sight.pages if one not in seen]:
        del sight.pages[page_id]
        lines.append({"event": "page_removed", "id": page_id})
    turned = board.page_id in seen and board.page_id != sight.page_id
    for page in seen.values():
        line = page_line(page, sight)
        if sight.pages.get(page.id) == line:
            continue
        sight.pages[page.id] = line
        if not (turned and page.id == board.page_id):
            lines.append({"event": "page", "page": line})
    if turned:
        sight.page_id = board.page_id
        lines.append({"event": "turned", "page": sight.pages[board.page_id]})
    return lines


def _deck_lines(board: BoardState, sight: Sight) -> Iterable[Line]:
    now = {one.id: one.name for one in board.placements}
    before, sight.placements = sight.placements, now
    for deck in (one for one in now if one not in before):
        yield {"event": "deck", "name": now[deck], "deed": "placed"}
    for deck in (one for one in before if one not in now):
        yield {"event": "deck", "name": before[deck], "deed": "left"}
