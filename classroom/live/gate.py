"""Lets only well-formed signalling frames through to the Socket.IO library, and closes the rest.

A browser's client never sends anything else, so whoever does is not one. The library would pass
an event called `connect` to the connection code, keep any number of half-open namespaces and wait
for binary parts without end; none of that gets past here. Engine.IO 4 and Socket.IO 5 framing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from classroom.live.metrics import CONNECTIONS_REFUSED, FRAMES_REFUSED
from classroom.people.address import address_key

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

FRAME_MAX = 64 * 1024
"""Characters. The largest real message, JoinRoom with Chromium's capabilities, has about 15 000."""
WAITING_MAX = 300
"""WebSockets of one address that have no seat yet: a school comes back at once after a restart."""
NAME_MAX = 64
ACK_DIGITS_MAX = 10
REPEATABLE = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
"""The name of a request that may be asked again."""
RESERVED = frozenset({"connect", "connect_error", "disconnect", "disconnecting", "*"})

PONG, CLOSE = "3", "1"
CONNECT, DISCONNECT, EVENT = "40", "41", "42"


class FrameGate:
    """What one socket may still send. A connection is opened once."""

    def __init__(self) -> None:
        self._is_opened = False

    def refusal(self, frame: object) -> str | None:
        """Why the frame is refused, or None."""
        if not isinstance(frame, str):
            return "binary"
        if len(frame) > FRAME_MAX:
            return "too_large"
        if frame in (PONG, CLOSE, DISCONNECT):
            return None
        if frame.startswith(CONNECT):
            return self._open(frame[len(CONNECT) :])
        if frame.startswith(EVENT):
            return _event_refusal(frame[len(EVENT) :])
        return "unknown"

    def _open(self, auth: str) -> str | None:
        if self._is_opened:
            return "opened_twice"
        self._is_opened = True
        return None if not auth or isinstance(_parse(auth), dict) else "malformed"


def _event_refusal(text: str) -> str | None:
    body = text.lstrip("0123456789")
    if len(text) - len(body) > ACK_DIGITS_MAX:
        return "malformed"
    match _parse(body):
        case [str(event)] | [str(event), _]:
            pass
        case [str(event), _, str(name)] if REPEATABLE.fullmatch(name):
            pass
        case _:
            return "malformed"
    if not 0 < len(event) <= NAME_MAX:
        return "malformed"
    return "reserved" if event in RESERVED else None


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def gated(application: Application) -> Application:
    """The application behind a gate per WebSocket; other traffic passes as it is."""
    waiting: Counter[str] = Counter()

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await application(scope, receive, send)
            return
        client = scope.get("client")
        address = address_key(client[0] if client else None)
        if waiting[address] >= WAITING_MAX:
            CONNECTIONS_REFUSED.labels("rate.limited").inc()
            await send({"type": "websocket.close"})
            return
        waits = Waiting(waiting, address)
        try:
            await application(scope, _checked(receive), waits.watch(send))
        finally:
            waits.end()

    return guarded


class Waiting:
    """One WebSocket among those of its address that the library has given no seat yet."""

    def __init__(self, count: Counter[str], address: str) -> None:
        self._count = count
        self._address = address
        self._is_over = False
        count[address] += 1

    def end(self) -> None:
        """It has a seat, or is gone."""
        if self._is_over:
            return
        self._is_over = True
        self._count[self._address] -= 1
        if not self._count[self._address]:
            del self._count[self._address]

    def watch(self, send: Send) -> Send:
        """End the waiting when the library says that the connection was accepted."""

        async def watching(message: Message) -> None:
            if not self._is_over and str(message.get("text") or "").startswith(CONNECT):
                self.end()
            await send(message)

        return watching


def _checked(receive: Receive) -> Receive:
    """Only frames that pass a gate; any other ends the connection."""
    gate = FrameGate()

    async def receive_checked() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        frame = message.get("text")
        reason = gate.refusal(frame if frame is not None else message.get("bytes"))
        if reason is None:
            return message
        FRAMES_REFUSED.labels(reason).inc()
        return {"type": "websocket.disconnect", "code": 1008}

    return receive_checked
