"""Keeps a recording's manifest true while it is written, and tells the process that makes it
playable what is new. The manifest is replaced at most once a second, off the event loop."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from classroom.ids import ParticipantId
from classroom.live.recording.house import Crew
from recording.manifest import FILE, Manifest, State, Track, pack, track_form

EVERY_S = 1.0

log = structlog.get_logger("classroom.live.recording")


class Scribe:
    """Of one recording. Invariant: one write of the manifest at a time, the newest last."""

    def __init__(self, manifest: Manifest, folder: Path, key: bytes, crew: Crew) -> None:
        self.manifest = manifest
        self._folder = folder
        self._key = key
        self._crew = crew
        self._is_dirty = False
        self._is_over = False
        self._task: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    async def begin(self, keys: Mapping[str, bytes]) -> None:
        """The manifest lies there, and the process runs. OSError when it cannot."""
        await self._write()
        await self._crew.begin(self.manifest.id, self._folder, keys)

    def track(self, track: Track) -> None:
        """A track is written from now on."""
        self._change(tracks=(*self.manifest.tracks, track))
        self._tell("track", track=track_form(track))

    def stopped(self, track_id: str, at_ms: int) -> None:
        """Nothing of a track counts that came later; whoever finishes it after us has to know."""
        self._change(tracks=tuple(self._with(track_id, stop_ms=at_ms)))

    def closed(self, track_id: str, at_ms: int) -> None:
        """A track has its end."""
        self._change(tracks=tuple(self._with(track_id, stop_ms=at_ms, state="closed")))
        self._tell("closed", track=track_id, at_ms=at_ms)

    def keys(self, keys: Mapping[str, bytes]) -> None:
        """Keys that are new."""
        self._tell("keys", keys=dict(keys))

    def agreed(self, pid: ParticipantId, kind: str) -> None:
        """Somebody is written; a kind that was agreed to once stays."""
        people = {who: set(kinds) for who, kinds in self.manifest.people}
        people.setdefault(pid, set()).add(kind)
        self._people(people)

    def pause(self, at_ms: int) -> None:
        """Nothing is written from then on."""
        self._tell("pause", at_ms=at_ms)

    def resume(self, from_ms: int, at_ms: int) -> None:
        """It goes on; the pause began at `from_ms`."""
        self._change(pauses=(*self.manifest.pauses, (from_ms, at_ms)))
        self._tell("resume", at_ms=at_ms)

    def leave_out(self, pid: ParticipantId, kinds: Collection[str]) -> list[Track]:
        """Somebody's kinds are erased: nothing of them is in it any more. The tracks that were."""
        gone = [one for one in self.manifest.tracks if one.pid == pid and one.kind in kinds]
        left = tuple(one for one in self.manifest.tracks if one not in gone)
        people = {who: set(agreed) for who, agreed in self.manifest.people}
        people[pid] = people.get(pid, set()) - set(kinds)
        self._change(tracks=left)
        self._people({who: agreed for who, agreed in people.items() if agreed})
        self._tell("leave_out", pid=pid, kinds=sorted(kinds), tracks=[one.id for one in gone])
        return gone

    async def finish(self, state: State, duration_ms: int, pause_ms: int | None) -> None:
        """All of it is written; `pause_ms` is when a pause began that lasts. Returns when the
        manifest says so."""
        pauses = self.manifest.pauses
        if pause_ms is not None and pause_ms < duration_ms:
            pauses = (*pauses, (pause_ms, duration_ms))
        self._change(state=state, duration_ms=duration_ms, pauses=pauses)
        self._is_over = True  # the manifest is another's from now on
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._write()
        if state == "processing":
            self._crew.tell(self.manifest.id, {"order": "finish", "duration_ms": duration_ms})

    def _with(self, track_id: str, **changed: Any) -> list[Track]:
        tracks = self.manifest.tracks
        return [replace(one, **changed) if one.id == track_id else one for one in tracks]

    def _people(self, people: Mapping[str, Collection[str]]) -> None:
        self._change(people=tuple((who, tuple(sorted(kinds))) for who, kinds in people.items()))

    def _tell(self, order: str, **what: Any) -> None:
        if not self._is_over:
            self._crew.tell(self.manifest.id, {"order": order, **what})

    def _change(self, **changed: Any) -> None:
        if self._is_over:
            return
        self.manifest = self.manifest.next(**changed)
        self._is_dirty = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_soon(), name="manifest")

    async def _write_soon(self) -> None:
        while self._is_dirty:
            try:
                await self._write()
            except OSError as error:  # whoever writes journals says it loudly
                log.error("recording.manifest_not_written", reason=os.strerror(error.errno or 0))
                self._is_dirty = True
            await asyncio.sleep(EVERY_S)

    async def _write(self) -> None:
        async with self._turn:
            self._is_dirty = False
            data = pack(self.manifest, self._key)
            path = self._folder / FILE
            writing = asyncio.ensure_future(asyncio.to_thread(replace_file, path, data))
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:  # the thread goes on, and the next one waits for it
                await asyncio.wait([writing])
                raise


def replace_file(path: Path, data: bytes) -> None:
    """The whole file or the one before it, whatever happens meanwhile."""
    part = path.with_name(path.name + ".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
