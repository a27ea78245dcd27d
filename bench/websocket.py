"""A WebSocket client of a few lines, on wsproto: text and bytes as they are, and a clean end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import wsproto
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import LocalProtocolError


class LineClosed(Exception):
    """The other side closed the connection."""


class Line:
    """One WebSocket. `receive` gives whole messages."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._protocol = wsproto.WSConnection(wsproto.ConnectionType.CLIENT)
        self._events: list[Event] = []

    @classmethod
    async def open(
        cls, port: int, target: str, headers: dict[str, str], *, subprotocols: Sequence[str] = ()
    ) -> Line:
        """A connection to loopback; ConnectionError with the status when it is refused."""
        line = cls(*await asyncio.open_connection("127.0.0.1", port))
        extra = [(name.encode(), value.encode()) for name, value in headers.items()]
        host, offered = f"127.0.0.1:{port}", list(subprotocols)
        line._send(Request(host=host, target=target, extra_headers=extra, subprotocols=offered))
        answer = await line._next()
        if not isinstance(answer, AcceptConnection):
            await line.close()
            status = answer.status_code if isinstance(answer, RejectConnection) else 0
            raise ConnectionError(status)
        return line

    async def send(self, message: str | bytes) -> None:
        """One message; silent when the other side has closed already."""
        kind = TextMessage if isinstance(message, str) else BytesMessage
        with suppress(LocalProtocolError, ConnectionError):
            self._send(kind(data=message))
            await self._writer.drain()

    async def receive(self) -> str | bytes:
        """The next whole message, or LineClosed."""
        parts: list[str | bytes] = []
        while True:
            event = await self._next()
            match event:
                case TextMessage() | BytesMessage():
                    parts.append(event.data)
                    if event.message_finished:
                        return type(parts[0])().join(parts)  # type: ignore[arg-type]
                case Ping():
                    self._send(event.response())
                case CloseConnection():
                    with suppress(LocalProtocolError):
                        self._send(event.response())
                    raise LineClosed
                case _:
                    pass

    async def close(self) -> None:
        """Hang up, without a word when the connection is gone."""
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()

    def _send(self, event: Event) -> None:
        self._writer.write(self._protocol.send(event))

    async def _next(self) -> Event:
        while not self._events:
            try:
                arrived = await self._reader.read(65536)
            except ConnectionError:
                arrived = b""
            if not arrived:
                raise LineClosed
            self._protocol.receive_data(arrived)
            self._events += self._protocol.events()
        return self._events.pop(0)
