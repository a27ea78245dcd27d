"""Recording by consent as it crosses the wire: asking, answering, beginning and ending."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.requests import Done
from classroom.wire.values import Id

RecordingKind = Literal["voice", "camera", "screen", "chat", "ink"]
"""`voice` is a microphone, `screen` a shared screen with its sound."""
RecordingPhase = Literal["off", "asking", "on", "paused"]
RecordingPolicy = Literal["ask", "required", "never"]
RecordingWhy = Literal["", "storage", "restart", "limit"]
RecordingDeed = Literal["asked", "begun", "paused", "resumed", "stopped", "answered", "people"]

ConsentAnswers = Annotated[dict[RecordingKind, bool], Field(max_length=5)]
"""True is a yes, false a no; a kind that is not named is not answered."""
RecordingKinds = Annotated[list[RecordingKind], Field(max_length=5)]
TextId = Annotated[str, Field(max_length=32)]
Purpose = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, slots=True)
class Recording:
    """What everybody may know of the recording of a class. Times are of the room clock. After its
    end the recording's id, purpose and kinds stay until the next one is asked for."""

    phase: RecordingPhase = "off"
    recording_id: str = ""
    asked_by: str | None = None
    """Participant id; they may have left."""
    asked_name: str = ""
    """Their name when they asked."""
    purpose: str = ""
    kinds: list[RecordingKind] = field(default_factory=list)
    asked_ms: int = 0
    began_ms: int = 0
    paused_ms: int = 0
    """When the pause began that lasts now."""
    off_ms: int = 0
    """All pauses before it, together."""
    agreed: int = 0
    """People in the room who said yes to anything."""
    asked: int = 0
    """People in the room."""
    why: RecordingWhy = ""
    """Why the last one ended; empty when somebody stopped it."""


@dataclass(frozen=True, slots=True)
class RecordingTerms:
    """What the room says about recording."""

    policy: RecordingPolicy = "ask"
    kept_days: int = 0
    refusal: str = ""
    """The code of why nobody can record here; empty when it can be done."""


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """What one said oneself. `text` names what was read: its version and language."""

    answers: dict[RecordingKind, bool]
    text: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class AskRecording:
    """Ask everybody in the class; `answers` are one's own."""

    NAME: ClassVar[str] = "recording.ask"
    purpose: Annotated[str, Field(min_length=1, max_length=200)]
    kinds: Annotated[list[RecordingKind], Field(min_length=1, max_length=5)]
    answers: ConsentAnswers
    text: TextId


@dataclass(frozen=True, slots=True)
class RecordingAsked:
    recording_id: str
    link: str
    """As in ConsentKept."""


@dataclass(frozen=True, slots=True)
class BeginRecording:
    NAME: ClassVar[str] = "recording.begin"


@dataclass(frozen=True, slots=True)
class PauseRecording:
    NAME: ClassVar[str] = "recording.pause"


@dataclass(frozen=True, slots=True)
class ResumeRecording:
    NAME: ClassVar[str] = "recording.resume"


@dataclass(frozen=True, slots=True)
class StopRecording:
    """End it; or, while people are asked, ask no more."""

    NAME: ClassVar[str] = "recording.stop"


@dataclass(frozen=True, slots=True)
class AnswerRecording:
    """Say yes or no to kinds that are asked for, for oneself; `text` is what was read."""

    NAME: ClassVar[str] = "recording.answer"
    recording_id: Id
    """Which one was read of: an answer to another is refused."""
    answers: ConsentAnswers
    text: TextId


@dataclass(frozen=True, slots=True)
class ConsentKept:
    link: str
    """Where one sees one's answers later, and takes them back: for oneself alone."""


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """Take back a yes to some kinds; with `erase` also what was recorded of them so far."""

    NAME: ClassVar[str] = "recording.withdraw"
    kinds: Annotated[list[RecordingKind], Field(min_length=1, max_length=5)]
    erase: bool


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Watch what was recorded of this class so far."""

    NAME: ClassVar[str] = "recording.catch_up"


@dataclass(frozen=True, slots=True)
class CatchingUp:
    session: str
    """Of playing, as `POST .../play` gives one."""


@dataclass(frozen=True, slots=True)
class SeeRecording:
    """The mark of recording is on the screen."""

    NAME: ClassVar[str] = "recording.seen"


@dataclass(frozen=True, slots=True)
class MarkRecording:
    """Begin a chapter."""

    NAME: ClassVar[str] = "recording.mark"
    title: Annotated[str, Field(min_length=1, max_length=80)]


@dataclass(frozen=True, slots=True)
class ReadConsentText:
    """The text to show before an answer. Whoever is about to ask names what they will ask for;
    while somebody is asked already these are not read."""

    NAME: ClassVar[str] = "recording.text"
    locale: Annotated[str, Field(max_length=35)]
    purpose: Purpose = ""
    kinds: RecordingKinds | None = None


@dataclass(frozen=True, slots=True)
class ConsentText:
    """`text` is plain, with empty lines between paragraphs; it is shown unchanged."""

    text_id: str
    recording_id: str
    """What it was asked for; empty before anybody is asked."""
    locale: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReadConsents:
    """Who said what, for staff."""

    NAME: ClassVar[str] = "recording.consents"


@dataclass(frozen=True, slots=True)
class PersonConsent:
    """Somebody in the room. `answers` is empty while they said nothing."""

    participant_id: Id
    answers: dict[RecordingKind, bool]
    at_ms: int
    was_seen: bool
    """Whether the mark of recording was on their screen in this phase."""


@dataclass(frozen=True, slots=True)
class Consents:
    people: list[PersonConsent]


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """It is asked for, runs, pauses or has ended, or its numbers are new; `by` is null where it is
    nobody's doing, and for an answer."""

    recording: Recording
    deed: RecordingDeed
    by: str | None
    type: Literal["recording_changed"] = "recording_changed"


@dataclass(frozen=True, slots=True)
class RecordingMarked:
    """A chapter begins."""

    title: str
    by: str
    type: Literal["recording_marked"] = "recording_marked"


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """What somebody says now; told to them and to staff."""

    participant_id: str
    answers: dict[RecordingKind, bool]
    text: str
    at_ms: int
    type: Literal["consent_given"] = "consent_given"


@dataclass(frozen=True, slots=True)
class RecordingNotKept:
    """To one person: a yes of theirs could not be stored, so it counts as a no."""

    NAME: ClassVar[str] = "recording.not_kept"


@dataclass(frozen=True, slots=True)
class RecordingReady:
    """To staff: it can be watched."""

    NAME: ClassVar[str] = "recording.ready"
    recording_id: Id
    link: str
    """Where it is watched."""


RecordingEvent = RecordingChanged | RecordingMarked
RecordingAside = ConsentGiven

REQUESTS: dict[type[Any], type[Any]] = {
    AskRecording: RecordingAsked,
    BeginRecording: Done,
    PauseRecording: Done,
    ResumeRecording: Done,
    StopRecording: Done,
    AnswerRecording: ConsentKept,
    WithdrawConsent: Done,
    CatchUp: CatchingUp,
    SeeRecording: Done,
    MarkRecording: Done,
    ReadConsentText: ConsentText,
    ReadConsents: Consents,
}
NOTICES: tuple[type[Any], ...] = (RecordingNotKept, RecordingReady)
