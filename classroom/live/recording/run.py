"""One recording that runs, from its beginning to its end: brings what is written in line with what
the room wants, after each change.

Nothing here decides who may be written: the room does (`recording_wanted`), and of that only what
has a permit flows.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from classroom.ids import ParticipantId
from classroom.live.recording.house import CANNOT, RecordingHouse
from classroom.live.recording.logs import Logs
from classroom.live.recording.permits import Permit, Permits
from classroom.live.recording.scribe import Scribe
from classroom.live.recording.tapes import Tapes
from classroom.live.recording.taps import Codec, Taps, TapWord, Wish
from classroom.live.room import LiveRoom
from classroom.room.event import LogEntry
from media.ids import ProducerId
from recording.manifest import DERIVED_KEY, KINDS_OF, ROOM_KEY, Manifest, Track, key_name

log = structlog.get_logger("classroom.live.recording")

ERASE_TRIES = 120
ERASED_WITHIN_S = 5.0
ERASE_AGAIN_S = 1.0
FOLDERS = ("journal", "tracks", "people", "thumbs", "assets", "exports")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Of a recording: `began` is the monotonic second at which its time is 0, `began_ms` the same
    on the room clock."""

    recording_id: str
    lesson_id: str
    folder: Path
    began: float
    began_ms: int
    began_at: datetime


@dataclass(frozen=True, slots=True)
class RunWord:
    """What a run tells whoever began it."""

    storage: Callable[[], None]
    """It cannot go on: there is no space."""
    note: Callable[[str, str, dict[str, Any]], None]
    """For the record of consents: a deed, of whom, with what."""


