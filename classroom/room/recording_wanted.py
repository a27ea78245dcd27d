"""What may be written of a room at a moment: the one answer, asked after each change."""

from __future__ import annotations

from collections.abc import Iterable

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room import policy
from classroom.room.participant import Participant
from classroom.room.recording_state import Kind, RecordingState

RIGHT_TO_BE_RECORDED: dict[Kind, policy.Right] = {
    "voice": "may_speak",
    "camera": "may_show_camera",
    "screen": "may_share",
    "chat": "may_chat",
}
"""Whose role lacks it sends nothing of the kind; ink follows from the pen a role may have."""


def wanted(
    state: RecordingState, people: Iterable[Participant]
) -> frozenset[tuple[ParticipantId, Kind]]:
    """What is written now: while it runs, a yes, a role that may send it, and not in a group."""
    if state.phase != "on":
        return frozenset()
    roles = {who.id: who.role for who in people if not who.place}
    return frozenset(
        (one.participant_id, kind)
        for one in state.consents
        if one.participant_id in roles
        for kind, answer in one.answers
        if answer == "yes" and kind in state.kinds and _may_send(roles[one.participant_id], kind)
    )


def _may_send(role: Role, kind: Kind) -> bool:
    right = RIGHT_TO_BE_RECORDED.get(kind)
    if right is None:
        return policy.FIXED_PENS.get(role) != "none"
    return policy.may(role, right)
