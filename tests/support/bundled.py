"""A browser's end of a bundle, over real WebSockets on loopback."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from typing import Any

from bench.websocket import Line, LineClosed
from classroom.clock import monotonic
from classroom.live.bundle import Bundle

TARGET = "/socket.io/?EIO=4&transport=websocket&bundle=1"
WAIT_S = 20.0


class Bundled:
    """What `bundle.ts` is: `dial` opens a strand; frames of Engine.IO go in and out."""

    def __init__(self, port: int) -> None:
        self.key = secrets.token_urlsafe(24)
        self.name = ""
        self.core = Bundle(quiet_s=6)
        self.frames: list[str] = []
        self.lines: dict[int, Line] = {}
        self.answers: list[str] = []
        """First lines of the server that were no welcome."""
        self._port = port
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._next = 1

    async def dial(self, *, hello: str = "") -> int:
        """Open a WebSocket and greet; its name."""
        line = await Line.open(self._port, TARGET, {})
        held = "".join(f",{'.'.join(map(str, self.core.held))}" for _ in self.core.held[:1])
        await line.send(hello or f"B{self.key},{self.name},{self.core.seen}{held}")
        name, self._next = self._next, self._next + 1
        self.lines[name] = line
        self._tasks[name] = asyncio.create_task(self._read(name, line))
        return name

    async def put(self, frame: str) -> None:
        """Say an Engine.IO frame."""
        self.core.put(frame, now=monotonic())
        await self.flush()

    async def hear(self, start: str) -> str:
        """The next frame that begins so, heard or still to come; taken out."""
        async with asyncio.timeout(WAIT_S):
            while True:
                for frame in self.frames:
                    if frame.startswith(start):
                        self.frames.remove(frame)
                        return frame
                self._news.clear()
                await self._news.wait()

    async def ask(self, number: int, event: str, payload: dict[str, Any]) -> dict[str, Any]:
        """A request; its acknowledgement."""
        await self.put(f"42{number}" + json.dumps([event, payload]))
        answer: dict[str, Any] = json.loads(
            (await self.hear(f"43{number}["))[len(f"43{number}") :]
        )[0]
        return answer

    async def flush(self) -> None:
        """Write what may be written."""
        for name in list(self.core.strands):
            while (text := self.core.next_on(name, now=monotonic())) is not None:
                await self.lines[name].send(text)

    async def cut(self, name: int) -> None:
        """A WebSocket breaks."""
        self._tasks[name].cancel()
        await asyncio.gather(self._tasks[name], return_exceptions=True)
        self.core.detach(name)
        await self.lines.pop(name).close()

    async def closed(self, name: int) -> None:
        """Until the server closed a WebSocket."""
        await asyncio.wait_for(asyncio.shield(self._tasks[name]), WAIT_S)

    async def close(self) -> None:
        """End everything."""
        for name in list(self.lines):
            await self.cut(name)

    async def _read(self, name: int, line: Line) -> None:
        with suppress(LineClosed):
            first = str(await line.receive())
            if not first.startswith("B"):
                self.answers.append(first)
                return
            words = first[1:].split(",")
            self.name = words[0]
            held = tuple(int(one) for one in words[2].split(".")) if len(words) > 2 else ()
            self.core.attach(name, int(words[1]), held, now=monotonic())
            while True:
                await self.flush()
                self._news.set()
                given = self.core.came(name, str(await line.receive()), now=monotonic())
                self.frames += given
        self.core.detach(name)