class Run:
    """Invariant: what is written is a subset of what the room wants, at every moment."""

    def __init__(
        self,
        live: LiveRoom,
        house: RecordingHouse,
        beginning: Beginning,
        permits: Permits,
        word: RunWord,
    ) -> None:
        self.beginning = beginning
        self.permits = permits
        self.is_open = False
        self.is_changed = False
        """Somebody's part was erased: what was made of it is made anew at the end."""
        self._live = live
        self._house = house
        self._word = word
        self._codecs: dict[ProducerId, Codec] = {}
        told = TapWord(self._opened, self._stopped, self._closed, word.storage)
        self._taps = Taps(
            house.media, beginning.folder, beginning.recording_id, beginning.began, told
        )
        manifest = Manifest(
            beginning.recording_id,
            live.room.terms.room_id,
            beginning.lesson_id,
            "recording",
            beginning.began_at.isoformat(),
        )
        self.scribe = Scribe(manifest, beginning.folder, house.manifest_key, house.crew)
        self.logs = Logs(live, house, beginning, word.storage, self.ms)
        self._tapes = Tapes(live, self.ms, self._picture)
        self._paused_ms: int | None = None
        self._erasing: set[asyncio.Task[None]] = set()

    def ms(self) -> int:
        """The recording's time now."""
        return max(0, round((self._house.clocks.monotonic() - self.beginning.began) * 1000))

    async def open(self) -> None:
        """Make its folder, its first logs and its process, or say that it cannot be."""
        try:
            await self._open()
        except CANNOT as failure:
            rec = self.beginning.recording_id
            log.error("recording.not_begun", recording=rec, reason=type(failure).__name__)
            self._word.storage()

    async def _open(self) -> None:
        drawer, rec = self._house.drawer, self.beginning.recording_id
        await asyncio.to_thread(_make_folders, self.beginning.folder)
        room_key = await drawer.key_for(rec, "", "room")
        derived = await drawer.key_for(rec, "", "derived")
        await self.scribe.begin({ROOM_KEY: room_key, DERIVED_KEY: derived})
        self.logs.open(room_key)
        self.is_open = True
        for permit, key in self.permits.keys.items():
            self.permit(permit, key)

    def permit(self, permit: Permit, key: bytes) -> None:
        """Somebody's kind has its key."""
        if self.is_open:
            pid, kind = permit
            self.scribe.agreed(pid, kind)
            self.scribe.keys({key_name(pid, kind): key})

    # What follows from the room

    def hear(self, entries: Sequence[LogEntry]) -> None:
        """Write down what happened, as far as it is for the recording."""
        for entry in entries:
            self.logs.hear(entry, self.permits.keys)

    def settle(self, flows: frozenset[Permit], *, is_on: bool) -> None:
        """Write these from now on. Who agreed and is in a group or gone keeps what they drew."""
        if not self.is_open:
            return
        now = self._house.clocks.monotonic()
        self._taps.settle(self._wishes(flows), now=now)
        self.logs.settle(self.permits.keys, is_on=is_on)
        inks = {
            pid: self.logs.of((pid, kind), key)
            for (pid, kind), key in self.permits.keys.items()
            if kind == "ink"
        }
        writers = frozenset(pid for pid, kind in flows if kind == "ink")
        self._tapes.settle(inks, writers, is_on=is_on)

    def hush(self) -> None:
        """Nothing that comes from now on is written."""
        self.settle(frozenset(), is_on=False)

    def pause(self, at_ms: int) -> None:
        """Nothing is written from then on."""
        self._paused_ms = at_ms
        self.scribe.pause(at_ms)

    def resume(self, at_ms: int) -> None:
        """It goes on."""
        self.scribe.resume(self._paused_ms or 0, at_ms)
        self._paused_ms = None

    def on_media_failed(self, producer: ProducerId, *, is_full: bool) -> None:
        """A journal of the worker failed."""
        if self._taps.holds(producer):
            self._taps.stop(producer, now=self._house.clocks.monotonic())
            if is_full:
                self._word.storage()

    def erase(self, pid: ParticipantId, kinds: Sequence[str]) -> asyncio.Task[None]:
        """Destroy what there is of somebody, who said no to these kinds. From this moment they are
        in nothing that is made; the task ends when their files and keys are gone."""
        permits: list[Any] = [(pid, kind) for kind in kinds]
        self.is_changed = True
        self.permits.forget(permits)
        tracks = self._taps.erase(pid, kinds)
        tracks += [one.id for one in self.scribe.leave_out(pid, kinds)]
        task = asyncio.create_task(self._destroy(pid, kinds, tracks), name="erase")
        self._erasing.add(task)
        task.add_done_callback(self._erasing.discard)
        return task

    async def _destroy(
        self, pid: ParticipantId, kinds: Sequence[str], tracks: Sequence[str]
    ) -> None:
        """Files first, which no store can keep; then the keys, as often as it takes."""
        await self._taps.ended(pid, kinds)
        await self.logs.erase(pid, kinds)
        await asyncio.to_thread(_unlink_tracks, self.beginning.folder, tracks)
        rec = self.beginning.recording_id
        for _ in range(ERASE_TRIES):
            try:
                await self._house.drawer.erase(rec, pid, kinds)
                self._word.note("erased", pid, {"kinds": list(kinds)})
                break
            except CANNOT as failure:
                log.error("recording.not_erased", recording=rec, reason=type(failure).__name__)
                await asyncio.sleep(ERASE_AGAIN_S)
        self.permits.allow([(pid, kind) for kind in kinds])  # type: ignore[misc]

    # The end

    async def stop(self, *, at: float, within_s: float, is_over: bool) -> None:
        """Write nothing that came later; returns when everything has its end, or after a while."""
        self.permits.close()
        ending = asyncio.gather(self._taps.close(at=at), self._close_logs())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await ending
        if not is_over:  # else a worker that owes us an answer is asked again
            self._taps.cancel()

    async def erased(self) -> None:
        """Returns when nothing is being destroyed any more, or after a while: then it goes on."""
        if self._erasing:
            await asyncio.wait(list(self._erasing), timeout=ERASED_WITHIN_S)

    async def _close_logs(self) -> None:
        await self._tapes.close()
        await self.logs.close()

    async def weigh(self) -> int:
        """Bytes that lie there."""
        return await asyncio.to_thread(_bytes_in, self.beginning.folder)

    async def seal(self, *, is_over: bool, duration_ms: int) -> None:
        """The last of the manifest: it is to be finished, or was broken off by a stop of the
        server."""
        state: Any = "processing" if is_over else "interrupted"
        await self.scribe.finish(state, duration_ms, self._paused_ms)

    # Small steps

    def _wishes(self, flows: frozenset[Permit]) -> dict[ProducerId, Wish]:
        """What is sent of that, by producer."""
        wishes: dict[ProducerId, Wish] = {}
        for pid, endpoint in self._live.stage.books.endpoints.items():
            for producer, source in endpoint.producers.items():
                permit: Any = (pid, KINDS_OF[source])
                key = self.permits.keys.get(permit) if permit in flows else None
                codec = endpoint.codecs.get(producer)
                if key is not None and codec is not None:
                    wishes[producer] = Wish(pid, source, Codec(*codec), key)
        return wishes

    def _picture(self, pid: ParticipantId, asset: str) -> str:
        key = self.permits.keys.get((pid, "ink"))
        return "" if key is None else self.logs.pictures.own(pid, "ink", asset, key)

    def _opened(self, track: Track) -> None:
        self.scribe.track(track)
        self._word.note("included", track.pid, {"track": track.id, "source": track.source})

    def _stopped(self, track: Track, at: float) -> None:
        at_ms = max(0, round((at - self.beginning.began) * 1000))
        self.scribe.stopped(track.id, at_ms)

    def _closed(self, track: Track, at: float) -> None:
        at_ms = max(0, round((at - self.beginning.began) * 1000))
        self.scribe.closed(track.id, at_ms)
        self._word.note("excluded", track.pid, {"track": track.id, "source": track.source})


def _make_folders(folder: Path) -> None:
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)


def _bytes_in(folder: Path) -> int:
    sizes = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # it went meanwhile
            sizes += path.stat().st_size if path.is_file() else 0
    return sizes


def _unlink_tracks(folder: Path, tracks: Sequence[str]) -> None:
    for track in tracks:
        for path in (folder / "journal").glob(f"{track}.*"):
            path.unlink(missing_ok=True)
