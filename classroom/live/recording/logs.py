"""The logs of one recording: what happened in the room, and each person's chat and ink under their
own keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from classroom.ids import ParticipantId
from classroom.lesson.recorded import forget, lines_of, without
from classroom.lesson.sight import Line, Sight, board_lines, page_line
from classroom.live.recording.house import RecordingHouse
from classroom.live.recording.opening_lines import opening_lines
from classroom.live.recording.permits import Permit
from classroom.live.recording.pictures import Pictures
from classroom.live.recording.writer import Log, rewrite
from classroom.live.room import LiveRoom
from classroom.room.chat_event import ChatChanged, ChatPosted
from classroom.room.event import LogEntry, ParticipantJoined
from classroom.room.page import BoardPage


class Began(Protocol):
    """Which recording, where it lies, and the room clock at its beginning."""

    @property
    def recording_id(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def began_ms(self) -> int: ...


class Logs:
    """Of one recording. Nothing is written while it pauses."""

    def __init__(
        self,
        live: LiveRoom,
        house: RecordingHouse,
        beginning: Began,
        on_failed: Callable[[], None],
        clock_ms: Callable[[], int],
    ) -> None:
        self.pictures = Pictures(live, house, beginning.folder)
        self._live = live
        self._house = house
        self._beginning = beginning
        self._on_failed = on_failed
        self._clock_ms = clock_ms
        self._keys: Mapping[Permit, bytes] = {}
        self._names: dict[ParticipantId, str] = {}
        self._settled: frozenset[Permit] = frozenset()
        self._is_on = True
        self._room: Log | None = None
        self._room_key: bytes | None = None
        self._erased: set[ParticipantId] = set()
        self._early: list[Line] = []
        """Of the room, from before its log was there."""
        self._logs: dict[Permit, Log] = {}
        self._sight = Sight(
            may_name=lambda pid: any(one == pid for one, _ in self._keys),
            may=lambda pid, kind: (pid, kind) in self._keys,
            picture=self.pictures.name,
            words=self.pictures.words,
            page_of=self.pictures.page_of,
            hidden_names=self._hidden_names,
        )
        self.pictures.on_words = self._tell_page
        self._write(opening_lines(live.room, self._sight, beginning.began_ms), 0)

    def open(self, room_key: bytes) -> None:
        """The room's log is there from now on, with what waited for it."""
        self._room = self._open("room.rj", room_key)
        self._room_key = room_key
        self.pictures.open(room_key)
        for line in self._early:
            self._room.put(line)
        self._early = []

    def of(self, permit: Permit, key: bytes) -> Log:
        """Somebody's log of a kind; it begins with the first that is asked of it."""
        found = self._logs.get(permit)
        if found is None:
            pid, kind = permit
            found = self._logs[permit] = self._open(f"people/{pid}.{kind}.rj", key)
        return found

    def hear(self, entry: LogEntry, keys: Mapping[Permit, bytes]) -> None:
        """Write down what happened, as far as it is for the recording."""
        self._keys = keys
        ms = entry.clock_ms - self._beginning.began_ms
        match entry.event:
            case ChatPosted(message):
                line = {"ms": ms, "id": message.id, "text": message.text}
                self._chat(message.participant_id, line | {"reply_to": message.reply_to})
            case ChatChanged(message) if message.is_deleted:
                log = self._logs.get((message.participant_id, "chat"))
                if log is not None:  # also in a pause, and of who said no since
                    log.put({"ms": ms, "id": message.id, "deleted": True})
            case _ if self._is_on:  # of a pause nothing is known, not even what was shown
                self.pictures.hear(entry, self._keys)
                self._write(lines_of(entry.event, self._sight), ms)
            case _:
                pass

    def settle(self, keys: Mapping[Permit, bytes], *, is_on: bool) -> None:
        """Whom it may name from now on. Who is here and may be named is told to be."""
        self._keys = keys
        agreed, was_on = frozenset(keys), self._is_on
        self._is_on = is_on
        if not is_on or (was_on and self._settled == agreed):
            return
        self._settled = agreed
        room, now_ms = self._live.room, self._clock_ms()
        lines: list[Line] = []
        if not was_on:
            clock_ms = self._beginning.began_ms + now_ms
            lines += opening_lines(room, self._sight, clock_ms)
        for pid in list(self._sight.names):
            if not self._sight.may_name(pid) or pid not in room.participants:
                lines += forget(pid, self._sight)
        for who in room.participants.values():
            lines += lines_of(ParticipantJoined(who), self._sight)
        lines += board_lines(room.board, self._sight)  # called after people at times
        self._write(lines, now_ms)

    async def erase(self, pid: ParticipantId, kinds: Sequence[str]) -> None:
        """Somebody's logs of some kinds are gone when this returns."""
        gone = [permit for permit in self._logs if permit[0] == pid and permit[1] in kinds]
        for permit in gone:
            await self._logs.pop(permit).erase()
        await self.pictures.erase(pid, list(kinds))
        self._erased.add(pid)

    async def close(self) -> None:
        """Returns when all of them have their end."""
        self.pictures.close()
        logs = [*self._logs.values(), *([self._room] if self._room else [])]
        await asyncio.gather(*(one.close() for one in logs))
        gone = {pid for pid in self._erased if not self._sight.may_name(pid)}
        if gone and self._room_key is not None:
            await asyncio.to_thread(self._forget, self._room_key, gone)

    def _forget(self, room_key: bytes, gone: Collection[ParticipantId]) -> None:
        """Who had everything erased is not in the room's log either."""
        names = [self._names[pid] for pid in gone if pid in self._names]
        path = self._beginning.folder / "room.rj"
        rewrite(path, room_key, lambda line: without(line, gone, names))

    def _open(self, name: str, key: bytes) -> Log:
        facts = {"rec": self._beginning.recording_id, "log": Path(name).name}
        path = self._beginning.folder / name
        return self._house.writer.open(path, key, facts, self._on_failed)

    def _chat(self, pid: ParticipantId, line: Line) -> None:
        """Only while they are wanted: chat of a group is not for everybody anyway."""
        key = self._keys.get((pid, "chat"))
        if key is not None and self._is_on and self._is_in_class(pid):
            self.of((pid, "chat"), key).put(line)

    def _hidden_names(self) -> list[str]:
        """Of everybody who is or was in class and agreed to nothing."""
        people = self._live.room.participants.values()
        self._names |= {who.id: who.name for who in people}
        return [name for pid, name in self._names.items() if not self._sight.may_name(pid)]

    def _tell_page(self, page: BoardPage) -> None:
        """Its words are known now."""
        if self._is_on and self._sight.pages.get(page.id) is not None:
            line = page_line(page, self._sight)
            self._sight.pages[page.id] = line
            self._write([{"event": "page", "page": line}], self._clock_ms())

    def _is_in_class(self, pid: ParticipantId) -> bool:
        who = self._live.room.participants.get(pid)
        return who is None or not who.place

    def _write(self, lines: list[Line], ms: int) -> None:
        for line in lines if self._is_on else ():
            timed = {"ms": max(0, ms), **line}
            if self._room is None:
                self._early.append(timed)
            else:
                self._room.put(timed)
