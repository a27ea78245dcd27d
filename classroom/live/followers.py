"""What is brought in line with a live room after each change, beside its sockets and its media."""

from __future__ import annotations

from classroom.live.reactions import Reactions
from classroom.live.reserving import Reserving
from classroom.live.room import LiveRoom
from classroom.live.waiting import Waiting
from classroom.live.wall_pages import LatePages


def follow(live: LiveRoom) -> None:
    """Let everything that follows the room do so from now on."""
    live.on_reaction = Reactions(live).give
    live.settled += [
        Reserving(live.room, live.board, live.tell).settle,
        LatePages(live).settle,
        Waiting(live).settle,
    ]
