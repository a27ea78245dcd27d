"""Which producers of a room are written down by the media worker: one track for each, from the
moment it is wanted to the moment it is not.

A stop carries the moment at which it was wanted: nothing that came later stays written, however
late the worker hears of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.ports import Json, MediaPort
from classroom.room.kinds import Source
from media.errors import Refused as MediaRefused
from media.ids import ProducerId
from media.server.journal import Journal
from recording.manifest import Track

WITHIN_S = 2.5
"""For one answer of a worker."""
AGAIN_AFTER_S = 1.0
UNAVAILABLE = "media.unavailable"
"""The worker is late, and may begin it all the same, or gone, and its producers with it."""
TRIES = 30
ENDED_WITHIN_S = 5.0
TRACKS_MAX = 40
"""Written at once."""

log = structlog.get_logger("classroom.live.recording")


@dataclass(frozen=True, slots=True)
class Codec:
    """What a producer sends."""

    mime: str
    clock_rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A producer that is to be written, under a person's key."""

    pid: ParticipantId
    source: Source
    codec: Codec
    key: bytes = field(repr=False)


@dataclass(slots=True, eq=False)
class _Tap:
    producer: ProducerId
    track: Track
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    at: float = 0.0
    """The moment of the stop."""
    is_erased: bool = False
    """Nothing of it is to be told or kept."""

    def is_of(self, pid: ParticipantId, kinds: Collection[str]) -> bool:
        """Whether it is somebody's, of one of these kinds."""
        return self.track.pid == pid and self.track.kind in kinds


@dataclass(frozen=True, slots=True)
class TapWord:
    """What taps tell of their tracks."""

    opened: Callable[[Track], None]
    stopped: Callable[[Track, float], None]
    """Nothing counts that comes after this moment (monotonic)."""
    closed: Callable[[Track, float], None]
    """The same, when its journal has its end."""
    full: Callable[[], None]
    """There is no space."""


class Taps:
    """Of one recording. Invariant: a producer has one tap at most."""

    def __init__(
        self, media: MediaPort, folder: Path, recording_id: str, began: float, word: TapWord
    ) -> None:
        self._media = media
        self._folder = folder
        self._recording_id = recording_id
        self._began = began
        self._word = word
        self._taps: dict[ProducerId, _Tap] = {}
        self._tasks: dict[asyncio.Task[None], _Tap] = {}
        self._count = 0

    def settle(self, wished: Mapping[ProducerId, Wish], *, now: float) -> None:
        """Write these from now on, and no others."""
        for producer in [one for one in self._taps if one not in wished]:
            self.stop(producer, now=now)
        for producer, wish in wished.items():
            if producer not in self._taps and len(self._taps) < TRACKS_MAX:
                self._start(producer, wish, now)

    def stop(self, producer: ProducerId, *, now: float) -> None:
        """Write nothing of it that comes after this moment; nothing happens when none is."""
        tap = self._taps.pop(producer, None)
        if tap is not None:
            tap.at = now
            tap.stopped.set()
            if not tap.is_erased:
                self._word.stopped(tap.track, now)

    def holds(self, producer: ProducerId) -> bool:
        """Whether it is written, or about to be."""
        return producer in self._taps

    def erase(self, pid: ParticipantId, kinds: Collection[str]) -> list[str]:
        """Stop somebody's tracks of these kinds, of which nothing is told any more; their ids, as
        far as they have not ended."""
        mine = [tap for tap in self._tasks.values() if tap.is_of(pid, kinds)]
        for tap in mine:
            tap.is_erased = True
            self.stop(tap.producer, now=self._began)
        return [tap.track.id for tap in mine]

    async def ended(self, pid: ParticipantId, kinds: Collection[str]) -> None:
        """Returns when what was stopped of somebody is sealed, or after a while."""
        tasks = [task for task, tap in self._tasks.items() if tap.is_of(pid, kinds)]
        if tasks:
            await asyncio.wait(tasks, timeout=ENDED_WITHIN_S)

    async def close(self, *, at: float) -> None:
        """Stop all of them; returns when they are sealed. Whoever calls sets the limit."""
        self.settle({}, now=at)
        if self._tasks:
            await asyncio.wait(list(self._tasks))

    def cancel(self) -> None:
        """Wait for no answer any more."""
        for task in self._tasks:
            task.cancel()

    def _start(self, producer: ProducerId, wish: Wish, now: float) -> None:
        self._count += 1
        name = f"t{self._count}"
        track = Track(
            id=name,
            pid=wish.pid,
            source=wish.source,
            mime=wish.codec.mime,
            clock_rate=wish.codec.clock_rate,
            channels=wish.codec.channels,
            start_ms=max(0, round((now - self._began) * 1000)),
            journals=(f"{name}.1.rj",),
        )
        tap = self._taps[producer] = _Tap(producer, track)
        task = asyncio.create_task(self._run(tap, wish.key), name=f"track {name}")
        self._tasks[task] = tap
        task.add_done_callback(lambda done: self._tasks.pop(done, None))

    async def _run(self, tap: _Tap, key: bytes) -> None:
        """One track from its beginning to its end. A worker that owes us an answer may have begun:
        so it is told to stop all the same."""
        try:
            if await self._begin(tap, key):
                if not tap.is_erased:
                    self._word.opened(tap.track)
                await tap.stopped.wait()
                await self._end(tap)
                if not tap.is_erased:
                    self._word.closed(tap.track, tap.at)
        except Exception:
            log.exception("recording.track_failed", recording=self._recording_id)
        finally:
            if self._taps.get(tap.producer) is tap:
                del self._taps[tap.producer]

    async def _begin(self, tap: _Tap, key: bytes) -> bool:
        track = tap.track
        path = str(self._folder / "journal" / track.journals[0])
        facts: Json = {
            "rec": self._recording_id,
            "track": track.id,
            "mime": track.mime,
            "clock_rate": track.clock_rate,
            "source": track.source,
            "channels": track.channels,
        }
        try:
            async with asyncio.timeout(WITHIN_S):
                await self._media.record(tap.producer, Journal(path, key, self._began, facts))
        except TimeoutError:
            return True
        except (Refused, MediaRefused) as refused:
            if refused.code == UNAVAILABLE:
                return True
            log.info("recording.track_refused", recording=self._recording_id, code=refused.code)
            if refused.code == "recording.storage":
                self._word.full()
            else:  # whatever it began after all is no track of ours
                tap.at = self._began
                await self._end(tap)
                await asyncio.sleep(AGAIN_AFTER_S)
            return False
        return True

    async def _end(self, tap: _Tap) -> None:
        """Asked until it is answered: what came after the moment must not stay."""
        for _ in range(TRIES):
            try:
                async with asyncio.timeout(WITHIN_S):
                    await self._media.stop_record(tap.producer, at=tap.at)
                return
            except (TimeoutError, Refused, MediaRefused):
                await asyncio.sleep(AGAIN_AFTER_S)
        log.error("recording.stop_unanswered", recording=self._recording_id, track=tap.track.id)
