"""Opens a live room: its core, its board, its media stage and its task, on the operator's terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from classroom.ids import ParticipantId, new_id
from classroom.live.board.composing import open_board
from classroom.live.chores import Chores
from classroom.live.outbox import Post
from classroom.live.ports import BoardDrawer, Clocks, Json, MediaPort, Tell
from classroom.live.room import LiveRoom
from classroom.live.stage import LiveStage
from classroom.people.turn import TurnServers
from classroom.room.board import BoardState, new_board
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
    turn: TurnServers | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything a live room is made of but the row of the room itself."""

    terms: LiveTerms
    media: MediaPort
    clocks: Clocks
    boards: BoardDrawer

    def open(
        self,
        row: RoomRow,
        stored: BoardState | None,
        post: Post,
        on_over: Callable[[LiveRoom], None],
    ) -> LiveRoom:
        """A live room nobody is in yet, with its stored board or a new one; its task runs."""
        terms = RoomTerms(
            room_id=row.id,
            code=row.code,
            title=row.title,
            capacity=self.terms.capacity,
            seat_grace_s=self.terms.seat_grace_s,
        )
        state = stored or new_board(new_id(), new_id())
        room = Room(terms, state, now=self.clocks.monotonic(), at=self.clocks.utc_now())
        board = open_board(
            state,
            self.boards.store,
            partial(self.boards.save, row.id),
            self.clocks.monotonic,
            is_new=stored is None,
        )

        def make_stage(tell: Tell, chores: Chores) -> LiveStage:
            return LiveStage(self.media, tell, chores, self._ice_servers)

        return LiveRoom(room, board, make_stage, post, self.clocks, on_over)

    def _ice_servers(self, who: ParticipantId) -> list[Json]:
        """What a browser may ask for a way through: what the operator wrote, and the relays."""
        turn, at = self.terms.turn, self.clocks.utc_now()
        return [*self.terms.ice_servers, *([turn.ice_server(who, at=at)] if turn else [])]
