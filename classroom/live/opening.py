"""Opens a live room: its core, its board, its media stage and its task, on the operator's terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.board.composing import open_board
from classroom.live.chores import Chores
from classroom.live.cores import make_core
from classroom.live.outbox import Post
from classroom.live.ports import (
    BoardDrawer,
    Clocks,
    Json,
    LessonDrawer,
    MakeRecorder,
    MediaPort,
    Stored,
    Tell,
)
from classroom.live.resuming import keep
from classroom.live.room import LiveRoom
from classroom.live.stage import LiveStage
from classroom.people.turn import TurnServers
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
    lessons: LessonDrawer
    record: MakeRecorder | None = None
    """None where nothing can be recorded."""

    async def load(self, row: RoomRow) -> Stored:
        """What is kept of the room; its lesson begins or goes on. Raises StoreFailed."""
        board = await self.boards.load(row.id)
        lesson = await self.lessons.open(row.id, row.title, self.clocks.utc_now())
        chat = await self.lessons.chat.load(lesson.lesson_id)
        return Stored(board, lesson, chat, await self.lessons.files.load(lesson.lesson_id))

    def open(
        self,
        row: RoomRow,
        stored: Stored,
        post: Post,
        on_over: Callable[[LiveRoom], None],
    ) -> LiveRoom:
        """A live room with its stored board or a new one, and nobody here yet; its task runs."""
        room = make_core(
            row,
            stored.board,
            stored.lesson,
            self.clocks,
            capacity=self.terms.capacity,
            seat_grace_s=self.terms.seat_grace_s,
        )
        board = open_board(
            room.board,
            self.boards.store,
            partial(self.boards.save, row.id),
            self.clocks.monotonic,
            is_new=stored.board is None,
        )

        def make_stage(tell: Tell, chores: Chores) -> LiveStage:
            return LiveStage(self.media, tell, chores, self._ice_servers)

        live = LiveRoom(room, board, make_stage, post, self.clocks, on_over)
        recorder = None
        if self.record is not None:
            recorder = self.record(live, stored.lesson.lesson_id, str(row.owner_id or ""))
        keep(live, stored, self.lessons, self.clocks, recorder)
        return live

    def _ice_servers(self, who: ParticipantId) -> list[Json]:
        """What a browser may ask for a way through: what the operator wrote, and the relays."""
        turn, at = self.terms.turn, self.clocks.utc_now()
        return [*self.terms.ice_servers, *([turn.ice_server(who, at=at)] if turn else [])]
