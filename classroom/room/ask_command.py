"""What can be asked of a lesson's questions."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.ask_state import Question, QuestionPlace


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """Ask the class; a question that is open is closed by it. `poll_id` is new, made by the
    caller. `page_id` is the class's page when the question belongs to it."""

    by: ParticipantId
    poll_id: str
    question: Question
    page_id: str = ""
    place: QuestionPlace = "beside"


@dataclass(frozen=True, slots=True)
class AnswerPoll:
    """Once and for good. `choices` are indices of options, `text` is a typed answer, `file_id` an
    own picture that nobody was sent yet."""

    by: ParticipantId
    poll_id: str
    choices: tuple[int, ...] = ()
    text: str = ""
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class ClosePoll:
    by: ParticipantId
    poll_id: str


@dataclass(frozen=True, slots=True)
class PublishPoll:
    """Show the class what was answered, or hide it again; showing closes an open question."""

    by: ParticipantId
    poll_id: str
    on: bool
    shows_right: bool = False


@dataclass(frozen=True, slots=True)
class DiscardPoll:
    """Forget it with its answers."""

    by: ParticipantId
    poll_id: str


AskCommand = OpenPoll | AnswerPoll | ClosePoll | PublishPoll | DiscardPoll
