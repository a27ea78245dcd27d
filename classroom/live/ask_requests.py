"""What each request about questions does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import new_id
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import ask_command
from classroom.wire import ask
from classroom.wire.ask_form import question_of
from classroom.wire.requests import Done

DONE = Done()

ASKED = Limit(1, 10)
"""A teacher presses it some times in a row while trying it out."""
ANSWERED = Limit(3, 5)
"""Each question takes one answer; more is a client that guesses."""
LED = Limit(5, 60)


async def _open(live: LiveRoom, claim: Claim, request: ask.OpenPoll) -> ask.PollMade:
    poll_id = new_id()
    question, page_id = question_of(request.question), request.page_id or ""
    live.do(ask_command.OpenPoll(claim.who, poll_id, question, page_id, request.place))
    return ask.PollMade(poll_id)


async def _answer(live: LiveRoom, claim: Claim, request: ask.AnswerPoll) -> Done:
    choices = tuple(request.choices or ())
    live.do(
        ask_command.AnswerPoll(
            claim.who, request.poll_id, choices, request.text, request.file_id or ""
        )
    )
    return DONE


async def _close(live: LiveRoom, claim: Claim, request: ask.ClosePoll) -> Done:
    live.do(ask_command.ClosePoll(claim.who, request.poll_id))
    return DONE


async def _publish(live: LiveRoom, claim: Claim, request: ask.PublishPoll) -> Done:
    show_right = request.show_right
    live.do(ask_command.PublishPoll(claim.who, request.poll_id, request.on, show_right))
    return DONE


async def _discard(live: LiveRoom, claim: Claim, request: ask.DiscardPoll) -> Done:
    live.do(ask_command.DiscardPoll(claim.who, request.poll_id))
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    ask.OpenPoll: _open,
    ask.AnswerPoll: _answer,
    ask.ClosePoll: _close,
    ask.PublishPoll: _publish,
    ask.DiscardPoll: _discard,
}
LIMITS: dict[type[Any], Limit] = {
    ask.OpenPoll: ASKED,
    ask.AnswerPoll: ANSWERED,
    ask.ClosePoll: LED,
    ask.PublishPoll: LED,
    ask.DiscardPoll: LED,
}
