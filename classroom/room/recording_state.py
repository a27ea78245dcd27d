"""The recording of a room as one value: how far it is, what it is for, and who said what to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from classroom.ids import ParticipantId

Kind = Literal["voice", "camera", "screen", "chat", "ink"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Phase = Literal["off", "asking", "on", "paused"]
Answer = Literal["yes", "no"]
Answers = tuple[tuple[Kind, Answer], ...]
Policy = Literal["ask", "required", "never"]
"""Of a room: each class is asked, whoever comes in has agreed, or there is no recording at all."""
Why = Literal["", "storage", "restart", "limit"]
"""Why the last recording ended: somebody stopped it, or the server had to."""

PURPOSE_MAX = 200
"""Characters."""
MARKS_MAX = 200
STANDING_MAX = 500
"""People who agreed at the door of one lesson; of more, those who did so first are asked again."""
LENGTH_MAX_MS = 6 * 3600 * 1000
"""From its beginning, pauses included."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person said. A kind that is not named was not answered."""

    participant_id: ParticipantId
    answers: Answers
    text: str
    """The text they read: its version and language, as in "2026-11/en"."""
    at_ms: int
    """Of the room clock; when they said the last of it."""

    def says(self, kind: Kind) -> Answer | None:
        """Their answer to one kind; None when there is none yet."""
        return dict(self.answers).get(kind)

    @property
    def agrees(self) -> bool:
        """Whether they said yes to anything."""
        return any(answer == "yes" for _, answer in self.answers)

    def with_answers(self, answers: Answers, text: str, at_ms: int) -> Consent:
        """The same with some answers new, in the order of the kinds."""
        said = dict(self.answers) | dict(answers)
        ordered = tuple((kind, said[kind]) for kind in KINDS if kind in said)
        return Consent(self.participant_id, ordered, text, at_ms)

    def within(self, kinds: Iterable[Kind]) -> Consent:
        """What it says of some kinds."""
        asked = set(kinds)
        return replace(self, answers=tuple(one for one in self.answers if one[0] in asked))


@dataclass(frozen=True, slots=True)
class RecordingState:
    """Times named `_ms` are of the room clock. After its end the recording's id, purpose and kinds
    stay until the next one is asked for; who had said what stays only when a restart ended it."""

    phase: Phase = "off"
    recording_id: str = ""
    asked_by: ParticipantId | None = None
    """They may leave; the recording goes on."""
    asker: str = ""
    """Their name when they asked."""
    purpose: str = ""
    kinds: tuple[Kind, ...] = ()
    asked_ms: int = 0
    began_ms: int = 0
    paused_ms: int = 0
    """When the pause began that lasts now."""
    off_ms: int = 0
    """All pauses before, together."""
    consents: tuple[Consent, ...] = ()
    seen: tuple[ParticipantId, ...] = ()
    """Who had the mark of recording on their screen in this phase."""
    marks: int = 0
    why: Why = ""
    standing: tuple[Consent, ...] = ()
    """What people agreed to before they came in; it counts for each recording of the lesson."""

    def consent_of(self, who: ParticipantId) -> Consent | None:
        """What somebody said to this recording; None when nothing yet."""
        return next((one for one in self.consents if one.participant_id == who), None)

    def standing_of(self, who: ParticipantId) -> Consent | None:
        """What somebody agreed to before they came in."""
        return next((one for one in self.standing if one.participant_id == who), None)

    def may(self, who: ParticipantId, kind: Kind) -> bool:
        """Whether a kind of theirs may be written just now."""
        if self.phase != "on" or kind not in self.kinds:
            return False
        consent = self.consent_of(who)
        return consent is not None and consent.says(kind) == "yes"

    def with_consent(self, consent: Consent) -> RecordingState:
        """The same with what one person says now."""
        others = (one for one in self.consents if one.participant_id != consent.participant_id)
        return replace(self, consents=(*others, consent))

    def with_standing(self, consent: Consent) -> RecordingState:
        """The same with what one person agreed to before they came in."""
        others = (one for one in self.standing if one.participant_id != consent.participant_id)
        return replace(self, standing=(*others, consent)[-STANDING_MAX:])

    def ended(self, why: Why) -> RecordingState:
        """The same when it is over."""
        return replace(
            self, phase="off", why=why, consents=(), seen=(), marks=0, paused_ms=0, off_ms=0
        )

    def after_restart(self) -> RecordingState:
        """As it is gone on with by another server: a recording that ran has ended, and what was
        said to it holds for the one that may follow; being asked goes on."""
        if self.phase in ("off", "asking"):
            return self
        return replace(self.ended("restart"), consents=self.consents)
