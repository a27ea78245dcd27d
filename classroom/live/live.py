"""Everything that is live, as one thing: composes the hub, its rooms, signalling and the media.

`Live` is made by the composition root, put in front of the HTTP application with `attach`, and
answers HTTP's questions about live rooms. It must be closed before the media server is.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import socketio
import structlog

from classroom.clock import iso
from classroom.ids import RoomId
from classroom.live.engine import SocketServer
from classroom.live.gate import Application, Receive, Scope, Send, gated
from classroom.live.hub import Hub
from classroom.live.media_news import tell_rooms
from classroom.live.opening import LiveTerms, Opening
from classroom.live.ports import Clocks, MediaPort, SeatDoor
from classroom.live.signalling import Signalling
from classroom.room.policy import is_staff
from media.server.events import MediaEvent

PATH = "socket.io"
RETRY_MS = 1000
"""A planned restart takes less than three seconds; the client keeps trying."""

log = structlog.get_logger("classroom.live")


@dataclass(frozen=True, slots=True)
class Look:
    """A live room seen from outside: of students nothing but how many there are."""

    hosts: tuple[str, ...]
    participant_ids: frozenset[str]
    started_at: str


class Live:
    """Invariant: after `close` no socket is open and no task of ours runs."""

    def __init__(self, terms: LiveTerms, media: MediaPort, door: SeatDoor, clocks: Clocks) -> None:
        self._clocks = clocks
        self._server = SocketServer(terms.public_url)
        opening = Opening(terms, media, clocks)
        self._hub = Hub(
            lambda row: opening.open(row, self._signalling.post, self._hub.on_over),
            capacity=terms.capacity,
            seat_token=timedelta(seconds=terms.seat_token_s),
        )
        self._signalling = Signalling(self._server, self._hub, door, clocks)
        self._is_closed = False
        self._sweeper: asyncio.Task[None] | None = None
        media.on_event = self._on_media

    def attach(self, other: Application) -> Application:
        """The application that answers signalling itself and passes the rest to `other`."""
        sockets = gated(socketio.ASGIApp(self._server, socketio_path=PATH))

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            path = scope.get("path", "") + "/"
            if scope["type"] not in ("http", "websocket") or not path.startswith(f"/{PATH}/"):
                await other(scope, receive, send)
            elif self._is_closed and scope["type"] == "websocket":
                await send({"type": "websocket.close"})
            else:
                await sockets(scope, receive, send)

        return application

    async def start(self) -> None:
        """Begin to watch connections; signalling itself starts with the web server."""
        self._sweeper = asyncio.create_task(self._signalling.sweep(), name="sweep sockets")

    async def close(self) -> None:
        """Tell everybody, close all sockets, end all rooms and tasks; some seconds at most."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        await self._signalling.close(retry_ms=RETRY_MS)
        await asyncio.gather(*(live.close() for live in list(self._hub.rooms.values())))
        await self._server.close()

    # HTTP's questions

    def look(self, room_id: RoomId) -> Look | None:
        """The live room as a stranger may see it; None while nobody is in it."""
        live = self._hub.find(room_id)
        if live is None or not live.room.participants:
            return None
        people = live.room.participants.values()
        return Look(
            hosts=tuple(who.name for who in people if is_staff(who.role)),
            participant_ids=frozenset(live.room.participants),
            started_at=iso(live.room.started_at),
        )

    async def end(self, room_id: RoomId) -> None:
        """End the class from outside; silent when nobody is in it. The caller has the right."""
        self._hub.end(room_id, None, at=self._clocks.utc_now())

    def _on_media(self, event: MediaEvent) -> None:
        """What the media side says; it must not stumble over our bugs."""
        try:
            tell_rooms(list(self._hub.rooms.values()), event)
        except Exception:
            log.exception("media.event_failed", event_name=type(event).__name__)
