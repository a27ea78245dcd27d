"""A lesson as a script over the room's core: who does what, one line each, in virtual time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import command, floor_command
from classroom.room.audience import Private
from classroom.room.board import new_board
from classroom.room.event import LogEntry
from classroom.room.kept import Kept
from classroom.room.kinds import Source
from classroom.room.lifecycle import RoomTerms
from classroom.room.locks import Grant
from classroom.room.participant import Participant, TrackState
from classroom.room.room import Room

BEGAN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TERMS = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", capacity=20, seat_grace_s=60)
Voice = Literal["microphone", "camera"]


class Lesson:
    """One room and its clock; everything that happened is in `log`."""

    def __init__(
        self, kept: Kept | None = None, terms: RoomTerms = TERMS, *, away_s: float = 0
    ) -> None:
        self.now = 1000.0
        self.log: list[LogEntry] = []
        self.room = Room(
            terms,
            new_board("b", "p1"),
            now=self.now,
            at=BEGAN,
            kept=kept,
            away_ms=round(away_s * 1000),
        )

    @property
    def at(self) -> datetime:
        return BEGAN + timedelta(seconds=self.now - 1000)

    def person(self, name: str, role: Role = "student") -> Person:
        """Somebody who comes in."""
        who = Person(self, ParticipantId(name.lower()), name, role)
        who.joins()
        return who

    def do(self, asked: Any) -> list[Any]:
        """The events of a command."""
        return self._note(self.room.apply(asked, now=self.now, at=self.at))

    def passes(self, seconds: float) -> list[Any]:
        """The events of what was due meanwhile, each in its time."""
        end, happened = self.now + seconds, list[Any]()
        while (due := self.room.next_timer()) is not None and due <= end:
            self.now = max(self.now, due)
            happened += self._note(self.room.handle_timer(now=self.now, at=self.at))
        self.now = end
        return happened

    def told(self, kind: type[Any]) -> list[Any]:
        """Everything of one kind that ever happened."""
        return [entry.event for entry in self.log if isinstance(entry.event, kind)]

    def restarts(self) -> Lesson:
        """The same lesson in a new server, with everybody away."""
        return self.goes_on_after(0)

    def goes_on_after(self, seconds: float) -> Lesson:
        """The same when there was no server for some time."""
        later = Lesson(self.room.kept(self.now), away_s=seconds)
        later.log += later.room.go_on()
        return later

    def queue(self) -> list[str]:
        """Whose hand is up, the first first."""
        return [str(hand.participant_id) for hand in self.room.parts.floor.state.hands]

    def _note(self, entries: list[LogEntry]) -> list[Any]:
        self.log += entries
        return [entry.event for entry in entries]


class Person:
    """Somebody in a lesson, by their verbs; each gives the events that came of it."""

    def __init__(self, lesson: Lesson, who: ParticipantId, name: str, role: Role) -> None:
        self.lesson = lesson
        self.id = who
        self.name = name
        self.role = role

    @property
    def now(self) -> Participant:
        """How the room knows them at the moment."""
        return self.lesson.room.participants[self.id]

    def does(self, kind: Any, *words: Any, **named: Any) -> list[Any]:
        """Any command, by this person."""
        return self.lesson.do(kind(self.id, *words, **named))

    def is_refused(self, kind: Any, *words: Any, **named: Any) -> str:
        """The code with which the room refuses it."""
        with pytest.raises(Refused) as refused:
            self.does(kind, *words, **named)
        return refused.value.code

    def hears(self, events: list[Any]) -> list[Any]:
        """Those of the events that are for this person."""
        return [
            event
            for event in events
            if not isinstance(event, Private) or event.audience.hears(self.now)
        ]

    # Coming, going, sending

    def joins(self, role: Role | None = None) -> list[Any]:
        return self.does(command.TakeSeat, self.name, role or self.role)

    def leaves(self) -> list[Any]:
        return self.does(command.LeaveSeat)

    def drops(self) -> list[Any]:
        return self.does(command.LoseConnection)

    def publishes(self, *sources: Source, is_paused: bool = False) -> list[Any]:
        return [
            event
            for source in sources
            for event in self.does(command.PublishTrack, source, is_paused=is_paused)
        ]

    def sends(self, source: Source) -> TrackState:
        return self.now.tracks.of(source)

    # Hands and the stage

    def raises_hand(self) -> list[Any]:
        return self.does(floor_command.RaiseHand)

    def lowers_hand(self, of: Person | None = None) -> list[Any]:
        return self.does(floor_command.LowerHand, None if of is None else of.id)

    def invites_on_stage(self, student: Person, grant: Grant | None = None) -> list[Any]:
        return self.does(floor_command.BringOnStage, student.id, grant or Grant())

    def sends_back(self, student: Person) -> list[Any]:
        return self.does(floor_command.LeaveStage, student.id)

    def leaves_stage(self) -> list[Any]:
        return self.does(floor_command.LeaveStage)

    def mutes(self, whom: Person | None, source: Voice = "microphone") -> list[Any]:
        return self.does(floor_command.Mute, None if whom is None else whom.id, source)

    def asks(self, whom: Person, source: Voice = "microphone") -> list[Any]:
        return self.does(floor_command.AskToSpeak, whom.id, source)

    def locks(self, **locks: bool) -> list[Any]:
        return self.does(floor_command.SetLocks, **locks)
