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
from typing import Any, Self

from bench.websocket import Line

Json = dict[str, Any]
PATIENCE_S = 60.0


class Refusal(Exception):
    """The server said no; the text is its code."""


def take_seat(address: str, link: str, name: str) -> str:
    """The seat token for whoever opens `link` in a fresh browser and gives a name."""
    return Door(address, link, name).seat


class Door:
    """The room's part of the HTTP interface, for whoever opens `link` in a fresh browser and gives
    a name. `seat` is their token."""

    def __init__(self, address: str, link: str, name: str) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with self._opener.open(link, timeout=PATIENCE_S) as landed:
            code = str(landed.url).rstrip("/").rsplit("/", 1)[-1]
        with self._opener.open(f"{address}/api/session", timeout=PATIENCE_S) as answer:
            self._headers = {"X-CSRF-Token": str(json.load(answer)["csrf"])}
        self._room = f"{address}/api/rooms/by-code/{code}"
        self.seat = str(self.send("POST", "/seat", {"name": name})["seat_token"])
        self._headers["Authorization"] = f"Seat {self.seat}"

    def send(self, method: str, path: str, body: Json | bytes) -> Json:
        """The answer to one request; HTTPError when it is refused."""
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        request = urllib.request.Request(
            self._room + path,
            data=body if isinstance(body, bytes) else json.dumps(body).encode(),
            headers={"Content-Type": kind, **self._headers},
            method=method,
        )
        with self._opener.open(request, timeout=PATIENCE_S) as answer:
            told: Json = json.load(answer)
        return told


class RoomSocket:
    """The signalling of one seat. Invariant: every request's answer is given to who asked."""

    def __init__(self, socket: Line) -> None:
        self._socket = socket
        self._number = 0
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._reader: asyncio.Task[None] | None = None
        self.welcome: Json = {}

    @classmethod
    async def join(cls, port: int, seat: str, tab: str) -> Self:
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
                self._take_answer(frame)
            elif frame.startswith("42"):
                self._take_notice(frame)

    def _take_answer(self, frame: str) -> None:
        digits = frame[2 : frame.index("[")]
        waiting = self._waiting.pop(int(digits), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(json.loads(frame[2 + len(digits) :])[0])

    def _take_notice(self, frame: str) -> None:
        """Who wants to hear what the room tells overrides it."""
