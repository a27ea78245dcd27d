"""Recording by consent: who asks, who says yes to what, and when it runs.

Nothing of anybody is written before they said yes, and nothing after they said no: what may be is
answered by `recording_wanted`, after each change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import policy
from classroom.room.command import TakeSeat
from classroom.room.event import ParticipantJoined, ParticipantLeft
from classroom.room.floor_event import with_staff
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part
from classroom.room.recording_command import (
    AgreeAhead,
    AnswerRecording,
    AskRecording,
    BeginRecording,
    HaltRecording,
    MarkRecording,
    PauseRecording,
    ResumeRecording,
    SeeRecording,
    StopRecording,
    TakeBack,
)
from classroom.room.recording_event import ConsentGiven, Deed, RecordingChanged, RecordingMarked
from classroom.room.recording_phases import PHASES
from classroom.room.recording_state import (
    LENGTH_MAX_MS,
    MARKS_MAX,
    Answers,
    Consent,
    RecordingState,
    Why,
)


class RecordingPart(Part):
    """Invariants: while it is off nobody is wanted; a consent names only kinds that are asked for;
    nobody answers for another."""

    def __init__(self, ground: Ground, state: RecordingState) -> None:
        self.state = state
        self._ground = ground
        self.checks: dict[type[Any], Callable[[Any, Moment], None]] = {
            **dict.fromkeys(PHASES, self._check),
            TakeSeat: self._check_agreed,
        }
        self.effects = {
            AskRecording: self._ask,
            BeginRecording: self._begin,
            PauseRecording: self._pause,
            ResumeRecording: self._resume,
            StopRecording: lambda command, _: self._end(command.by, ""),
            HaltRecording: lambda command, _: self._end(None, command.why),
            AnswerRecording: self._answer,
            SeeRecording: self._see,
            MarkRecording: self._mark,
            AgreeAhead: self._agree_ahead,
            TakeBack: self._take_back,
        }

    # What follows from others' doing

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Who comes in with a yes is recorded at once; the numbers are those of who is here."""
        if self.state.phase == "off":
            return []
        match event:
            case ParticipantJoined(who):
                return [*self._adopt([who.id], moment), self._told("people", None)]
            case ParticipantLeft():
                return [self._told("people", None)]
            case _:
                return []

    def due_ms(self) -> int | None:
        """When it has become as long as one may be."""
        if self.state.phase not in ("on", "paused"):
            return None
        return self.state.began_ms + LENGTH_MAX_MS

    def handle_timer(self, moment: Moment) -> list[Event]:
        """End what has become too long."""
        return self._end(None, "limit")

    def refusal(self) -> str:
        """Why this room is never recorded, as a code; empty when it may be."""
        if self._ground.terms.recording_policy == "never":
            return "recording.never"
        return "recording.encrypted" if self._ground.terms.is_encrypted else ""

    def numbers(self) -> tuple[int, int]:
        """How many people in the room said yes to anything, and how many there are."""
        here = self._ground.participants
        agreed = sum(1 for one in self.state.consents if one.agrees and one.participant_id in here)
        return agreed, len(here)

    # Guards

    def _check(self, command: Any, moment: Moment) -> None:
        if isinstance(command, AnswerRecording):
            self._ground.person(command.by)
        else:
            self._ground.must(command.by, "may_record")
        if isinstance(command, AskRecording) and (code := self.refusal()):
            raise Refused(code)
        step = PHASES[type(command)][self.state.phase]
        if step in ("recording.none", "recording.running"):
            raise Refused(step)
        self._check_said(command)

    def _check_said(self, command: Any) -> None:
        """What is answered was asked for; it begins with a yes; chapters have an end."""
        match command:
            case AskRecording() | AnswerRecording():
                asked = command.kinds if isinstance(command, AskRecording) else self.state.kinds
                if any(kind not in asked for kind, _ in command.answers):
                    raise Refused("recording.kind")
            case BeginRecording() if self.state.phase == "asking" and not self.numbers()[0]:
                raise Refused("recording.nobody")
            case MarkRecording() if self.state.marks >= MARKS_MAX:
                raise Refused("recording.chapters")

    def _check_agreed(self, command: TakeSeat, moment: Moment) -> None:
        """Where recording is required, whoever comes in has agreed before."""
        if self._ground.terms.recording_policy != "required" or self.refusal():
            return
        is_known = command.by in self._ground.participants or policy.is_staff(command.role)
        if not is_known and self.state.standing_of(command.by) is None:
            raise Refused("consent.needed")

    # Effects: they cannot fail

    def _ask(self, command: AskRecording, moment: Moment) -> list[Event]:
        before = self.state
        self.state = RecordingState(
            "asking",
            command.recording_id,
            asked_by=command.by,
            asker=self._ground.person(command.by).name,
            purpose=command.purpose,
            kinds=command.kinds,
            asked_ms=moment.clock_ms,
            standing=before.standing,
        )
        events = self._carry(before, command, moment)
        events += self._adopt(self._ground.participants, moment)
        if command.answers:
            events += self._say(command.by, command.answers, command.text, moment)
        return [self._told("asked", command.by), *events]

    def _begin(self, command: BeginRecording, moment: Moment) -> list[Event]:
        if self.state.phase == "on":
            return []
        self.state = replace(self.state, phase="on", began_ms=moment.clock_ms, seen=())
        return [self._told("begun", command.by)]

    def _pause(self, command: PauseRecording, moment: Moment) -> list[Event]:
        if self.state.phase == "paused":
            return []
        self.state = replace(self.state, phase="paused", paused_ms=moment.clock_ms, seen=())
        return [self._told("paused", command.by)]

    def _resume(self, command: ResumeRecording, moment: Moment) -> list[Event]:
        if self.state.phase == "on":
            return []
        off_ms = self.state.off_ms + moment.clock_ms - self.state.paused_ms
        self.state = replace(self.state, phase="on", off_ms=off_ms, paused_ms=0, seen=())
        return [self._told("resumed", command.by)]

    def _end(self, by: ParticipantId | None, why: Why) -> list[Event]:
        if self.state.phase == "off":
            return []
        self.state = self.state.ended(why)
        return [self._told("stopped", by)]

    def _answer(self, command: AnswerRecording, moment: Moment) -> list[Event]:
        """A no also ends what was agreed to ahead."""
        taken_back = [kind for kind, answer in command.answers if answer == "no"]
        standing = self.state.standing_of(command.by)
        if standing is not None and taken_back:
            left = standing.within(kind for kind, _ in standing.answers if kind not in taken_back)
            self.state = self.state.with_standing(left)
        said = self._say(command.by, command.answers, command.text, moment)
        return [*said, self._told("answered", None)] if said else []

    def _take_back(self, command: TakeBack, moment: Moment) -> list[Event]:
        """By the link they got; they may be gone. Nothing where they never answered."""
        said = self.state.consent_of(command.participant_id)
        if self.state.phase == "off" or said is None:
            return []
        kinds = [kind for kind in command.kinds if kind in self.state.kinds]
        answers: Answers = tuple((kind, "no") for kind in kinds)
        no = AnswerRecording(command.participant_id, answers, said.text)
        return self._answer(no, moment)

    def _see(self, command: SeeRecording, moment: Moment) -> list[Event]:
        """Nobody is told; it is written down with the consents."""
        if self.state.phase != "off" and command.by not in self.state.seen:
            self.state = replace(self.state, seen=(*self.state.seen, command.by))
        return []

    def _mark(self, command: MarkRecording, moment: Moment) -> list[Event]:
        self.state = replace(self.state, marks=self.state.marks + 1)
        return [RecordingMarked(command.title, command.by)]

    def _agree_ahead(self, command: AgreeAhead, moment: Moment) -> list[Event]:
        is_required = self._ground.terms.recording_policy == "required"
        if not is_required or self.state.standing_of(command.by) is not None:
            return []  # what they said in this lesson since holds, a no as well
        answers: Answers = tuple((kind, "yes") for kind in command.kinds)
        consent = Consent(command.by, answers, command.text, moment.clock_ms)
        self.state = self.state.with_standing(consent)
        return []

    # Small steps

    def _carry(self, before: RecordingState, ask: AskRecording, moment: Moment) -> list[Event]:
        """A restart of the server broke off the same: what was said to it, of the same text in
        any language, holds."""
        is_same = before.why == "restart" and before.kinds == ask.kinds
        if not is_same or before.purpose != ask.purpose:
            return []
        version = ask.text.partition("/")[0]
        held = [one for one in before.consents if one.text.partition("/")[0] == version]
        return [
            event
            for one in held
            for event in self._say(one.participant_id, one.answers, one.text, moment)
        ]

    def _adopt(self, people: Iterable[ParticipantId], moment: Moment) -> list[Event]:
        """What people agreed to ahead counts for this recording, where they said nothing yet."""
        events: list[Event] = []
        for who in people:
            standing = self.state.standing_of(who)
            if standing is None or self.state.consent_of(who) is not None:
                continue
            answers = standing.within(self.state.kinds).answers
            events += self._say(who, answers, standing.text, moment)
        return events

    def _say(self, who: ParticipantId, answers: Answers, text: str, moment: Moment) -> list[Event]:
        """Somebody's new truth; an event only when it is new."""
        before = self.state.consent_of(who) or Consent(who, (), text, moment.clock_ms)
        after = before.with_answers(answers, text, moment.clock_ms)
        if after.answers == before.answers:
            return []
        self.state = self.state.with_consent(after)
        heard = with_staff(who)
        return [ConsentGiven(who, after.answers, text, after.at_ms, audience=heard)]

    def _told(self, deed: Deed, by: ParticipantId | None) -> RecordingChanged:
        agreed, asked = self.numbers()
        return RecordingChanged(self.state, deed, by, agreed, asked)
