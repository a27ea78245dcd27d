"""Who may do what in a live room. Questions only; nothing here changes anything.

A right comes from the role. Locks take some of them from students and observers; a grant gives
those back to whoever is on stage. Every "may" of the product is answered here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.people.enrolment import is_enrolled
from classroom.people.role import Role
from classroom.room.kinds import Pen, Source
from classroom.room.locks import Locks
from classroom.room.participant import Participant

Right = Literal[
    "may_speak",
    "may_show_camera",
    "may_share",
    "may_chat",
    "may_end",
    "may_lead_board",
    "may_watch_network",
    "may_order",
    "may_set_roles",
    "may_ask",
    "may_group",
    "may_answer",
    "may_raise_hand",
    "may_whisper",
    "may_send_files",
    "may_react",
    "may_record",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What somebody may do, one field a right."""

    may_speak: bool = False
    may_show_camera: bool = False
    may_share: bool = False
    may_chat: bool = False
    """To the class and to one's group."""
    may_end: bool = False
    may_lead_board: bool = False
    may_watch_network: bool = False
    may_order: bool = False
    """Hands, stage, muting, locks, spotlight, focus, layout, lobby, removing; chat and files."""
    may_set_roles: bool = False
    may_ask: bool = False
    may_group: bool = False
    """Groups, and a board for everyone."""
    may_answer: bool = False
    may_raise_hand: bool = False
    may_whisper: bool = False
    """To a student; to the teachers whoever may chat by role can write."""
    may_send_files: bool = False
    """To whom is decided as for a message."""
    may_react: bool = False
    may_record: bool = False
    """Ask everybody, begin, pause and end it; what is written of whom, each decides alone."""


def _rights(*named: Right) -> Rights:
    return Rights(**dict.fromkeys(named, True))


_TALKS: tuple[Right, ...] = (
    "may_speak",
    "may_show_camera",
    "may_share",
    "may_chat",
    "may_whisper",
    "may_send_files",
    "may_react",
)
_LEADS: tuple[Right, ...] = (
    "may_end",
    "may_lead_board",
    "may_watch_network",
    "may_order",
    "may_ask",
    "may_group",
    "may_record",
)
RIGHTS: dict[Role, Rights] = {
    "host": _rights(*_TALKS, *_LEADS, "may_set_roles"),
    "assistant": _rights(*_TALKS, *_LEADS),
    "student": _rights(*_TALKS, "may_answer", "may_raise_hand"),
    "observer": _rights("may_react"),
}
"""By role alone. An observer is seen in the list and otherwise only watches."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What takes a right from who does not lead: any of the locks. `kept_by` is a grant's field."""

    locks: tuple[str, ...]
    code: str
    kept_by: str | None = None
    is_writing: bool = False
    """Being muted in the chat takes it, too."""


_TAKEN: dict[Right, _Taken] = {
    "may_speak": _Taken(("microphones",), "lock.microphone", "microphone"),
    "may_show_camera": _Taken(("cameras",), "lock.camera", "camera"),
    "may_share": _Taken(("shares",), "lock.share", "share"),
    "may_chat": _Taken(("chat",), "lock.chat", is_writing=True),
    "may_whisper": _Taken(("whispers", "chat"), "lock.whisper", is_writing=True),
    "may_send_files": _Taken(("files",), "lock.files", is_writing=True),
    "may_raise_hand": _Taken(("hands",), "lock.hands"),
    "may_react": _Taken(("reactions",), "lock.reactions"),
}

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


def refusal(who: Participant, locks: Locks, right: Right) -> Refused | None:
    """Why somebody may not do it now; None when they may.

    `right.missing` when the role has it not, else the code of the lock that takes it.
    """
    if not may(who.role, right):
        return Refused("right.missing", {"right": right})
    taken = _TAKEN.get(right)
    if taken is None or is_staff(who.role):
        return None
    if taken.is_writing and who.is_chat_muted:
        return Refused("chat.muted")
    is_kept = taken.kept_by is not None and who.grant and getattr(who.grant, taken.kept_by)
    is_locked = any(getattr(locks, lock) for lock in taken.locks)
    return Refused(taken.code) if is_locked and not is_kept else None


def rights_of(who: Participant, locks: Locks) -> Rights:
    """What somebody may do now, with the locks and their grant."""
    if is_staff(who.role):
        return RIGHTS[who.role]
    return Rights(**{right: refusal(who, locks, right) is None for right in _ALL})


_ALL: tuple[Right, ...] = get_args(Right)


def is_staff(role: Role) -> bool:
    """Whether the role leads the class."""
    return role in ("host", "assistant")


FIXED_PENS: dict[Role, Pen] = {"host": "all", "assistant": "all", "observer": "none"}
"""What a role may draw whatever anybody decides; a student may what they are given."""


def may_enter(role: Role, *, taken: int, capacity: int) -> bool:
    """A full room still lets in whoever leads the class: without them there is none."""
    return taken < capacity or is_staff(role)


def may_pass_lobby(who: ParticipantId, *, lets_enrolled_in: bool) -> bool:
    """Whether somebody new need not wait; enrolled people do not where the room says so."""
    return lets_enrolled_in and is_enrolled(who)
