"""People who look at slides without a browser: they hear which page the class is on and fetch its
picture, as a browser that has not seen the page does.
"""

from __future__ import annotations

import asyncio
import json
import urllib.parse
from collections.abc import Callable
from time import monotonic
from typing import Self

from bench.seat import Door, Json, RoomSocket
from bench.websocket import Line

PATIENCE_S = 60.0
AGAIN_S = 0.1
"""Before a picture that is not drawn yet is asked for again."""
PICTURE = "1280.webp"


class Viewer(RoomSocket):
    """One person. `page_id` is where the class is, `backdrops` what lies under the pages they may
    see, `decks` the last `deck.progress` of each."""

    door: Door
    _wire: Wire

    def __init__(self, socket: Line) -> None:
        super().__init__(socket)
        self.page_id = ""
        self.backdrops: dict[str, str] = {}
        self.decks: dict[str, Json] = {}
        self._news = asyncio.Event()

    @classmethod
    async def come(cls, address: str, link: str, name: str) -> Self:
        """Through the door into the room."""
        door = await asyncio.to_thread(Door, address, link, name)
        port = urllib.parse.urlsplit(address).port or 80
        viewer = await cls.join(port, door.seat, "tab-" + name.replace(" ", "-"))
        viewer.door, viewer._wire = door, await Wire.open(port)
        viewer._take_board(viewer.welcome["room"]["board"])
        return viewer

    async def sees(self, page_id: str) -> float:
        """Wait until the class is on this page and its picture is here; when it was (monotonic)."""
        async with asyncio.timeout(PATIENCE_S):
            await self.until(lambda: self.page_id == page_id and bool(self.backdrops.get(page_id)))
            path = f"{self.backdrops[page_id]}/{PICTURE}"
            while not await self._wire.has_picture(path):  # noqa: ASYNC110
                await asyncio.sleep(AGAIN_S)
        return monotonic()

    async def deck_is(self, deck_id: str, *states: str) -> Json:
        """The first told progress of a deck that is in one of these states, or RuntimeError."""
        async with asyncio.timeout(PATIENCE_S * 4):
            wanted = {*states, "failed"}
            await self.until(lambda: self.decks.get(deck_id, {}).get("state") in wanted)
        if (told := self.decks[deck_id])["state"] == "failed":
            raise RuntimeError(f"the deck could not be made: {told['fault']}")
        return told

    async def close(self) -> None:
        """Hang up."""
        self._wire.close()
        await super().close()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until what was heard makes it so."""
        while not is_so():
            self._news.clear()
            await self._news.wait()

    def _take_notice(self, frame: str) -> None:
        name, told = json.loads(frame[2:])
        if name == "deck.progress":
            self.decks[told["deck_id"]] = told
        for entry in told.get("entries", []):
            event = entry["event"]
            if event["type"] == "page_turned":
                self._take_board(event)
            elif event["type"] == "board_changed":
                self._take_board(event["board"])
        self._news.set()

    def _take_board(self, board: Json) -> None:
        self.page_id = board["page_id"]
        self.backdrops |= {page["id"]: page.get("backdrop", "") for page in board["pages"]}


class Wire:
    """One connection that is kept, for one answer after the other, as a browser has it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Wire:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def has_picture(self, path: str) -> bool:
        """Whether it could be fetched whole."""
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        size = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await self._reader.readexactly(size)
        return b" 200 " in head.partition(b"\r\n")[0] and body[8:12] == b"WEBP"

    def close(self) -> None:
        self._writer.close()
