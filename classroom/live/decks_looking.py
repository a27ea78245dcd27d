"""What HTTP asks of a live room's stage: which decks stand there."""

from __future__ import annotations

from classroom.ids import RoomId
from classroom.live.hub import Hub
from classroom.room.page import PlacedDeck


class DeckQuestions:
    """Answers of the live rooms."""

    _hub: Hub

    def placed_deck(self, room_id: RoomId, placement_id: str) -> PlacedDeck | None:
        """A deck that is on the stage of a class; None when there is none."""
        live = self._hub.find(room_id)
        if live is None:
            return None
        board = live.room.board
        placement = next((one for one in board.placements if one.id == placement_id), None)
        if placement is None:
            return None
        pages = tuple(page for page in board.pages if page.placement == placement_id)
        return PlacedDeck(placement, pages)

    def shows_print(self, room_id: RoomId, print_id: str) -> bool:
        """Whether it is on the stage of a class."""
        live = self._hub.find(room_id)
        placements = () if live is None else live.room.board.placements
        return any(one.print_id == print_id for one in placements)
