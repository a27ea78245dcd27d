"""What somebody hears who comes in: who they are here, and the whole truth of the room."""

from __future__ import annotations

from dataclasses import dataclass, field

from classroom.wire.aids import Aids
from classroom.wire.ask import Ask
from classroom.wire.chat import ChatMessage
from classroom.wire.files import FileCard
from classroom.wire.floor import AskedToSpeak, Floor, Hand
from classroom.wire.groups import Groups
from classroom.wire.lobby import Door, Lobby
from classroom.wire.played import Activity, Film, Ink
from classroom.wire.recording import OwnConsent, Recording, RecordingTerms
from classroom.wire.reserved import Reserved
from classroom.wire.values import (
    Board,
    KeptMedia,
    MediaWelcome,
    Participant,
    Refusal,
    Rights,
    Stage,
)
from classroom.wire.wall import SeenWall


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """The whole truth of a live room at event number `seq`, as one participant may know it.

    Times that end in `_ms` are of the room clock, which shows `clock_ms` now.
    """

    seq: int
    clock_ms: int
    lesson_id: str
    room_id: str
    code: str
    title: str
    started_at: str
    participants: list[Participant]
    chat: list[ChatMessage]
    stage: Stage
    board: Board
    floor: Floor = field(default_factory=Floor)
    hands: list[Hand] = field(default_factory=list)
    """The queue, the first first."""
    asked: list[AskedToSpeak] = field(default_factory=list)
    """Oneself; for staff, everybody who was asked to speak."""
    reserved: Reserved = field(default_factory=Reserved)
    wall: SeenWall = field(default_factory=SeenWall)
    ask: Ask = field(default_factory=Ask)
    aids: Aids = field(default_factory=Aids)
    groups: Groups = field(default_factory=Groups)
    door: Door = field(default_factory=Door)
    lobby: Lobby | None = None
    """For staff alone."""
    files: list[FileCard] = field(default_factory=list)
    """In the order in which they were sent."""
    films: list[Film] = field(default_factory=list)
    """Those somebody touched."""
    activities: list[Activity] = field(default_factory=list)
    """Those that keep something."""
    ink: Ink = field(default_factory=Ink)
    recording: Recording = field(default_factory=Recording)
    recording_terms: RecordingTerms = field(default_factory=RecordingTerms)
    own_consent: OwnConsent | None = None
    """None while one said nothing to the recording that is asked for or runs."""


@dataclass(frozen=True, slots=True)
class Welcome:
    protocol: int
    self_id: str
    rights: Rights
    room: RoomSnapshot
    media: MediaWelcome | None
    kept_media: KeptMedia | None = None
    media_error: Refusal | None = None
    """Why `media` is None although capabilities were given (the worker is being restarted)."""
