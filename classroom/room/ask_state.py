"""The questions of a lesson: values, what makes one whole, and what answers are worth.

An anonymous question keeps who has answered and what was answered apart: no answer has a name, and
the answers stand in the order of what they say, not in the order in which they came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from classroom.ids import ParticipantId

QuestionKind = Literal["choice", "yes_no", "scale", "text", "picture"]
QuestionPlace = Literal["beside", "over"]
POLLS_MAX = 50
"""In one lesson."""
OPTIONS_MIN, OPTIONS_MAX = 2, 8
RIGHT_TEXTS_MAX = 10
ANSWER_MAX = 300
"""Characters of a typed answer."""

_CHOICES: dict[QuestionKind, int] = {"yes_no": 2, "scale": 5, "text": 0, "picture": 0}
"""How many options a kind has of its own. Yes is 0 and no is 1; 1 to 5 are 0 to 4."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Question:
    kind: QuestionKind
    text: str = ""
    options: tuple[str, ...] = ()
    """Of a choice only. An empty one is told by its letter alone."""
    right: tuple[int, ...] = ()
    """Options that are right; empty when the question asks for an opinion."""
    right_texts: tuple[str, ...] = ()
    """Typed answers that are right, whatever their case, width and spaces."""
    points: int = 0
    is_multiple: bool = False
    is_anonymous: bool = False
    seconds: int | None = None
    """How long answers are taken; None until somebody closes it."""


@dataclass(frozen=True, slots=True)
class Answer:
    participant_id: str
    """Empty in an anonymous question, and so is the name."""
    name: str
    choices: tuple[int, ...] = ()
    text: str = ""
    file_id: str = ""
    """The picture of an answer that is one; it is among the files for the staff."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody a question is for."""

    participant_id: ParticipantId
    name: str
    has_answered: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """A question that was asked. Times are those of the room clock."""

    id: str
    question: Question
    opened_ms: int
    ends_ms: int | None = None
    is_open: bool = True
    is_published: bool = False
    shows_right: bool = False
    people: tuple[Asked, ...] = ()
    answers: tuple[Answer, ...] = ()
    page_id: str = ""
    """The page of the board it belongs to; empty when it belongs to none."""
    place: QuestionPlace = "beside"
    """Where its card stands on that page."""

    def takes_answers(self, clock_ms: int) -> bool:
        """Whether it is open and its time is not over."""
        return self.is_open and (self.ends_ms is None or clock_ms < self.ends_ms)

    def has_answered(self, who: ParticipantId) -> bool:
        """Whether somebody's answer was taken."""
        return any(one.participant_id == who and one.has_answered for one in self.people)

    def answer_of(self, who: ParticipantId) -> Answer | None:
        """Somebody's answer; None in an anonymous question, which does not know."""
        return next((one for one in self.answers if one.participant_id == who), None)

    def with_person(self, who: ParticipantId, name: str) -> Poll:
        """The same, for one more; nobody stands in it twice."""
        if any(one.participant_id == who for one in self.people):
            return self
        return replace(self, people=(*self.people, Asked(who, name)))

    def without_person(self, who: ParticipantId) -> Poll:
        """The same without somebody who went before answering."""
        rest = tuple(one for one in self.people if one.participant_id != who or one.has_answered)
        return self if len(rest) == len(self.people) else replace(self, people=rest)

    def with_answer(self, who: ParticipantId, name: str, answer: Answer) -> Poll:
        """The same with an answer; in an anonymous question nothing tells whose it is."""
        known = self.with_person(who, name)
        people = tuple(
            replace(one, has_answered=True) if one.participant_id == who else one
            for one in known.people
        )
        if not self.question.is_anonymous:
            return replace(known, people=people, answers=(*self.answers, answer))
        nameless = replace(answer, participant_id="", name="")
        sorted_answers = sorted((*self.answers, nameless), key=lambda one: (one.choices, one.text))
        return replace(known, people=people, answers=tuple(sorted_answers))


@dataclass(frozen=True, slots=True)
class AskState:
    """Every question of the lesson, oldest first. Invariant: at most the last one is open."""

    polls: tuple[Poll, ...] = ()

    @property
    def open_poll(self) -> Poll | None:
        """The question that takes answers now."""
        return next((poll for poll in reversed(self.polls) if poll.is_open), None)

    def find(self, poll_id: str) -> Poll | None:
        """A question by its id."""
        return next((poll for poll in self.polls if poll.id == poll_id), None)

    def with_poll(self, changed: Poll) -> AskState:
        """The same with a question's new truth."""
        return AskState(tuple(changed if poll.id == changed.id else poll for poll in self.polls))


def option_count(question: Question) -> int:
    """How many options it has; 0 when the answer is typed."""
    own = _CHOICES.get(question.kind)
    return len(question.options) if own is None else own


def is_whole(question: Question) -> bool:
    """Whether it can be asked: enough options, and right answers that are among them."""
    count = option_count(question)
    if question.kind == "choice":
        if not OPTIONS_MIN <= len(question.options) <= OPTIONS_MAX:
            return False
    elif question.options or question.is_multiple:
        return False
    if question.kind == "scale" and question.right:
        return False
    if question.kind == "picture" and question.is_anonymous:
        return False  # a file tells whose it is
    if question.right_texts and (
        question.kind != "text" or len(question.right_texts) > RIGHT_TEXTS_MAX
    ):
        return False
    return _are_distinct(question.right, below=count)


def fits(question: Question, choices: tuple[int, ...], text: str, file_id: str = "") -> bool:
    """Whether an answer is one to this question."""
    if question.kind == "picture" or file_id:
        return question.kind == "picture" and file_id != "" and not choices and not text
    if question.kind == "text":
        return not choices and 0 < len(clean(text)) <= ANSWER_MAX
    if text or not _are_distinct(choices, below=option_count(question)):
        return False
    return len(choices) >= 1 if question.is_multiple else len(choices) == 1


def has_right(question: Question) -> bool:
    """Whether an answer to it can be right or wrong."""
    return bool(question.right or any(fold(text) for text in question.right_texts))


def is_right(question: Question, answer: Answer) -> bool | None:
    """Whether an answer is right; None when the question asks for an opinion."""
    if not has_right(question):
        return None
    if question.kind == "text":
        return fold(answer.text) in {fold(text) for text in question.right_texts}
    if question.is_multiple:
        return set(answer.choices) == set(question.right)
    return set(answer.choices) <= set(question.right)


def counts(poll: Poll) -> tuple[int, ...]:
    """How many chose each option."""
    numbers = [0] * option_count(poll.question)
    for answer in poll.answers:
        for choice in answer.choices:
            numbers[choice] += 1
    return tuple(numbers)


def clean(text: str) -> str:
    """A typed answer on one line, without control characters and blank ends."""
    return _CONTROLS.sub(" ", text).strip()


def fold(text: str) -> str:
    """What two typed answers that mean the same have in common."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _are_distinct(numbers: Iterable[int], *, below: int) -> bool:
    known = list(numbers)
    return len(set(known)) == len(known) and all(0 <= number < below for number in known)
