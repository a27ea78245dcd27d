"""Seats: taking one, leaving it, losing the connection, and coming back in time."""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.board_part import BoardPart
from classroom.room.command import ExpireSeat, LeaveSeat, LoseConnection, TakeSeat
from classroom.room.event import ParticipantJoined, ParticipantLeft
from classroom.room.ground import Ground
from classroom.room.kept_person import KeptPerson
from classroom.room.lobby import LobbyPart
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import SEAT_TRANSITIONS, LeaveReason, Participant, SeatState
from classroom.room.policy import may_enter
from classroom.room.tracks import TracksPart


class SeatsPart(Part):
    """Invariant: whoever is away has a deadline, and nobody else has."""

    def __init__(
        self, ground: Ground, board: BoardPart, tracks: TracksPart, lobby: LobbyPart
    ) -> None:
        self._ground = ground
        self._board = board
        self._tracks = tracks
        self._lobby = lobby
        self._expires_ms: dict[ParticipantId, int] = {}
        self.checks = {TakeSeat: lambda command, moment: self._check_capacity(command)}
        self.effects = {
            TakeSeat: self._take,
            LeaveSeat: lambda command, moment: self._leave(command.by, "left"),
            ExpireSeat: lambda command, moment: self._leave(command.by, "lost"),
            LoseConnection: self._lose_connection,
        }

    def bring_back(self, people: tuple[KeptPerson, ...], clock_ms: int) -> None:
        """Everybody of an earlier server has a seat, is away and may come back in time."""
        for person in people:
            self._expires_ms[person.id] = self._deadline(clock_ms)
            self._ground.participants[person.id] = Participant(
                id=person.id,
                name=person.name,
                role=person.role,
                seat=SeatState.AWAY,
                joined_at=person.joined_at,
                pen=self._board.pen_of(person.id, person.role),
                grant=person.grant,
                place=person.place,
                is_chat_muted=person.is_chat_muted,
            )

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Who left, in whatever way, does not expire."""
        if isinstance(event, ParticipantLeft):
            self._expires_ms.pop(event.participant_id, None)
            self._ground.known.pop(event.participant_id, None)
        return []

    def due_ms(self) -> int | None:
        """When the first seat is given up."""
        return min(self._expires_ms.values(), default=None)

    def handle_timer(self, moment: Moment) -> list[Event]:
        """Give up the seats nobody came back to."""
        late = [who for who, until in self._expires_ms.items() if until <= moment.clock_ms]
        return [event for who in late for event in self._leave(who, "lost")]

    def _check_capacity(self, command: TakeSeat) -> None:
        if command.by in self._ground.participants:
            return
        capacity = self._ground.terms.capacity
        taken = len(self._ground.participants)
        role = self._lobby.role_of(command.by, command.role)
        if not may_enter(role, taken=taken, capacity=capacity):
            raise Refused("room.full", {"capacity": capacity})

    def _take(self, command: TakeSeat, moment: Moment) -> list[Event]:
        self._expires_ms.pop(command.by, None)
        self._ground.known[command.by] = command.known
        known = self._ground.participants.get(command.by)
        role = self._lobby.role_of(command.by, command.role)
        pen = self._board.pen_of(command.by, role)
        if known is None:
            seat = SEAT_TRANSITIONS[SeatState.ABSENT][TakeSeat]
            new = Participant(command.by, command.name, role, seat, moment.at, pen=pen)
            self._ground.participants[command.by] = new
            return [ParticipantJoined(new)]
        events: list[Event] = []
        if known.role != role:
            # What was published under the old role is not covered by the new one's rights.
            events = self._tracks.lose(command.by)
            known = self._ground.participants[command.by]
        seat = SEAT_TRANSITIONS[known.seat][TakeSeat]
        back = replace(known, name=command.name, role=role, seat=seat, pen=pen)
        return events + self._ground.change(back)

    def _leave(self, who: ParticipantId, reason: LeaveReason) -> list[Event]:
        self._expires_ms.pop(who, None)
        del self._ground.participants[who]
        return [ParticipantLeft(who, reason)]

    def _lose_connection(self, command: LoseConnection, moment: Moment) -> list[Event]:
        self._expires_ms[command.by] = self._deadline(moment.clock_ms)
        lost = self._ground.participants[command.by]
        away = replace(lost, seat=SEAT_TRANSITIONS[lost.seat][LoseConnection])
        return self._ground.change(away)

    def _deadline(self, clock_ms: int) -> int:
        return clock_ms + round(self._ground.terms.seat_grace_s * 1000)
