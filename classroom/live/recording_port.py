"""What live rooms need of the house for recordings: their rows, their keys, who agreed.

The composition root gives the real ones; tests have twins in memory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from classroom.ids import ParticipantId
from classroom.room.event import LogEntry
from classroom.store.consent import ConsentDeed
from classroom.store.recording_people import RecordedPerson
from classroom.store.recordings import NewRecording


class Recorder(Protocol):
    """What records one room."""

    def note(self, entries: Sequence[LogEntry]) -> None:
        """What happened, before anything else follows it."""

    async def close(self, is_over: bool) -> None:
        """The room ends, or the server stops."""

    def check_asking(self) -> None:
        """Refused `rate.limited`: each asking is a sheet before everybody."""

    async def prepare(self) -> None:
        """Have a place for the recording that is asked for, before it begins. Refused
        `recording.busy`, `recording.storage`."""

    async def catch_up(self, who: ParticipantId) -> str:
        """A session in which somebody of the class plays what there is so far. Refused
        `recording.none`, `recording.changing`, `server.busy`."""

    def link_of(self, who: ParticipantId) -> str:
        """Where somebody sees and takes back what they said to the recording that is asked for."""

    def shown(self, who: ParticipantId, text_id: str, sha256: str) -> None:
        """Somebody has the text before them that they are asked to agree to."""

    def saw(self, who: ParticipantId) -> None:
        """Somebody has the mark of recording on their screen."""

    async def disagree(self, ticket: str) -> None:
        """Somebody enrolled said no: they are asked again when they come the next time. Refused
        `server.busy`."""

    async def erase(self, who: ParticipantId, kinds: Sequence[str]) -> None:
        """Destroy what there is of somebody of kinds they said no to: from this moment they are in
        nothing that is made; when it returns it is gone. What a store cannot do is done again."""


MakeRecorder = Callable[[Any, str, str], Recorder]
"""For a live room, its lesson's id, and the account of the room's owner or ""."""


@dataclass(frozen=True, slots=True)
class RecordingDrawer:
    """Where recordings are kept, by their id. Everything may raise StoreFailed."""

    begin: Callable[[NewRecording], Awaitable[Path]]
    """It begins: its row, the keys of what is nobody's, its folder. Refused `recording.storage`
    when there is no space, or its owner has used up theirs."""
    note_person: Callable[[str, RecordedPerson], Awaitable[None]]
    """Somebody agreed to these kinds, too."""
    key_for: Callable[[str, str, str], Awaitable[bytes]]
    """The key of a recording, a participant ("" is nobody's) and a kind; made when there is none.
    Nobody's kinds are "room" and "derived"."""
    end: Callable[[str, datetime, int], Awaitable[None]]
    """It is over, and so many people were in class while it ran; it is being made from now on."""
    erase: Callable[[str, ParticipantId, Collection[str]], Awaitable[None]]
    """Destroy somebody's keys of these kinds at once. What was made of them is made anew: now when
    the recording is over, else by whoever records, before it is ready."""
    session_for: Callable[[str, ParticipantId, str], Awaitable[str]]
    """A session in which somebody of the class, called so, may play it while it is made. Refused
    `recording.unknown`, `recording.changing`."""
    lines: Callable[[str, Sequence[ConsentDeed]], Awaitable[None]]
    """Written down when this returns."""
    link_for: Callable[[str, ParticipantId], str]
    """The address with which they take it back later, without the server's own part."""
