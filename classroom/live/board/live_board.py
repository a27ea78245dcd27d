"""One live board on real sockets and a real store: drives the core `whiteboard.board.Board`.

It keeps the core's timers and connections, and passes on what the room decided about pens and
pages. Called from one loop; what is drawn never gets into a log.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import structlog

from classroom.live.board.connection import CLOSING, Connection
from classroom.live.board.counting import count_board
from classroom.live.board.errands import Errands
from classroom.live.board.keeper import PageKeeper
from classroom.live.board.making import (
    PageMaking,
    Reserved,
    locked_pages,
    open_docs,
    reserved_pages,
)
from classroom.room.board import BoardState
from classroom.room.participant import Participant
from classroom.room.policy import is_staff
from whiteboard.board import Board
from whiteboard.effects import Close, Wake
from whiteboard.ids import AuthorId, PageId
from whiteboard.visitor import Visitor

FAILURE_PAUSE_S = 0.1
"""So that a bug of ours costs a log line ten times a second and not a core."""
HANG_S = 0.05
"""Beyond the time it has, for a write to the store to give up."""
COUNT_WITHIN_S = 0.5
"""From something happening to its being among the operator's numbers."""
LAST_STEPS = 1000
"""Of the core's clock at the end: some for each page that is held."""
GONE = "seat.gone"
STOP_WITHIN_S = 1.2
"""For what was drawn last, when the server stops: below what a stop may take."""
END_WITHIN_S = 10.0
"""The same when a class ends while the disk is busy."""

log = structlog.get_logger("classroom.live.board")


