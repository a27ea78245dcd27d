"""Under which name somebody's strokes are kept: the same person is the same author in a room.

Who is enrolled or signed in stays the same over lessons and devices; a guest as long as the seat is
theirs. The id tells nobody which account it is, and the same person is another author in another
room.
"""

from __future__ import annotations

import base64
from hashlib import sha256

from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.people.enrolment import is_enrolled

AUTHOR_LENGTH = 22
"""Characters of the URL-safe alphabet: 132 bits."""


def author_of(room_id: RoomId, account_id: AccountId | None, participant_id: ParticipantId) -> str:
    """The author id (`[A-Za-z0-9_-]`, at most 64) of a participant."""
    if account_id is None or is_enrolled(participant_id):
        return participant_id
    told = "\n".join(("author", room_id, account_id))
    return base64.urlsafe_b64encode(sha256(told.encode()).digest())[:AUTHOR_LENGTH].decode()
