"""A link of `link` in real time: what is put in comes out of a callback when its time has come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bench.link import Link

HEADER_BYTES = 28
"""IPv4 and UDP headers, which a real link carries too."""


@dataclass(frozen=True, slots=True)
class Waited:
    """What one datagram met: when it came out, its size on the link, its time in the queue."""

    at: float
    size: int
    queued_s: float


class Pipe:
    """One direction, for as many flows as put something in. `waited` is for whoever measures."""

    def __init__(self, link: Link, *, header_bytes: int = HEADER_BYTES) -> None:
        """`header_bytes` are added to the size of what is put in; 0 for whole IP packets."""
        self.link = link
        self._header_bytes = header_bytes
        self.waited: list[Waited] | None = None
        """Every datagram that came out, while somebody wants to know."""
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    def put(self, data: bytes, deliver: Callable[[bytes], None]) -> None:
        """`deliver` gets `data` later, or never."""
        self.link.send((data, deliver), len(data) + self._header_bytes, now=self._loop.time())
        self._run()

    def change(self, **fields: float | bool | None) -> None:
        """The link is another from now on (see `Link.change`)."""
        self.link.change(now=self._loop.time(), **fields)
        self._run()

    def close(self) -> None:
        """Nothing comes out any more."""
        if self._timer is not None:
            self._timer.cancel()

    def _run(self) -> None:
        now = self._loop.time()
        for delivery in self.link.receive(now=now):
            data, deliver = delivery.payload  # type: ignore[misc]
            if self.waited is not None:
                size = len(data) + self._header_bytes
                self.waited.append(Waited(delivery.at, size, delivery.queued_s))
            deliver(data)
        self.close()
        at = self.link.next_at()
        if at is not None:
            self._timer = self._loop.call_at(at, self._run)
