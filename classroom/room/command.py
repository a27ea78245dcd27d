"""What can be asked of a live room: imperatives, each with whose doing it is.

`ExpireSeat` is the room's own: only its timer says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.ids import ParticipantId
from classroom.people.role import Role

Source = Literal["microphone", "camera", "screen", "screen_audio"]
SOURCES: tuple[Source, ...] = ("microphone", "camera", "screen", "screen_audio")
ShareMode = Literal["text", "motion"]


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """Come in, or come back; the name and the role are those of the seat token."""

    by: ParticipantId
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class LeaveSeat:
    """Go on purpose."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class LoseConnection:
    """The connection is gone; the seat is kept for a while."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class ExpireSeat:
    """Nobody came back in time."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class PostChat:
    by: ParticipantId
    text: str
    client_id: str
    """The sender's own name for the message: sent twice, it is posted once."""


@dataclass(frozen=True, slots=True)
class PublishTrack:
    by: ParticipantId
    source: Source
    is_paused: bool = False
    share_mode: ShareMode = "text"


@dataclass(frozen=True, slots=True)
class PauseTrack:
    by: ParticipantId
    source: Source


@dataclass(frozen=True, slots=True)
class ResumeTrack:
    by: ParticipantId
    source: Source


@dataclass(frozen=True, slots=True)
class UnpublishTrack:
    by: ParticipantId
    source: Source


@dataclass(frozen=True, slots=True)
class SetShareMode:
    by: ParticipantId
    share_mode: ShareMode


@dataclass(frozen=True, slots=True)
class LoseMedia:
    """All tracks are gone at once: the media side is set up anew, or its worker died."""

    by: ParticipantId


@dataclass(frozen=True, slots=True)
class EndRoom:
    """End the class for everybody; `by` is None when the owner does it from outside the room."""

    by: ParticipantId | None


Command = (
    TakeSeat
    | LeaveSeat
    | LoseConnection
    | ExpireSeat
    | PostChat
    | PublishTrack
    | PauseTrack
    | ResumeTrack
    | UnpublishTrack
    | SetShareMode
    | LoseMedia
    | EndRoom
)
TrackCommand = PublishTrack | PauseTrack | ResumeTrack | UnpublishTrack
