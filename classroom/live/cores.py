"""Makes the core of a live room on the operator's terms and those of the room itself."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from classroom.ids import new_id
from classroom.live.ports import Clocks
from classroom.room.board import BoardState, new_board
from classroom.room.lifecycle import RoomTerms
from classroom.room.record import KeptLesson
from classroom.room.recording_state import Policy
from classroom.room.room import Room
from classroom.store.rooms import RoomRow

OWNERLESS_DAYS = 7
"""How long a room that belongs to nobody keeps a recording."""


def make_core(
    row: RoomRow,
    stored: BoardState | None,
    lesson: KeptLesson,
    clocks: Clocks,
    *,
    capacity: int,
    seat_grace_s: float,
) -> Room:
    """A room with its stored board or a new one; its lesson begins or goes on, and then the room's
    clock went on while there was no server."""
    terms = RoomTerms(
        room_id=row.id,
        code=row.code,
        title=row.title,
        capacity=row.capacity or capacity,
        seat_grace_s=seat_grace_s,
        has_lobby=row.has_lobby,
        lets_enrolled_in=row.lets_enrolled_in,
        recording_policy=cast(Policy, row.recording_policy),
        kept_days=row.recording_days if row.owner_id else OWNERLESS_DAYS,
    )
    board, at = stored or new_board(new_id(), new_id()), clocks.utc_now()
    away = max(timedelta(0), at - (lesson.saved_at or at))
    return Room(
        terms,
        board,
        now=clocks.monotonic(),
        at=at,
        kept=lesson.kept,
        away_ms=away // timedelta(milliseconds=1),
    )
