"""One seat in a class without a browser: HTTP for the seat, Engine.IO text frames for the room.

Only what the board's load needs: join, requests with their answers, pings. Engine.IO 4 over a
WebSocket (packet types 0 open, 2 ping, 3 pong, 4 message), Socket.IO 5 in it (40 connect,
42 event, 43 acknowledgement).
"""

from __future__ import annotations

import asyncio
import json
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

from bench.websocket import Line

Json = dict[str, Any]


class Refusal(Exception):
    """The server said no; the text is its code."""


def take_seat(address: str, link: str, name: str) -> str:
    """The seat token for whoever opens `link` in a fresh browser and gives a name."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with opener.open(link) as landed:
        code = str(landed.url).rstrip("/").rsplit("/", 1)[-1]
    with opener.open(f"{address}/api/session") as answer:
        csrf = json.load(answer)["csrf"]
    request = urllib.request.Request(
        f"{address}/api/rooms/by-code/{code}/seat",
        data=json.dumps({"name": name}).encode(),
        headers={"Content-Type": "application/json", "X-CSRF-Token": csrf},
        method="POST",
    )
    with opener.open(request) as answer:
        return str(json.load(answer)["seat_token"])


class RoomSocket:
    """The signalling of one seat. Invariant: every request's answer is given to who asked."""

    def __init__(self, socket: Line) -> None:
        self._socket = socket
        self._number = 0
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._reader: asyncio.Task[None] | None = None
        self.welcome: Json = {}

    @classmethod
    async def join(cls, port: int, seat: str, tab: str) -> RoomSocket:
        """Connect, take the seat, and keep answering pings."""
        socket = await Line.open(port, "/socket.io/?EIO=4&transport=websocket", {})
        await socket.receive()
        await socket.send(f"40{json.dumps({'seat': seat, 'tab': tab})}")
        answer = str(await socket.receive())
        if not answer.startswith("40"):
            raise Refusal(answer)
        room = cls(socket)
        room._reader = asyncio.create_task(room._read())
        room.welcome = await room.ask("room.join", {})
        return room

    async def ask(self, event: str, message: Json) -> Json:
        """The reply to one request; Refusal when there is none."""
        self._number += 1
        waiting = self._waiting[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send(f"42{self._number}{json.dumps([event, message])}")
        answer = await asyncio.wait_for(waiting, 10)
        if not answer["ok"]:
            raise Refusal(answer["error"]["code"])
        reply: Json = answer["data"]
        return reply

    async def close(self) -> None:
        """Hang up."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        await self._socket.close()

    async def _read(self) -> None:
        while True:
            frame = str(await self._socket.receive())
            if frame == "2":
                await self._socket.send("3")
            elif frame.startswith("43"):
                digits = frame[2 : frame.index("[")]
                waiting = self._waiting.pop(int(digits), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(json.loads(frame[2 + len(digits) :])[0])
