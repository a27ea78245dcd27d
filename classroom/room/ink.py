"""Drawing on the shared screen: a page over the picture, as long as the share has the stage.

Decides who begins, who empties it, what is kept of it, and that it goes with the share.
"""

from __future__ import annotations

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import ink_pages
from classroom.room.board_part import BoardPart
from classroom.room.event import StageChanged
from classroom.room.ground import Ground
from classroom.room.ink_command import BeginInk, ClearInk, FreezeInk, SetInk, UnclearInk
from classroom.room.ink_event import InkChanged, InkDeed
from classroom.room.ink_pens import InkPens
from classroom.room.ink_state import InkState
from classroom.room.part import Event, Moment, Part
from classroom.room.stage import Stage


class InkPart(Part):
    """Invariant: there is a page of kind "ink" exactly while `state` names it."""

    def __init__(self, ground: Ground, board: BoardPart, stage: Stage, pens: InkPens) -> None:
        self.state = InkState()
        self._ground = ground
        self._board = board
        self._stage = stage
        self._pens = pens
        board.owners.append(lambda belongs_to: pens.owners(belongs_to, self.state))
        self.checks = {
            BeginInk: self._check_begin,
            SetInk: self._check_order,
            ClearInk: self._check_order,
            UnclearInk: self._check_unclear,
            FreezeInk: self._check_freeze,
        }
        self.effects = {
            BeginInk: self._begin,
            SetInk: self._set,
            ClearInk: self._change_epoch,
            UnclearInk: self._change_epoch,
            FreezeInk: self._freeze,
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """The ink goes with its share; the board may lie over it meanwhile."""
        if not isinstance(event, StageChanged) or not self.state.page_id:
            return []
        if event.screen_of == self.state.share_of:
            return []
        left = ink_pages.without_ink(self._board.state, self.state)
        self.state = InkState()
        return [*self._board.put_reserved(left), InkChanged(self.state, "ended")]

    # Guards

    def _check_begin(self, command: BeginInk, moment: Moment) -> None:
        share = InkState(share_of=self._stage.screen_of)
        pen = self._pens.of(command.by, share)
        if pen is None:
            raise Refused("ink.nothing")
        if pen == "none":
            raise Refused("pen.missing")
        if not self.state.page_id:
            ink_pages.check_page(self._board.state, command.page_id)
        elif self._pens.of(command.by, self.state) == "none":
            raise Refused("ink.closed")

    def _check_order(self, command: SetInk | ClearInk | UnclearInk, moment: Moment) -> None:
        if not self.state.page_id:
            raise Refused("ink.nothing")
        if command.by != self.state.share_of:
            self._ground.must(command.by, "may_lead_board")

    def _check_unclear(self, command: UnclearInk, moment: Moment) -> None:
        self._check_order(command, moment)
        if self._board.state.page(self.state.page_id).cleared_epoch is None:
            raise Refused("page.not_cleared")

    def _check_freeze(self, command: FreezeInk, moment: Moment) -> None:
        self._ground.must(command.by, "may_lead_board")
        if self._stage.screen_of is None:
            raise Refused("ink.nothing")
        ink_pages.check_frozen(self._board.state, command)

    # Effects: they cannot fail

    def _begin(self, command: BeginInk, moment: Moment) -> list[Event]:
        if self.state.page_id:
            return []
        self.state = InkState(command.page_id, self._stage.screen_of, command.look)
        events = self._board.put_reserved(ink_pages.with_ink(self._board.state, self.state))
        return [*events, self._changed("begun", command.by)]

    def _set(self, command: SetInk, moment: Moment) -> list[Event]:
        before = self.state
        look = before.look if command.look is None else command.look
        is_open = before.is_open if command.is_open is None else command.is_open
        self.state = InkState(before.page_id, before.share_of, look, is_open)
        return [] if self.state == before else [self._changed("set", command.by)]

    def _change_epoch(self, command: ClearInk | UnclearInk, moment: Moment) -> list[Event]:
        changed = ink_pages.with_epoch(self._board.state, self.state, command)
        deed: InkDeed = "cleared" if isinstance(command, ClearInk) else "uncleared"
        return [*self._board.put_reserved(changed), self._changed(deed, command.by)]

    def _freeze(self, command: FreezeInk, moment: Moment) -> list[Event]:
        frozen = ink_pages.with_frozen(self._board.state, command)
        events = self._board.show(frozen, command.by)
        return [*events, InkChanged(self.state, "frozen", command.by, command.page_id)]

    def _changed(self, deed: InkDeed, by: ParticipantId) -> InkChanged:
        return InkChanged(self.state, deed, by)
