"""Makes recordings whole: those whose class is over, and at a start those that an earlier server
left, however it ended. Afterwards every chunk is looked at, and the journals go.

What a recording consists of is its manifest; how far it is, its row. Each step may be broken off
and is done again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

import structlog

from classroom.blobs.recordings import RecordingBlobs
from classroom.clock import utc_now
from classroom.jobs.recording_folder import (
    drop_journals,
    drop_rewritten,
    drop_strangers,
    finish_order,
    has_journals,
    made,
    those_begun,
    tidied,
)
from classroom.jobs.recording_news import tell_recording
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recordings import (
    UNFINISHED,
    RecordingRow,
    change_recording,
    find_recording,
    forget_recording,
    move_recording,
    recordings_in,
)
from recording import manifest as manifests
from recording.body import replace as replace_file
from recording.crew import Crew
from recording.errors import Broken, Damaged
from recording.manifest import Manifest, key_name, track_form
from whiteboard.store import StoreFailed

AGAIN_S: Final = (5.0, 60.0, 300.0, 1800.0)
"""Before what failed is tried again; the last one for all after it."""
ORPHAN_S: Final = 3600.0
"""A folder without a row in which nothing began is nobody's after that."""
PERCENTS: Final = 5
AT_ONCE: Final = 2
"""Recordings of an earlier server that are made at a time."""

OnReady = Callable[[RecordingRow], None]

log = structlog.get_logger("classroom.recordings")


def _ignore(row: RecordingRow) -> None:
    pass


