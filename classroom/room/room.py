"""The live room: one command in, the log entries it causes out, or Refused with a stable code.

A core: no socket, clock or media. Times are `now` (monotonic seconds, for waiting) and `at` (aware
UTC, for people). Every refusal comes from a guard before anything was changed. The room keeps its
own life, its numbers and its clock; everything else is decided by its parts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from classroom.errors import LocalError, Refused
from classroom.room.audience import Private
from classroom.room.board import BoardState
from classroom.room.command import Command, EndRoom
from classroom.room.event import LogEntry, ParticipantChanged, RoomEnded
from classroom.room.ground import Ground
from classroom.room.kept import Kept
from classroom.room.lifecycle import TRANSITIONS, Emptied, RoomState, RoomTerms, WaitOver
from classroom.room.part import Event, Moment
from classroom.room.participant import SEAT_TRANSITIONS, SeatState
from classroom.room.parts import Parts
from classroom.room.reading import Reading

_Check = Callable[[Any, Moment], None]
_Effect = Callable[[Any, Moment], list[Event]]


class Room(Reading):
    """The truth of one live room.

    Invariants: `seq` grows by one with each entry for everybody, `line` with each entry; a command
    has one effect; and what each part promises.
    """

    def __init__(
        self,
        terms: RoomTerms,
        board: BoardState,
        *,
        now: float,
        at: datetime,
        kept: Kept | None = None,
        away_ms: int = 0,
    ) -> None:
        """`kept` is a room of an earlier server, which goes on with everybody away; for `away_ms`
        there was no server, and the room's clock went on."""
        kept = kept or Kept(seq=0, line=0, clock_ms=0, started_at=at)
        clock_ms = kept.clock_ms + away_ms
        self.terms = terms
        self.started_at = kept.started_at
        self.seq, self.line = kept.seq, kept.line
        self.ground = Ground(terms)
        self.parts = Parts(self.ground, board, kept)
        self.parts.seats.bring_back(kept.people, clock_ms)
        self.state = RoomState.LIVE if kept.people else RoomState.OPEN
        self._clock_began = now - clock_ms / 1000
        self._went = Moment(now, at - timedelta(milliseconds=away_ms), kept.clock_ms)
        """When the earlier server was heard of last."""
        self._last = Moment(now, at, clock_ms)
        self._waits_until = now + terms.seat_grace_s
        self._checks: dict[type[Any], list[_Check]] = {}
        self._effects: dict[type[Any], _Effect] = {}
        self._fill_tables()

    def _fill_tables(self) -> None:
        self._checks[EndRoom] = [lambda command, _: self.ground.must(command.by, "may_end")]
        self._effects[EndRoom] = lambda command, _: [RoomEnded(command.by)]
        for part in self.parts.all:
            for kind, check in part.checks.items():
                self._checks.setdefault(kind, []).append(check)
            for kind, effect in part.effects.items():
                if kind in self._effects:
                    raise LocalError(f"two parts do {kind.__name__}")
                self._effects[kind] = effect

    # The verbs that change something

    def go_on(self) -> list[LogEntry]:
        """Say of everybody of the earlier server that they are away since it went; once, before
        anything else happens."""
        return [
            self._enter(ParticipantChanged(one), self._went) for one in self.participants.values()
        ]

    def apply(self, command: Command, *, now: float, at: datetime) -> list[LogEntry]:
        """Do it and say what happened; or Refused, and nothing happened."""
        moment = self._moment(now, at)
        self._check(command, moment)
        events = self._effects[type(command)](command, moment)
        self.state = TRANSITIONS[self.state][type(command)]
        return self._spread(events, moment)

    def handle_timer(self, *, now: float, at: datetime) -> list[LogEntry]:
        """Do what is due in the parts, and end an empty room nobody came to."""
        moment = self._moment(now, at)
        entries: list[LogEntry] = []
        for part in () if self.is_over else self.parts.all:
            due_ms = part.due_ms()
            if due_ms is not None and due_ms <= moment.clock_ms:
                entries += self._spread(part.handle_timer(moment), moment)
        if self._may_end_empty and self._waits_until <= now:
            self.state = TRANSITIONS[self.state][WaitOver]
        return entries

    def next_timer(self) -> float | None:
        """When `handle_timer` has something to do; None while it has not."""
        if self.is_over:
            return None
        dues = (part.due_ms() for part in self.parts.all)
        times = [self._clock_began + due_ms / 1000 for due_ms in dues if due_ms is not None]
        if self._may_end_empty:
            times.append(self._waits_until)
        return min(times, default=None)

    @property
    def _may_end_empty(self) -> bool:
        """Nobody is in, and nobody stands in front of the door."""
        return self.state is RoomState.OPEN and not self.parts.lobby.state.waiting

    # Guards: every refusal is here or in a check of a part

    def check(self, command: Command, *, now: float | None = None) -> None:
        """Raise Refused when `apply` would; without `now`, at the last moment known. Changes
        nothing."""
        moment = self._last
        if now is not None:
            moment = replace(moment, now=now, clock_ms=self.clock_ms(now))
        self._check(command, moment)

    def _check(self, command: Command, moment: Moment) -> None:
        if self.is_over:
            raise Refused("room.ended")
        if isinstance(command, EndRoom) and command.by is None:
            return
        self._check_seat(command)
        for check in self._checks.get(type(command), ()):
            check(command, moment)

    def _check_seat(self, command: Command) -> None:
        participant = self.participants.get(command.by) if command.by is not None else None
        seat = participant.seat if participant else SeatState.ABSENT
        if type(command) not in SEAT_TRANSITIONS[seat]:
            raise Refused("seat.not_taken" if seat is SeatState.ABSENT else "seat.away")

    # Small steps

    def _moment(self, now: float, at: datetime) -> Moment:
        self._last = Moment(now, at, self.clock_ms(now))
        return self._last

    def _spread(self, events: list[Event], moment: Moment) -> list[LogEntry]:
        """Show each event to all parts, and what follows from it in turn; then number them all."""
        waiting, done = deque(events), list[Event]()
        while waiting:
            event = waiting.popleft()
            done.append(event)
            if not self.is_over:  # nothing is told after the end
                for part in self.parts.all:
                    waiting.extend(part.follow(event, moment))
        if self.state is RoomState.LIVE and not self.participants:
            self.state = TRANSITIONS[self.state][Emptied]
            self._waits_until = moment.now + self.terms.seat_grace_s
        return [self._enter(event, moment) for event in done]

    def _enter(self, event: Event, moment: Moment) -> LogEntry:
        self.line += 1
        if not isinstance(event, Private):
            self.seq += 1
        return LogEntry(self.seq, event, self.line, moment.clock_ms, moment.at)
