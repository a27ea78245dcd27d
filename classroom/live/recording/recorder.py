"""Follows a room and records it as far as the room wants: one recording after the other.

It never delays the room: whatever takes time is a task of its own, and what fails ends the
recording loudly while the class goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.recording.answers import Answers, AnswersWord, take_back
from classroom.live.recording.house import RecordingHouse, storing
from classroom.live.recording.permits import Permits
from classroom.live.recording.preparing import LessonFacts, Preparing
from classroom.live.recording.run import Beginning, Run, RunWord
from classroom.live.room import LiveRoom
from classroom.room.event import LogEntry, ParticipantJoined, RoomEnded
from classroom.room.recording_command import HaltRecording
from classroom.room.recording_event import ConsentGiven, RecordingChanged
from classroom.room.recording_wanted import wanted

LOOK_EVERY_S = 1.0
"""How often what was refused is tried again."""
WEIGH_EVERY = 10
"""Looks between two sums of what is on the disk."""
BYTES_MAX = 20_000_000_000
STOP_WITHIN_S = 8.0
"""For the last seals of a recording that is over."""
ERASE_WITHIN_S = 5.0
"""Whoever asked is not kept waiting longer; it goes on."""
BREAK_WITHIN_S = 0.9
"""The same when the server stops."""

NO_SPACE = HaltRecording(ParticipantId(""), "storage")
TOO_LARGE = HaltRecording(ParticipantId(""), "limit")

log = structlog.get_logger("classroom.live.recording")


class LiveRecorder:
    """Of one live room. Invariant: `run` is there only while something is written."""

    def __init__(self, live: LiveRoom, house: RecordingHouse, lesson: LessonFacts) -> None:
        self.run: Run | None = None
        self.preparing = Preparing(live, house, lesson)
        self._live = live
        self._house = house
        self._lesson = lesson
        self._answers: Answers | None = None
        self._people: set[ParticipantId] = set()
        """Who was in class while it ran."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._tending: asyncio.Task[None] | None = None
        self._names: dict[ParticipantId, str] = {}
        self._is_closed = False
        live.stage.on_published = self.settle
        live.on_recording_failed = self.on_failed
        live.settled.append(self.settle)

    # What the room says

    def note(self, entries: Sequence[LogEntry]) -> None:
        """What happened, before anything else follows it."""
        for entry in entries:
            match entry.event:
                case RecordingChanged():
                    self._on_changed(entry, entry.event)
                case ConsentGiven():
                    self._record_of_consents().hear(entry.event)
                case ParticipantJoined(who):
                    self._names[who.id] = who.name
                    if self.run is not None:
                        self._people.add(who.id)
                        self._note("late_join", who.id)
                case RoomEnded(by):
                    self._end(is_over=True, by=by or "")
                case _:
                    pass
            self._permit()
            if self.run is not None:
                self.run.hear([entry])

    def settle(self) -> None:
        """Bring what is written in line with what is wanted."""
        run, state = self.run, self._live.room.parts.recording.state
        if run is None:
            return
        self._permit()
        people = self._live.room.participants.values()
        flows = wanted(state, people) & run.permits.keys.keys()
        run.settle(flows, is_on=state.phase == "on")

    def on_failed(self, event: Any) -> None:
        """The media worker could not write. One that is only behind has noted a hole; a fault of
        one track is mended by a new one."""
        if self.run is not None and event.reason != "behind":
            self.run.on_media_failed(event.producer_id, is_full=event.reason == "storage")

    def check_asking(self) -> None:
        """Refused `rate.limited`: each asking is a sheet before everybody."""
        self.preparing.check_asking()

    async def prepare(self) -> None:
        """Have a place for the recording that is asked for, before it begins. Refused
        `recording.busy`, `recording.storage`."""
        await self.preparing.prepare(self._live.room.parts.recording.state)

    async def catch_up(self, who: ParticipantId) -> str:
        """A session in which somebody of the class plays what there is so far. Refused
        `recording.none`, `recording.changing`."""
        if self.run is None:
            raise Refused("recording.none")
        if self.run.is_changed:
            raise Refused("recording.changing")
        rec = self.run.beginning.recording_id
        with storing():
            return await self._house.drawer.session_for(rec, who, self._name(who))

    def link_of(self, who: ParticipantId) -> str:
        """Where somebody sees and takes back what they said to the recording that is asked for."""
        state = self._live.room.parts.recording.state
        return self._house.drawer.link_for(state.recording_id, who)

    def shown(self, who: ParticipantId, text_id: str, sha256: str) -> None:
        """Somebody has the text before them that they are asked to agree to."""
        seen = self._record_of_consents().seen
        if (who, sha256) not in seen:
            seen.add((who, sha256))
            self._note("shown", who, {"text": text_id, "sha256": sha256})

    def saw(self, who: ParticipantId) -> None:
        """Somebody has the mark of recording on their screen."""
        state = self._live.room.parts.recording.state
        if state.phase in ("on", "paused"):
            self._note("seen", who, {"phase": state.phase})

    async def disagree(self, ticket: str) -> None:
        """Somebody enrolled said no: they are asked again when they come the next time. Refused
        `server.busy`."""
        with storing():
            await self._house.forget(ticket)

    async def erase(self, who: ParticipantId, kinds: Sequence[str]) -> None:
        """Destroy what there is of somebody of kinds they said no to: from this moment they are in
        nothing that is made; when it returns it is gone. What a store cannot do is done again."""
        self._note("erase_asked", who, {"kinds": list(kinds)})
        run = self.run
        if run is not None:
            self.settle()
            await asyncio.wait({run.erase(who, kinds)}, timeout=ERASE_WITHIN_S)

    async def close(self, is_over: bool) -> None:
        """The room ends, or the server stops."""
        self._is_closed = True
        if self.run is not None:
            self._end(is_over=is_over, why="" if is_over else "restart")
        within_s = STOP_WITHIN_S if is_over else BREAK_WITHIN_S
        if self._answers is not None:
            self._start(self._answers.ledger.settled(), "consents")
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=within_s + 0.2)

    # Beginning and ending

    def _on_changed(self, entry: LogEntry, changed: RecordingChanged) -> None:
        by, at_ms = changed.by or "", 0
        if self.run is not None:
            at_ms = max(0, entry.clock_ms - self.run.beginning.began_ms)
        state = changed.state
        match changed.deed:
            case "asked":
                self._answers = None
                body = {"purpose": state.purpose, "kinds": list(state.kinds)}
                self._note("asked", by, body)
            case "begun":
                self._note("began", by)
                self._begin(entry)
            case "paused" if self.run is not None:
                self._note("paused", by, {"at_ms": at_ms})
                self.run.pause(at_ms)
            case "resumed" if self.run is not None:
                self._note("resumed", by, {"at_ms": at_ms})
                self.run.resume(at_ms)
            case "stopped":
                self._end(is_over=True, by=by, why=state.why)

    def _begin(self, entry: LogEntry) -> None:
        state = self._live.room.parts.recording.state
        folder = self.preparing.folder_of(state.recording_id)
        if folder is None or self._is_closed:
            self._start(self._halt_soon(), "halt recording")
            return
        clocks = self._house.clocks
        now, at = clocks.monotonic(), clocks.utc_now()
        behind_s = (self._live.room.clock_ms(now) - entry.clock_ms) / 1000
        beginning = Beginning(
            state.recording_id,
            self._lesson.lesson_id,
            folder,
            began=now - behind_s,
            began_ms=entry.clock_ms,
            began_at=at,
        )
        drawer = self._house.drawer
        permits = Permits(state.recording_id, drawer, self._person, self._on_key)
        word = RunWord(partial(self._on_full, state.recording_id), self._record_of_consents().note)
        self.run = Run(self._live, self._house, beginning, permits, word)
        self._house.begun(state.recording_id)
        self._people = set(self._live.room.participants)
        self._record_of_consents().recall(state)
        self._tending = asyncio.create_task(self._tend(self.run), name="recording")

    async def _tend(self, run: Run) -> None:
        """Open it, then look after it until its end."""
        await run.open()
        looks = 0
        while self.run is run and run.is_open:
            self.settle()
            looks += 1
            if looks % WEIGH_EVERY == 0 and await run.weigh() > BYTES_MAX:
                self._halt(TOO_LARGE)
            await asyncio.sleep(LOOK_EVERY_S)

    def _end(self, *, is_over: bool, by: str = "", why: str = "") -> None:
        run, self.run = self.run, None
        if run is not None:
            if self._tending is not None:
                self._tending.cancel()
            self._note("ended", by, {"at_ms": run.ms(), "why": why})
            at = self._house.clocks.monotonic()
            run.hush()
            self._start(self._finish(run, run.ms(), at, is_over=is_over), "recording ends")

    async def _finish(self, run: Run, duration_ms: int, at: float, *, is_over: bool) -> None:
        """What came before its end is on the disk; then it is made whole."""
        rec, house = run.beginning.recording_id, self._house
        try:
            within_s = STOP_WITHIN_S if is_over else BREAK_WITHIN_S
            await run.stop(at=at, within_s=within_s, is_over=is_over)
            await run.erased()
            await run.seal(is_over=is_over, duration_ms=duration_ms)
            if is_over:
                await house.drawer.end(rec, house.clocks.utc_now(), len(self._people))
        except Exception as failure:  # what lies there is finished by whoever finds it
            log.error("recording.not_sealed", recording=rec, reason=type(failure).__name__)
        finally:
            house.ended(rec)
            if is_over:
                house.finish(rec)

    # Small steps

    def _permit(self) -> None:
        """Take into account who agreed just now."""
        if self.run is not None and self._answers is not None:
            self.run.permits.settle(self._answers.agreed(self._live.room.parts.recording.state))

    def _on_key(self, permit: Any, key: bytes) -> None:
        if self.run is not None:
            self.run.permit(permit, key)
            asyncio.get_running_loop().call_soon(self.settle)

    def _halt(self, halt: HaltRecording = NO_SPACE) -> None:
        """It cannot go on."""
        with contextlib.suppress(Refused):
            self._live.do(halt)

    def _on_full(self, recording_id: str) -> None:
        """Told by a recording, which may be over already."""
        if self.run is not None and self.run.beginning.recording_id == recording_id:
            self._halt()

    async def _halt_soon(self) -> None:
        self._halt()

    def _person(self, who: ParticipantId) -> tuple[str, str]:
        return self._name(who), self._live.room.ground.known_by(who).account_id

    def _name(self, who: ParticipantId) -> str:
        person = self._live.room.participants.get(who)
        if person is not None:
            self._names[who] = person.name
        return self._names.get(who, "")

    def _record_of_consents(self) -> Answers:
        if self._answers is None:
            rec = self._live.room.parts.recording.state.recording_id
            lines = partial(self._house.drawer.lines, rec)
            word = AnswersWord(self.settle, partial(take_back, self._live))
            now = self._house.clocks.utc_now
            self._answers = Answers(rec, lines, self._name, now, word)
        return self._answers

    def _note(self, deed: str, pid: str = "", body: dict[str, Any] | None = None) -> None:
        self._record_of_consents().note(deed, pid, body)

    def _start(self, work: Any, name: str) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
