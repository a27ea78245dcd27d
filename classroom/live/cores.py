"""Makes the core of a live room on the operator's terms and those of the room itself."""

from __future__ import annotations

from classroom.ids import new_id
from classroom.live.ports import Clocks
from classroom.room.board import BoardState, new_board
from classroom.room.kept import Kept
from classroom.room.lifecycle import RoomTerms
from classroom.room.room import Room
from classroom.store.rooms import RoomRow


def make_core(
    row: RoomRow,
    stored: BoardState | None,
    kept: Kept | None,
    clocks: Clocks,
    *,
    capacity: int,
    seat_grace_s: float,
) -> Room:
    """A room with its stored board or a new one; `kept` is one that goes on."""
    terms = RoomTerms(
        room_id=row.id,
        code=row.code,
        title=row.title,
        capacity=row.capacity or capacity,
        seat_grace_s=seat_grace_s,
        has_lobby=row.has_lobby,
        lets_enrolled_in=row.lets_enrolled_in,
    )
    board = stored or new_board(new_id(), new_id())
    return Room(terms, board, now=clocks.monotonic(), at=clocks.utc_now(), kept=kept)
