"""The pens that were given or taken one by one, remembered for the life of a room.

Who leaves and comes back finds what was decided about them, and not what newcomers get.
"""

from __future__ import annotations

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.kinds import Pen
from classroom.room.policy import FIXED_PENS

REMEMBERED_MAX = 1000
"""People; of more, the one decided about first is forgotten (about 100 kB)."""


class GivenPens:
    """Invariant: nobody decided about everybody since what is remembered here was decided."""

    def __init__(self) -> None:
        self._pens: dict[ParticipantId, Pen] = {}

    def give(self, who: ParticipantId, pen: Pen) -> None:
        """What somebody has from now on, whatever everyone has."""
        self._pens.pop(who, None)
        if len(self._pens) >= REMEMBERED_MAX:
            del self._pens[next(iter(self._pens))]
        self._pens[who] = pen

    def forget(self) -> None:
        """All are alike again."""
        self._pens.clear()

    @property
    def all(self) -> tuple[tuple[ParticipantId, Pen], ...]:
        """What is remembered, in the order in which it was decided."""
        return tuple(self._pens.items())

    def of(self, who: ParticipantId, role: Role, everyone: Pen) -> Pen:
        """The pen of somebody in a role; `everyone` is for those nobody decided about."""
        return FIXED_PENS.get(role, self._pens.get(who, everyone))


def is_fixed(role: Role) -> bool:
    """Whether a role has its pen whatever anybody decides."""
    return role in FIXED_PENS
