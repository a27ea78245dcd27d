"""What somebody may be known by again, who comes with another seat.

A guest can take as many seats as they like; what a class decided about somebody is to hold for all
of them, as far as anybody can tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId


@dataclass(frozen=True, slots=True)
class KnownBy:
    """The seat, the account, and a mark of the browser; what is empty is unknown."""

    participant_id: ParticipantId
    account_id: str = ""
    browser: str = ""

    def covers(self, other: KnownBy) -> bool:
        """Whether both are the same person, as far as anybody can tell."""
        return self.participant_id == other.participant_id or self.shares(other)

    def shares(self, other: KnownBy) -> bool:
        """Whether both came with the same account, or from the same browser."""
        return (bool(self.account_id) and self.account_id == other.account_id) or (
            bool(self.browser) and self.browser == other.browser
        )
