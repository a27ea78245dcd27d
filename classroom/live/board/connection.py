"""One socket of the board on the server's side: woken to write, closed with a reason.

The writer pulls what the board has for this peer only when the socket takes it, so a slow reader
fills the board's bounded queue and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from classroom.live.gate import Send
from classroom.live.metrics import BOARD_CLOSED, BOARD_DELIVERED
from whiteboard.frame import Fault
from whiteboard.frame_writing import encode

CLOSE_WITHIN_S = 0.5
"""For the last words to somebody who does not read."""
POLICY = 1008  # RFC 6455 section 7.4.1
GOING_AWAY = 1001
CLOSING: Final = "server.closing"
BROKEN: Final = "server.error"

log = structlog.get_logger("classroom.live.board")

Pull = Callable[[], bytes | None]
"""The next message for this peer, or None when there is none."""


class Connection:
    """Invariant: after `close` nothing is written but the reason."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._awake = asyncio.Event()
        self._reason: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._last = b""

    def wake(self) -> None:
        """There is something to pull."""
        self._awake.set()

    def close(self, code: str, last: bytes = b"") -> None:
        """End it with a FAULT of this code behind the `last` message; the first code counts."""
        if not self._reason.done():
            self._last = last
            self._reason.set_result(code)

    def gone(self) -> None:
        """The other side hung up."""
        self.close("")

    async def closed(self) -> str:
        """The code it is to be closed with; empty when the other side hung up."""
        return await asyncio.shield(self._reason)

    async def write(self, pull: Pull) -> None:
        """Write for ever what `pull` gives; ends with `gone` when the socket does, and with
        `server.error` when it is our fault."""
        try:
            while True:
                await self._awake.wait()
                self._awake.clear()
                while (message := pull()) is not None:
                    await self._send({"type": "websocket.send", "bytes": message})
                    BOARD_DELIVERED.inc()
        except OSError:  # what an ASGI server raises for a client that went away
            self.gone()
        except Exception:
            log.exception("board.writer_failed")
            self.close(BROKEN)

    async def say_goodbye(self, code: str) -> None:
        """Tell why and close; somebody who does not read is not waited for."""
        BOARD_CLOSED.labels(code).inc()
        message = self._last + encode(Fault(code))
        try:
            async with asyncio.timeout(CLOSE_WITHIN_S):
                await self._send({"type": "websocket.send", "bytes": message})
                status = GOING_AWAY if code == CLOSING else POLICY
                await self._send({"type": "websocket.close", "code": status})
        except (TimeoutError, OSError):
            return
        except Exception:
            log.exception("board.goodbye_failed")
