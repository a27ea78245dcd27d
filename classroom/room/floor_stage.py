"""Students on stage: what they are given back, the pen they are lent, and being asked to speak.

Nobody's microphone or camera is turned on by somebody else. Whoever comes on stage may turn on
what the grant names, and is asked to.
"""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import policy
from classroom.room.board_part import BoardPart
from classroom.room.event import BoardChanged, ParticipantChanged, ParticipantLeft
from classroom.room.floor import FloorPart, is_live, locked_sources
from classroom.room.floor_command import AskToSpeak, BringOnStage, DeclineToSpeak, LeaveStage
from classroom.room.floor_event import SpeakingAsked, SpeakingDeclined, with_staff
from classroom.room.floor_state import STAGE_PEN, AskedToSpeak, StagedState, Voice
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part

ASKED_FOR_MS = 60_000
"""How long a question to speak stands."""
ASK_AGAIN_MS = 5_000
"""Pressed twice, somebody is asked once."""


class FloorStage(Part):
    """Invariants: only students are on stage; a pen is lent to nobody who is not; nobody is asked
    who left or who speaks already."""

    def __init__(
        self,
        ground: Ground,
        floor: FloorPart,
        board: BoardPart,
        state: StagedState,
    ) -> None:
        self.state = state
        self._ground = ground
        self._floor = floor
        self._board = board
        self.checks = {
            BringOnStage: self._check_bring,
            LeaveStage: self._check_leave,
            AskToSpeak: self._check_ask,
        }
        self.effects = {
            BringOnStage: self._bring,
            LeaveStage: self._leave,
            AskToSpeak: self._ask,
            DeclineToSpeak: self._decline,
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Who leaves the room or the role leaves the stage; who speaks was asked in vain."""
        match event:
            case ParticipantLeft(who, _):
                self.state = self.state.without(who)
            case ParticipantChanged(changed):
                return self._follow_person(changed.id)
            case BoardChanged(board) if board.everyone != "none":
                # Everybody was given a pen, so there is none to take back.
                self.state = replace(self.state, lent=())
            case _:
                pass
        return []

    def _follow_person(self, changed: ParticipantId) -> list[Event]:
        who = self._ground.participants.get(changed)
        if who is None:
            return []
        if who.role != "student" and who.grant is not None:
            self.state = self.state.without(who.id)
            return self._ground.change(replace(who, grant=None))
        heard = [one for one in self.state.asked if one.participant_id == who.id]
        for one in heard:
            if is_live(who, one.source):
                self._forget(one)
        if who.pen != STAGE_PEN:  # somebody decided otherwise meanwhile
            self._forget_pen(who.id)
        return []

    def due_ms(self) -> int | None:
        """When the oldest question to speak is over."""
        return min((one.at_ms + ASKED_FOR_MS for one in self.state.asked), default=None)

    def handle_timer(self, moment: Moment) -> list[Event]:
        """Who was asked a minute ago is asked no more; their screens know the time themselves."""
        still = [one for one in self.state.asked if one.at_ms + ASKED_FOR_MS > moment.clock_ms]
        self.state = replace(self.state, asked=tuple(still))
        return []

    # Guards

    def _check_bring(self, command: BringOnStage, moment: Moment) -> None:
        self._ground.must(command.by, "may_order")
        who = self._ground.person(command.participant_id)
        if who.role != "student":
            code = "stage.staff" if policy.is_staff(who.role) else "stage.observer"
            raise Refused(code, {"name": who.name})

    def _check_leave(self, command: LeaveStage, moment: Moment) -> None:
        if command.participant_id not in (None, command.by):
            self._ground.must(command.by, "may_order")
            self._ground.person(command.participant_id)

    def _check_ask(self, command: AskToSpeak, moment: Moment) -> None:
        self._ground.must(command.by, "may_order")
        who = self._ground.person(command.participant_id)
        if not policy.may(who.role, policy.RIGHT_TO_PUBLISH[command.source]):
            raise Refused("stage.observer", {"name": who.name})
        if command.source in locked_sources(who, self._floor.state):
            raise Refused("floor.locked", {"name": who.name})

    # Effects: they cannot fail

    def _bring(self, command: BringOnStage, moment: Moment) -> list[Event]:
        who, grant = self._ground.person(command.participant_id), command.grant
        events = self._floor.lower(who.id, "stage")
        events += self._ground.change(replace(who, grant=grant))
        events += self._lend_pen(who.id) if grant.pen else self._take_pen(who.id)
        events += self._floor.light(who.id)
        if grant.microphone:
            events += self._ask_for(who.id, "microphone", command.by, moment)
        if grant.camera:
            events += self._ask_for(who.id, "camera", command.by, moment)
        return events

    def _leave(self, command: LeaveStage, moment: Moment) -> list[Event]:
        who = self._ground.person(command.participant_id or command.by)
        if who.grant is None:
            return []
        plain = replace(who, grant=None)
        events = self._ground.change(plain)
        events += self._floor.take(plain, by=command.by, is_off_stage=True)
        asked = tuple(one for one in self.state.asked if one.participant_id != who.id)
        self.state = replace(self.state, asked=asked)
        return events + self._take_pen(who.id) + self._floor.unlight(who.id)

    def _ask(self, command: AskToSpeak, moment: Moment) -> list[Event]:
        return self._ask_for(command.participant_id, command.source, command.by, moment)

    def _decline(self, command: DeclineToSpeak, moment: Moment) -> list[Event]:
        declined = self.state.asked_for(command.by, command.source)
        if declined is None:
            return []
        self._forget(declined)
        told = with_staff(command.by)
        return [SpeakingDeclined(command.by, command.source, audience=told)]

    # Small steps

    def _ask_for(
        self, who: ParticipantId, source: Voice, by: ParticipantId, moment: Moment
    ) -> list[Event]:
        before = self.state.asked_for(who, source)
        if before is not None and moment.clock_ms - before.at_ms < ASK_AGAIN_MS:
            return []
        if is_live(self._ground.person(who), source):
            return []
        if before is not None:
            self._forget(before)
        asked = AskedToSpeak(who, source, moment.clock_ms)
        self.state = replace(self.state, asked=(*self.state.asked, asked))
        return [SpeakingAsked(asked, by, audience=with_staff(who))]

    def _forget(self, asked: AskedToSpeak) -> None:
        rest = tuple(one for one in self.state.asked if one != asked)
        self.state = replace(self.state, asked=rest)

    def _lend_pen(self, who: ParticipantId) -> list[Event]:
        if self._ground.person(who).pen != "none":
            return []
        self.state = replace(self.state, lent=(*self.state.lent, who))
        return self._board.give_pen_of(who, STAGE_PEN)

    def _take_pen(self, who: ParticipantId) -> list[Event]:
        if who not in self.state.lent:
            return []
        self._forget_pen(who)
        return self._board.give_pen_of(who, "none")

    def _forget_pen(self, who: ParticipantId) -> None:
        self.state = replace(self.state, lent=tuple(one for one in self.state.lent if one != who))
