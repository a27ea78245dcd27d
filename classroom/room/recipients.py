"""To whom somebody may write or send a file now."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.ground import Ground


def check_recipient(ground: Ground, by: ParticipantId, to: str) -> None:
    """Raise Refused unless `by` may write to `to`: "room", "staff", "group" (one's own), "groups"
    (all), or a participant's id."""
    match to:
        case "room" | "group":
            ground.must(by, "may_chat")
            if to == "group" and not ground.person(by).place:
                raise Refused("chat.group")
        case "groups":
            ground.must(by, "may_order")
            if not any(who.place for who in ground.participants.values()):
                raise Refused("chat.group")
        case "staff":
            _must_reach_staff(ground, by)
        case _:
            _check_person(ground, by, ParticipantId(to))


def _check_person(ground: Ground, by: ParticipantId, to: ParticipantId) -> None:
    if to not in ground.participants or to == by:
        raise Refused("chat.recipient")
    if ground.is_staff(to):
        _must_reach_staff(ground, by)
    else:
        ground.must(by, "may_whisper")


def _must_reach_staff(ground: Ground, by: ParticipantId) -> None:
    """The teachers can be written to although the chat is locked, but not by who is muted."""
    try:
        ground.must(by, "may_chat")
    except Refused as refused:
        if refused.code != "lock.chat":
            raise
