"""Shares and the stage in a room: who may begin one, and what the room looks at after it."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room.board_part import BoardPart
from classroom.room.event import Event, StageChanged
from classroom.room.ground import Ground
from classroom.room.stage import Share, Stage


class Sharing:
    """The verbs on the stage, each with the event that tells of it. A share counts as one of staff
    by the role its owner has now."""

    def __init__(self, ground: Ground, stage: Stage, board: BoardPart) -> None:
        self._ground = ground
        self._board = board
        self.stage = stage

    def check(self, who: ParticipantId) -> None:
        """Refused `stage.taken` when somebody may not begin to share a screen."""
        presenter = self._presenter_before(self._share_of(who))
        if presenter is not None:
            raise Refused("stage.taken", {"name": self._ground.participants[presenter].name})

    def open(self, who: ParticipantId) -> list[Event]:
        """A share that was checked begins."""
        self.stage.open(self._share_of(who))
        return [self._staged()]

    def close(self, who: ParticipantId) -> list[Event]:
        """Close the share of somebody, and say so when the stage changed by it."""
        before = self.stage.screen_of
        self.stage.close(who)
        return [] if self.stage.screen_of == before else [self._staged()]

    def is_of_staff(self, who: ParticipantId) -> bool:
        """Whether somebody shares and did so as one of staff."""
        return Share(who, True) in self.stage.shares

    def rank(self, who: ParticipantId) -> list[Event]:
        """Count the share of somebody by their present role."""
        before = self.stage.screen_of
        self.stage.rank(who, is_staff=self._ground.is_staff(who))
        return [] if self.stage.screen_of == before else [self._staged()]

    def _presenter_before(self, share: Share) -> ParticipantId | None:
        """Who keeps a student from sharing: staff that shares, or that shows the board."""
        presenter = self.stage.presenter_before(share)
        if presenter is None and self.stage.board and not share.is_staff:
            return self._board.state.presenter
        return presenter

    def _share_of(self, who: ParticipantId) -> Share:
        return Share(who, self._ground.is_staff(who))

    def _staged(self) -> StageChanged:
        return StageChanged(self.stage.screen_of, self.stage.board)
