"""Bundles of WebSockets in front of the Socket.IO library: each looks to it like one WebSocket.

A client that asks for it with `bundle=1` in the address greets on every WebSocket with the key it
made up for its bundle (see `bundle_frames`). The first one opens a connection to the library, later
ones carry the same connection, also when all others are gone, for AWAY_S. With `pack=1` in the
address long texts come packed (`bundle_packs`). Other WebSockets pass as they are. Which strand
carries what is decided in `bundle`.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from itertools import count
from urllib.parse import parse_qs

from classroom.live.bundle import Bundle
from classroom.live.bundle_frames import (
    GONE,
    Hello,
    MalformedBundle,
    read_hello,
    write_welcome,
)
from classroom.live.bundle_packs import pack
from classroom.live.bundle_posts import Post
from classroom.live.gate import FRAME_MAX, Application, Message, Receive, Scope, Send
from classroom.live.metrics import BUNDLES, BUNDLES_WEAK, FRAMES_REFUSED, STRANDS
from classroom.people.address import address_key

HEARD = "classroom.heard"
"""In the scope of each WebSocket the library sees: tells when anything was heard on it last."""
AWAY_S = 30.0
"""How long a bundle lives of which nothing is heard; at 70 % loss 20 s without a word are usual."""
STRANDS_MAX = 8
"""Three WebSockets that carry, the one that takes the place of the worst, and requests."""
GREET_WITHIN_S = 10.0
GREETING_MAX = 300
"""WebSockets and requests of one address that have not greeted yet."""
INBOX_MAX = 64
"""Texts that wait for the library before a strand is read on."""
LAST_WORDS_S = 0.5
"""For the last lines of a connection that the server closed."""
_CLOSE: Message = {"type": "websocket.close", "code": 1000}
_GOING_AWAY = 1001
"""What a browser says when the page goes: nobody will come back for this bundle."""


class Session:
    """One bundle and the connection behind it. Invariant: `run` ends all that it started."""

    def __init__(self, scope: Scope, monotonic: Callable[[], float]) -> None:
        self.core = Bundle(payload_max=FRAME_MAX)
        self.core.heard_at = monotonic()
        self.name = secrets.token_hex(8)
        self._scope = {**scope, HEARD: lambda: self.core.heard_at}
        self._packs = _asks(scope, "pack")
        self._monotonic = monotonic
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._wakes: dict[int, asyncio.Event] = {}
        self._ends: dict[int, asyncio.Event] = {}
        self._room = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._lone: asyncio.TimerHandle | None = None
        self._was_weak = False
        self._has_ended = False

    async def run(self, application: Application) -> None:
        """The connection to the library, until one of both sides ends it."""
        self._inbox.put_nowait({"type": "websocket.connect"})
        self._watch()
        try:
            await application(self._scope, self._receive, self._send)
        finally:
            self._end()
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS_S):
                    await self._until(lambda: self.core.is_said)
            self._close()

    async def serve(self, strand: int, hello: Hello, receive: Receive, send: Send) -> None:
        """One WebSocket of the bundle, until it is gone."""
        now = self._monotonic()
        welcome = write_welcome(self.name, self.core.seen, self.core.held)
        self.core.attach(strand, hello.seen, hello.held, now=now)
        self._ends[strand], self._wakes[strand] = asyncio.Event(), asyncio.Event()
        self._make_room()
        self._stir()
        code = 1006
        with STRANDS.track_inprogress():
            tasks = [
                asyncio.ensure_future(self._write(strand, welcome, send)),
                asyncio.ensure_future(self._read(strand, receive)),
                asyncio.ensure_future(self._ends[strand].wait()),
            ]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                ended = await asyncio.gather(*tasks, return_exceptions=True)
                code = ended[1] if isinstance(ended[1], int) else code
                self._leave(strand, code)
        await send(_CLOSE)

    # What the library sees

    async def _receive(self) -> Message:
        message = await self._inbox.get()
        self._room.set()
        return message

    async def _send(self, message: Message) -> None:
        if message["type"] == "websocket.send" and not self._has_ended:
            text = pack(message["text"]) if self._packs else message["text"]
            self.core.put(text, now=self._monotonic())
            self._stir()
            await self._until(lambda: not self.core.is_full or self._has_ended)
        elif message["type"] == "websocket.close":
            self._end()

    # Strands

    async def _read(self, strand: int, receive: Receive) -> int:
        """Until the WebSocket is gone, or says what no honest client does; why it went."""
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return int(message.get("code") or 1006)
            try:
                given = self.core.came(strand, message.get("text") or "", now=self._monotonic())
            except MalformedBundle as malformed:
                FRAMES_REFUSED.labels(str(malformed)).inc()
                return 1006
            for text in given:
                self._inbox.put_nowait({"type": "websocket.receive", "text": text})
            if self.core.is_over:
                self._hang_up()
            self._stir()
            await self._until(lambda: self._inbox.qsize() < INBOX_MAX or self._has_ended)

    async def _write(self, strand: int, welcome: str, send: Send) -> None:
        wake = self._wakes[strand]
        with suppress(OSError, RuntimeError):  # the WebSocket went while it was written to
            await send({"type": "websocket.send", "text": welcome})
            while True:
                wake.clear()
                while (line := self.core.next_on(strand, now=self._monotonic())) is not None:
                    await send({"type": "websocket.send", "text": line})
                    await asyncio.sleep(0)  # so that one that broke is known before it gets more
                await wake.wait()

    def _make_room(self) -> None:
        """Of too many strands the one on which nothing came for longest goes."""
        if len(self._ends) > STRANDS_MAX:
            older = list(self.core.strands)[:-1]
            worst = min(older, key=lambda name: self.core.strands[name].heard_at)
            self._ends[worst].set()

    def _leave(self, strand: int, code: int) -> None:
        self.core.detach(strand)
        del self._ends[strand], self._wakes[strand]
        if not self._ends and code == _GOING_AWAY:
            self._hang_up()
        self._stir()

    def _watch(self) -> None:
        """End it when nothing was heard for too long; else look again then."""
        left = self.core.heard_at + AWAY_S - self._monotonic()
        if left <= 0:
            self._hang_up()
        else:
            self._lone = asyncio.get_running_loop().call_later(left, self._watch)

    # Steps

    def _stir(self) -> None:
        """Something changed: let those write who may, and look again when time alone changes it."""
        now = self._monotonic()
        is_weak = self.core.is_weak(now=now)
        if is_weak and not self._was_weak:
            BUNDLES_WEAK.inc()
        self._was_weak = is_weak
        for strand, wake in self._wakes.items():
            if self.core.may_carry(strand, now=now):
                wake.set()
        self._room.set()
        if self._timer is not None:
            self._timer.cancel()
        at = self.core.wake_at(now=now)
        if at is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(at - now, 0.0), self._stir)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self._room.clear()
            await self._room.wait()

    def _hang_up(self) -> None:
        """The client is gone: the library hears it once."""
        if not self._has_ended:
            self._has_ended = True
            self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1005})
            self._room.set()

    def _end(self) -> None:
        if not self._has_ended:
            self._has_ended = True
            self.core.end(now=self._monotonic())
            self._stir()

    def _close(self) -> None:
        for timer in (self._timer, self._lone):
            if timer is not None:
                timer.cancel()
        for end in self._ends.values():
            end.set()


class Heard:
    """A WebSocket without a bundle, and when something came on it last."""

    def __init__(self, receive: Receive, monotonic: Callable[[], float]) -> None:
        self._receive = receive
        self._monotonic = monotonic
        self._at = monotonic()

    def when(self) -> float:
        """On the clock it was given."""
        return self._at

    async def receive(self) -> Message:
        """The next message, noted."""
        message = await self._receive()
        self._at = self._monotonic()
        return message


class Bundles:
    """The application in front of the library. Invariant: after `close` no task of ours runs."""

    def __init__(self, application: Application, monotonic: Callable[[], float]) -> None:
        self._application = application
        self._monotonic = monotonic
        self._sessions: dict[str, Session] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._greeting: Counter[str] = Counter()
        self._names = count(1)

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        is_post = scope["type"] == "http" and scope["method"] == "POST"
        if scope["type"] == "websocket" and not _asks(scope, "bundle"):
            heard = Heard(receive, self._monotonic)
            await self._application({**scope, HEARD: heard.when}, heard.receive, send)
            return
        if not (is_post or scope["type"] == "websocket") or not _asks(scope, "bundle"):
            await self._application(scope, receive, send)
            return
        first: Callable[[], Awaitable[str]] = partial(_accept, receive, send)
        if is_post:
            post = Post(receive, send)
            first, receive, send = post.read, post.receive, post.send
        client = scope.get("client")
        hello = await self._greet(address_key(client[0] if client else None), first)
        if hello is None:
            await send(_CLOSE)
            return
        session = None if is_post and not hello.name else self._find(hello, scope)
        if session is None:
            await send({"type": "websocket.send", "text": GONE})
            await send(_CLOSE)
            return
        try:
            await session.serve(next(self._names), hello, receive, send)
        except MalformedBundle as malformed:
            FRAMES_REFUSED.labels(str(malformed)).inc()
            await send(_CLOSE)
        except (OSError, RuntimeError):
            return  # it was gone before the last word

    async def close(self) -> None:
        """End every bundle that is left."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _greet(self, address: str, first: Callable[[], Awaitable[str]]) -> Hello | None:
        """What the first line says; None when it is none, or does not come."""
        if self._greeting[address] >= GREETING_MAX:
            return None
        self._greeting[address] += 1
        try:
            async with asyncio.timeout(GREET_WITHIN_S):
                return read_hello(await first())
        except MalformedBundle as malformed:
            FRAMES_REFUSED.labels(str(malformed)).inc()
            return None
        except (TimeoutError, OSError):
            return None
        finally:
            self._greeting[address] -= 1
            if not self._greeting[address]:
                del self._greeting[address]

    def _find(self, hello: Hello, scope: Scope) -> Session | None:
        """The bundle of a key; a new one when the client was in none before."""
        session = self._sessions.get(hello.key)
        if session is not None:
            return session if hello.name in ("", session.name) else None
        if hello.name:
            return None
        session = self._sessions[hello.key] = Session(scope, self._monotonic)
        task = asyncio.create_task(self._run(hello.key, session), name="bundle")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return session

    async def _run(self, key: str, session: Session) -> None:
        with BUNDLES.track_inprogress():
            try:
                await session.run(self._application)
            finally:
                del self._sessions[key]


async def _accept(receive: Receive, send: Send) -> str:
    """The first line of a WebSocket."""
    await receive()
    await send({"type": "websocket.accept"})
    return (await receive()).get("text") or ""


def _asks(scope: Scope, what: str) -> bool:
    query = parse_qs(bytes(scope.get("query_string", b"")).decode("latin-1"))
    return query.get(what) == ["1"]
