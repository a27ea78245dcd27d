"""Two ends of a bundle in virtual time, over streams that stall as TCP does on a lossy line.

A line of text is lost with the chance `loss` and sent again after 0.2 s, 0.4 s, 0.8 s and so on
until it and its receipt arrive; what was written after it on the same stream waits behind it.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from classroom.live.bundle import Bundle

DELAY_S = 0.03
FIRST_RETRY_S = 0.2


@dataclass
class Stream:
    """One direction of a stream. `busy_until` is when what was written before is through."""

    busy_until: float = 0.0


@dataclass
class Pair:
    """A client's end and a server's end. `given` is what each of them gave, in order."""

    seed: int = 1
    loss: float = 0.0
    now: float = 0.0
    near: Bundle = field(default_factory=Bundle)
    far: Bundle = field(default_factory=Bundle)
    given: dict[str, list[str]] = field(default_factory=lambda: {"near": [], "far": []})
    written: dict[str, int] = field(default_factory=lambda: {"near": 0, "far": 0})
    """Lines each of them wrote."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._streams: dict[tuple[int, str], Stream] = {}

    def open(self, name: int) -> None:
        """A strand, greeted at both ends at once."""
        near = (self.near.seen, self.near.held)
        self.near.attach(name, self.far.seen, self.far.held, now=self.now)
        self.far.attach(name, *near, now=self.now)
        for end in ("near", "far"):
            self._streams[name, end] = Stream()
        self._pump()

    def cut(self, name: int) -> None:
        """The strand breaks; what was on it is lost."""
        for end in ("near", "far"):
            self._streams.pop((name, end), None)
        self.near.detach(name)
        self.far.detach(name)
        self._pump()

    def put(self, end: str, text: str) -> None:
        """One end says something."""
        self._bundle(end).put(text, now=self.now)
        self._pump()

    def run(self, seconds: float) -> None:
        """Let time pass."""
        until = self.now + seconds
        while True:
            wakes = [one.wake_at(now=self.now) for one in (self.near, self.far)]
            times = [max(at, self.now) for at in wakes if at is not None]
            times += [self._queue[0][0]] if self._queue else []
            if not times or min(times) > until:
                break
            self.now = min(times)
            while self._queue and self._queue[0][0] <= self.now:
                heapq.heappop(self._queue)[2]()
            self._pump()
        self.now = until

    def _bundle(self, end: str) -> Bundle:
        return self.near if end == "near" else self.far

    def _pump(self) -> None:
        for end in ("near", "far"):
            for name in list(self._bundle(end).strands):
                while (line := self._bundle(end).next_on(name, now=self.now)) is not None:
                    self.written[end] += 1
                    self._write(name, end, line)

    def _write(self, name: int, end: str, line: str) -> None:
        stream = self._streams[name, end]
        start = max(self.now, stream.busy_until)
        through, retry = start, FIRST_RETRY_S
        while self._random.random() < self.loss:
            through += retry
            retry *= 2
        stream.busy_until = through

        def arrive() -> None:
            if self._streams.get((name, end)) is stream:
                other = "far" if end == "near" else "near"
                self.given[other] += self._bundle(other).came(name, line, now=self.now)

        heapq.heappush(self._queue, (through + DELAY_S, next(self._order), arrive))
