"""Drawing on the shared screen as a value: whose share has ink, and who may draw on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId

Look = Literal["fade", "stay"]
"""Whether what is drawn goes by itself after some seconds."""


@dataclass(frozen=True, slots=True)
class InkState:
    """Invariants: `page_id` and `share_of` are empty together; the page is reserved, of kind "ink",
    and there is no other one; `share_of` has the stage."""

    page_id: str = ""
    """The page that lies over the picture; empty before somebody began to draw."""
    share_of: ParticipantId | None = None
    look: Look = "stay"
    is_open: bool = True
    """Whether everybody with a pen draws, or staff and whoever shares alone."""

    @property
    def belongs_to(self) -> str:
        """What the page is reserved for."""
        return f"ink-{self.page_id}"
