"""One media worker process as the web process sees it: spawn, ask, hear, end.

The two share a socket pair and nothing else. The worker ends when its end reads end-of-file, so it
cannot outlive the web process; the web process learns of a worker's death the same way.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import media
from media.errors import Malformed, Refused
from media.server.load import ROOM_SHARE, Load
from media.server.protocol import (
    Failure,
    FrameReader,
    Json,
    Message,
    Notice,
    Reply,
    Request,
    encode,
)

REQUEST_S = 5.0
"""A verb takes a millisecond; a worker silent for this long is as good as dead."""

END_S = 1.0
"""A worker is to end within a second of being told; after that it is killed."""

_ROOT = str(Path(media.__file__).resolve().parent.parent)


def _unavailable(detail: str) -> Refused:
    return Refused("media.unavailable", detail)


class MediaWorker:
    """A worker process and the connection to it.

    Invariant: `on_lost` is called exactly once, when the connection ends for any reason but
    `close`; from then on every request is refused with `media.unavailable`.
    """

    def __init__(
        self,
        name: str,
        *,
        on_notice: Callable[[Notice], None],
        on_lost: Callable[[MediaWorker], None],
    ) -> None:
        self.name = name
        self.port = 0
        self.routers: set[str] = set()
        self.load = Load()
        self._on_notice = on_notice
        self._on_lost = on_lost
        self._numbers = itertools.count(1)
        self._pending: dict[int, asyncio.Future[Json]] = {}
        self._link: _Link | None = None
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """Process id; 0 before the spawn."""
        return self._process.pid if self._process is not None else 0

    @property
    def alive(self) -> bool:
        """Is the connection up?"""
        return self._link is not None and not self._link.lost

    def give(self, router_id: str) -> None:
        """Note a router that is about to be made here, so that the next one may go elsewhere."""
        self.routers.add(router_id)
        self.expect(router_id, ROOM_SHARE)

    def take_back(self, router_id: str) -> None:
        """The router is gone, or was not made."""
        self.routers.discard(router_id)
        self.load.forget(router_id)

    def expect(self, thing: str, share: float) -> None:
        """Something new will cost this worker so much."""
        self.load.expect(thing, share, now=asyncio.get_running_loop().time())

    async def spawn(self) -> None:
        """Start the process; it has imported everything when its first reply comes."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "media.server",
                    str(theirs.fileno()),
                    pass_fds=(theirs.fileno(),),
                    stdin=asyncio.subprocess.DEVNULL,
                    env=_environment(),
                )
            loop = asyncio.get_running_loop()
            _, self._link = await loop.create_unix_connection(lambda: _Link(self), sock=ours)
        except BaseException:
            ours.close()  # the process, if there is one already, reads the end of it
            raise

    async def open(
        self,
        host: str,
        port: int,
        announced: tuple[str, ...],
        recordings: str = "",
        *,
        remedies: bool = True,
    ) -> None:
        """Bind its UDP port; from now on it takes routers, and journals below `recordings`."""
        result = await self.request(
            "open",
            host=host,
            port=port,
            announced=list(announced),
            recordings=recordings,
            remedies=remedies,
        )
        self.port = int(result["port"])

    async def request(self, method: str, *, within: float = REQUEST_S, **params: Any) -> Json:
        """The worker's answer to a verb; Refused with its code, or `media.unavailable`."""
        if self._link is None or self._link.lost:
            raise _unavailable("the media worker is gone")
        number = next(self._numbers)
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._pending[number] = future
        try:
            self._link.send(encode(Request(number, method, params)))
            async with asyncio.timeout(within):
                return await future
        except TimeoutError:
            raise _unavailable(f"the media worker did not answer {method}") from None
        except Malformed as error:
            raise Refused(error.code, str(error)) from error
        finally:
            self._pending.pop(number, None)

    def kill(self) -> None:
        """End a worker that does not answer; `on_lost` follows."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def close(self) -> None:
        """Close the connection and see the process out, by force after a second."""
        if self._link is not None:
            self._link.close()
        if self._process is None:
            return
        try:
            async with asyncio.timeout(END_S):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()

    def take(self, message: Message) -> None:
        """A message from the worker (called by the connection)."""
        match message:
            case Notice():
                self._on_notice(message)
            case Reply(id=number, result=result):
                if (future := self._pending.get(number)) is not None and not future.done():
                    future.set_result(result)
            case Failure(id=number, code=code, detail=detail):
                if (future := self._pending.get(number)) is not None and not future.done():
                    future.set_exception(Refused(code, detail))
            case Request():
                raise Malformed("control.shape", "a request from the worker")

    def hung_up(self, *, by_us: bool) -> None:
        """The connection ended (called by the connection)."""
        for future in self._pending.values():
            if not future.done():
                future.set_exception(_unavailable("the media worker is gone"))
        if not by_us:
            self._on_lost(self)


class _Link(asyncio.Protocol):
    """The web process's end of the socket pair."""

    def __init__(self, worker: MediaWorker) -> None:
        self._worker = worker
        self._reader = FrameReader()
        self._transport: asyncio.Transport | None = None
        self._closing = False
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of asyncio's
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            for message in self._reader.feed(data):
                self._worker.take(message)
        except Malformed:
            self._worker.kill()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        self._worker.hung_up(by_us=self._closing)

    def send(self, frame: bytes) -> None:
        if self._transport is not None:
            self._transport.write(frame)

    def close(self) -> None:
        self._closing = True
        if self._transport is not None:
            self._transport.abort()


def _environment() -> dict[str, str]:
    """Ours, with the package we were loaded from first on the path."""
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{_ROOT}{os.pathsep}{path}" if path else _ROOT}
