"""One live room on real sockets: the core, its board, its media, who listens, and its one task.

Commands are applied between two waits, so the core needs no lock; the room's task sends what
happened and keeps the core's timers. It decides nothing: every rule is in `classroom.room`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import structlog

from classroom.ids import ParticipantId
from classroom.live.board.live_board import LiveBoard
from classroom.live.chores import Chores
from classroom.live.metrics import JOINS, LEAVES, MEDIA_RESETS, PARTICIPANTS
from classroom.live.network_view import NetworkView
from classroom.live.outbox import Outbox, Post
from classroom.live.ports import Clocks, FileKeeper, Recorder, Shelf, Tell
from classroom.live.stage import LiveStage
from classroom.live.telling import Telling
from classroom.room.command import Command, LoseMedia, TakeSeat
from classroom.room.event import (
    BoardChanged,
    LogEntry,
    PageTurned,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
    ReservedChanged,
    RoomEnded,
)
from classroom.room.room import Room

CLOSE_WITHIN_S = 0.5
"""For what is still being closed on the media side; its workers end right after us."""
FAILURE_PAUSE_S = 0.1
"""So that a bug of ours costs a log line ten times a second and not a core."""

log = structlog.get_logger("classroom.live")


class LiveRoom:
    """Invariant: `sockets` names, of each participant who is here, the socket that was welcomed."""

    shelf: Shelf
    """Where the chat is kept; put there as the room opens."""
    recorder: Recorder | None = None
    """What records it; None where nothing can be recorded."""
    files: FileKeeper
    """Where it is kept to whom files were sent; put there as the room opens."""

    def __init__(
        self,
        room: Room,
        board: LiveBoard,
        make_stage: Callable[[Tell, Chores], LiveStage],
        post: Post,
        clocks: Clocks,
        on_over: Callable[[LiveRoom], None],
    ) -> None:
        self.room = room
        self.board = board
        self._chores = Chores()
        self.stage = make_stage(self.tell, self._chores)
        self.network = NetworkView(self.stage.books)
        self.sockets: dict[ParticipantId, str] = {}
        self.visitors: set[ParticipantId] = set()
        """Everybody who ever took a seat in this room."""
        self.waiting: dict[ParticipantId, str] = {}
        """The socket of each who stands in front of the door."""
        self.settled: list[Callable[[], None]] = []
        """Called after each change, to bring in line what is kept outside of the room."""
        self.on_entries: Callable[[Sequence[LogEntry]], None] = _ignore
        self.on_reaction: Callable[[ParticipantId, Any], None] = _ignore_reaction
        """What shows reactions over faces is told here."""
        self.on_voices: Callable[[tuple[Any, ...]], None] = _ignore
        self.on_recording_failed: Callable[[Any], None] = _ignore
        """What records is told here that a disk failed, or does not keep up."""
        self.on_end: Callable[[bool], Awaitable[None]] = _nothing
        """What writes the lesson down is told here; the last of whether the class is over."""
        self.finished = asyncio.Event()
        """It is over, and all of it is stored."""
        self._post = post
        self._clocks = clocks
        self._on_over = on_over
        self._outbox = Outbox()
        self.telling = Telling(room, self._outbox, self.sockets, clocks.monotonic)
        self._task = asyncio.create_task(self._run(), name=f"room {room.terms.room_id}")

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.room.is_over

    # Doing and telling

    def do(self, command: Command) -> None:
        """Apply a command and tell everybody; raises the core's refusal."""
        now, at = self._clocks.monotonic(), self._clocks.utc_now()
        kind = "back" if command.by in self.room.participants else "new"
        self._perform(self.room.apply(command, now=now, at=at))
        if isinstance(command, TakeSeat):
            JOINS.labels(kind).inc()

    def go_on(self) -> None:
        """The room is one of an earlier server: everybody is away since that went."""
        self._perform(self.room.go_on())

    def start(self, work: Callable[[], Awaitable[None]], *, name: str) -> None:
        """Do something beside everything else, as long as the room is there."""
        self._chores.start(work, name=name)

    def lose_media(self, who: ParticipantId) -> None:
        """All tracks of a participant are gone; nothing happens when they are too."""
        if who in self.room.participants:
            self.do(LoseMedia(who))

    def tell(self, who: ParticipantId, notice: Any) -> None:
        """A notice to one participant, when they have a welcomed socket."""
        socket = self.sockets.get(who)
        if socket is not None:
            self._outbox.put(notice, [socket])

    def tell_socket(self, socket: str, notice: Any) -> None:
        """A notice to a socket that has no seat here, or none any more."""
        self._outbox.put(notice, [socket])

    def tell_people(self, notice: Any, people: Iterable[ParticipantId]) -> None:
        """A notice to some of those who were welcomed."""
        self._outbox.put(notice, [self.sockets[who] for who in people if who in self.sockets])

    def tell_all(self, notice: Any) -> None:
        """A notice to everybody who was welcomed."""
        self._outbox.put(notice, self.sockets.values())

    # What the media side says

    def on_media_lost(self) -> None:
        """The worker died: everybody's tracks are off, and everybody sets the media up anew."""
        MEDIA_RESETS.inc()
        log.warning("media.lost", room=self.room.terms.room_id)
        self.stage.reset()
        for who in list(self.room.participants):
            self.lose_media(who)
        self.tell_all(self.stage.reset_notice())

    def on_media_ready(self) -> None:
        """A worker came back: whoever was refused for want of one may try again."""
        if self.stage.is_starved:
            self.stage.is_starved = False
            self.tell_all(self.stage.reset_notice())

    def on_speakers(self, producers: tuple[Any, ...], dominant: Any) -> None:
        """Who speaks; told at once, or as soon as the last time is long enough ago."""
        self.stage.speaking.hear(producers, dominant)
        self.on_voices(producers)
        self._tell_speakers()
        if self.stage.speaking.due is not None:
            self._outbox.wake()

    # The network view

    def watch_network(self, who: ParticipantId, *, on: bool) -> None:
        """Begin or end to tell a participant's socket of everybody's connection; or Refused."""
        self.room.ground.must(who, "may_watch_network")
        socket = self.sockets[who]
        if on:
            self.network.watch(socket, now=self._clocks.monotonic())
            self._outbox.wake()
        else:
            self.network.unwatch(socket)

    def _ask_network(self) -> None:
        if self.network.take(self._of_staff(), now=self._clocks.monotonic()):
            self._chores.start(self._report_network, name="network")

    async def _report_network(self) -> None:
        figures = await self.stage.figures()
        people = self.room.participants.values()
        report = self.network.report(figures, people, now=self._clocks.monotonic())
        self._outbox.put(report, self.network.watchers(self._of_staff()))

    def _of_staff(self) -> list[str]:
        """The sockets of whoever leads now: a watch does not outlast the role."""
        is_staff = self.room.ground.is_staff
        return [socket for who, socket in self.sockets.items() if is_staff(who)]

    # The room's task

    async def close(self) -> None:
        """End the task and the media; tells nobody."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self.stage.close()
        await asyncio.gather(
            self._chores.close(within_s=CLOSE_WITHIN_S),
            self.board.stop(),
            self.on_end(self.is_over),
        )
        self.finished.set()

    async def _run(self) -> None:
        while not (self.is_over and self._outbox.is_empty):
            try:
                await self._step()
            except Exception:
                log.exception("room.task_failed", room=self.room.terms.room_id)
                await asyncio.sleep(FAILURE_PAUSE_S)
        try:
            await self._let_go()
        finally:  # or nobody could ever open the room again
            self._on_over(self)

    async def _let_go(self) -> None:
        """The class is over: end what it still does on the media side and at the board."""
        self.stage.close()
        try:
            await asyncio.gather(
                self._chores.close(within_s=CLOSE_WITHIN_S),
                self.board.end(),
                self.on_end(True),
            )
        except Exception:
            log.exception("room.end_failed", room=self.room.terms.room_id)
        finally:
            self.finished.set()

    async def _step(self) -> None:
        letter = await self._outbox.take(within_s=self._wait_s())
        if letter is not None and letter.sockets:
            await self._post(letter.event, letter.payload, letter.sockets)
        now = self._clocks.monotonic()
        due = self.room.next_timer()
        if due is not None and due <= now:
            self._perform(self.room.handle_timer(now=now, at=self._clocks.utc_now()))
        self._tell_speakers()
        self._ask_network()

    def _wait_s(self) -> float | None:
        """Until the next timer; None when there is none. A full outbox is emptied first."""
        times = (self.room.next_timer(), self.stage.speaking.due, self.network.due)
        due = min((time for time in times if time is not None), default=None)
        return None if due is None else max(0.0, due - self._clocks.monotonic())

    def _tell_speakers(self) -> None:
        now, reach = self._clocks.monotonic(), self.room.reach()
        for speakers, heard in self.stage.speaking.take(now=now, reach=reach, people=self.sockets):
            self.tell_people(speakers, heard)

    def _perform(self, entries: list[LogEntry]) -> None:
        """Tell everybody of each entry, and do what it means for sockets and media."""
        for entry in entries:
            match entry.event:
                case ParticipantJoined(participant):
                    self.visitors.add(participant.id)
                    PARTICIPANTS.inc()
                case ParticipantChanged(participant):
                    self.board.on_participant(participant)
                    self.stage.obey(participant)
                case BoardChanged(board) | PageTurned(board, _) | ReservedChanged(board):
                    self.board.on_state(board)
                case ParticipantLeft(participant_id, reason):
                    LEAVES.labels(reason).inc()
                    PARTICIPANTS.dec()
                    self.sockets.pop(participant_id, None)
                    self.stage.leave(participant_id)
                    self.board.dismiss(participant_id)
                case _:
                    pass
            self.telling.tell(entry)
            if isinstance(entry.event, RoomEnded):
                PARTICIPANTS.dec(len(self.room.participants))
                self.sockets.clear()
        self._settle(entries)

    def _settle(self, entries: list[LogEntry]) -> None:
        """Bring in line with the room's decisions what is kept outside of it."""
        self.on_entries(entries)
        self.telling.tell_rights(entries)
        self.stage.receiving.regate(self.room.reach())
        for follow in self.settled:
            follow()


def _ignore(news: Any) -> None:
    """Nobody writes this room down."""


def _ignore_reaction(who: ParticipantId, reaction: Any) -> None:
    """Nobody shows it."""


async def _nothing(is_over: bool) -> None:
    """Nobody wrote it down."""
