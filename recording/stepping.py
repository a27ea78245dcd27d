"""Stepping: a recording that goes on is made playable, step after step.

Each step reads what the journals have grown by, appends what is certain of it to the tracks, and
brings the mixed sound after them. After each the recording is whole up to there; the last one is a
step like the others. Blocking, for the child alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from media.journal.records import TICKS, Record, ReportRecord
from recording import index as indexes
from recording.assembling import Assembling
from recording.body import Body
from recording.errors import Broken, Damaged
from recording.index import Index
from recording.journals import TrackJournals
from recording.manifest import Track
from recording.timeline import PersonClock, ntp_ms

BEHIND_MS: Final = 1_000
"""What arrived that long ago is in its journal, if its worker lives."""
SLICE_MS: Final = 60_000
"""Of a class that is assembled at once so much is taken in turn, by all tracks together."""
_PER_MS: Final = TICKS // 1000

Alive = Callable[[], None]

log = logging.getLogger(__name__)


def part_name(track: str, number: int) -> str:
    """The first part of a track has its name; another set of parameters begins another."""
    return track if number == 0 else f"{track}-{number + 1}"


@dataclass(slots=True)
class _Part:
    body: Body
    is_changed: bool = False


class LiveTrack:
    """One track: its journals, what assembles them, and the files of its parts."""

    def __init__(self, folder: Path, recording_id: str, track: Track, key: bytes) -> None:
        """Goes on with what lies there. Damaged, OSError."""
        self.track = track
        self.stop_ms = track.stop_ms
        self.is_closed = track.state != "open"
        self.is_done = False
        self.read_ms = 0.0
        """What arrived until then was read."""
        self.key = key
        self._folder, self._recording_id, self._key = folder, recording_id, key
        self._parts: list[_Part] = []
        stored: list[Index] = []
        while (index := self._part(len(self._parts)).load()) is not None:
            stored.append(index)
            self._parts.append(_Part(self._part(len(self._parts))))
        self._journals = TrackJournals(folder, track.journals[0], key)
        self._slice: list[Record] = []
        self.assembling = Assembling(
            track.mime, track.clock_rate, track.channels, self._write, stored
        )

    def read(self, until_ms: float) -> list[ReportRecord]:
        """Read on; the reports among it, which the person's clock has to judge first."""
        self.read_ms = max(self.read_ms, until_ms)
        until = int(until_ms * _PER_MS)
        stop = None if self.stop_ms is None else self.stop_ms * _PER_MS
        found = self._journals.records(until)
        self._slice = [each for each in found if stop is None or each.arrival < stop]
        return [each for each in self._slice if isinstance(each, ReportRecord)]

    def feed(self, offsets: Iterator[float | None], until_ms: float) -> None:
        """What was read, with the judgement of each report in it."""
        feed = self.assembling.feed
        for record in self._slice:
            feed(record, next(offsets) if isinstance(record, ReportRecord) else None)
        self._slice = []
        self.assembling.take(until_ms)

    def flush(self) -> bool:
        """Store what was made; whether there was anything. OSError, Damaged."""
        was_changed = False
        for part, index in zip(self._parts, self.assembling.parts, strict=False):
            if part.body.flush(index):
                part.is_changed = True
            if part.is_changed:
                part.body.save(index)
                part.is_changed, was_changed = False, True
        return was_changed

    def finish(self) -> None:
        """Nothing more comes."""
        self.assembling.finish()
        for part in self._parts:
            part.is_changed = part.is_changed or part.body.is_open
        self.flush()
        self.is_done = True
        self.close()

    def give_up(self) -> None:
        """What it has so far is all there will be of it."""
        self.is_done = True
        self._slice = []
        self.flush()
        self.close()

    def close(self) -> None:
        """Nothing is read or written any more."""
        self._journals.close()
        for part in self._parts:
            part.body.close()

    def remove(self) -> None:
        """It was erased: its files go, too."""
        self.close()
        for number in range(len(self._parts)):
            for ending in ("body", "index"):
                name = indexes.file_name(part_name(self.track.id, number), ending)
                (self._folder / name).unlink(missing_ok=True)

    def is_being_written(self) -> bool:
        """Whether its worker is still at it."""
        return self._journals.is_being_written()

    @property
    def is_read(self) -> bool:
        """Whether nothing of its journals is left."""
        return self._journals.is_read

    @property
    def is_unread(self) -> bool:
        """Whether its journals went on beyond what was asked for."""
        return self._journals.is_unread

    @property
    def files(self) -> list[tuple[str, Index]]:
        """Its parts that have something to play: (name, index)."""
        return [
            (part_name(self.track.id, number), index)
            for number, index in enumerate(self.assembling.parts)
            if len(index.chunks)
        ]

    def _part(self, number: int) -> Body:
        name = part_name(self.track.id, number)
        return Body(self._folder, self._recording_id, name, self._key)

    def _end_parts(self, number: int) -> None:
        """Those before that one have their last cluster: each has a file open else."""
        for part, index in zip(self._parts[:number], self.assembling.parts, strict=False):
            if part.body.is_open:
                part.body.flush(index)
                part.body.save(index)
                part.body.close()

    def _write(self, number: int, index: Index, cluster: bytes, ms: int, has_key: bool) -> None:
        while len(self._parts) <= number:
            self._parts.append(_Part(self._part(len(self._parts))))
        part = self._parts[number]
        if not part.body.is_open:
            self._end_parts(number)
            part.body.open(index)
        part.body.add(index, cluster, ms, has_key=has_key)


