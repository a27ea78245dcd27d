"""The web server (uvicorn) inside our own event loop, on a socket bound before anything else.

It is embedded so that the stop is ours: signals, the order of closing and how long it may take.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn

from classroom.errors import Misfit
from classroom.settings import Settings

BACKLOG = 512
"""Connections waiting to be accepted: a class that comes back at once."""
KEEP_ALIVE_S = 30
WS_MAX_BYTES = 512 * 1024
"""Twice what a message of the board may have, so that one too large gets an answer."""
CLOSE_WITHIN_S = 1


def bind_web(settings: Settings) -> socket.socket:
    """The listening socket; Misfit with a sentence when somebody else has the port."""
    host, port = settings.host, settings.http_port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as error:
        raise Misfit(f"CLASSROOM_HOST {host} is no address of this machine: {error}.") from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        raise Misfit(
            f"TCP port {port} on {host} cannot be used ({error.strerror}). Stop what uses it, or "
            "set CLASSROOM_HTTP_PORT to another port."
        ) from error
    return bound


class WebServer(uvicorn.Server):
    """uvicorn that leaves signals alone and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """They belong to the composition root."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.listening.set()


@contextlib.asynccontextmanager
async def serving(
    settings: Settings, application: Any, bound: socket.socket
) -> AsyncIterator[None]:
    """Serve the ASGI application on the socket while the block runs."""
    server = WebServer(_config(settings, application))
    task = asyncio.create_task(server.serve(sockets=[bound]), name="web server")
    listening = asyncio.create_task(server.listening.wait(), name="web server listens")
    try:
        await asyncio.wait((task, listening), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
            raise Misfit("The web server ended while it was starting.")
        yield
    finally:
        listening.cancel()
        server.should_exit = True
        with contextlib.suppress(TimeoutError):  # then the end of the loop ends what is left
            async with asyncio.timeout(CLOSE_WITHIN_S + 1):
                await task


def _config(settings: Settings, application: Any) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        lifespan="off",
        ws="wsproto",
        ws_max_size=WS_MAX_BYTES,
        ws_per_message_deflate=False,  # most of what is sent is short; the board packs its pages
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=CLOSE_WITHIN_S,
    )
