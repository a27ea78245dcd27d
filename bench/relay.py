"""Relays on loopback that can go dead and come back: the network between one browser and us.

`TcpRelay` carries the page and the socket, `UdpRelay` the media. A cut relay swallows what it is
given without closing anything, as a network that is gone does; a narrow one lets what its clients
are sent, and send, through links of a given shape.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from functools import partial
from types import TracebackType
from typing import Self

from bench.pipe import Pipe

Address = tuple[str, int]
CHUNK_BYTES = 65_536


class TcpRelay:
    """Listens on a port of its own and pipes every connection to `target`."""

    def __init__(self, target: Address) -> None:
        self.target = target
        self.port = 0
        self._open = asyncio.Event()
        self._open.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        self._open.clear()

    def heal(self) -> None:
        self._open.set()

    def hang_up(self) -> None:
        """Closes what is open, to both sides, and lets nobody through until it heals."""
        self.cut()
        for task in self._tasks:
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._open.wait()
            far_reader, far_writer = await asyncio.open_connection(*self.target)
            async with asyncio.TaskGroup() as pipes:
                pipes.create_task(self._pipe(reader, far_writer))
                pipes.create_task(self._pipe(far_reader, writer))
        except (OSError, asyncio.CancelledError, ExceptionGroup):
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(CHUNK_BYTES):
                await self._open.wait()
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass
        finally:
            with contextlib.suppress(OSError, RuntimeError):
                writer.close()


class UdpRelay(asyncio.DatagramProtocol):
    """Forwards datagrams to `target` and the answers back; one far socket for each client."""

    def __init__(self, target: Address, *, port: int = 0) -> None:
        self.target = target
        self.port = port
        self.clients: dict[Address, asyncio.DatagramTransport] = {}
        self._is_cut = False
        self._spared: set[Address] = set()
        self._down: dict[Address, Pipe] = {}
        self._rest: tuple[Pipe | None, Pipe | None] = None, None
        self._transport: asyncio.DatagramTransport | None = None
        self._opening: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", self.port)
        )
        self.port = self._transport.get_extra_info("sockname")[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._transport is not None
        self._transport.close()
        for far in self.clients.values():
            far.close()
        for task in self._opening:
            task.cancel()

    def cut(self, spared: set[Address]) -> None:
        """Swallow everything but what the `spared` clients send and get."""
        self._is_cut, self._spared = True, spared

    def heal(self) -> None:
        self._is_cut = False

    def narrow(self, clients: Iterable[Address], down: Pipe | None) -> None:
        """What these clients are sent goes through `down`, all of it through one; None: freely."""
        for client in clients:
            if down is None:
                self._down.pop(client, None)
            else:
                self._down[client] = down

    def lay(self, down: Pipe, up: Pipe) -> None:
        """Whom nothing else was said about is sent things through `down`, and sends through `up`.

        By port of its own rather than by client: at great loss Chromium gives up its sockets and
        opens others.
        """
        self._rest = down, up

    def passes(self, client: Address) -> bool:
        return not self._is_cut or client in self._spared

    def datagram_received(self, data: bytes, addr: Address) -> None:
        if not self.passes(addr):
            return
        _, up = self._rest
        if up is None:
            self._send_on(data, addr)
        else:
            up.put(data, partial(self._send_on, client=addr))

    def _send_on(self, data: bytes, client: Address) -> None:
        far = self.clients.get(client)
        if far is not None:
            far.sendto(data)
            return
        task = asyncio.ensure_future(self._open_far(client, data))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open_far(self, client: Address, first: bytes) -> None:
        loop = asyncio.get_running_loop()
        far, _ = await loop.create_datagram_endpoint(
            lambda: FarSide(self, client), remote_addr=self.target
        )
        if client in self.clients:
            far.close()
            far = self.clients[client]
        self.clients[client] = far
        far.sendto(first)

    def send_back(self, data: bytes, client: Address) -> None:
        if not self.passes(client) or self._transport is None:
            return
        pipe = self._down.get(client, self._rest[0])
        if pipe is None:
            self._transport.sendto(data, client)
        else:
            pipe.put(data, partial(self._transport.sendto, addr=client))


class FarSide(asyncio.DatagramProtocol):
    """The relay's socket towards the server for one client."""

    def __init__(self, relay: UdpRelay, client: Address) -> None:
        self.relay = relay
        self.client = client

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self.relay.send_back(data, self.client)
