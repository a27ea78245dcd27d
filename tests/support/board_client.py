"""Somebody at the board over the real WebSocket, with pycrdt in the place of a browser's Yjs.

`BoardClient` is one connection, `OpenPage` one page document on it. What the server says is kept,
so that a test can wait for it and look at it afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pycrdt import Doc, Map, TransactionEvent

from bench.websocket import Line, LineClosed
from tests.support.boards import base36, stroke
from tests.support.signalling import Person
from whiteboard import frame
from whiteboard.frame_reading import inflate, server_frames
from whiteboard.frame_writing import encode, encode_all

WAIT_S = 20.0
STATE_MAX = 64 * 1024 * 1024
PENS = ("none", "own", "all")

F = TypeVar("F")
Json = dict[str, Any]

CLIENTS: list[BoardClient] = []
"""Every client of the running test; closed at its end by `close_clients`."""


class BoardClient:
    """One connection. `heard` is every frame that came, oldest first."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.heard: list[frame.ServerFrame] = []
        self.pages: dict[int, OpenPage] = {}
        self.closed = asyncio.Event()
        self._news = asyncio.Event()
        self._reader = asyncio.create_task(self._read())
        CLIENTS.append(self)

    @classmethod
    async def connect(cls, port: int, headers: dict[str, str] | None = None) -> BoardClient:
        """A socket that has said nothing yet; ConnectionError when it is not accepted."""
        return cls(await Line.open(port, "/ws/board", headers or {}))

    @classmethod
    async def of(cls, person: Person, port: int) -> BoardClient:
        """The board connection of somebody in the room, welcomed."""
        client = await cls.connect(port)
        await client.send(frame.Hello((await person.ask("board.ticket"))["ticket"]))
        await client.hear(frame.Welcome)
        return client

    @property
    def author(self) -> str:
        return str(self._identity["author"])

    @property
    def peer(self) -> int:
        return int(self._identity["peer"])

    @property
    def _identity(self) -> Json:
        return dict(next(one for one in self.heard if isinstance(one, frame.Welcome)).identity)  # type: ignore[arg-type]

    @property
    def fault(self) -> str:
        """The last FAULT; empty when there was none."""
        faults = [one.code for one in self.heard if isinstance(one, frame.Fault)]
        return faults[-1] if faults else ""

    async def send(self, *frames: frame.ClientFrame) -> None:
        await self.line.send(encode_all(frames))

    async def open(self, doc_id: str, *, channel: int = 0, mode: int = frame.WRITE) -> OpenPage:
        """A page, as soon as its content is there."""
        page = OpenPage(self, channel, doc_id)
        await page.open(mode)
        await page.until(lambda: page.state == "open")
        return page

    async def hear(self, kind: type[F], where: Callable[[F], bool] = lambda one: True) -> F:
        """The first frame of this kind, past or to come."""
        async with asyncio.timeout(WAIT_S):
            while True:
                for one in self.heard:
                    if isinstance(one, kind) and where(one):
                        return one
                await self.news()

    async def until(self, is_true: Callable[[], bool], within_s: float = WAIT_S) -> None:
        """Return when what came makes it true."""
        async with asyncio.timeout(within_s):
            while not is_true():
                await self.news()

    async def news(self) -> None:
        """Return when something came, or the other side closed."""
        self._news.clear()
        if self.closed.is_set():
            raise ConnectionError(f"closed with {self.fault!r}")
        await self._news.wait()

    async def settled(self) -> None:
        """Return when the server has done all that was sent, and said what it had to say."""
        number = random.getrandbits(30)
        await self.send(frame.Ping(number))
        await self.hear(frame.Pong, lambda pong: pong.n == number)

    async def ended(self) -> str:
        """The fault with which the server closed it."""
        async with asyncio.timeout(WAIT_S):
            await self.closed.wait()
        return self.fault

    async def close(self) -> None:
        """Hang up."""
        if self in CLIENTS:
            CLIENTS.remove(self)
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self.line.close()

    async def _read(self) -> None:
        with contextlib.suppress(LineClosed):
            while True:
                message = await self.line.receive()
                assert isinstance(message, bytes)
                for one in server_frames(message):
                    self.heard.append(one)
                    page = self.pages.get(getattr(one, "channel", -1))
                    if page is not None:
                        page.take(one)
                self._news.set()
        self.closed.set()
        self._news.set()


