"""Recorder: the verbs `record` and `stop_record` of a worker, between its core and its journals.

Both are answered later, when the disk has done its part; the event loop never waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from media.endpoint.exchange import Exchange
from media.errors import Refused, RemoteError
from media.ids import ProducerId
from media.journal.envelope import KEY_BYTES
from media.journal.records import ticks
from media.server.control import Params
from media.server.events import RecordingFailed
from media.server.journal_file import JournalFiles
from media.server.journals import Call, Journal, Journals, Reason
from media.server.protocol import Json

CLOSED_MAX = 256
"""Closed journals that are remembered: a stop may be told after the producer is gone."""

Answer = Callable[[RemoteError | None], None]
Notice = Callable[[RecordingFailed], None]


class Recorder:
    """Of one worker. `folder` is where recordings may lie; None where there are none."""

    def __init__(self, core: Exchange, folder: Path | None, call: Call, notice: Notice) -> None:
        self._core = core
        self._folder = folder
        self._notice = notice
        self._journals = Journals(call)
        self._opening: dict[ProducerId, list[Answer]] = {}
        """Whose header is being written, and who has said stop since."""
        self._recordings: dict[ProducerId, tuple[Journal, float]] = {}
        """With its beginning; the newest last."""

    def take(self, method: str, params: Json, answer: Answer) -> bool:
        """Does a verb of recordings; False when it is none. What is wrong with it is raised, or
        answered later."""
        if method == "record":
            self._record(Params(params), answer)
        elif method == "stop_record":
            self._stop(Params(params), answer)
        else:
            return False
        return True

    def metrics(self) -> Json:
        """What was written, and what waits for the disk."""
        return {**self._journals.counts, "journal_waiting_bytes": self._journals.waiting}

    def close(self) -> None:
        """The worker ends: all that came is sealed and synced, unless the disk takes too long."""
        self._core.stop_all_records(now=time.monotonic())
        self._journals.close()

    def _record(self, params: Params, answer: Answer) -> None:
        producer_id = ProducerId(params.text("producer_id"))
        if self._folder is None:
            raise Refused("recording.storage", "there is no folder for recordings")
        self._core.may_record(producer_id)
        if producer_id in self._opening:
            raise Refused("recording.exists", producer_id)
        began, key = params.real("began"), params.octets("key", KEY_BYTES)
        files = JournalFiles(self._folder, params.text("path"), key, params.mapping("facts"))
        self._opening[producer_id] = []
        journal: Journal | None = None

        def opened(refusal: RemoteError | None) -> None:
            stops = self._opening.pop(producer_id)
            assert journal is not None
            if stops:
                journal.close(0)
            elif refusal is None:
                refusal = self._begin(producer_id, journal, began)
            for each in (answer, *stops):
                each(refusal if each is answer else None)

        journal = self._journals.open(files, lambda why: self._trouble(producer_id, why), opened)

    def _begin(self, producer_id: ProducerId, journal: Journal, began: float) -> RemoteError | None:
        """Its header is written: packets may come."""
        try:
            self._core.record(producer_id, journal, began, now=time.monotonic())
        except RemoteError as error:  # it went meanwhile
            journal.close(0)
            return error
        self._recordings.pop(producer_id, None)
        self._recordings[producer_id] = journal, began
        self._forget()
        return None

    def _forget(self) -> None:
        """The oldest of those that are closed, where they are many."""
        closed = [each for each, (journal, _) in self._recordings.items() if journal.is_closed]
        for producer_id in closed[:-CLOSED_MAX]:
            del self._recordings[producer_id]

    def _stop(self, params: Params, answer: Answer) -> None:
        producer_id, at = ProducerId(params.text("producer_id")), params.real("at")
        if producer_id in self._opening:
            self._opening[producer_id].append(answer)
            return
        self._core.stop_record(producer_id, at=at)
        recording = self._recordings.pop(producer_id, None)
        if recording is None:
            answer(None)
            return
        # The core has closed it just now, or with its producer earlier: `at` may be before that.
        journal, began = recording
        journal.close(ticks(at - began), answer)

    def _trouble(self, producer_id: ProducerId, reason: Reason) -> None:
        if reason == "storage":
            self._core.stop_record(producer_id, at=time.monotonic())
        self._notice(RecordingFailed(producer_id, reason))
