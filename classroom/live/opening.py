"""Opens a live room: its core, its media stage and its task, on the operator's terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from classroom.live.chores import Chores
from classroom.live.outbox import Post
from classroom.live.ports import Clocks, MediaPort
from classroom.live.room import LiveRoom
from classroom.live.stage import LiveStage, Tell
from classroom.room.lifecycle import RoomTerms
from classroom.room.room import Room
from classroom.store.rooms import RoomRow


@dataclass(frozen=True, slots=True)
class LiveTerms:
    """What the operator decided about live rooms; durations in seconds."""

    capacity: int = 60
    seat_grace_s: float = 60.0
    seat_token_s: int = 12 * 3600
    public_url: str = ""
    ice_servers: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything a live room is made of but the row of the room itself."""

    terms: LiveTerms
    media: MediaPort
    clocks: Clocks

    def open(self, row: RoomRow, post: Post, on_over: Callable[[LiveRoom], None]) -> LiveRoom:
        """A live room nobody is in yet; its task runs."""
        terms = RoomTerms(
            room_id=row.id,
            code=row.code,
            title=row.title,
            capacity=self.terms.capacity,
            seat_grace_s=self.terms.seat_grace_s,
        )
        room = Room(terms, now=self.clocks.monotonic(), at=self.clocks.utc_now())

        def make_stage(tell: Tell, chores: Chores) -> LiveStage:
            return LiveStage(self.media, tell, chores, list(self.terms.ice_servers))

        return LiveRoom(room, make_stage, post, self.clocks, on_over)
