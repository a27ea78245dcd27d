"""Reactions over faces, gathered for a moment: a class that claps is told of in one notice.

They are in no log and no snapshot; who was not there has missed nothing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable

from classroom.ids import ParticipantId
from classroom.live.room import LiveRoom
from classroom.room.floor_command import FaceReaction
from classroom.room.reach import Reach
from classroom.wire.reactions import FloorReactions, GivenReaction

GATHERED_S = 0.1
"""The longest anybody waits to see one."""


class Gathered:
    """What was given since it was told last. A core."""

    def __init__(self) -> None:
        self._given: Counter[tuple[ParticipantId, FaceReaction]] = Counter()

    def add(self, who: ParticipantId, reaction: FaceReaction) -> bool:
        """One more; True when it is the first and has to be told soon."""
        is_first = not self._given
        self._given[who, reaction] += 1
        return is_first

    def take(
        self, *, reach: Reach, people: Iterable[ParticipantId]
    ) -> list[tuple[FloorReactions, list[ParticipantId]]]:
        """What is to be told now, and to whom: it reaches as far as a voice does. Whoever visits
        a group quietly sees their own alone."""
        given, self._given = self._given, Counter()
        letters = []
        for listeners in reach.by_place(people).values():
            seen = [
                GivenReaction(who, reaction, count)
                for (who, reaction), count in given.items()
                if reach.receives(listeners[0], who, "microphone")
            ]
            if seen:
                letters.append((FloorReactions(seen), listeners))
        for who, reaction in given:
            if not reach.receives(who, who, "microphone"):
                own = GivenReaction(who, reaction, given[who, reaction])
                letters.append((FloorReactions([own]), [who]))
        return letters


class Reactions:
    """Of one live room."""

    def __init__(self, live: LiveRoom) -> None:
        self._live = live
        self._gathered = Gathered()

    def give(self, who: ParticipantId, reaction: FaceReaction) -> None:
        """It is told within GATHERED_S, with what others give meanwhile."""
        if self._gathered.add(who, reaction):
            self._live.start(self._tell_soon, name="reactions")

    async def _tell_soon(self) -> None:
        await asyncio.sleep(GATHERED_S)
        live = self._live
        for notice, people in self._gathered.take(reach=live.room.reach(), people=live.sockets):
            live.tell_people(notice, people)