class LiveBoard:
    """Invariant: a participant has one connection at most; the core knows the same ones as we."""

    def __init__(
        self,
        core: Board,
        keeper: PageKeeper[BoardState],
        making: PageMaking,
        errands: Errands,
        monotonic: Callable[[], float],
    ) -> None:
        self.making = making
        self.pages = core.pages
        """All that are in memory: to be read, not to be changed."""
        self.people: dict[AuthorId, set[str]] = {}
        """The participants each author was here as, also those who left."""
        self.on_heard: Callable[[int], None] | None = None
        """Told of each message that was taken in, by the peer it came from."""
        self.on_step: Callable[[], None] | None = None
        """Told when pages may have come or gone."""
        self._core = core
        self._keeper = keeper
        self._errands = errands
        self._monotonic = monotonic
        self._connections: dict[int, Connection] = {}
        self._seats: dict[str, tuple[int, Visitor]] = {}
        self._named: set[tuple[str, str]] = set()
        self._reserved: Reserved = {}
        self._unnamed: Mapping[PageId, Collection[str]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._due: float | None = None
        self._count_at: float | None = None
        self._closing: asyncio.Task[None] | None = None
        errands.changed = self._perform
        self.on_state(making.state)

    @property
    def is_closing(self) -> bool:
        """Whether nobody comes in and nothing is taken any more."""
        return self._closing is not None

    # Connections

    def join(self, visitor: Visitor, connection: Connection) -> int:
        """Somebody comes in, in the place of an older connection of theirs; the peer number."""
        self.dismiss(visitor.participant_id)
        peer = self._core.join(visitor, now=self._monotonic())
        self._connections[peer] = connection
        self._seats[visitor.participant_id] = peer, visitor
        self.people.setdefault(visitor.author, set()).add(visitor.participant_id)
        if (visitor.author, visitor.name) not in self._named:
            self._named.add((visitor.author, visitor.name))
            self._errands.name_author(visitor.author, visitor.name)
        self._perform()
        return peer

    def receive(self, peer: int, message: bytes) -> float:
        """What a connection sent; nothing once it is closed. For how many seconds nothing more is
        to be read from it: that slows down who sends more than their share."""
        if peer not in self._connections or self.is_closing:
            return 0.0
        now = self._monotonic()
        if self._count_at is None:
            self._count_at = now + COUNT_WITHIN_S
        try:
            self._core.receive(peer, message, now=now)
        finally:
            if self.on_heard is not None:
                self.on_heard(peer)
            self._perform()
        return self._core.pause_s(peer, now=now)

    def visitor(self, peer: int) -> Visitor | None:
        """Who sits at a connection."""
        return next((who for at, who in self._seats.values() if at == peer), None)

    def pull(self, peer: int) -> bytes | None:
        """The next message to write on a connection."""
        return self._core.messages_to_send(peer) if peer in self._connections else None

    def leave(self, peer: int) -> None:
        """A connection has ended."""
        if peer in self._connections:
            self._forget(peer)
            self._core.leave(peer)
            self._perform()

    def dismiss(self, participant_id: str, code: str = GONE) -> None:
        """End the connection of somebody who has no place any more; silent without one."""
        seat = self._seats.get(participant_id)
        if seat is not None:
            self._connections[seat[0]].close(code)
            self.leave(seat[0])

    # What the room decided

    def on_participant(self, who: Participant) -> None:
        """The pen of somebody, at once. Under another name or role they come in anew."""
        seat = self._seats.get(who.id)
        if seat is None:
            return
        if (seat[1].name, seat[1].is_staff) != (who.name, is_staff(who.role)):
            self.dismiss(who.id)
            return
        self._core.set_pen(who.id, who.pen)
        self._perform()

    def on_state(self, state: BoardState) -> None:
        """Pages, locks and who presents."""
        self.making.state = state
        self._keeper.keep(lasting(state))
        self._show_pages()
        self._core.set_presenter(state.presenter)
        self._perform()

    def on_reserve(self, pens: Reserved, unnamed: Mapping[str, Collection[str]]) -> None:
        """Whom the reserved pages are there for; one that is not named is staff's alone. On the
        unnamed ones only staff and the participants given are told who drew."""
        self._reserved = pens
        self._unnamed = {PageId(page_id): told for page_id, told in unnamed.items()}
        self._show_pages()
        self._perform()

    def _show_pages(self) -> None:
        state = self.making.state
        reserved = reserved_pages(state, self._reserved)
        self._core.set_pages(open_docs(state), locked_pages(state), reserved, self._unnamed)

    # The end

    async def stop(self) -> None:
        """The server stops: store what was drawn, say why, close everything, in little time."""
        await self._close_once(CLOSING, STOP_WITHIN_S)

    async def end(self) -> None:
        """The class is over: the same without haste."""
        await self._close_once(GONE, END_WITHIN_S)

    async def _close_once(self, code: str, within_s: float) -> None:
        """Whoever calls it again waits for the end of the first call."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(code, within_s), name="close board")
        await asyncio.shield(self._closing)

    async def _close(self, code: str, within_s: float) -> None:
        until = self._monotonic() + within_s
        try:
            async with asyncio.timeout(within_s * 0.75):
                await self._errands.idle()
        except TimeoutError:
            log.error("board.flush_timed_out", board=self._core.board_id)
        for peer, connection in list(self._connections.items()):
            connection.close(code, self.pull(peer) or b"")
            self.leave(peer)
        self._let_go()
        for close in (self._errands.close, self._keeper.close):
            left_s = max(0.0, until - self._monotonic())
            with contextlib.suppress(TimeoutError):  # a write that hangs is left to itself
                async with asyncio.timeout(left_s + HANG_S):
                    await close(within_s=left_s)
        count_board(self._core.take_counts())
        if self._timer is not None:
            self._timer.cancel()

    def _let_go(self) -> None:
        """All that would be due some time later is due now: pages nobody has open are put away."""
        for _ in range(LAST_STEPS):
            due = self._core.next_timer()
            if due is None:
                return
            self._core.handle_timer(now=due)
            self._perform()

    # Steps

    def _perform(self) -> None:
        """Do what the core wants done, and look at its clock."""
        while effects := self._core.take_effects():
            for effect in effects:
                match effect:
                    case Wake(peers):
                        for peer in peers:
                            if peer in self._connections:
                                self._connections[peer].wake()
                    case Close(peer, code, last):
                        if peer in self._connections:
                            self._connections[peer].close(code, last)
                            self._forget(peer)
                    case _:
                        self._errands.start(effect)
        if self.on_step is not None:
            self.on_step()
        times = (self._core.next_timer(), self._count_at)
        self._set_timer(min((time for time in times if time is not None), default=None))

    def _set_timer(self, due: float | None) -> None:
        """Wake up then; a timer that comes too early looks again."""
        if due is None or (self._due is not None and self._due <= due):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._due = due
        wait_s = max(0.0, due - self._monotonic())
        self._timer = asyncio.get_running_loop().call_later(wait_s, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = self._due = None
        try:
            now = self._monotonic()
            self._core.handle_timer(now=now)
            if self._count_at is not None and self._count_at <= now:
                self._count_at = None
                count_board(self._core.take_counts())
            self._perform()
        except Exception:
            log.exception("board.timer_failed", board=self._core.board_id)
            self._set_timer(self._monotonic() + FAILURE_PAUSE_S)

    def _forget(self, peer: int) -> None:
        del self._connections[peer]
        self._seats = {who: seat for who, seat in self._seats.items() if seat[0] != peer}


def lasting(state: BoardState) -> BoardState:
    """What of it is stored: the pages and the one the class looks at."""
    return replace(state, presenter=None, everyone="none", removed=())
