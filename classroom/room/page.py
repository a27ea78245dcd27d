"""A page of the board as a value, and the decks that pages come from.

What lies on a page is a document of its own; what lies under it is named by an opaque address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from classroom.errors import Refused
from classroom.room.kinds import PageKind, Paper

PAGE_NAME_MAX = 60
STANDARD = (1280, 720)
"""Width and height of a page, in board units."""
LEFT = "left"
"""What a reserved page belongs to that is nobody's any more: only staff sees it."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

PlacementKind = Literal["slides", "film", "sound", "activity"]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """`width` and `height` are None together: such a page has no end."""

    id: str
    name: str = ""
    paper: Paper = "dots"
    width: int | None = STANDARD[0]
    height: int | None = STANDARD[1]
    is_locked: bool = False
    """Only staff draws on it."""
    epoch: int = 0
    cleared_epoch: int | None = None
    """The earlier epoch that bringing back brings back."""
    belongs_to: str = ""
    """"" for a page of the class; else it is reserved: for a group, or for somebody."""
    kind: PageKind = "page"
    backdrop: str = ""
    """Where the picture under the page is found; empty for paper alone."""
    placement: str = ""
    """The deck on the stage it is a page of; empty for a page of the board itself."""
    slide: int = 0
    """Which slide of that deck, from 1."""
    step: int = 0
    """Which click of that slide, from 0."""
    is_seen: bool = True
    """Whether the class was on it. Until then it is there for staff alone."""


@dataclass(frozen=True, slots=True)
class RemovedPage:
    page: BoardPage
    after: str | None
    """The page it stood behind; None when it was the first."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A deck on the stage: its pages name it."""

    id: str
    deck_id: str
    print_id: str
    """What was made of the deck's file; the pictures of the pages are of it."""
    name: str
    kind: PlacementKind
    begun_at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class PlacedDeck:
    """A deck on the stage, with its pages."""

    placement: Placement
    pages: tuple[BoardPage, ...]


@dataclass(frozen=True, slots=True)
class KeptPlacement:
    """A deck that was put away, with its pages as they were then."""

    placement: Placement
    pages: tuple[BoardPage, ...]
    left_at: datetime


def clean_page_name(text: str) -> str:
    """One line without blank ends; may be empty. Refused `page.name_long`."""
    name = " ".join(_CONTROLS.sub(" ", text).split())
    if len(name) > PAGE_NAME_MAX:
        raise Refused("page.name_long", {"max": PAGE_NAME_MAX})
    return name


def page_like(page: BoardPage, model: BoardPage) -> BoardPage:
    """A page with the paper, the size and the picture of another one. It belongs to no deck, and
    what plays or shows through on the other one does not on it."""
    has_picture = model.kind in ("page", "slide")
    return replace(
        page,
        paper=model.paper,
        width=model.width,
        height=model.height,
        backdrop=model.backdrop if has_picture else "",
    )