@dataclass
class OpenPage:
    """A page document; what is drawn is sent at once.

    `state`: opening, open, denied, gone, refused.
    """

    client: BoardClient
    channel: int
    doc_id: str
    state: str = "opening"
    code: str = ""
    pen: str = ""
    sent: int = 0
    acknowledged: int = 0
    client_id: int = 0
    unsent: list[tuple[int, bytes]] = field(default_factory=list)
    names: Json = field(default_factory=dict)
    doc: Doc[Any] = field(default_factory=Doc)
    _made: list[bytes] = field(default_factory=list)
    _drawn: int = 0

    async def open(self, mode: int = frame.WRITE) -> None:
        """OPEN with a new document and a new client id."""
        self.client_id = random.getrandbits(31) + 1
        self.doc = Doc(client_id=self.client_id)
        self._elements: Map[Any] = self.doc.get("el", type=Map)
        self._subscription = self.doc.observe(self._note)
        self.unsent.clear()
        self.sent = self.acknowledged = self._drawn = 0
        await self._ask(b"", mode)

    async def resume(self, client: BoardClient) -> None:
        """The same document on a new connection, and again what was not acknowledged."""
        self.client = client
        await self._ask(self.doc.get_state(), frame.WRITE)
        await self.until(lambda: self.state == "open")
        await client.send(*(frame.Update(self.channel, no, made) for no, made in self.unsent))

    async def _ask(self, since: bytes, mode: int) -> None:
        self.state = "opening"
        self.client.pages[self.channel] = self
        open_it = frame.Open(self.channel, self.doc_id, self.client_id, since, mode)
        await self.client.send(open_it)

    @property
    def items(self) -> Json:
        """Everything on the page as this client sees it."""
        return dict(self._elements.to_py() or {})

    @property
    def ids(self) -> set[str]:
        return set(self.items)

    async def draw(self, count: int = 1) -> list[str]:
        """So many strokes; their ids."""
        drawn = []
        for _ in range(count):
            self._drawn += 1
            name = f"{base36(self.client_id)}-{base36(self._drawn)}"
            await self.put(name, stroke(self.client.author))
            drawn.append(name)
        return drawn

    async def put(self, name: str, value: Json) -> None:
        """Write an element, whoever's it is."""
        self._elements[name] = value
        await self.flush()

    async def erase(self, name: str) -> None:
        del self._elements[name]
        await self.flush()

    async def flush(self) -> None:
        """Send what was made."""
        made, self._made = self._made, []
        for update in made:
            self.sent += 1
            self.unsent.append((self.sent, update))
            await self.client.send(frame.Update(self.channel, self.sent, update))

    async def saved(self) -> None:
        """Return when everything sent is acknowledged."""
        await self.until(lambda: self.acknowledged == self.sent)

    async def until(self, is_true: Callable[[], bool], within_s: float = WAIT_S) -> None:
        await self.client.until(is_true, within_s)

    async def sees(self, *names: str) -> None:
        """Return when these are on the page."""
        await self.until(lambda: self.ids >= set(names))

    def take(self, one: frame.ServerFrame) -> None:
        """A frame for this channel."""
        match one:
            case frame.State(pen=pen, flags=flags, update=update):
                self.pen, self.state = PENS[pen], "open"
                deflated = flags & frame.DEFLATED
                self._apply(inflate(update, size_max=STATE_MAX) if deflated else update)
            case frame.Apply(update=update):
                self._apply(update)
            case frame.Ack(no=no):
                self.acknowledged = no
                self.unsent = [(number, made) for number, made in self.unsent if number > no]
            case frame.PenChanged(pen=pen):
                self.pen = PENS[pen]
            case frame.Deny(code=code):
                self.state, self.code = "denied", code
            case frame.Gone():
                self.state = "gone"
            case frame.ChannelRefused(code=code):
                self.state, self.code = "refused", code
            case frame.Authors(names=names):
                self.names |= dict(names)  # type: ignore[arg-type]
            case _:
                pass

    def _apply(self, update: bytes) -> None:
        self.doc.apply_update(update)
        self._made.clear()

    def _note(self, event: TransactionEvent) -> None:
        self._made.append(event.update)


def page_doc(board: Json, page_id: str = "") -> str:
    """The document id of a page of a board (the class's when none is named), as told in JSON."""
    wanted = page_id or board["page_id"]
    page = next(page for page in board["pages"] if page["id"] == wanted)
    return f"{board['id']}/{page['id']}/{page['epoch']}"


def hello(ticket: str) -> bytes:
    """The first message."""
    return encode(frame.Hello(ticket))


async def close_clients() -> None:
    """At the end of a test."""
    await asyncio.gather(*(client.close() for client in list(CLIENTS)))