@dataclass(slots=True)
class Stepping:
    """All tracks of one recording."""

    folder: Path
    recording_id: str
    tracks: dict[str, LiveTrack] = field(default_factory=dict)
    locked: dict[str, Track] = field(default_factory=dict)
    """Tracks whose key is not there."""
    rev: int = 0
    reached_ms: float = 0.0
    """Everything that arrived until then was read."""
    has_cut: bool = False
    """Whether a track was made anew, as something had to be taken out of it."""
    _people: dict[str, PersonClock] = field(default_factory=dict)

    def add(self, track: Track, keys: Mapping[str, bytes]) -> None:
        """A track begins. One whose key is not there waits for it: it was erased, or its key is
        told later (`unlock`)."""
        if track.key not in keys:
            self.locked[track.id] = track
        elif track.id not in self.tracks:
            key = keys[track.key]
            self.tracks[track.id] = LiveTrack(self.folder, self.recording_id, track, key)

    def unlock(self, keys: Mapping[str, bytes]) -> None:
        """Keys came."""
        for track in list(self.locked.values()):
            if track.key in keys:
                del self.locked[track.id]
                self.add(track, keys)

    def stop(self, track_id: str, stop_ms: int | None) -> None:
        """It has ended; nothing that arrived at `stop_ms` or later is kept. Of a stop that is told
        late something may have been made already: then the track is made anew, without it."""
        if track_id in self.locked:
            facts = self.locked[track_id]
            self.locked[track_id] = replace(facts, state="closed", stop_ms=stop_ms)
        track = self.tracks.get(track_id)
        if track is None or (track.is_closed and track.stop_ms == stop_ms):
            return
        if stop_ms is not None and stop_ms < track.read_ms:
            track.remove()
            facts = replace(track.track, state="closed", stop_ms=stop_ms)
            key = track.key
            self.tracks[track_id] = LiveTrack(self.folder, self.recording_id, facts, key)
            self.has_cut = True
        else:
            track.is_closed, track.stop_ms = True, stop_ms

    def drop(self, keys: list[str]) -> None:
        """These keys are gone, and what was sealed with them."""
        for name, facts in list(self.locked.items()):
            if facts.key in keys:
                del self.locked[name]
        for name, track in list(self.tracks.items()):
            if track.track.key in keys:
                track.remove()
                del self.tracks[name]

    def step(self, now_ms: float, alive: Alive) -> None:
        """Everything that arrived until `now_ms`. OSError, Damaged."""
        until = now_ms - BEHIND_MS
        sealed = [
            track for track in self._open() if track.is_closed and not track.is_being_written()
        ]
        while self.reached_ms + SLICE_MS < until:
            self._slice(self.reached_ms + SLICE_MS)
            alive()
        self._slice(until)
        for track in sealed:
            if track.is_read:
                track.finish()
        self.rev += 1

    def finish(self, duration_ms: float, alive: Alive) -> None:
        """All there is, also beyond `duration_ms`: nobody knew it of a class that was broken off.
        No journal is being written any more. Broken when something could not be read: journals
        are taken away after this."""
        self._slice(self.reached_ms + SLICE_MS)
        while self.reached_ms < duration_ms or any(track.is_unread for track in self._open()):
            self._slice(self.reached_ms + SLICE_MS)
            alive()
        for track in self._open():
            if not track.is_read:
                raise Broken("died", "a journal was not read to its end")
            track.finish()
            alive()
        self.rev += 1

    def close(self) -> None:
        """Nothing is read or written any more."""
        for track in self.tracks.values():
            track.close()

    def is_being_written(self) -> bool:
        """Whether a worker is still at any of its journals."""
        return any(track.is_being_written() for track in self._open())

    def certain_ms(self, sources: tuple[str, ...]) -> float:
        """Until when all tracks of these sources are written."""
        moments = [
            track.assembling.certain_ms(self.reached_ms)
            for track in self._open()
            if track.track.source in sources
        ]
        return min(moments, default=self.reached_ms)

    def told(self) -> dict[str, Any]:
        """What a step has to say: the files of each track and how far they go."""
        return {
            track_id: [[name, index.start_ms, index.end_ms] for name, index in track.files]
            for track_id, track in self.tracks.items()
        }

    def _open(self) -> list[LiveTrack]:
        return [track for track in self.tracks.values() if not track.is_done]

    def _slice(self, until: float) -> None:
        """By person, as their tracks share a clock."""
        people: dict[str, list[LiveTrack]] = {}
        for track in self._open():
            people.setdefault(track.track.pid, []).append(track)
        for pid, tracks in people.items():
            self._person(self._people.setdefault(pid, PersonClock()), tracks, until)
        self.reached_ms = max(self.reached_ms, until)

    def _person(self, clock: PersonClock, tracks: list[LiveTrack], until: float) -> None:
        read = [(track, report) for track in tracks for report in track.read(until)]
        offsets: dict[str, list[float | None]] = {track.track.id: [] for track in tracks}
        for track, report in sorted(read, key=lambda each: each[1].arrival):
            name = f"{track.track.id}.{report.stream}"
            offset = clock.report(name, report.arrival / _PER_MS, ntp_ms(report.ntp))
            offsets[track.track.id].append(offset)
        for track in tracks:
            try:
                track.feed(iter(offsets[track.track.id]), until)
            except (Damaged, Broken, OSError):
                raise
            except Exception as error:  # somebody's packets are no reason to lose everybody's
                log.warning("a track was given up: %s", type(error).__name__)
                track.give_up()
            track.flush()
