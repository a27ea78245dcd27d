"""Journals: the thread of a worker that seals what taps hand over and writes it to a disk.

The event loop only puts things into a queue; it waits for no disk, and no error of a disk reaches
it but as a word: a journal that failed takes no more and says so once. A chunk is on its way to the
disk when it is written, and safe from a power cut some `SYNC_S` later.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Literal

from media.errors import Refused, RemoteError
from media.forward.gathering import Chunk
from media.server.journal_file import JournalFiles

log = logging.getLogger(__name__)

WAITING_BYTES = 64 * 1024 * 1024
"""For the disk. What comes beyond is lost, rather than the worker's memory."""
SYNC_S = 2.0
GATHER_S = 0.02
"""From the thread's waking to its work: what comes together is done together, and each waking holds
up the loop."""
END_S = 0.5
"""The thread gets so long to finish when the worker ends."""

Reason = Literal["storage", "behind", "fault"]
NEVER = 1 << 40
"""An `arrival` that nothing has."""
Done = Callable[[RemoteError | None], None]
Call = Callable[[Callable[[], None]], object]
"""Runs something in the event loop's thread."""


class Journal:
    """One track's journals, as the event loop sees them: the sink of its tap.

    `on_trouble` is told once of each reason. After "storage" and "fault" nothing more is written.
    """

    def __init__(
        self, journals: Journals, files: JournalFiles, on_trouble: Callable[[Reason], None]
    ) -> None:
        self.files = files
        self.is_closed = False
        self._journals = journals
        self._on_trouble = on_trouble
        self._told: set[Reason] = set()

    def write(self, chunk: Chunk) -> bool:
        """Hands a chunk to the thread; False when too much waits for the disk already."""
        if "storage" in self._told:
            return True  # its tap is about to be told
        if self._journals.waiting + len(chunk.plain) > WAITING_BYTES:
            self._journals.counts["journal_holes"] += 1
            self.trouble("behind")
            return False
        self._journals.handed += len(chunk.plain)
        self._journals.put(partial(self._journals.written, self, chunk))
        return True

    def roll(self) -> None:
        """The next chunks go to the next journal."""
        self._journals.put(lambda: self._journals.rolled(self))

    def close(self, arrival: int, done: Done | None = None) -> None:
        """No more comes; `done` is called when all is on the disk and nothing is left in it that
        came at `arrival` or later. May be said again with an earlier `arrival`."""
        self.is_closed = True
        self._journals.put(lambda: self._journals.closed(self, arrival, done))

    def fault(self) -> None:
        """A bug of ours was met before the disk: the file is ended as it is, and that is told."""
        if not self.is_closed:
            self.close(NEVER)
        self.trouble("fault")

    def trouble(self, reason: Reason) -> None:
        """It is told once."""
        if reason not in self._told:
            self._told.add(reason)
            self._on_trouble(reason)


class Journals:
    """Of one worker. `open`, `put` and `close` are for the event loop, all else is the thread's."""

    def __init__(self, call: Call) -> None:
        self.counts: Counter[str] = Counter(
            dict.fromkeys(("recorded_packets", "recorded_bytes", "journals", "journal_holes"), 0)
        )
        """Written, and lost as the disk did not keep up."""
        self.handed = 0
        self._done = 0
        self._call = call
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._dirty: dict[Journal, float] = {}
        """When the first chunk was written that is not synced yet."""

    @property
    def waiting(self) -> int:
        """Bytes handed over that are not written yet."""
        return self.handed - self._done

    def open(
        self, files: JournalFiles, on_trouble: Callable[[Reason], None], done: Done
    ) -> Journal:
        """A track's first journal; `done` hears when its header is written, or why not."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="journals", daemon=True)
            self._thread.start()
        self.put(lambda: self._open(files, done))
        return Journal(self, files, on_trouble)

    def put(self, work: Callable[[], None]) -> None:
        """Something for the thread."""
        self._queue.put(work)

    def close(self) -> None:
        """The worker ends: waits for what was handed over, but not for ever."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(END_S)

    # In the thread

    def _run(self) -> None:
        while self._wait():
            time.sleep(GATHER_S)
            if not self._work():
                break
            self._sync()
        for journal in list(self._dirty):
            self.attempt(journal, journal.files.sync)

    def _wait(self) -> bool:
        """Until there is something to do, or to sync. False at the end."""
        try:
            work = self._queue.get(timeout=SYNC_S / 4 if self._dirty else None)
        except queue.Empty:
            return True
        if work is not None:
            work()
        return work is not None

    def _work(self) -> bool:
        """All there is to do. False at the end."""
        while not self._queue.empty():
            work = self._queue.get()
            if work is None:
                return False
            work()
        return True

    def _open(self, files: JournalFiles, done: Done) -> None:
        refusal: RemoteError | None = None
        try:
            files.open()
            self.counts["journals"] += 1
        except RemoteError as error:
            refusal = error
        except Exception as error:  # as in `attempt`
            files.fail()
            refusal = Refused("recording.storage", type(error).__name__)
        self._tell(lambda: done(refusal))

    def written(self, journal: Journal, chunk: Chunk) -> None:
        """Writes a chunk."""
        self._done += len(chunk.plain)
        if self.attempt(journal, partial(journal.files.write, chunk)):
            self.counts["recorded_packets"] += chunk.packets
            self._dirty.setdefault(journal, time.monotonic())

    def rolled(self, journal: Journal) -> None:
        """Begins its next file."""
        self.counts["journals"] += self.attempt(journal, journal.files.roll)

    def attempt(self, journal: Journal, work: Callable[[], int]) -> bool:
        """Does something with its files. What fails ends them, and its owner is told."""
        return not journal.files.is_failed and self._try(journal, work)

    def _try(self, journal: Journal, work: Callable[[], int]) -> bool:
        try:
            octets = work()
        except Exception as error:  # a disk has many ways to fail, and others have to go on
            journal.files.fail()
            log.error("journal failed: %s %s", type(error).__name__, getattr(error, "errno", ""))
            self._tell(lambda: journal.trouble("storage"))
            return False
        self.counts["recorded_bytes"] += octets
        return True

    def closed(self, journal: Journal, arrival: int, done: Done | None) -> None:
        """Closes its files, without what came too late."""
        self._dirty.pop(journal, None)
        self._try(journal, lambda: journal.files.close(arrival))  # of one that failed, too
        if done is not None:
            self._tell(lambda: done(None))

    def _sync(self) -> None:
        now = time.monotonic()
        for journal, since in list(self._dirty.items()):
            if now - since >= SYNC_S:
                del self._dirty[journal]
                self.attempt(journal, journal.files.sync)

    def _tell(self, word: Callable[[], None]) -> None:
        try:
            self._call(word)
        except RuntimeError:  # the loop is over, and nobody waits
            log.debug("nobody hears of a journal")
