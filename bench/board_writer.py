"""Somebody at the board without a browser: opens a page, draws live, writes strokes, listens.

The first eight bytes of a LIVE payload are when it was sent (`time.monotonic`, the same clock for
all processes of a machine), so that whoever gets it knows how long it took.
"""

from __future__ import annotations

import asyncio
import random
import struct
import time
from typing import Self

from bench.handwriting import Writer, base36
from bench.seat import Json, RoomSocket, take_seat
from bench.websocket import Line
from whiteboard import frame
from whiteboard.frame_reading import server_frames
from whiteboard.frame_writing import encode

SENT_AT = struct.Struct("!d")
LIVE_BYTES = 96
"""A style and four new points, as a browser sends at 30 a second."""
PATIENCE_S = 60.0
LOT = 100
"""Strokes in one update: about 33 kB."""


class BoardWriter:
    """One participant with an open page. `delays` are those of others' LIVE, in seconds."""

    def __init__(self, room: RoomSocket, line: Line, client_id: int) -> None:
        self.room = room
        self._line = line
        self._client_id = client_id
        self.author = ""
        self.delivered = 0
        self.delays: list[float] = []
        self.acknowledged = 0
        self._opened = asyncio.Event()
        self._news = asyncio.Event()
        self._sent = 0
        self._reader: asyncio.Task[None] | None = None

    @classmethod
    async def come(cls, address: str, link: str, name: str) -> Self:
        """Through the door into the room, and to the board; the page is not open yet."""
        port = int(address.rsplit(":", 1)[-1])
        seat = await asyncio.to_thread(take_seat, address, link, name)
        room = await RoomSocket.join(port, seat, tab=f"tab-{random.getrandbits(40):x}")
        ticket = (await room.ask("board.ticket", {}))["ticket"]
        line = await Line.open(port, "/ws/board", {})
        writer = cls(room, line, random.getrandbits(31) + 1)
        await line.send(encode(frame.Hello(str(ticket))))
        writer._reader = asyncio.create_task(writer._read())
        return writer

    async def open(self, page: Json | None = None) -> None:
        """A page, the class's when none is given, ready to be written on."""
        board = self.room.welcome["room"]["board"]
        page = page or next(page for page in board["pages"] if page["id"] == board["page_id"])
        doc_id = f"{board['id']}/{page['id']}/{page['epoch']}"
        await self._line.send(encode(frame.Open(0, doc_id, self._client_id, b"", frame.WRITE)))
        await asyncio.wait_for(self._opened.wait(), PATIENCE_S)

    async def live(self, key: int) -> None:
        """One preview of a stroke in progress, stamped with now."""
        payload = SENT_AT.pack(time.monotonic()) + b"\x5a" * (LIVE_BYTES - SENT_AT.size)
        name = f"{base36(self._client_id)}-{base36(key)}"
        await self._line.send(encode(frame.Live(0, name, 0, payload)))

    async def write(self, count: int, *, first: int = 0) -> None:
        """So many finished strokes, and wait until the server has them on disk.

        In lots, as a paste is sent: single ones would meet the server's rate limit.
        """
        hand = Writer(self.author, self._client_id, seed=self._client_id)
        for start in range(first, first + count, LOT):
            self._sent += 1
            size = min(LOT, first + count - start)
            await self._line.send(encode(frame.Update(0, self._sent, hand.lot(size, start))))
        await self._until_acknowledged(self._sent)

    async def _until_acknowledged(self, number: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.acknowledged < number:
                self._news.clear()
                await self._news.wait()

    async def close(self) -> None:
        """Hang up everything."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        await self._line.close()
        await self.room.close()

    async def _read(self) -> None:
        while True:
            message = await self._line.receive()
            if not isinstance(message, bytes):
                raise TypeError("the board speaks in bytes")
            now = time.monotonic()
            for one in server_frames(message):
                self._take(one, now)

    def _take(self, one: frame.ServerFrame, now: float) -> None:
        match one:
            case frame.PeerLive(payload=payload):
                self.delivered += 1
                if len(payload) >= SENT_AT.size:
                    self.delays.append(now - SENT_AT.unpack_from(payload)[0])
            case frame.Ack(no=number):
                self.acknowledged = number
                self._news.set()
            case frame.Welcome(identity=identity):
                self.author = str(dict(identity)["author"])  # type: ignore[call-overload]
            case frame.State():
                self._opened.set()
            case frame.Deny(code=code) | frame.ChannelRefused(code=code) | frame.Fault(code=code):
                raise RuntimeError(code)
            case _:
                pass
