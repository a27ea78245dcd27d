"""A lesson's aids: a timer everybody sees, a fair pick, stars. Whoever may ask leads them."""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.aids_command import (
    ExtendCountdown,
    GiveStar,
    PauseTimer,
    PickStudent,
    StartTimer,
    StopTimer,
)
from classroom.room.aids_event import StarsChanged, StudentPicked, TimerChanged
from classroom.room.aids_state import STARS_MAX, AidsState, Timer
from classroom.room.floor import FloorPart
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import SeatState


class AidsPart(Part):
    """Invariants: stars are 0 to 99 each; in one round `picked` names nobody twice."""

    def __init__(self, ground: Ground, floor: FloorPart, state: AidsState) -> None:
        self.state = state
        self._ground = ground
        self._floor = floor
        self.checks = {
            StartTimer: self._check_lead,
            ExtendCountdown: self._check_extend,
            PauseTimer: self._check_pause,
            StopTimer: self._check_lead,
            PickStudent: self._check_pick,
            GiveStar: self._check_star,
        }
        self.effects = {
            StartTimer: self._start,
            ExtendCountdown: self._extend,
            PauseTimer: self._pause,
            StopTimer: self._stop,
            PickStudent: self._pick,
            GiveStar: self._give_star,
        }

    # Guards

    def _check_lead(self, command: StartTimer | StopTimer, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")

    def _check_extend(self, command: ExtendCountdown, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        if self.state.timer is None or self.state.timer.ends_ms is None:
            raise Refused("timer.none")

    def _check_pause(self, command: PauseTimer, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        if self.state.timer is None:
            raise Refused("timer.none")

    def _check_pick(self, command: PickStudent, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        if not self._present():
            raise Refused("pick.nobody")
        if command.among == "hands" and not self._with_hands():
            raise Refused("pick.hands")

    def _check_star(self, command: GiveStar, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        who = self._ground.person(command.participant_id)
        if who.role != "student":
            raise Refused("star.student", {"name": who.name})

    # Effects: they cannot fail

    def _start(self, command: StartTimer, moment: Moment) -> list[Event]:
        now = moment.clock_ms
        return self._set(Timer(now, command.seconds and now + command.seconds * 1000))

    def _extend(self, command: ExtendCountdown, moment: Moment) -> list[Event]:
        running = self.state.timer
        if running is None or running.ends_ms is None:
            return []
        return self._set(replace(running, ends_ms=running.ends_ms + command.seconds * 1000))

    def _pause(self, command: PauseTimer, moment: Moment) -> list[Event]:
        running, now = self.state.timer, moment.clock_ms
        if running is None:
            return []
        return self._set(running.paused(now) if command.on else running.resumed(now))

    def _stop(self, command: StopTimer, moment: Moment) -> list[Event]:
        return self._set(None)

    def _pick(self, command: PickStudent, moment: Moment) -> list[Event]:
        picked = self.state.picked
        left = self._with_hands() if command.among == "hands" else self._present()
        if command.among == "not_picked":
            fresh = [who for who in left if who not in picked]
            picked, left = (picked, fresh) if fresh else ((), left)
        chosen = left[min(int(command.draw * len(left)), len(left) - 1)]
        if chosen not in picked:
            self.state = replace(self.state, picked=(*picked, chosen))
        return [StudentPicked(chosen)]

    def _give_star(self, command: GiveStar, moment: Moment) -> list[Event]:
        who, before = command.participant_id, self.state.stars_of(command.participant_id)
        count = max(0, min(STARS_MAX, before + command.count))
        if count == before:
            return []
        others = tuple(pair for pair in self.state.stars if pair[0] != who)
        stars = (*others, (who, count)) if count else others
        self.state = replace(self.state, stars=stars)
        return [StarsChanged(who, count)]

    # Time

    def due_ms(self) -> int | None:
        """When the countdown is over."""
        return None if self.state.timer is None else self.state.timer.due_ms

    def handle_timer(self, moment: Moment) -> list[Event]:
        """Take away a countdown whose time is over."""
        due_ms = self.due_ms()
        if due_ms is None or due_ms > moment.clock_ms:
            return []
        self.state = replace(self.state, timer=None)
        return [TimerChanged(None, is_over=True)]

    def _set(self, timer: Timer | None) -> list[Event]:
        if timer == self.state.timer:
            return []
        self.state = replace(self.state, timer=timer)
        return [TimerChanged(timer)]

    def _present(self) -> list[ParticipantId]:
        people = self._ground.participants.values()
        return [who.id for who in people if who.role == "student" and who.seat is SeatState.HERE]

    def _with_hands(self) -> list[ParticipantId]:
        return [who for who in self._present() if self._floor.state.hand_of(who) is not None]
