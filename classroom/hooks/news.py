"""What of a lesson's log other systems may hear, and in which words. A core.

Never what was written in the chat, nor who answered what.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room.record import LessonLine

Body = dict[str, Any]
KINDS = (
    "room.created",
    "room.deleted",
    "lesson.started",
    "lesson.ended",
    "participant.joined",
    "participant.left",
    "hand.raised",
    "poll.closed",
    "file.added",
    "recording.ready",
    "recording.expiring",
    "recording.deleted",
    "booking.made",
    "booking.confirmed",
    "booking.moved",
    "booking.cancelled",
    "booking.lapsed",
    "booking.held",
    "booking.missed",
    "booking.corrected",
    "booking.paid",
    "booking.refunded",
    "booking.rated",
    "client.waiting",
    "client.admitted",
    "client.merged",
    "reminder.due",
)


def news_of(line: LessonLine) -> tuple[str, Body] | None:
    """The kind of message a line is, and what it says; None when it is none.

    What was not for everybody in the class is told to nobody outside.
    """
    say = None if line.is_private and line.kind in _FOR_ALL else _SAY.get(line.kind)
    return None if say is None else say(line.body)


def _joined(body: Body) -> tuple[str, Body]:
    who = body["participant"]
    said = {"participant_id": who["id"], "name": who["name"], "role": who["role"]}
    return "participant.joined", said


def _poll(body: Body) -> tuple[str, Body]:
    sheet = body["sheet"]
    counts = {"asked": len(sheet["people"]), "answered": len(sheet["answers"])}
    return "poll.closed", {"poll_id": sheet["poll_id"], **counts}


_SAY: dict[str, Callable[[Body], tuple[str, Body]]] = {
    "participant_joined": _joined,
    "participant_left": lambda body: (
        "participant.left",
        {"participant_id": body["participant_id"], "reason": body["reason"]},
    ),
    "hand_raised": lambda body: (
        "hand.raised",
        {"participant_id": body["hand"]["participant_id"]},
    ),
    "poll_tally": _poll,
    "file_added": lambda body: (
        "file.added",
        {name: body[name] for name in ("file_id", "participant_id", "kind", "bytes")},
    ),
}
_FOR_ALL = ("file_added",)
"""Kinds that also tell of what was sent to some people only."""
