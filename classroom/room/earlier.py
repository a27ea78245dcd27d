"""What was written and sent in a group before somebody came into it: they are given it at once."""

from __future__ import annotations

from dataclasses import replace

from classroom.ids import ParticipantId
from classroom.room.audience import Audience
from classroom.room.chat_event import EarlierTold
from classroom.room.chat_part import ChatPart
from classroom.room.event import ParticipantChanged, ParticipantJoined, ParticipantLeft
from classroom.room.files import FilesPart
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import Participant


class EarlierPart(Part):
    """Nobody is told twice: only what could not be read at the place before is new."""

    def __init__(self, chat: ChatPart, files: FilesPart) -> None:
        self._chat = chat
        self._files = files
        self._places: dict[ParticipantId, str] = {}
        """Where each was at the last news of them."""

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Whoever is moved catches up; who comes in has all of it in their snapshot."""
        match event:
            case ParticipantJoined(who):
                self._places[who.id] = who.place
            case ParticipantChanged(who):
                return self._catch_up(who)
            case ParticipantLeft(participant_id, _):
                self._places.pop(participant_id, None)
            case _:
                pass
        return []

    def _catch_up(self, who: Participant) -> list[Event]:
        before = replace(who, place=self._places.get(who.id, who.place))
        self._places[who.id] = who.place
        if not who.place or who.place == before.place:
            return []
        messages = self._chat.tail.new_to(who, before)
        files = self._files.new_to(who, before)
        if not messages and not files:
            return []
        return [EarlierTold(messages, files, audience=Audience(frozenset({who.id})))]
