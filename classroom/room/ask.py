"""The questions of a lesson: who may ask and answer, once, and until when.

Right answers and the answers of others are in no event for the class before they are published;
what the staff hears of them goes at most four times a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.ask_command import (
    AnswerPoll,
    ClosePoll,
    DiscardPoll,
    OpenPoll,
    PublishPoll,
)
from classroom.room.ask_event import (
    AnswerTaken,
    PollChanged,
    PollClosed,
    PollDiscarded,
    PollOpened,
    PollTally,
)
from classroom.room.ask_state import (
    POLLS_MAX,
    Answer,
    AskState,
    Poll,
    clean,
    fits,
    is_whole,
)
from classroom.room.audience import STAFF, Audience
from classroom.room.event import Event, ParticipantChanged, ParticipantJoined, ParticipantLeft
from classroom.room.files import FilesPart
from classroom.room.ground import Ground
from classroom.room.moment import Moment
from classroom.room.part import Part

TALLY_EVERY_MS = 250
"""Between two tallies of one question."""


class AskPart(Part):
    """Invariants: at most one question is open; nobody answers one twice, nor after its end; an
    anonymous question has no answer with a name."""

    def __init__(
        self, ground: Ground, files: FilesPart, state: AskState, class_page: Callable[[], str]
    ) -> None:
        """`class_page` tells the page the class is on."""
        self.state = state
        self._ground = ground
        self._files = files
        self._class_page = class_page
        self._tally_due_ms: int | None = None
        self._told_ms: int | None = None
        self.checks = {
            OpenPoll: self._check_open,
            AnswerPoll: self._check_answer,
            ClosePoll: self._check_lead,
            PublishPoll: self._check_lead,
            DiscardPoll: self._check_lead,
        }
        self.effects = {
            OpenPoll: self._open,
            AnswerPoll: self._answer,
            ClosePoll: self._close_by,
            PublishPoll: self._publish,
            DiscardPoll: self._discard,
        }

    # Guards

    def _check_open(self, command: OpenPoll, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        if not is_whole(command.question):
            raise Refused("poll.invalid")
        if command.page_id and command.page_id != self._class_page():
            raise Refused("poll.page")
        if len(self.state.polls) >= POLLS_MAX:
            raise Refused("poll.limit", {"max": POLLS_MAX})

    def _check_lead(self, command: ClosePoll | PublishPoll | DiscardPoll, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        self._poll(command.poll_id)

    def _check_answer(self, command: AnswerPoll, moment: Moment) -> None:
        self._ground.must(command.by, "may_answer")
        poll = self._poll(command.poll_id)
        if poll.has_answered(command.by):
            raise Refused("poll.answered")
        if not poll.takes_answers(moment.clock_ms):
            raise Refused("poll.closed")
        if not fits(poll.question, command.choices, command.text, command.file_id):
            raise Refused("answer.invalid")
        if command.file_id and not self._files.is_own_picture(command.by, command.file_id):
            raise Refused("answer.invalid")

    def _poll(self, poll_id: str) -> Poll:
        poll = self.state.find(poll_id)
        if poll is None:
            raise Refused("poll.unknown")
        return poll

    # Effects: they cannot fail

    def _open(self, command: OpenPoll, moment: Moment) -> list[Event]:
        before = self._close(self.state.open_poll)
        seconds = command.question.seconds
        poll = Poll(
            id=command.poll_id,
            question=command.question,
            opened_ms=moment.clock_ms,
            ends_ms=None if seconds is None else moment.clock_ms + seconds * 1000,
            page_id=command.page_id,
            place=command.place,
        )
        for who in self._ground.participants.values():
            if who.role == "student":
                poll = poll.with_person(who.id, who.name)
        self.state = AskState((*self.state.polls, poll))
        return [*before, PollOpened(poll), *self._tally(poll, moment)]

    def _answer(self, command: AnswerPoll, moment: Moment) -> list[Event]:
        who = self._ground.person(command.by)
        choices, text = tuple(sorted(command.choices)), clean(command.text)
        answer = Answer(who.id, who.name, choices, text, command.file_id)
        poll = self._poll(command.poll_id).with_answer(who.id, who.name, answer)
        self.state = self.state.with_poll(poll)
        told = Answer(who.id, who.name) if poll.question.is_anonymous else answer
        taken = AnswerTaken(poll.id, told, audience=_only(who.id))
        pictures = [command.file_id] if command.file_id else []
        sent = self._files.send(pictures, "staff", "", moment)
        return [*sent, taken, *self._tally_soon(poll, moment)]

    def _close_by(self, command: ClosePoll, moment: Moment) -> list[Event]:
        return self._close(self._poll(command.poll_id))

    def _publish(self, command: PublishPoll, moment: Moment) -> list[Event]:
        events = self._close(self._poll(command.poll_id)) if command.on else []
        poll = self._poll(command.poll_id)
        shown = replace(
            poll, is_published=command.on, shows_right=command.on and command.shows_right
        )
        if shown == poll:
            return events
        self.state = self.state.with_poll(shown)
        return [*events, PollChanged(shown)]

    def _discard(self, command: DiscardPoll, moment: Moment) -> list[Event]:
        gone = self._poll(command.poll_id)
        if gone.is_open:
            self._tally_due_ms = None
        self.state = AskState(tuple(poll for poll in self.state.polls if poll.id != gone.id))
        pictures = self._files.remove_all(answer.file_id for answer in gone.answers)
        return [*pictures, PollDiscarded(gone.id)]

    def wants_picture(self, who: ParticipantId) -> bool:
        """Whether a picture of theirs is waited for, whatever else they may not send."""
        poll = self.state.open_poll
        if poll is None or poll.question.kind != "picture":
            return False
        if self._ground.person(who).role != "student":
            return False
        return not poll.has_answered(who)

    # What others do, and time

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Whoever comes while a question is open is asked too; whoever goes is not waited for."""
        poll = self.state.open_poll
        if poll is None:
            return []
        match event:
            case ParticipantJoined(who) | ParticipantChanged(who):
                is_asked = who.role == "student"
                changed = (
                    poll.with_person(who.id, who.name) if is_asked else poll.without_person(who.id)
                )
            case ParticipantLeft(participant_id=gone):
                changed = poll.without_person(gone)
            case _:
                return []
        if changed is poll:
            return []
        self.state = self.state.with_poll(changed)
        return self._tally_soon(changed, moment)

    def due_ms(self) -> int | None:
        """When the open question's time is over, or a tally is due."""
        poll = self.state.open_poll
        ends_ms = poll.ends_ms if poll else None
        times = [time for time in (ends_ms, self._tally_due_ms) if time is not None]
        return min(times, default=None)

    def handle_timer(self, moment: Moment) -> list[Event]:
        """Close the question whose time is over; tell the staff what was held back."""
        poll = self.state.open_poll
        if poll is None:
            self._tally_due_ms = None
            return []
        if not poll.takes_answers(moment.clock_ms):
            return self._close(poll)
        if self._tally_due_ms is not None and self._tally_due_ms <= moment.clock_ms:
            return self._tally(poll, moment)
        return []

    # Small steps

    def _close(self, poll: Poll | None) -> list[Event]:
        """Close a question; its last tally is the one that stays in the record."""
        if poll is None or not poll.is_open:
            return []
        closed = replace(poll, is_open=False)
        self.state = self.state.with_poll(closed)
        self._tally_due_ms = None
        return [PollClosed(closed), PollTally(closed, audience=STAFF)]

    def _tally(self, poll: Poll, moment: Moment) -> list[Event]:
        self._tally_due_ms = None
        self._told_ms = moment.clock_ms
        return [PollTally(poll, audience=STAFF)]

    def _tally_soon(self, poll: Poll, moment: Moment) -> list[Event]:
        """At once when the last one is long enough ago; else when it is."""
        due = moment.clock_ms if self._told_ms is None else self._told_ms + TALLY_EVERY_MS
        if due <= moment.clock_ms:
            return self._tally(poll, moment)
        self._tally_due_ms = due
        return []


def _only(who: ParticipantId) -> Audience:
    return Audience(people=frozenset({who}))
