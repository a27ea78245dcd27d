"""What of a room's state is large and does not change any more: the answers of closed questions.

They are kept apart, each once, so that the state that is written twice a second stays small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from classroom.room.ask_state import Answer, Asked, AskState, Poll
from classroom.room.kept import Kept


@dataclass(frozen=True, slots=True)
class Answered:
    """Who was asked, and what was answered."""

    people: tuple[Asked, ...]
    answers: tuple[Answer, ...]


def apart(kept: Kept) -> tuple[Kept, dict[str, Answered]]:
    """The state without what is kept apart, and that by the question's id."""
    pieces: dict[str, Answered] = {}
    polls: list[Poll] = []
    for poll in kept.ask.polls:
        if not poll.is_open and (poll.people or poll.answers):
            pieces[poll.id] = Answered(poll.people, poll.answers)
            polls.append(replace(poll, people=(), answers=()))
        else:
            polls.append(poll)
    return replace(kept, ask=AskState(tuple(polls))), pieces


def together(kept: Kept, pieces: Mapping[str, Answered]) -> Kept:
    """The whole state again; a question without its piece is as the state has it."""
    polls = (
        replace(poll, people=pieces[poll.id].people, answers=pieces[poll.id].answers)
        if not poll.is_open and poll.id in pieces
        else poll
        for poll in kept.ask.polls
    )
    return replace(kept, ask=AskState(tuple(polls)))
