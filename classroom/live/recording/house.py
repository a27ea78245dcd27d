"""What all recordings of the server have in common: where they are kept, who writes and makes them.

The composition root makes one; tests make one of twins.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from classroom.errors import Refused
from classroom.live.metrics import RECORDINGS
from classroom.live.ports import Clocks, MediaPort, RecordingDrawer
from classroom.live.recording.writer import Writer
from whiteboard.store import StoreFailed

CANNOT = (StoreFailed, Refused, OSError)
"""What may be raised where something is to be stored."""

AT_ONCE = 8
"""Recordings that run on this server."""


class Crew(Protocol):
    """The processes that make recordings playable while they are written."""

    async def begin(self, rec: str, folder: Path, keys: Mapping[str, bytes]) -> None: ...

    def tell(self, rec: str, order: dict[str, Any]) -> None: ...


@contextmanager
def storing() -> Iterator[None]:
    """Refused `server.busy` when the store fails."""
    try:
        yield
    except StoreFailed as failure:
        raise Refused("server.busy") from failure


async def _no_leaf(print_id: str, slide: int, step: int) -> bytes | None:
    return None


async def _no_words(print_id: str, slide: int, step: int) -> str | None:
    return None


async def _forget_nobody(ticket: str) -> None:
    return None


async def _no_asset(room_id: str, asset_id: str) -> bytes | None:
    return None


@dataclass(slots=True)
class RecordingHouse:
    """Invariant: `running` has the ids of the recordings that are written now."""

    drawer: RecordingDrawer
    crew: Crew
    writer: Writer
    media: MediaPort
    clocks: Clocks
    manifest_key: bytes = field(repr=False)
    finish: Callable[[str], None]
    """It is over, and all of it is written: make it whole."""
    leaf: Callable[[str, int, int], Awaitable[bytes | None]] = _no_leaf
    """The picture of a slide, of a print of a deck; None while there is none."""
    words: Callable[[str, int, int], Awaitable[str | None]] = _no_words
    """What stands on it."""
    asset: Callable[[str, str], Awaitable[bytes | None]] = _no_asset
    """A picture that was put on a room's board."""
    forget: Callable[[str], Awaitable[None]] = _forget_nobody
    """Somebody enrolled, by the ticket in their seat, agrees to nothing any more before they come
    in."""
    running: set[str] = field(default_factory=set)

    def begun(self, recording_id: str) -> None:
        """It is written from now on."""
        self.running.add(recording_id)
        RECORDINGS.set(len(self.running))

    def ended(self, recording_id: str) -> None:
        """Nothing of it is written any more."""
        self.running.discard(recording_id)
        RECORDINGS.set(len(self.running))

    def check_room(self) -> None:
        """Refused `recording.busy` when as many run as can."""
        if len(self.running) >= AT_ONCE:
            raise Refused("recording.busy")
