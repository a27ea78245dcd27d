"""A strand of a bundle that is one HTTP request: what the client has not seen acknowledged goes in
its body, and what the server says then, for a moment, is the answer.

On a line that loses most packets a fresh WebSocket needs two round trips before it carries
anything, and browsers open one at a time; of requests several are on their way at once and each
carries everything both ways. Lines are parted by RS (U+001E).
"""

from __future__ import annotations

import asyncio

from classroom.live.bundle_frames import MalformedBundle
from classroom.live.gate import Message, Receive, Send

PARTING = "\x1e"
_PARTING = PARTING.encode()
HELLO_MAX = 1_024
"""Bytes of the first line, which has some 800 at most."""
OPEN_S = 5.0
"""How long an answer goes on."""
BODY_MAX = 256 * 1024
"""More than the pieces that may be on their way at once, in bytes of most texts."""
_END: Message = {"type": "websocket.disconnect", "code": 1006}
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),  # the next one is to be fresh, not behind what stalls
]


class Post:
    """One request that looks like a WebSocket to a bundle: `receive` and `send`."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._http_receive = receive
        self._http_send = send
        self._body = b""
        self._size = 0
        self._is_whole = False
        self._has_begun = False

    async def read(self) -> str:
        """The first line, or MalformedBundle. Nothing is read on before its key is known."""
        while (line := self._line()) is None:
            if len(self._body) > HELLO_MAX or not await self._more():
                raise MalformedBundle("bundle.post")
        return line

    async def receive(self) -> Message:
        """The next line as soon as it is there; the end when its time is over, or the client is
        gone."""
        try:
            while (line := self._line()) is None:
                async with asyncio.timeout(OPEN_S):
                    if not await self._more():
                        return dict(_END)
        except (MalformedBundle, TimeoutError):
            return dict(_END)
        return {"type": "websocket.receive", "text": line}

    def _line(self) -> str | None:
        """The next line of what came; the last one has no parting behind it."""
        line, parting, rest = self._body.partition(_PARTING)
        if not (parting or (self._is_whole and line)):
            return None
        self._body = rest
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            raise MalformedBundle("bundle.post") from error

    async def _more(self) -> bool:
        """Some of the body, or its end; False when nothing more can come."""
        message = await self._http_receive()
        if message["type"] != "http.request" or self._is_whole:
            return False
        body = message.get("body", b"")
        self._size += len(body)
        if self._size > BODY_MAX:
            raise MalformedBundle("bundle.post")
        self._body += body
        self._is_whole = not message.get("more_body")
        return True

    async def send(self, message: Message) -> None:
        """A line, or the end of the answer."""
        if not self._has_begun:
            self._has_begun = True
            await self._http_send(
                {"type": "http.response.start", "status": 200, "headers": _HEADERS}
            )
        text = message.get("text")
        is_line = message["type"] == "websocket.send"
        body = (text + PARTING).encode() if is_line and text is not None else b""
        await self._http_send({"type": "http.response.body", "body": body, "more_body": is_line})
