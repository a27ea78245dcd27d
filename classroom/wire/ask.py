"""Questions to the class, as they cross the wire.

A `Poll` is what everybody may know; a `PollSheet` is the staff's, with right answers and who said
what. Options are counted from 0: yes is 0 and no is 1, and of 1 to 5 the 1 is 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from classroom.wire.requests import Done
from classroom.wire.values import Id

QUESTION_MAX = 500
OPTION_MAX = 200
OPTIONS_MAX = 8
RIGHT_TEXTS_MAX = 10
ANSWER_MAX = 300
POINTS_MAX = 100
SECONDS_MIN = 5
SECONDS_MAX = 3600

QuestionKind = Literal["choice", "yes_no", "scale", "text", "picture"]
QuestionPlace = Literal["beside", "over"]
Chosen = Annotated[int, Field(ge=0, lt=OPTIONS_MAX)]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `options` are of a choice only, and an empty one is told by its letter."""

    kind: QuestionKind
    text: Annotated[str, Field(max_length=QUESTION_MAX)]
    options: Annotated[
        list[Annotated[str, Field(max_length=OPTION_MAX)]], Field(max_length=OPTIONS_MAX)
    ]
    right: Annotated[list[Chosen], Field(max_length=OPTIONS_MAX)]
    """Options that are right; empty for an opinion."""
    right_texts: Annotated[
        list[Annotated[str, Field(max_length=ANSWER_MAX)]], Field(max_length=RIGHT_TEXTS_MAX)
    ]
    """Typed answers that are right, whatever their case, width and spaces."""
    points: Annotated[int, Field(ge=0, le=POINTS_MAX)]
    is_multiple: bool
    is_anonymous: bool
    seconds: Annotated[int, Field(ge=SECONDS_MIN, le=SECONDS_MAX)] | None
    """How long answers are taken; None until somebody closes it."""


@dataclass(frozen=True, slots=True)
class TextCount:
    """A typed answer, and how many wrote it."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class PollResult:
    """What was answered, without names; what is right is None until it is shown."""

    answered: int
    counts: list[int]
    texts: list[TextCount]
    right: list[int] | None
    right_texts: list[str] | None


@dataclass(frozen=True, slots=True)
class Poll:
    """A question as everybody may know it. Times are those of the room clock."""

    id: str
    kind: QuestionKind
    text: str
    options: list[str]
    points: int
    is_multiple: bool
    is_anonymous: bool
    opened_ms: int
    ends_ms: int | None
    is_open: bool
    page_id: str
    """The page of the board it belongs to; empty when it belongs to none."""
    place: QuestionPlace
    result: PollResult | None
    """None while it is not published."""


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One's own; without a value when the question is anonymous, because nobody knows it."""

    poll_id: str
    choices: list[int]
    text: str
    file_id: str
    """The picture of a question that asks for one; empty in all others."""


@dataclass(frozen=True, slots=True)
class PollPerson:
    """Somebody a question is for."""

    participant_id: str
    name: str
    has_answered: bool


@dataclass(frozen=True, slots=True)
class PollAnswer:
    """Of an anonymous question without id and name. `is_right` is None for an opinion."""

    participant_id: str
    name: str
    choices: list[int]
    text: str
    file_id: str
    """Among the files for the staff; one that is not there was removed."""
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class PollSheet:
    """A question as the staff knows it. Of an anonymous one the answers come when it is closed:
    told one by one, they would stand beside the names of who has just answered."""

    poll_id: str
    is_final: bool
    kind: QuestionKind
    text: str
    points: int
    right: list[int]
    right_texts: list[str]
    shows_right: bool
    counts: list[int]
    people: list[PollPerson]
    answers: list[PollAnswer]


@dataclass(frozen=True, slots=True)
class Ask:
    """Every question of the lesson as one participant may know it; `sheets` are for staff."""

    polls: list[Poll] = field(default_factory=list)
    own: list[OwnAnswer] = field(default_factory=list)
    sheets: list[PollSheet] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """Ask the class; what was open is closed by it."""

    NAME: ClassVar[str] = "ask.open"
    question: Question
    page_id: Id | None = None
    """The class's page, when the question belongs to it."""
    place: QuestionPlace = "beside"


@dataclass(frozen=True, slots=True)
class PollMade:
    poll_id: str


@dataclass(frozen=True, slots=True)
class AnswerPoll:
    """Once and for good."""

    NAME: ClassVar[str] = "ask.answer"
    poll_id: Id
    choices: Annotated[list[Chosen], Field(max_length=OPTIONS_MAX)] | None = None
    text: Annotated[str, Field(max_length=ANSWER_MAX)] = ""
    file_id: Id | None = None
    """An own picture that has arrived and was sent to nobody."""


@dataclass(frozen=True, slots=True)
class ClosePoll:
    NAME: ClassVar[str] = "ask.close"
    poll_id: Id


@dataclass(frozen=True, slots=True)
class PublishPoll:
    """Show the result to the class, or hide it again; showing closes it."""

    NAME: ClassVar[str] = "ask.publish"
    poll_id: Id
    on: bool
    show_right: bool = False


@dataclass(frozen=True, slots=True)
class DiscardPoll:
    """Forget it with its answers."""

    NAME: ClassVar[str] = "ask.discard"
    poll_id: Id


@dataclass(frozen=True, slots=True)
class PollOpened:
    poll: Poll
    type: Literal["poll_opened"] = "poll_opened"


@dataclass(frozen=True, slots=True)
class PollClosed:
    poll: Poll
    type: Literal["poll_closed"] = "poll_closed"


@dataclass(frozen=True, slots=True)
class PollChanged:
    """It is published, or not any more."""

    poll: Poll
    type: Literal["poll_changed"] = "poll_changed"


@dataclass(frozen=True, slots=True)
class PollDiscarded:
    poll_id: str
    type: Literal["poll_discarded"] = "poll_discarded"


@dataclass(frozen=True, slots=True)
class PollTally:
    """For staff, at most four times a second."""

    sheet: PollSheet
    type: Literal["poll_tally"] = "poll_tally"


@dataclass(frozen=True, slots=True)
class AnswerTaken:
    """For whoever answered."""

    answer: OwnAnswer
    type: Literal["answer_taken"] = "answer_taken"


AskEvent = PollOpened | PollClosed | PollChanged | PollDiscarded
AskAside = PollTally | AnswerTaken

REQUESTS: dict[type[Any], type[Any]] = {
    OpenPoll: PollMade,
    AnswerPoll: Done,
    ClosePoll: Done,
    PublishPoll: Done,
    DiscardPoll: Done,
}
