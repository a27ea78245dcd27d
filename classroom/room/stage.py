"""Whose screen the room looks at, or whether it looks at the board.

Everybody with the right may share at the same time; one share is on stage. Staff may always share
and take the stage by it; a student may while no staff shares. When the share on stage closes, the
newest share of staff follows, else the newest of all, else faces. The board lies over all of them
until it is taken off or somebody begins to share. How a screen is sent is `live/stage`.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId


@dataclass(frozen=True, slots=True)
class Share:
    participant_id: ParticipantId
    is_staff: bool


class Stage:
    """The open shares, oldest first. Invariant: `screen_of` has an open share, or is None."""

    def __init__(self) -> None:
        self._shares: list[Share] = []
        self.screen_of: ParticipantId | None = None
        self.board = False

    @property
    def shares(self) -> tuple[Share, ...]:
        """All open shares, oldest first."""
        return tuple(self._shares)

    def presenter_before(self, share: Share) -> ParticipantId | None:
        """The member of staff whose share keeps this one from being opened."""
        if share.is_staff:
            return None
        return next((other.participant_id for other in self._shares if other.is_staff), None)

    def open(self, share: Share) -> None:
        """A new share takes the stage; whether it may be opened was asked before."""
        self._shares.append(share)
        self.screen_of = share.participant_id
        self.board = False

    def close(self, participant_id: ParticipantId) -> None:
        """Close the share of somebody; nothing happens when there is none."""
        self._shares = [share for share in self._shares if share.participant_id != participant_id]
        if self.screen_of == participant_id:
            self.screen_of = self._next()

    def rank(self, participant_id: ParticipantId, *, is_staff: bool) -> None:
        """Count the share of somebody as one of staff or not; staff takes the stage by it."""
        known = Share(participant_id, not is_staff)
        if known not in self._shares:
            return
        ranked = Share(participant_id, is_staff)
        self._shares = [ranked if share == known else share for share in self._shares]
        self.screen_of = self._next()

    def _next(self) -> ParticipantId | None:
        newest_first = self._shares[::-1]
        staff = (share for share in newest_first if share.is_staff)
        chosen = next(staff, None) or next(iter(newest_first), None)
        return chosen.participant_id if chosen else None
