"""The door of the board: the WebSocket `/ws/board`, from the handshake to the end of it.

Plain ASGI, because every message of a class passes here. Who comes in is asked with the ticket
that signalling gave; what is said inside is a matter of the board.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import structlog

from classroom.live.board.connection import BROKEN, CLOSING, Connection
from classroom.live.board.live_board import LiveBoard
from classroom.live.engine import is_same_site
from classroom.live.gate import WAITING_MAX, Receive, Scope, Send, Waiting
from classroom.live.metrics import BOARD_CONNECTIONS, BOARD_FRAMES_REFUSED
from classroom.people.address import address_key
from whiteboard.errors import Refused
from whiteboard.frame import Hello
from whiteboard.frame_reading import first_client_frame
from whiteboard.limits import MESSAGE_BYTES_MAX
from whiteboard.visitor import Visitor

HELLO_WITHIN_S = 5.0

log = structlog.get_logger("classroom.live.board")

Admit = Callable[[str], tuple[LiveBoard, Visitor] | None]
"""The board a ticket is for and who shows it; None when it is worth nothing (any more)."""


class Refusal(Exception):
    """A message that ends the connection, by the code it is told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BoardDoor:
    """Invariant: after `close` nobody comes in; those inside are closed by their boards."""

    def __init__(self, admit: Admit, public_url: str) -> None:
        self._admit = admit
        self._public_url = public_url
        self._waiting: Counter[str] = Counter()
        self._lobby: set[Connection] = set()
        """Those who are connected and have not shown a ticket yet."""
        self._is_closed = False

    def close(self) -> None:
        """Nobody comes in any more."""
        self._is_closed = True
        for connection in self._lobby:
            connection.close(CLOSING)

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One WebSocket of the ASGI server."""
        client = scope.get("client")
        address = address_key(client[0] if client else None)
        is_full = self._waiting[address] >= WAITING_MAX
        if self._is_closed or is_full or not self._is_own_page(scope):
            await send({"type": "websocket.close"})
            return
        waits = Waiting(self._waiting, address)
        connection = Connection(send)
        try:
            with suppress(OSError):
                await receive()  # websocket.connect
                await send({"type": "websocket.accept"})
                await self._attend(connection, receive, waits)
        finally:
            waits.end()

    def _is_own_page(self, scope: Scope) -> bool:
        """Whether a page of ours opened it; as signalling does."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        environ = {"HTTP_HOST": headers.get(b"host", "")}
        return is_same_site(headers.get(b"origin"), environ, self._public_url)

    async def _attend(self, connection: Connection, receive: Receive, waits: Waiting) -> None:
        """Stay until one side ends it."""
        self._lobby.add(connection)
        reading = asyncio.create_task(self._read(connection, receive, waits), name="board reader")
        BOARD_CONNECTIONS.inc()
        try:
            code = await connection.closed()
        finally:
            BOARD_CONNECTIONS.dec()
            self._lobby.discard(connection)
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
        if code:
            await connection.say_goodbye(code)

    async def _read(self, connection: Connection, receive: Receive, waits: Waiting) -> None:
        """Pass on what comes until the connection is closed. Never raises but when cancelled."""
        try:
            board, visitor, rest = await self._greet(receive)
            waits.end()
            self._lobby.discard(connection)
            await _take_part(connection, receive, board, visitor, rest)
        except Refusal as refusal:
            BOARD_FRAMES_REFUSED.labels(refusal.code).inc()
            connection.close(refusal.code)
        except OSError:
            connection.gone()
        except Exception:
            log.exception("board.connection_failed")
            connection.close(BROKEN)

    async def _greet(self, receive: Receive) -> tuple[LiveBoard, Visitor, bytes]:
        """Read HELLO and let in; whatever came behind it in the same message is `rest`."""
        try:
            async with asyncio.timeout(HELLO_WITHIN_S):
                message = await _message(receive)
        except TimeoutError:
            raise Refusal("ticket.unknown") from None
        try:
            first, rest = first_client_frame(message)
        except Refused as refused:
            raise Refusal(refused.code) from refused
        if not isinstance(first, Hello):
            raise Refusal("ticket.unknown")
        admitted = self._admit(first.ticket)
        if admitted is None:
            raise Refusal("ticket.unknown")
        return *admitted, rest


async def _take_part(
    connection: Connection, receive: Receive, board: LiveBoard, visitor: Visitor, rest: bytes
) -> None:
    """Somebody is in: their writer runs, and every message goes to the board."""
    peer = board.join(visitor, connection)
    writing = asyncio.create_task(connection.write(lambda: board.pull(peer)), name="board writer")
    try:
        pause_s = board.receive(peer, rest) if rest else 0.0
        while True:
            if pause_s:
                await asyncio.sleep(pause_s)
            pause_s = board.receive(peer, await _message(receive))
    finally:
        board.leave(peer)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)


async def _message(receive: Receive) -> bytes:
    """The next binary message; ConnectionError at the end, Refusal for any other."""
    event = await receive()
    if event["type"] != "websocket.receive":
        raise ConnectionResetError
    message = event.get("bytes")
    if message is None:
        raise Refusal("frame.malformed")
    if len(message) > MESSAGE_BYTES_MAX:
        raise Refusal("frame.large")
    return bytes(message)
