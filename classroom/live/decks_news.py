"""Tells staff how far a deck is that was sent in their class, or stands on its stage."""

from __future__ import annotations

from collections.abc import Iterable

from classroom.ids import RoomId
from classroom.live.hub import Hub
from classroom.room.policy import is_staff
from classroom.wire.decks import DeckProgress


class DeckNews:
    """What conversion says to live rooms."""

    _hub: Hub

    def decks_changed(self, progress: DeckProgress, room_ids: Iterable[str]) -> None:
        """Tell staff who are in these rooms now; rooms that are not live are passed over."""
        for room_id in room_ids:
            live = self._hub.find(RoomId(room_id))
            if live is not None:
                people = live.room.participants.values()
                live.tell_people(progress, [who.id for who in people if is_staff(who.role)])
