"""Who is told what of a room: all its events, some people what is for them, each their rights.

Decides nothing about what happened. A right is told when it differs from what was told last, so a
lock that changes nothing for somebody is no news to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from classroom.ids import ParticipantId
from classroom.live.outbox import Outbox
from classroom.room.event import LogEntry, ParticipantChanged, ParticipantLeft
from classroom.room.locks import Locks
from classroom.room.policy import Rights, rights_of
from classroom.room.room import Room
from classroom.wire.entries import UNTOLD, entry_form, snapshot_form
from classroom.wire.form import rights_form
from classroom.wire.notices import RoomRights
from classroom.wire.snapshot import RoomSnapshot


class Telling:
    """Invariant: `sockets` are those of welcomed people, and each knows the rights in `_told`."""

    def __init__(
        self,
        room: Room,
        outbox: Outbox,
        sockets: dict[ParticipantId, str],
        monotonic: Callable[[], float],
    ) -> None:
        self.lesson_id = ""
        """Told with each snapshot."""
        self._monotonic = monotonic
        self._room = room
        self._outbox = outbox
        self._sockets = sockets
        self._told: dict[ParticipantId, Rights] = {}
        self._locks: Locks = room.ground.locks

    def welcome(self, who: ParticipantId) -> Rights:
        """What somebody who comes in may do; only what differs from it is told later."""
        self._told[who] = self._rights(who)
        return self._told[who]

    def snapshot(self, who: ParticipantId) -> RoomSnapshot:
        """The whole room as somebody in it may know it."""
        viewer = self._room.participants[who]
        now = self._monotonic()
        return snapshot_form(self._room, viewer, now=now, lesson_id=self.lesson_id)

    def clock_ms(self) -> int:
        """What the room clock shows now."""
        return self._room.clock_ms(self._monotonic())

    def tell(self, entry: LogEntry) -> None:
        """One entry of the log, to whom it is for."""
        if type(entry.event) in UNTOLD:
            return
        self._outbox.put(entry_form(entry), self._hearers(entry))

    def tell_rights(self, entries: Sequence[LogEntry]) -> None:
        """What these entries changed about who may do what."""
        for entry in entries:
            if isinstance(entry.event, ParticipantLeft):
                self._told.pop(entry.event.participant_id, None)
        locks = self._room.ground.locks
        concerned = self._sockets if locks != self._locks else _changed(entries)
        self._locks = locks
        for who in list(concerned):
            self._tell_rights_of(who)

    def _tell_rights_of(self, who: ParticipantId) -> None:
        socket = self._sockets.get(who)
        told = self._told.get(who)
        if socket is None or told is None or who not in self._room.participants:
            return
        rights = self._rights(who)
        if told != rights:
            self._told[who] = rights
            self._outbox.put(RoomRights(rights_form(rights)), [socket])

    def _rights(self, who: ParticipantId) -> Rights:
        return rights_of(self._room.participants[who], self._room.ground.locks)

    def _hearers(self, entry: LogEntry) -> list[str]:
        audience, people = entry.audience, self._room.participants
        if audience is None:
            return list(self._sockets.values())
        return [
            socket
            for who, socket in self._sockets.items()
            if who in people and audience.hears(people[who])
        ]


def _changed(entries: Sequence[LogEntry]) -> dict[ParticipantId, None]:
    """Whose participant is new, each once."""
    events = (entry.event for entry in entries)
    return {it.participant.id: None for it in events if isinstance(it, ParticipantChanged)}
