"""The door of a class: a lobby, a lock, removing people for good, and the roles given inside.

Staff always comes in. Whoever was in comes back, past lobby and lock; whoever is enrolled comes in
past the lobby where the room says so; whoever was removed does not, until the class ends.
"""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.audience import STAFF
from classroom.room.command import TakeSeat
from classroom.room.event import ParticipantJoined, ParticipantLeft
from classroom.room.ground import Ground
from classroom.room.lobby_command import (
    Admit,
    Knock,
    LockClass,
    RemovePerson,
    SetLobby,
    SetRole,
    StopKnocking,
    TurnAway,
)
from classroom.room.lobby_event import DoorChanged, LobbyChanged
from classroom.room.lobby_state import (
    ADMITTED_MAX,
    REMOVED_MAX,
    ROLES_MAX,
    WAITING_MAX,
    WAITING_OF_ONE_MAX,
    LobbyState,
    Waiting,
)
from classroom.room.part import Event, Moment, Part
from classroom.room.policy import is_staff, may_pass_lobby

AGAIN_MS = 60_000
"""How long somebody who was turned away may not knock."""


class LobbyPart(Part):
    """Invariants: nobody waits who is in the class or was removed; whoever is in was admitted or
    leads the class."""

    def __init__(self, ground: Ground, state: LobbyState) -> None:
        self._ground = ground
        self.state = state
        self.checks = {
            TakeSeat: lambda command, moment: self._check_seat(command),
            Knock: self._check_knock,
            Admit: lambda command, moment: self._check_admit(command),
            TurnAway: lambda command, moment: self._check_waiting(command.by, command.who),
            SetLobby: lambda command, moment: ground.must(command.by, "may_order"),
            LockClass: lambda command, moment: ground.must(command.by, "may_order"),
            RemovePerson: lambda command, moment: self._check_remove(command),
            SetRole: lambda command, moment: self._check_role(command),
        }
        self.effects = {
            Knock: self._knock,
            StopKnocking: lambda command, moment: self._wait_no_more(command.by),
            Admit: lambda command, moment: self._admit(command.who),
            TurnAway: self._turn_away,
            SetLobby: lambda command, moment: self._set_lobby(command),
            LockClass: lambda command, moment: self._set_door(
                replace(self.state, is_locked=command.on)
            ),
            RemovePerson: lambda command, moment: self._remove(command),
            SetRole: lambda command, moment: self._set_role(command),
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Whoever came in once was admitted, and waits no more."""
        if not isinstance(event, ParticipantJoined):
            return []
        who = event.participant.id
        self._note_admitted([who])
        return self._wait_no_more(who)

    # What others ask

    def role_of(self, who: ParticipantId, role: Role) -> Role:
        """The role somebody has who comes with a seat of `role`."""
        return role if role == "host" else dict(self.state.roles).get(who, role)

    def is_removed(self, who: ParticipantId, account_id: str, browser: str) -> bool:
        """Whether somebody was removed who may be the same person."""
        return self.state.is_removed(who, account_id, browser)

    def is_waiting(self, who: ParticipantId) -> bool:
        """Whether somebody stands in front of the door."""
        return any(one.participant_id == who for one in self.state.waiting)

    def is_admitted(self, who: ParticipantId) -> bool:
        """Whether somebody may come in past lobby and lock."""
        return who in self.state.admitted

    # Guards

    def _check_seat(self, command: TakeSeat) -> None:
        who = command.by
        if self.is_removed(who, "", ""):
            raise Refused("seat.removed")
        role = self.role_of(who, command.role)
        if who in self._ground.participants or is_staff(role) or self.is_admitted(who):
            return
        if self.state.is_locked:
            raise Refused("room.locked")
        lets_enrolled_in = self._ground.terms.lets_enrolled_in
        if self.state.is_on and not may_pass_lobby(who, lets_enrolled_in=lets_enrolled_in):
            raise Refused("lobby.waiting")

    def _check_knock(self, command: Knock, moment: Moment) -> None:
        if self.is_removed(command.by, "", ""):
            raise Refused("seat.removed")
        until_ms = self.state.refused_until_ms(command.known)
        if until_ms > moment.clock_ms:
            wait_s = (until_ms - moment.clock_ms + 999) // 1000
            raise Refused("lobby.refused", {"wait_s": wait_s})
        if self.is_waiting(command.by):
            return
        if len(self.state.waiting) >= WAITING_MAX:
            raise Refused("room.full", {"capacity": self._ground.terms.capacity})
        if self.state.waiting_like(command.known) >= WAITING_OF_ONE_MAX:
            raise Refused("lobby.crowded", {"max": WAITING_OF_ONE_MAX})

    def _check_admit(self, command: Admit) -> None:
        self._ground.must(command.by, "may_order")
        who = command.who
        if who is not None and not self.is_waiting(who) and not self.is_admitted(who):
            raise Refused("participant.unknown")

    def _check_waiting(self, by: ParticipantId, who: ParticipantId) -> None:
        self._ground.must(by, "may_order")
        if not self.is_waiting(who):
            raise Refused("participant.unknown")

    def _check_remove(self, command: RemovePerson) -> None:
        self._ground.must(command.by, "may_order")
        person = self._ground.person(command.who)
        is_above = person.role == "host" or not self._is_host(command.by)
        if is_staff(person.role) and is_above:
            raise Refused("role.above", {"name": person.name})

    def _check_role(self, command: SetRole) -> None:
        self._ground.must(command.by, "may_set_roles")
        person = self._ground.person(command.who)
        if person.role == "host" or command.who == command.by:
            raise Refused("role.fixed")

    def _is_host(self, who: ParticipantId) -> bool:
        return self._ground.participants[who].role == "host"

    # Effects

    def _knock(self, command: Knock, moment: Moment) -> list[Event]:
        if self.is_waiting(command.by):
            return []
        now_ms = moment.clock_ms
        new = Waiting(command.by, command.name, command.role, now_ms, command.known)
        return self._set_waiting((*self.state.waiting, new))

    def _wait_no_more(self, who: ParticipantId) -> list[Event]:
        return self._set_waiting(
            tuple(one for one in self.state.waiting if one.participant_id != who)
        )

    def _admit(self, who: ParticipantId | None) -> list[Event]:
        """One who waits, or all; one who was let in meanwhile is no second news."""
        come = [
            one.participant_id for one in self.state.waiting if who in (None, one.participant_id)
        ]
        self._note_admitted(come)
        return self._set_waiting(
            tuple(one for one in self.state.waiting if one.participant_id not in come)
        )

    def _turn_away(self, command: TurnAway, moment: Moment) -> list[Event]:
        now_ms = moment.clock_ms
        still = [(who, until) for who, until in self.state.refused if until > now_ms]
        new = [
            (one.known, now_ms + AGAIN_MS)
            for one in self.state.waiting
            if one.participant_id == command.who
        ]
        self.state = replace(self.state, refused=(*still[-WAITING_MAX:], *new))
        return self._wait_no_more(command.who)

    def _set_lobby(self, command: SetLobby) -> list[Event]:
        events = self._set_door(replace(self.state, is_on=command.on))
        return events if command.on else events + self._admit(None)

    def _set_door(self, state: LobbyState) -> list[Event]:
        if state == self.state:
            return []
        self.state = state
        return [DoorChanged(state.is_on, state.is_locked)]

    def _remove(self, command: RemovePerson) -> list[Event]:
        ban = self._ground.known_by(command.who)
        self.state = replace(
            self.state,
            removed=(*self.state.removed, ban)[-REMOVED_MAX:],
            admitted=tuple(who for who in self.state.admitted if who != command.who),
        )
        del self._ground.participants[command.who]
        return [ParticipantLeft(command.who, "removed")]

    def _set_role(self, command: SetRole) -> list[Event]:
        others = tuple(pair for pair in self.state.roles if pair[0] != command.who)
        roles = (*others, (command.who, command.role))[-ROLES_MAX:]
        self.state = replace(self.state, roles=roles)
        present = self._ground.participants[command.who]
        return self._ground.change(replace(present, role=command.role))

    def _note_admitted(self, people: list[ParticipantId]) -> None:
        new = tuple(who for who in people if who not in self.state.admitted)
        if new:
            admitted = (*self.state.admitted, *new)[-ADMITTED_MAX:]
            self.state = replace(self.state, admitted=admitted)

    def _set_waiting(self, waiting: tuple[Waiting, ...]) -> list[Event]:
        if waiting == self.state.waiting:
            return []
        self.state = replace(self.state, waiting=waiting)
        return [LobbyChanged(waiting, audience=STAFF)]
