"""A lesson's aids: a countdown everybody sees, a fair pick, stars. Whoever may ask leads them."""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.aids_command import (
    ExtendCountdown,
    GiveStar,
    PickStudent,
    StartCountdown,
    StopCountdown,
)
from classroom.room.aids_event import CountdownChanged, StarsChanged, StudentPicked
from classroom.room.aids_state import STARS_MAX, AidsState, Countdown
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import SeatState


class AidsPart(Part):
    """Invariants: stars are 0 to 99 each; in one round nobody is picked twice."""

    def __init__(self, ground: Ground, state: AidsState) -> None:
        self.state = state
        self._ground = ground
        self.checks = {
            StartCountdown: self._check_lead,
            ExtendCountdown: self._check_extend,
            StopCountdown: self._check_lead,
            PickStudent: self._check_pick,
            GiveStar: self._check_star,
        }
        self.effects = {
            StartCountdown: self._start,
            ExtendCountdown: self._extend,
            StopCountdown: self._stop,
            PickStudent: self._pick,
            GiveStar: self._give_star,
        }

    # Guards

    def _check_lead(self, command: StartCountdown | StopCountdown, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")

    def _check_extend(self, command: ExtendCountdown, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        if self.state.countdown is None:
            raise Refused("timer.none")

    def _check_pick(self, command: PickStudent, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        if not self._present():
            raise Refused("pick.nobody")

    def _check_star(self, command: GiveStar, moment: Moment) -> None:
        self._ground.must(command.by, "may_ask")
        who = self._ground.person(command.participant_id)
        if who.role != "student":
            raise Refused("star.student", {"name": who.name})

    # Effects: they cannot fail

    def _start(self, command: StartCountdown, moment: Moment) -> list[Event]:
        now = moment.clock_ms
        return self._set(Countdown(now, now + command.seconds * 1000))

    def _extend(self, command: ExtendCountdown, moment: Moment) -> list[Event]:
        running = self.state.countdown
        if running is None:
            return []
        return self._set(replace(running, ends_ms=running.ends_ms + command.seconds * 1000))

    def _stop(self, command: StopCountdown, moment: Moment) -> list[Event]:
        return [] if self.state.countdown is None else self._set(None)

    def _pick(self, command: PickStudent, moment: Moment) -> list[Event]:
        present = self._present()
        picked = self.state.picked
        left = [who for who in present if who not in picked]
        if not left:
            picked, left = (), present
        chosen = left[min(int(command.draw * len(left)), len(left) - 1)]
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
        return None if self.state.countdown is None else self.state.countdown.ends_ms

    def handle_timer(self, moment: Moment) -> list[Event]:
        """Take away a countdown whose time is over."""
        running = self.state.countdown
        if running is None or running.ends_ms > moment.clock_ms:
            return []
        self.state = replace(self.state, countdown=None)
        return [CountdownChanged(None, is_over=True)]

    def _set(self, countdown: Countdown | None) -> list[Event]:
        self.state = replace(self.state, countdown=countdown)
        return [CountdownChanged(countdown)]

    def _present(self) -> list[ParticipantId]:
        people = self._ground.participants.values()
        return [who.id for who in people if who.role == "student" and who.seat is SeatState.HERE]
