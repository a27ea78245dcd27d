"""The Socket.IO library as we use it: WebSocket only, its tasks owned, nothing waited for forever.

The library starts a task per socket for pings and forgets it; here they are kept and ended. Its
queue to a socket has no bound; `is_behind` says when somebody does not read. It starts a task for
each socket an event goes to, which costs more than the event; `deliver` starts none.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import engineio
import socketio
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio import packet

from classroom.live.bundles import HEARD, Bundles
from classroom.live.gate import FRAME_MAX, Application, gated

PING_EVERY_S = 5
PING_WAIT_S = 30
"""A weak network may stall for 30 s, for which a bundle lives (`bundles`), and a ping must not end
it before. Who is silently gone, on the media too, is noticed within 20 (`silence`)."""
BACKLOG_MAX = 500
"""Packets waiting for one socket: half a minute of a lively class that nobody reads."""
BACKLOG_CHARACTERS_MAX = 8_000_000
"""The same by size: more than a whole room of 500 with everything in it, twice."""
CLOSE_WAIT_S = 0.5
"""For the last packets of a connection that is closed; one that does not read is given up."""

_quiet = logging.getLogger("classroom.live.library")
_quiet.setLevel(logging.CRITICAL + 1)
"""The library logs payloads. What matters is logged by us."""


class Backlog(asyncio.Queue[Any]):
    """What waits for one connection. `characters` is how much of it there is."""

    def __init__(self) -> None:
        super().__init__()
        self.characters = 0

    def _put(self, packet: Any) -> None:
        super()._put(packet)
        self.characters += _size(packet)

    def _get(self) -> Any:
        packet = super()._get()
        self.characters -= _size(packet)
        return packet


def _size(packet: Any) -> int:
    """Of a packet; the library ends a queue with None."""
    data = getattr(packet, "data", None)
    return len(data) if isinstance(data, str) else 0


class OwnedEngine(engineio.AsyncServer):  # type: ignore[misc]
    """Engine.IO that remembers the tasks it started, and how much waits for whom."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.tasks: set[asyncio.Task[Any]] = set()

    def create_queue(self) -> Backlog:
        """The queue to one connection."""
        return Backlog()

    def start_background_task(
        self, target: Callable[..., Any], *arguments: Any, **options: Any
    ) -> asyncio.Task[Any]:
        """Start and remember it."""
        task: asyncio.Task[Any] = asyncio.ensure_future(target(*arguments, **options))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]
    """Socket.IO on an owned engine."""

    def __init__(self, public_url: str) -> None:
        super().__init__(
            async_mode="asgi",
            transports=["websocket"],
            async_handlers=False,
            max_http_buffer_size=FRAME_MAX,
            ping_interval=PING_EVERY_S,
            ping_timeout=PING_WAIT_S,
            cors_allowed_origins=lambda origin, environ: is_same_site(origin, environ, public_url),
            logger=_quiet,
            engineio_logger=_quiet,
        )
        self._bundles: Bundles | None = None

    def application(self, path: str, monotonic: Callable[[], float]) -> Application:
        """What answers on this path: bundles, then the gate, then the library."""
        library = gated(socketio.ASGIApp(self, socketio_path=path))
        self._bundles = Bundles(library, monotonic)
        return self._bundles.serve

    def _engineio_server_class(self) -> type[OwnedEngine]:
        return OwnedEngine

    def engine_id(self, socket: str) -> str | None:
        """The connection below a socket."""
        found: str | None = self.manager.eio_sid_from_sid(socket, "/")
        return found

    def heard_at(self, socket: str) -> float | None:
        """When anything came from a socket last, on the clock the application was given."""
        environ = self.get_environ(socket)
        when = environ.get("asgi.scope", {}).get(HEARD) if environ else None
        return None if when is None else float(when())

    def connections(self) -> list[str]:
        """Every connection, with or without a socket on it."""
        return [name for name, connection in self.eio.sockets.items() if not connection.closed]

    def deliver(self, event: str, payload: dict[str, Any], sockets: Iterable[str]) -> None:
        """Queue an event for sockets: encoded once, and without the library's task for each. A
        socket that is gone hears nothing."""
        form = self.packet_class(packet.EVENT, namespace="/", data=[event, payload])
        letter = EnginePacket(MESSAGE, form.encode())
        for socket in sockets:
            connection = self.eio.sockets.get(self.engine_id(socket))
            if connection is not None and not connection.closed:
                connection.queue.put_nowait(letter)

    def is_behind(self, socket: str) -> bool:
        """Whether too much waits for a socket."""
        connection = self.eio.sockets.get(self.engine_id(socket))
        if connection is None:
            return False
        waiting: Backlog = connection.queue
        return waiting.qsize() > BACKLOG_MAX or waiting.characters > BACKLOG_CHARACTERS_MAX

    async def drop(self, connection: str) -> None:
        """Close a connection."""
        try:
            async with asyncio.timeout(CLOSE_WAIT_S):
                await self.eio.disconnect(connection)
        except TimeoutError:
            return

    async def close(self) -> None:
        """End everything the library still runs."""
        await self.shutdown()
        if self._bundles is not None:
            await self._bundles.close()
        tasks = list(self.eio.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def is_same_site(origin: str | None, environ: dict[str, Any], public_url: str) -> bool:
    """Whether a page of ours opened the socket. The scheme may differ behind a proxy."""
    if origin is None:
        return True
    if public_url and origin == public_url:
        return True
    return urlsplit(origin).netloc == environ.get("HTTP_HOST")
