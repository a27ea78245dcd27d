"""Socket.IO: who may connect, one request in and its acknowledgement out, who is gone.

Everything a client sends is bounded here in size, rate and time, and everything that goes wrong
has a code. What a request means is in `requests`; which socket holds which seat is in `hub`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any

import structlog
from socketio.exceptions import ConnectionRefusedError as ConnectionRefusal

from classroom.errors import Refused
from classroom.live.chores import Chores
from classroom.live.engine import SocketServer
from classroom.live.hub import Hub
from classroom.live.limits import Limit, PeopleLimits, SocketLimits
from classroom.live.metrics import (
    CONNECTIONS_REFUSED,
    REQUESTS_REFUSED,
    REQUESTS_REPEATED,
    SOCKETS_DROPPED,
)
from classroom.live.ports import Clocks, SeatDoor
from classroom.live.reception import Reception, address_of
from classroom.live.requests import Answer, Requests
from classroom.wire import codec
from classroom.wire.lobby import SeatRemoved
from classroom.wire.messages import SeatReplaced, ServerClosing

JOIN_WITHIN_S = 15.0
"""A connection that is in no room for so long is closed."""
SWEEP_EVERY_S = 5.0
CLOSE_WITHIN_S = 0.5
REQUEST_WAIT_S = 14.0
"""A whole request: longer than any wait for the media side (`asking`, `stage`), shorter than the
wait for a ping."""

log = structlog.get_logger("classroom.live")


class Signalling:
    """The handlers of one Socket.IO server."""

    def __init__(
        self,
        server: SocketServer,
        hub: Hub,
        answers: Mapping[type[Any], Answer],
        kinds: Mapping[type[Any], Limit],
        door: SeatDoor,
        clocks: Clocks,
    ) -> None:
        self._server = server
        self._hub = hub
        self._requests = Requests(hub, answers, clocks.utc_now)
        self._reception = Reception(hub, door)
        self._clocks = clocks
        self._people = PeopleLimits(kinds)
        self._limits: dict[str, SocketLimits] = {}
        self._idle_since: dict[str, float] = {}
        self._dropping: set[str] = set()
        self._chores = Chores()
        self._is_closing = False
        server.on("connect", self._on_connect)
        server.on("disconnect", self._on_disconnect)
        server.on("*", self._on_event)

    # The library's events; none of them raises anything but a refusal to connect

    async def _on_connect(self, socket: str, environ: dict[str, Any], auth: Any) -> None:
        try:
            async with asyncio.timeout(REQUEST_WAIT_S):
                await self._connect(socket, environ, auth)
        except Refused as refusal:
            CONNECTIONS_REFUSED.labels(refusal.code).inc()
            raise _refusal(refusal.code, refusal.params) from refusal
        except Exception as error:
            CONNECTIONS_REFUSED.labels("server.error").inc()
            raise _refusal("server.error", {"id": _log_failure("connect")}) from error

    async def _on_disconnect(self, socket: str, reason: str) -> None:
        self._limits.pop(socket, None)
        self._dropping.discard(socket)
        try:
            self._hub.release(socket)
        except Exception:
            _log_failure("disconnect")

    async def _on_event(
        self, event: str, socket: str, payload: Any = None, name: str = ""
    ) -> dict[str, Any]:
        limits = self._limits.get(socket)
        do = partial(self._on_request, event, socket, payload)
        if not name or limits is None:
            return await do()
        if limits.repeats.knows(name):
            try:
                limits.take(now=self._clocks.monotonic())
            except Refused as refused:
                return self._refused(event, socket, refused)
            REQUESTS_REPEATED.inc()
        answer = await limits.repeats.once(name, do)
        return answer or self._refused(event, socket, Refused("server.busy"))

    async def _on_request(self, event: str, socket: str, payload: Any) -> dict[str, Any]:
        try:
            async with asyncio.timeout(REQUEST_WAIT_S):
                return codec.granted(await self._answer(event, socket, payload))
        except Refused as refusal:
            refused = refusal
        except TimeoutError:
            refused = Refused("server.busy")
        except Exception:
            refused = Refused("server.error", {"id": _log_failure(_label(event))})
        return self._refused(event, socket, refused)

    def _refused(self, event: str, socket: str, refused: Refused) -> dict[str, Any]:
        REQUESTS_REFUSED.labels(_label(event), refused.code).inc()
        self._drop_when_struck(socket, refused.code)
        return codec.refused(refused)

    # Steps

    async def _connect(self, socket: str, environ: dict[str, Any], auth: Any) -> None:
        if self._is_closing:
            raise Refused("server.closing")
        now = self._clocks.monotonic()
        replaced = await self._reception.receive(socket, address_of(environ), auth, now=now)
        self._limits[socket] = self._people.of(self._hub.claims[socket].place, now=now)
        if replaced is not None:
            self._chores.start(partial(self._replace, replaced.socket), name="replace")

    async def _replace(self, socket: str) -> None:
        """Tell a socket that another one has its seat, and close it."""
        await self._server.emit(SeatReplaced.NAME, {}, to=socket)
        await self._drop(socket, "replaced")

    async def _answer(self, event: str, socket: str, payload: Any) -> Any:
        limits = self._limits.get(socket)
        if limits is None or socket in self._dropping:
            raise Refused("room.not_joined")
        if self._server.is_behind(socket):
            self._drop_soon(socket, "behind")
            raise Refused("server.busy")
        now = self._clocks.monotonic()
        limits.take(now=now)
        request = codec.decode(event, payload)
        limits.take_own(type(request), now=now)
        claim = self._hub.claims.get(socket)
        if claim is None:
            raise Refused("room.not_joined")
        return await self._requests.answer(claim, request)

    def _drop_when_struck(self, socket: str, code: str) -> None:
        limits = self._limits.get(socket)
        if limits is not None and limits.is_struck_off(code, now=self._clocks.monotonic()):
            self._drop_soon(socket, "flood")

    def _drop_soon(self, socket: str, reason: str) -> None:
        """Close a socket, once, while life goes on."""
        if socket not in self._dropping and self._server.engine_id(socket) is not None:
            self._dropping.add(socket)
            self._chores.start(partial(self._drop, socket, reason), name=reason)

    async def _drop(self, socket: str, reason: str) -> None:
        connection = self._server.engine_id(socket)
        if connection is not None:
            SOCKETS_DROPPED.labels(reason).inc()
            await self._server.drop(connection)

    # For the rooms and the owner

    async def post(self, event: str, payload: dict[str, Any], sockets: list[str]) -> None:
        """Send a notice; whoever does not read is dropped and may come back."""
        reading = [socket for socket in sockets if not self._server.is_behind(socket)]
        self._server.deliver(event, payload, reading)
        if event == SeatRemoved.NAME:
            for socket in reading:
                self._drop_soon(socket, "removed")
        await asyncio.sleep(0)  # a room with much to say lets the others have their turn
        for socket in set(sockets) - set(reading):
            self._drop_soon(socket, "behind")

    def drop(self, socket: str) -> None:
        """Close a socket whose seat was taken; who comes again is asked for a good one."""
        self._drop_soon(socket, "removed")

    def drop_silent(self, socket: str) -> None:
        """Close a socket whose person is silently gone; whoever is not comes back."""
        self._drop_soon(socket, "silent")

    async def sweep(self) -> None:
        """Close the connections that are in no room for too long, for ever."""
        while True:
            await asyncio.sleep(SWEEP_EVERY_S)
            idle = self._idle(now=self._clocks.monotonic())
            SOCKETS_DROPPED.labels("idle").inc(len(idle))
            await asyncio.gather(*(self._server.drop(connection) for connection in idle))

    async def close(self, *, retry_ms: int) -> None:
        """Tell everybody that the server stops, and close every connection."""
        self._is_closing = True
        sockets = list(self._hub.claims)
        if sockets:
            notice = ServerClosing(retry_ms)
            await self._server.emit(notice.NAME, codec.encode(notice), to=sockets)
        closing = (self._server.drop(connection) for connection in self._server.connections())
        await asyncio.gather(*closing)
        await self._chores.close(within_s=CLOSE_WITHIN_S)

    def _idle(self, *, now: float) -> list[str]:
        joined = {
            self._server.engine_id(claim.socket)
            for claim in self._hub.claims.values()
            if claim.live is not None
        }
        for live in self._hub.rooms.values():
            standing = [*live.waiting.values(), *live.stage.ahead.sockets]
            joined |= {self._server.engine_id(socket) for socket in standing}
        idle = [name for name in self._server.connections() if name not in joined]
        self._idle_since = {name: self._idle_since.get(name, now) for name in idle}
        return [name for name, since in self._idle_since.items() if now - since > JOIN_WITHIN_S]


def _refusal(code: str, params: dict[str, str | int]) -> ConnectionRefusal:
    return ConnectionRefusal(code, {"code": code, "params": params})


def _label(event: str) -> str:
    """A request's name; what a stranger made up is not a label."""
    return event if event in codec.BY_EVENT else "unknown"


def _log_failure(during: str) -> str:
    """Log the exception that is being handled, once; the id under which it is found."""
    failure = secrets.token_hex(4)
    log.exception("signalling.failed", during=during, failure=failure)
    return failure
