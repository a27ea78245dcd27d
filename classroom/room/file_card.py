"""A file that was sent in a class, as a value: what is known of it, and whom it is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from classroom.ids import ParticipantId

FILES_MAX = 300
"""Files of one room, in all its lessons."""


@dataclass(frozen=True, slots=True)
class FileCard:
    """`bytes` is its size, `kind` its media type as the server found it."""

    id: str
    name: str
    kind: str
    bytes: int
    participant_id: ParticipantId
    """Whose it is."""
    owner_name: str
    at: datetime
    """When it was sent; before that, when it had arrived."""
    to: str = ""
    """Its scope, see `chat_scope`; empty while it is not sent, and only its owner has it."""
    readers: tuple[ParticipantId, ...] = ()
    """Who was in the group it was sent to."""
    message_id: str = ""
    """The message it came with; empty when it was put on the list alone."""
    width: int | None = None
    """Of a picture that has a preview, in pixels; None for everything else."""
    height: int | None = None

    @property
    def is_sent(self) -> bool:
        """Whether anybody but its owner may know of it."""
        return self.to != ""

    def sent(
        self, to: str, readers: tuple[ParticipantId, ...], message_id: str, at: datetime
    ) -> FileCard:
        """The same, sent to a scope."""
        return replace(self, to=to, readers=readers, message_id=message_id, at=at)
