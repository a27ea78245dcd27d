"""Who draws on a shared screen, and with which pen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from classroom.ids import ParticipantId
from classroom.room.ground import Ground
from classroom.room.ink_state import InkState
from classroom.room.kinds import Pen
from classroom.room.participant import Participant
from classroom.room.reach import Reach

_NOBODY: dict[ParticipantId, Pen] = {}


class InkPens:
    """Of everybody who receives a share, those without a pen, too: they see what is drawn."""

    def __init__(self, ground: Ground, reach: Callable[[], Reach]) -> None:
        self._ground = ground
        self._reach = reach

    def of(self, who: ParticipantId, state: InkState) -> Pen | None:
        """The pen of somebody in the room; None when they do not receive the share."""
        if not _receives(self._reach(), who, state.share_of):
            return None
        return self._pen(self._ground.person(who), state)

    def owners(self, belongs_to: str, state: InkState) -> Mapping[ParticipantId, Pen]:
        """The same of everybody, when that is what the page of the ink belongs to."""
        if state.share_of is None or belongs_to != state.belongs_to:
            return _NOBODY
        reach = self._reach()
        return {
            who.id: self._pen(who, state)
            for who in self._ground.participants.values()
            if _receives(reach, who.id, state.share_of)
        }

    def _pen(self, who: Participant, state: InkState) -> Pen:
        """Whoever shares may always draw on what is theirs."""
        if who.id == state.share_of:
            return "own" if who.pen == "none" else who.pen
        return who.pen if state.is_open or self._ground.is_staff(who.id) else "none"


def _receives(reach: Reach, who: ParticipantId, share_of: ParticipantId | None) -> bool:
    if share_of is None:
        return False
    return who == share_of or reach.receives(who, share_of, "screen")
