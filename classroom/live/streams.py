"""News for pages that are open: each stream is somebody who looks at one thing.

A stream begins with what is so (`view`), and says it anew whenever it was changed; what is only
news is told between. So whoever comes back has missed nothing that counts, and a slow reader costs
no memory: of changes the last one is told, and who misses too much news begins anew.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import Any

import structlog

from classroom.errors import Refused
from classroom.live.metrics import STREAMS

View = Callable[[], Awaitable[Any]]
"""What is so, for this reader now, as JSON or data classes; Refused when they may not look any
more."""

PERSON_MAX = 4
"""Streams of one browser or account."""
STREAMS_MAX = 2_000
NEWS_MAX = 64
"""Not yet read; who is so far behind begins anew."""
QUIET_S = 15.0
"""After so long a line is sent that says nothing, so that proxies keep the line open."""
LIFE_S = 15 * 60.0
"""After so long it ends, and whoever still may look opens it anew."""
GAP_S = 0.2
"""Changes in quick succession are one."""
COMMENT = b": \n\n"

log = structlog.get_logger("classroom.live")


class Streams:
    """Invariant: after `close` no stream is open, and none opens."""

    def __init__(self) -> None:
        self._open: dict[str, set[Stream]] = {}
        self._people: Counter[str] = Counter()
        self._is_closed = False

    def subscribe(self, key: str, person: str, view: View) -> Stream:
        """A stream of what is told about `key`, which counts from when it is read; Refused
        `rate.limited` when this person has too many, `server.busy` when all together have."""
        self._must_have_space(person)
        return Stream(key, person, view, self)

    def change(self, key: str) -> None:
        """What is seen under this key is not so any more."""
        for stream in self._open.get(key, ()):
            stream.change()

    def tell(self, key: str, event: str, body: Any) -> None:
        """News for whoever looks at this key now; `body` is JSON."""
        line = message(event, body)
        for stream in self._open.get(key, ()):
            stream.put(line)

    def is_watched(self, key: str) -> bool:
        """Whether anybody looks at it."""
        return key in self._open

    def is_watched_by(self, key: str, person: str) -> bool:
        """Whether this person does."""
        return any(stream.person == person for stream in self._open.get(key, ()))

    def close(self) -> None:
        """End them all; readers come back to another server, and are told what is so."""
        self._is_closed = True
        for streams in list(self._open.values()):
            for stream in list(streams):
                stream.end()

    def begin(self, stream: Stream) -> None:
        """Somebody reads it now."""
        self._must_have_space(stream.person)
        self._open.setdefault(stream.key, set()).add(stream)
        self._people[stream.person] += 1
        STREAMS.inc()

    def leave(self, stream: Stream) -> None:
        """Nobody reads it any more; again is harmless."""
        streams = self._open.get(stream.key)
        if streams is None or stream not in streams:
            return
        streams.discard(stream)
        if not streams:
            del self._open[stream.key]
        self._people[stream.person] -= 1
        if not self._people[stream.person]:
            del self._people[stream.person]
        STREAMS.dec()

    def _must_have_space(self, person: str) -> None:
        if self._is_closed or self._people.total() >= STREAMS_MAX:
            raise Refused("server.busy")
        if self._people.get(person, 0) >= PERSON_MAX:
            raise Refused("rate.limited", {"retry_after_s": int(QUIET_S)})


class Stream:
    """One reader. Iterate over it once: it is over when the iteration ends, however it does."""

    def __init__(self, key: str, person: str, view: View, streams: Streams) -> None:
        self.key = key
        self.person = person
        self._view = view
        self._streams = streams
        self._news: deque[bytes] = deque()
        self._wake = asyncio.Event()
        self._is_changed = True
        self._is_over = False
        self._told = b""

    def change(self) -> None:
        """Tell anew what is so."""
        self._is_changed = True
        self._wake.set()

    def put(self, line: bytes) -> None:
        """Tell this once."""
        if len(self._news) >= NEWS_MAX:
            self.end()
        else:
            self._news.append(line)
            self._wake.set()

    def end(self) -> None:
        """Be over at the next step."""
        self._is_over = True
        self._wake.set()

    async def lines(self) -> AsyncIterator[bytes]:
        """What to send, until the reader goes, may not look any more, or all are ended."""
        try:
            self._streams.begin(self)
            ends = asyncio.get_running_loop().time() + LIFE_S
            while not self._is_over and asyncio.get_running_loop().time() < ends:
                self._wake.clear()
                if self._is_changed:
                    self._is_changed = False
                    for line in await self._seen():
                        yield line
                while self._news:
                    yield self._news.popleft()
                if not await self._woken():
                    self._is_changed = True  # what is expected changes with time alone
                    yield COMMENT
        except Refused as refused:
            yield message("over", {"code": refused.code})
        except Exception:  # a bug of ours ends this reader's stream, who comes back
            log.exception("stream.failed")
        finally:
            self._streams.leave(self)

    async def _seen(self) -> list[bytes]:
        line = message("now", await self._view())
        if line == self._told:
            return []
        self._told = line
        return [line]

    async def _woken(self) -> bool:
        """Whether something is to be told, before it was quiet for too long."""
        try:
            async with asyncio.timeout(QUIET_S):
                await self._wake.wait()
        except TimeoutError:
            return False
        if not self._is_over:
            await asyncio.sleep(GAP_S)
        return True


def message(event: str, body: Any) -> bytes:
    """An event as EventSource reads it."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=asdict)
    return f"event: {event}\ndata: {text}\n\n".encode()
