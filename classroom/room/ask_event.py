"""What happened to a lesson's questions."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.ask_state import Answer, Poll
from classroom.room.audience import Private


@dataclass(frozen=True, slots=True)
class PollOpened:
    poll: Poll


@dataclass(frozen=True, slots=True)
class PollClosed:
    """By somebody, by its time, or because another was opened."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class PollChanged:
    """What of it is shown to the class is new."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class PollDiscarded:
    poll_id: str


@dataclass(frozen=True, slots=True)
class PollTally(Private):
    """Who has answered, and what: for the staff."""

    poll: Poll


@dataclass(frozen=True, slots=True)
class AnswerTaken(Private):
    """For whoever gave it. It has no value when the question is anonymous."""

    poll_id: str
    answer: Answer


AskEvent = PollOpened | PollClosed | PollChanged | PollDiscarded | PollTally | AnswerTaken
