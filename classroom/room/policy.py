"""Who may do what in a live room. Questions only; nothing here changes anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.people.role import Role
from classroom.room.command import Pen, Source

Right = Literal[
    "may_speak",
    "may_show_camera",
    "may_share",
    "may_chat",
    "may_end",
    "may_lead_board",
    "may_watch_network",
]


@dataclass(frozen=True, slots=True)
class Rights:
    may_speak: bool
    may_show_camera: bool
    may_share: bool
    may_chat: bool
    may_end: bool
    may_lead_board: bool
    may_watch_network: bool


_STAFF = Rights(
    may_speak=True,
    may_show_camera=True,
    may_share=True,
    may_chat=True,
    may_end=True,
    may_lead_board=True,
    may_watch_network=True,
)
RIGHTS: dict[Role, Rights] = {
    "host": _STAFF,
    "assistant": _STAFF,
    "student": Rights(
        may_speak=True,
        may_show_camera=True,
        may_share=True,
        may_chat=True,
        may_end=False,
        may_lead_board=False,
        may_watch_network=False,
    ),
    "observer": Rights(
        may_speak=False,
        may_show_camera=False,
        may_share=False,
        may_chat=False,
        may_end=False,
        may_lead_board=False,
        may_watch_network=False,
    ),
}
"""An observer is seen in the list and otherwise only watches."""

RIGHT_TO_PUBLISH: dict[Source, Right] = {
    "microphone": "may_speak",
    "camera": "may_show_camera",
    "screen": "may_share",
    "screen_audio": "may_share",
}


def may(role: Role, right: Right) -> bool:
    """Whether the role has the right."""
    allowed: bool = getattr(RIGHTS[role], right)
    return allowed


def is_staff(role: Role) -> bool:
    """Whether the role leads the class."""
    return role in ("host", "assistant")


FIXED_PENS: dict[Role, Pen] = {"host": "all", "assistant": "all", "observer": "none"}
"""What a role may draw whatever anybody decides; a student may what they are given."""


def may_enter(role: Role, *, taken: int, capacity: int) -> bool:
    """A full room still lets in whoever leads the class: without them there is none."""
    return taken < capacity or is_staff(role)
