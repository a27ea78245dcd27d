"""Activities on the stage: small values that everybody's copy shares, and what copies tell."""

from __future__ import annotations

from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.activity_command import (
    ActivityCommand,
    ResetActivity,
    SendActivityEvent,
    SetActivityValue,
)
from classroom.room.activity_event import ActivityChanged, ActivitySaid, ActivityTold
from classroom.room.activity_pace import ActivityPace
from classroom.room.activity_state import BYTES_MAX, ActivitiesState
from classroom.room.audience import STAFF
from classroom.room.board_part import BoardPart
from classroom.room.event import BoardChanged, ParticipantLeft
from classroom.room.ground import Ground
from classroom.room.part import Event, Moment, Part
from classroom.room.stage import Stage


class ActivityPart(Part):
    """Invariants: every activity that is kept fits; what is in the values is no matter of ours."""

    def __init__(
        self, ground: Ground, stage: Stage, board: BoardPart, state: ActivitiesState
    ) -> None:
        self.state = state
        self._ground = ground
        self._stage = stage
        self._board = board
        self._pace = ActivityPace()
        self.checks = {
            SetActivityValue: self._check_set,
            SendActivityEvent: self._check_send,
            ResetActivity: self._check_reset,
        }
        self.effects = {
            SetActivityValue: self._set,
            SendActivityEvent: self._send,
            ResetActivity: self._reset,
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Where another one lies under its page, it keeps nothing any more."""
        if isinstance(event, ParticipantLeft):
            self._pace.forget(event.participant_id)
        if not isinstance(event, BoardChanged) or not self.state.activities:
            return []
        lies = {page.id: page.backdrop for page in event.board.pages}
        return [
            changed
            for one in self.state.activities
            if one.backdrop and lies.get(one.page_id, one.backdrop) != one.backdrop
            for changed in self._empty(one.page_id, None)
        ]

    def _check_set(self, command: SetActivityValue, moment: Moment) -> None:
        self._check_shown(command)
        if self._ground.person(command.by).pen == "none":
            raise Refused("pen.missing")
        page = self._board.state.page(command.page_id)
        if page.is_locked and not self._ground.is_staff(command.by):
            raise Refused("page.locked")
        before = self.state.of(command.page_id)
        after = before.with_value(command.key, command.value)
        if not after.fits:
            raise Refused("activity.full", {"kilobytes": BYTES_MAX // 1024})
        if dict(before.values) != dict(after.values):
            size = _size(command.key, command.value)
            self._pace.check(command.by, size, to_all=True, now=moment.now)

    def _check_send(self, command: SendActivityEvent, moment: Moment) -> None:
        self._check_shown(command)
        if not self._ground.is_staff(command.by):
            self._ground.must(command.by, "may_answer")
        to_all = self._ground.is_staff(command.by)
        size = _size(command.name, command.value)
        self._pace.check(command.by, size, to_all=to_all, now=moment.now)

    def _check_reset(self, command: ResetActivity, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        self._check_shown(command)

    def _check_shown(self, command: ActivityCommand) -> None:
        board = self._board.state
        is_here = self._stage.board and board.page_id == command.page_id
        if not is_here or board.page(command.page_id).kind != "activity":
            raise Refused("activity.unknown")

    def _set(self, command: SetActivityValue, moment: Moment) -> list[Event]:
        before = self.state.of(command.page_id)
        after = before.with_value(command.key, command.value)
        if dict(before.values) == dict(after.values):
            return []
        size = _size(command.key, command.value)
        self._pace.spend(command.by, size, to_all=True, now=moment.now)
        page = self._board.state.page(command.page_id)
        self.state = self.state.put(replace(after, backdrop=page.backdrop))
        return [ActivityChanged(command.page_id, command.key, command.value, command.by)]

    def _reset(self, command: ResetActivity, moment: Moment) -> list[Event]:
        return self._empty(command.page_id, command.by)

    def _empty(self, page_id: str, by: ParticipantId | None) -> list[Event]:
        kept = self.state.of(page_id).values
        self.state = self.state.without(page_id)
        return [ActivityChanged(page_id, key, "null", by) for key, _ in kept]

    def _send(self, command: SendActivityEvent, moment: Moment) -> list[Event]:
        told = (command.page_id, command.name, command.value, command.by)
        to_all = self._ground.is_staff(command.by)
        size = _size(command.name, command.value)
        self._pace.spend(command.by, size, to_all=to_all, now=moment.now)
        if to_all:
            return [ActivitySaid(*told)]
        return [ActivityTold(*told, audience=STAFF)]


def _size(name: str, value: str) -> int:
    return len(name.encode()) + len(value.encode())
