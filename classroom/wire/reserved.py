"""Pages of the board that are not the class's, as they cross the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from classroom.wire.values import BoardPage


@dataclass(frozen=True, slots=True)
class Reserved:
    """What one participant may open beside the pages of the class."""

    pages: list[BoardPage] = field(default_factory=list)
    """Of staff all of them. One that is shown without a name has none here either."""
    own: str = ""
    """The page one works on; empty without one."""
    shown: str = ""
    """The page that everybody looks at now; empty without one."""


@dataclass(frozen=True, slots=True)
class BoardReserved:
    """What of the board is reserved for this participant from now on."""

    NAME: ClassVar[str] = "board.reserved"
    pages: list[BoardPage]
    own: str
    shown: str


REQUESTS: dict[type[Any], type[Any]] = {}
NOTICES: tuple[type[Any], ...] = (BoardReserved,)
