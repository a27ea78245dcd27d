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
OPEN_S = 5.0
"""How long an answer goes on."""
BODY_MAX = 256 * 1024
"""More than the pieces that may be on their way at once, in bytes of most texts."""
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
        self._lines: list[str] = []
        self._has_begun = False

    async def read(self) -> str:
        """The whole body; its first line, or MalformedBundle."""
        body = b""
        while True:
            message = await self._http_receive()
            if message["type"] != "http.request":
                raise MalformedBundle("bundle.post")
            body += message.get("body", b"")
            if len(body) > BODY_MAX:
                raise MalformedBundle("bundle.post")
            if not message.get("more_body"):
                break
        try:
            self._lines = body.decode().split(PARTING)
        except UnicodeDecodeError as error:
            raise MalformedBundle("bundle.post") from error
        return self._lines.pop(0)

    async def receive(self) -> Message:
        """The lines of the body, then the end of it when its time is over or the client is gone."""
        if self._lines:
            return {"type": "websocket.receive", "text": self._lines.pop(0)}
        try:
            async with asyncio.timeout(OPEN_S):
                await self._http_receive()
        except TimeoutError:
            pass
        return {"type": "websocket.disconnect", "code": 1006}

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