class Making:
    """Invariant: one task for a recording; after `close` none."""

    def __init__(
        self, blobs: RecordingBlobs, keys: RecordingKeys, manifest_key: bytes, crew: Crew
    ) -> None:
        self.on_ready: OnReady = _ignore
        """Told when one can be played to its end."""
        self._blobs = blobs
        self._keys = keys
        self._mac = manifest_key
        self._crew = crew
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._percents: dict[str, int] = {}
        self._telling: set[asyncio.Task[None]] = set()
        crew.on_percent = self._on_percent

    async def start(self) -> None:
        """Go on with what an earlier server left. Before any class begins: what is recorded from
        then on is not meant."""
        with contextlib.suppress(StoreFailed):  # the next start finds them
            await self._sweep()
            for row in await recordings_in((*UNFINISHED, "ready")):
                if row.state in UNFINISHED:
                    self.finish(row.id)
                elif await asyncio.to_thread(has_journals, self._blobs.folder(row.id)):
                    self._begin(row.id, self._clear(row))
                elif await self._blobs.is_to_be_sent(row.id):
                    self._begin(row.id, self._send(row.id))

    def finish(self, recording_id: str) -> None:
        """Its class is over, and all of it is written."""
        self._begin(recording_id, self._finish(recording_id))

    async def stop(self, recording_id: str) -> None:
        """It is deleted: nothing more is made of it."""
        task = self._tasks.pop(recording_id, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await self._crew.leave(recording_id)

    async def remake(self, recording_id: str) -> None:
        """Make anew what is made of everybody, of those whose keys there are. Broken, Damaged,
        StoreFailed, OSError."""
        manifest, keys = await self._manifest(recording_id), await self._keys_of(recording_id)
        await self._remix(manifest, keys)
        await self._thumbs(manifest, keys)

    async def close(self) -> None:
        """Whatever is being made is left as it is."""
        tasks = [*self._tasks.values(), *self._telling]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _sweep(self) -> None:
        """Folders that no row knows and in which nothing ever began. Others stay: the database may
        be another one by mistake."""
        for recording_id in await self._blobs.all():
            if await find_recording(recording_id) is not None:
                continue
            folder = self._blobs.folder(recording_id)
            is_old = await self._blobs.is_old(recording_id, older_s=ORPHAN_S)
            if await asyncio.to_thread((folder / manifests.FILE).exists):
                log.warning("recording.without_row", recording=recording_id)
            elif is_old and not await asyncio.to_thread(has_journals, folder):
                with contextlib.suppress(OSError):
                    await self._blobs.remove(recording_id)

    # One recording

    def _begin(self, recording_id: str, work: Any) -> None:
        if recording_id in self._tasks:
            work.close()
            return
        task = asyncio.create_task(work, name=f"make recording {recording_id}")
        self._tasks[recording_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(recording_id, None))

    async def _finish(self, recording_id: str) -> None:
        """Until it is ready, broken or gone."""
        failures = 0
        while True:
            try:
                row = await self._make(recording_id)
                if row is not None:
                    self.on_ready(row)
                    with contextlib.suppress(StoreFailed):
                        await tell_recording(row, "recording.ready", utc_now())
                    await self._clear(row)
                return
            except Damaged as damaged:
                await self._break(recording_id, damaged.code)
                return
            except (Broken, StoreFailed, OSError) as failure:
                await self._fail(recording_id, failure)
                await asyncio.sleep(AGAIN_S[min(failures, len(AGAIN_S) - 1)])
                failures += 1

    async def _make(self, recording_id: str) -> RecordingRow | None:
        """Ready when this returns; None when there is no such recording any more."""
        row = await find_recording(recording_id)
        if row is None or row.state not in UNFINISHED:
            return None
        try:
            manifest = await self._manifest(recording_id)
        except FileNotFoundError:
            if not await asyncio.to_thread(self._blobs.folder(recording_id).is_dir):
                raise
            await self._forget(recording_id)
            return None
        if manifest.state != "ready":
            manifest = await self._whole(manifest)
        await tidied(self._blobs.folder(recording_id), recording_id, self._keys)
        ended_at = row.ended_at or row.began_at + timedelta(milliseconds=manifest.duration_ms)
        size = await self._blobs.size(recording_id)
        facts = {"duration_ms": manifest.duration_ms, "bytes": size, "ended_at": ended_at}
        people = row.people or len(manifest.people)  # nobody counted those of a server that died
        self._percents.pop(recording_id, None)
        await change_recording(recording_id, **facts, people=people, fault="", progress=100)
        if not await move_recording(recording_id, to="ready", out_of=UNFINISHED):
            return None
        log.info("recording.ready", recording=recording_id, ms=manifest.duration_ms)
        return await find_recording(recording_id)

    async def _forget(self, recording_id: str) -> None:
        """It never began: its folder has neither a manifest nor anything else."""
        log.warning("recording.never_began", recording=recording_id)
        await self._keys.destroy_all(recording_id)
        await self._blobs.remove(recording_id)
        await forget_recording(recording_id)

    async def _whole(self, manifest: Manifest) -> Manifest:
        """Its tracks and what is made of them, to the end; the manifest says so."""
        said: dict[str, Any] = {}
        if self._crew.is_making(manifest.id) and manifest.state == "processing":
            self._crew.tell(manifest.id, finish_order(manifest))
            said = await self._crew.finished(manifest.id)
            unheard = await self._unheard_of(manifest, said)
        else:
            await self._crew.leave(manifest.id)
            unheard = True
        if unheard:
            async with self._room:
                again = await self._recover(manifest)
                has_left_out = said.get("has_left_out") or again["has_left_out"]
                said = {**again, "has_left_out": has_left_out}
        done = made(manifest, said)
        if said.get("has_left_out"):
            # What was mixed with somebody in it dies with its key.
            await self._keys.replace(manifest.id, "", "derived")
            await self._remix(done, await self._keys_of(manifest.id))
        folder = self._blobs.folder(manifest.id)
        data = manifests.pack(done, self._mac)
        await asyncio.to_thread(replace_file, folder / manifests.FILE, data)
        await asyncio.to_thread(drop_strangers, folder, done)
        return done

    async def _unheard_of(self, manifest: Manifest, said: dict[str, Any]) -> bool:
        """Whether a track was left out although its key is there: its journals would be lost."""
        keys = await self._keys_of(manifest.id)
        missing = [
            track.id
            for track in manifest.tracks
            if track.key in keys and track.id not in said["tracks"]
        ]
        if missing:
            log.error("recording.track_missing", recording=manifest.id, tracks=missing)
        return bool(missing)

    async def _recover(self, manifest: Manifest) -> dict[str, Any]:
        """By a child of its own."""
        folder = self._blobs.folder(manifest.id)
        await asyncio.to_thread(drop_rewritten, folder)
        keys = await self._keys_of(manifest.id)
        await self._crew.begin(manifest.id, folder, keys, is_over=True)
        for track in manifest.tracks:
            self._crew.tell(manifest.id, {"order": "track", "track": track_form(track)})
            closed = {"order": "closed", "track": track.id, "at_ms": track.stop_ms}
            self._crew.tell(manifest.id, closed)
        self._crew.tell(manifest.id, finish_order(manifest))
        try:
            return await self._crew.finished(manifest.id)
        except asyncio.CancelledError:
            await self._crew.leave(manifest.id)
            raise

    async def _remix(self, manifest: Manifest, keys: dict[str, bytes]) -> None:
        voices = [
            (track.id, track.key)
            for track in manifest.tracks
            if track.source in ("microphone", "screen_audio") and track.key in keys
        ]
        order = {"voices": voices, "duration_ms": manifest.duration_ms}
        folder = self._blobs.folder(manifest.id)
        tell = partial(self._on_percent, manifest.id)
        await self._crew.run("remix", manifest.id, folder, keys, order, tell)

    async def _thumbs(self, manifest: Manifest, keys: dict[str, bytes]) -> None:
        """Small pictures of what was to be seen. Where they cannot be made it plays without."""
        tracks = [
            {"id": track.id, "pid": track.pid, "source": track.source, "key": track.key}
            for track in manifest.tracks
            if track.key in keys
        ]
        order = {"tracks": tracks, "duration_ms": manifest.duration_ms}
        folder = self._blobs.folder(manifest.id)
        try:
            await self._crew.run("thumbs", manifest.id, folder, keys, order)
        except Broken as broken:
            log.warning("recording.no_thumbs", recording=manifest.id, reason=broken.reason)

    async def _clear(self, row: RecordingRow) -> None:
        """Its small pictures; then all that was made is looked at, and its journals go."""
        try:
            manifest, keys = await self._manifest(row.id), await self._keys_of(row.id)
            folder = self._blobs.folder(row.id)
            there = await asyncio.to_thread(those_begun, folder, manifest, keys)
            await self._thumbs(manifest, keys)
            await self._crew.run("verify", row.id, folder, keys, {"files": there})
            await asyncio.to_thread(drop_journals, folder)
            await change_recording(row.id, bytes=await self._blobs.size(row.id))
            await self._send(row.id)
        except Damaged as damaged:
            await self._break(row.id, damaged.code)
        except (Broken, StoreFailed, OSError) as failure:  # the next start looks again
            log.warning("recording.not_cleared", recording=row.id, reason=type(failure).__name__)

    async def _send(self, recording_id: str) -> None:
        """Its bodies to the far place, if there is one."""
        try:
            await self._blobs.send_away(recording_id)
        except OSError as failure:  # the next start sends it
            reason = str(failure)
            log.warning("recording.not_sent", recording=recording_id, reason=reason)

    # Small steps

    async def _manifest(self, recording_id: str) -> Manifest:
        folder = self._blobs.folder(recording_id)
        try:
            data = await asyncio.to_thread((folder / manifests.FILE).read_bytes)
        except FileNotFoundError:
            if await asyncio.to_thread(has_journals, folder):
                raise Damaged("manifest.tampered", "it is not there") from None
            raise  # the disk may not be there yet
        manifest = manifests.unpack(data, self._mac)
        if manifest.id != recording_id:
            raise Damaged("manifest.tampered", "of another recording")
        return manifest

    async def _keys_of(self, recording_id: str) -> dict[str, bytes]:
        kept = await self._keys.all(recording_id)
        return {key_name(pid, kind): key for (pid, kind), key in kept.items()}

    def _on_percent(self, recording_id: str, percent: int) -> None:
        """Its owner sees how far it is; not every percent is worth a row."""
        if abs(percent - self._percents.get(recording_id, 0)) < PERCENTS:
            return
        self._percents[recording_id] = percent
        task = asyncio.create_task(self._tell_percent(recording_id, percent))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell_percent(self, recording_id: str, percent: int) -> None:
        with contextlib.suppress(StoreFailed):
            await change_recording(recording_id, progress=percent)

    async def _break(self, recording_id: str, code: str) -> None:
        """It is served to nobody, and its owner is told why."""
        log.error("recording.broken", recording=recording_id, code=code)
        with contextlib.suppress(StoreFailed):
            await move_recording(recording_id, to="broken", out_of=(*UNFINISHED, "ready"))
            await change_recording(recording_id, fault=code)

    async def _fail(self, recording_id: str, failure: Exception) -> None:
        """It is tried again; meanwhile its owner sees what is the matter."""
        reason = failure.reason if isinstance(failure, Broken) else type(failure).__name__
        log.warning("recording.not_made", recording=recording_id, reason=reason)
        with contextlib.suppress(StoreFailed):
            await change_recording(recording_id, fault=f"making.{reason}".lower())
