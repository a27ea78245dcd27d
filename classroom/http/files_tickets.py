"""Addresses of files that need no header: for one download, or for playing as long as a class may
last.

A core. What a ticket is worth is asked of the class each time it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId, RoomId
from classroom.live.board.tickets import Tickets

LIVES_S = 60.0
PLAYS_FOR_S = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Pass:
    """Who may have which file; an empty `file_id` is all files they may see."""

    room_id: RoomId
    who: ParticipantId
    file_id: str
    plays: bool = False

    @property
    def key(self) -> str:
        """The person in the room, as the key of a throttle."""
        return f"{self.room_id} {self.who}"


class FileTickets:
    """Invariant: a ticket for a download is taken once. Of one file to play a person has one."""

    def __init__(self) -> None:
        self._once: Tickets[Pass] = Tickets(LIVES_S)
        self._plays: Tickets[Pass] = Tickets(PLAYS_FOR_S)
        self._given: dict[Pass, str] = {}

    def give(self, shown: Pass, *, now: float) -> str:
        """A ticket; for playing the one that was given before, as long as it is good."""
        if not shown.plays:
            return self._once.give(shown, now=now)
        known = self._given.get(shown, "")
        if self._plays.show(known, now=now) is None:
            known = self._given[shown] = self._plays.give(shown, now=now)
            self._forget_old(now)
        return known

    def take(self, ticket: str, *, now: float) -> Pass | None:
        """What it is for; None when it is none of ours, used or too old."""
        return self._plays.show(ticket, now=now) or self._once.take(ticket, now=now)

    def _forget_old(self, now: float) -> None:
        if len(self._given) > 2 * len(self._plays):
            good = self._given.items()
            self._given = {one: ticket for one, ticket in good if self._plays.show(ticket, now=now)}
