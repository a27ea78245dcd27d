"""Writes logs of recordings: encrypted journals of JSON lines, by one thread of the web process.

Lines are sealed each half second and synced each two: so much is lost when the process is killed.
Nothing here waits for a disk but the thread.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import structlog

from media.journal.envelope import CHUNK_MAX, Header, Reader, Sealer, pack_header

SEAL_EVERY_S = 0.5
SYNC_EVERY_S = 2.0
WAITING_MAX = 64 * 1024 * 1024
"""Bytes not written yet, of all logs; beyond them a log fails as if its disk were full."""

log = structlog.get_logger("classroom.live.recording")

Line = Mapping[str, Any]


class _File:
    """One journal, as the thread has it. `fd` is -1 before it is open and after its end."""

    def __init__(self, path: Path, key: bytes, facts: dict[str, Any]) -> None:
        self.path = path
        self.fd = -1
        self.is_failed = False
        self._header = pack_header(Header(facts))
        self._sealer = Sealer(key, self._header)
        self._lines: list[bytes] = []
        self._size = 0
        self.dirty_since: float | None = None

    def open(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        _write(self.fd, self._header)

    def add(self, data: bytes) -> None:
        if self._size + len(data) > CHUNK_MAX:
            self.seal()
        self._lines.append(data)
        self._size += len(data)

    def seal(self, *, is_last: bool = False) -> None:
        if self.fd < 0 or not (self._lines or is_last):
            return
        chunk = self._sealer.seal(b"".join(self._lines), is_last=is_last)
        self._lines, self._size = [], 0
        _write(self.fd, chunk)
        if self.dirty_since is None:
            self.dirty_since = time.monotonic()

    def sync(self) -> None:
        self.dirty_since = None
        if self.fd >= 0:
            os.fdatasync(self.fd)

    def close(self) -> None:
        self.seal(is_last=True)
        self.sync()
        self.give_up()

    def give_up(self) -> None:
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)


class Log:
    """One journal of lines, as the event loop has it."""

    def __init__(self, writer: Writer, file: _File, on_failed: Callable[[], None]) -> None:
        self._writer = writer
        self._file = file
        self._loop = asyncio.get_running_loop()
        self._on_failed = on_failed
        self._is_closed = False

    def put(self, line: Line) -> None:
        """Have it written soon, after what was put before; it must not be changed any more."""
        if self._is_closed:
            return
        data = pack_line(line)
        if len(data) > CHUNK_MAX:
            log.warning("recording.line_left_out", bytes=len(data))
        elif not self._writer.queue_line(self, data):
            self.fail()

    async def close(self) -> None:
        """Returns when all of it lies on the disk with its end."""
        self._is_closed = True
        await self._writer.run(lambda: self._try(self._file.close))

    async def erase(self) -> None:
        """Returns when the file is gone."""
        self._is_closed = True
        await self._writer.run(self._unlink)

    def fail(self) -> None:
        """The disk took no more; told once. Called by the writer's thread as well."""
        if not self._file.is_failed:
            self._file.is_failed = True
            self._loop.call_soon_threadsafe(self._on_failed)

    # The thread's

    def work(self, step: Callable[[_File], None]) -> None:
        """Do something to the file, which may be impossible."""
        self._try(lambda: step(self._file))

    @property
    def file(self) -> _File:
        """What the thread writes."""
        return self._file

    def _try(self, step: Callable[[], None]) -> None:
        if self._file.is_failed:
            self._file.give_up()
            return
        try:
            step()
        except OSError as error:
            log.warning("recording.log_failed", reason=os.strerror(error.errno or 0))
            self._file.give_up()
            self.fail()

    def _unlink(self) -> None:
        self._file.give_up()
        self._file.path.unlink(missing_ok=True)
        self._file.is_failed = True


class Writer:
    """The thread with all logs of the process. Invariant: lines of a log are in their order."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._logs: list[Log] = []
        self._seal_at = 0.0
        self._put_bytes = 0
        """Of lines, counted by the event loop; the next one by the thread."""
        self._done_bytes = 0

    def open(
        self, path: Path, key: bytes, facts: dict[str, Any], on_failed: Callable[[], None]
    ) -> Log:
        """A new journal; that it could not be made is told like any failure, on the event loop."""
        made = Log(self, _File(path, key, facts), on_failed)

        def begin() -> None:
            made.work(_File.open)
            self._logs.append(made)

        self._put(begin)
        return made

    def queue_line(self, log_of: Log, data: bytes) -> bool:
        """Have a line written; False when too much waits already."""
        if self._put_bytes - self._done_bytes > WAITING_MAX:
            return False
        self._put_bytes += len(data)

        def add() -> None:
            log_of.work(lambda file: file.add(data))
            self._done_bytes += len(data)

        self._put(add)
        return True

    async def run(self, job: Callable[[], None]) -> None:
        """Do something in the thread, after all that was asked before."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()

        def finish() -> None:
            try:
                job()
            finally:
                loop.call_soon_threadsafe(_settle, done)

        self._put(finish)
        await done

    async def close(self) -> None:
        """End the thread; what was put before is on the disk."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(thread.join)

    def _put(self, job: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="recording logs", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def _work(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=SEAL_EVERY_S)
            except queue.Empty:
                self._tend()
                continue
            if job is None:
                break
            job()
            self._tend()
        for one in self._logs:
            one.work(_File.close)

    def _tend(self) -> None:
        """Seal what came, and sync what was sealed long enough ago."""
        now = time.monotonic()
        if now < self._seal_at:
            return
        self._seal_at = now + SEAL_EVERY_S
        self._logs = [one for one in self._logs if one.file.fd >= 0]
        for one in self._logs:
            one.work(_File.seal)
            since = one.file.dirty_since
            if since is not None and now - since >= SYNC_EVERY_S:
                one.work(_File.sync)


def pack_line(line: Line) -> bytes:
    """As it lies in a journal."""
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def rewrite(path: Path, key: bytes, change: Callable[[dict[str, Any]], Line | None]) -> None:
    """Put another log in the place of one that has its end, line by line as `change` says; None
    leaves it out. Blocking; OSError, Tampered."""
    reader = Reader(key)
    chunks = reader.feed(path.read_bytes())
    facts = {} if reader.header is None else reader.header.facts
    part = path.with_name(path.name + ".new")
    part.unlink(missing_ok=True)
    file = _File(part, key, facts)
    file.open()
    for line in b"".join(chunks).splitlines():
        changed = change(json.loads(line))
        if changed is not None:
            file.add(pack_line(changed))
    file.close()
    part.replace(path)


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _settle(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)
