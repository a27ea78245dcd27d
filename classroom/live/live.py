"""Everything that is live, as one thing: the hub, its rooms, signalling, boards and the media.

`Live` is made by the composition root, put in front of the HTTP application with `attach`, and
answers HTTP's questions about live rooms. It must be closed before the media server is.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Container
from datetime import timedelta
from functools import partial

import structlog

from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.live.answers import ANSWERS, LIMITS
from classroom.live.boards import PATH as BOARD_PATH
from classroom.live.boards import Boards
from classroom.live.departures import Departures
from classroom.live.engine import SocketServer
from classroom.live.gate import Application, Receive, Scope, Send
from classroom.live.hub import Hub
from classroom.live.looking import Questions
from classroom.live.media_news import tell_safely
from classroom.live.opening import LiveTerms, Opening
from classroom.live.ports import (
    BoardDrawer,
    Clocks,
    LessonDrawer,
    MakeRecorder,
    MediaPort,
    SeatDoor,
)
from classroom.live.signalling import Signalling

PATH = "socket.io"
END_WITHIN_S = 5.0
"""For storing the board of a class that was ended from outside."""
RETRY_MS = 1000
"""A planned restart takes less than three seconds; the client keeps trying."""

log = structlog.get_logger("classroom.live")


class Live(Questions):
    """Invariant: after `close` no socket is open and no task of ours runs."""

    def __init__(
        self,
        terms: LiveTerms,
        media: MediaPort,
        door: SeatDoor,
        boards: BoardDrawer,
        lessons: LessonDrawer,
        clocks: Clocks,
        record: MakeRecorder | None = None,
    ) -> None:
        self._clocks = clocks
        self._server = SocketServer(terms.public_url)
        opening = Opening(terms, media, clocks, boards, lessons, record)
        self._hub = Hub(
            opening.load,
            lambda row, stored: opening.open(row, stored, self._signalling.post, self._hub.on_over),
            seat_token=timedelta(seconds=terms.seat_token_s),
        )
        self._boards = Boards(self._hub, terms.public_url, clocks, boards.decks)
        answers = {**self._boards.answers, **ANSWERS}
        self._signalling = Signalling(self._server, self._hub, answers, LIMITS, door, clocks)
        self._departures = Departures(
            self._hub, self._server.heard_at, self._signalling.drop_silent
        )
        self._is_closed = False
        self._watches: list[asyncio.Task[None]] = []
        media.on_event = partial(tell_safely, self._hub.rooms.values())

    def attach(self, other: Application) -> Application:
        """The application that answers signalling and the board, and passes the rest on."""
        sockets = self._server.application(PATH, self._clocks.monotonic)

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            path = scope.get("path", "") + "/"
            if scope["type"] == "websocket" and scope["path"] == BOARD_PATH:
                await self._boards.door.serve(scope, receive, send)
            elif scope["type"] not in ("http", "websocket") or not path.startswith(f"/{PATH}/"):
                await other(scope, receive, send)
            elif self._is_closed and scope["type"] == "websocket":
                await send({"type": "websocket.close"})
            else:
                await sockets(scope, receive, send)

        return application

    async def start(self) -> None:
        """Begin to watch connections; signalling itself starts with the web server."""
        self._watches = [
            asyncio.create_task(self._signalling.sweep(), name="sweep sockets"),
            asyncio.create_task(self._departures.watch(), name="watch sockets"),
        ]

    async def close(self) -> None:
        """Tell everybody, close all sockets, end all rooms and tasks; some seconds at most."""
        if self._is_closed:
            return
        self._is_closed = True
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        self._hub.is_closed = True
        await asyncio.gather(self._signalling.close(retry_ms=RETRY_MS), self._boards.stop())
        await asyncio.gather(*(live.close() for live in list(self._hub.rooms.values())))
        await self._server.close()

    def let_go(self, room_id: RoomId, participant_id: ParticipantId) -> None:
        """Take the seat of somebody whose link counts no more; silent when they are not there."""
        socket = self._hub.let_go(room_id, participant_id)
        if socket is not None:
            self._signalling.drop(socket)

    def put_out(self, account_id: AccountId, room_ids: Container[str]) -> None:
        """Take the seats somebody holds in these rooms by their account; silent without any."""
        for claim in self._hub.seats_of(account_id, room_ids):
            self.let_go(claim.seat.room_id, claim.who)

    async def end(self, room_id: RoomId) -> None:
        """End the class from outside; silent when there is none. The caller has the right.

        Returns when its board is stored, or after some seconds.
        """
        live = self._hub.rooms.get(room_id)
        self._hub.end(room_id, None, at=self._clocks.utc_now())
        if live is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(END_WITHIN_S):
                    await live.finished.wait()
