"""All live rooms of this process, and which socket holds which seat.

A socket claims a seat when it connects and takes it when it joins; the room's own rules are asked
then. A second tab of the same person is told so, unless it takes over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog

from classroom.errors import Refused
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.live.metrics import LIVE_ROOMS, SOCKETS
from classroom.live.ports import Stored
from classroom.live.room import LiveRoom
from classroom.people.seat import SeatClaims
from classroom.room.command import EndRoom, LeaveSeat, LoseConnection
from classroom.room.lobby_command import StopKnocking
from classroom.room.participant import SeatState
from classroom.room.policy import is_staff, may_enter
from classroom.store.rooms import RoomRow
from whiteboard.store import StoreFailed

log = structlog.get_logger("classroom.live")


@dataclass(slots=True, eq=False)
class Claim:
    """One connected socket and the seat it may take."""

    socket: str
    tab: str
    seat: SeatClaims
    row: RoomRow
    live: LiveRoom | None = None
    """The room, from the moment the socket was welcomed in it until it left or the room ended."""

    @property
    def who(self) -> ParticipantId:
        """The participant of the seat."""
        return self.seat.participant_id

    @property
    def place(self) -> tuple[RoomId, ParticipantId]:
        """The seat itself, whoever holds it."""
        return self.seat.room_id, self.seat.participant_id


@dataclass(frozen=True, slots=True)
class EndedClass:
    """A class that was ended on purpose: seats given out before it do not open it again."""

    second: int
    visitors: frozenset[ParticipantId]

    def covers(self, seat: SeatClaims, *, issued: int) -> bool:
        """Whether the seat belongs to the class that ended. Tokens know whole seconds only."""
        if issued == self.second:
            return seat.participant_id in self.visitors
        return issued < self.second


class Hub:
    """Invariant: a seat is held by one socket at most, the one that claimed it last."""

    def __init__(
        self,
        load: Callable[[RoomRow], Awaitable[Stored]],
        open_room: Callable[[RoomRow, Stored], LiveRoom],
        *,
        seat_token: timedelta,
    ) -> None:
        """`seat_token` is how long a token lives: from it and the expiry follows its issue."""
        self._load = load
        self._open_room = open_room
        self.is_closed = False
        """Whether no room is opened any more."""
        self._turns: WeakValueDictionary[RoomId, asyncio.Lock] = WeakValueDictionary()
        """For opening a room: two who join at once come into the same one."""
        self._token_s = int(seat_token.total_seconds())
        self._holders: dict[tuple[RoomId, ParticipantId], Claim] = {}
        self._ended: dict[RoomId, EndedClass] = {}
        self.rooms: dict[RoomId, LiveRoom] = {}
        self.claims: dict[str, Claim] = {}

    # Sockets and seats

    def claim(self, claim: Claim, *, takeover: bool) -> Claim | None:
        """Hold the seat from now on; the claim that was replaced, or Refused."""
        self._check_not_ended(claim)
        held = self._holders.get(claim.place)
        if held is not None and held.tab != claim.tab and not takeover and not self._is_ahead(held):
            raise Refused("seat.taken")
        self._check_door(claim)
        if held is not None:
            if held.live is not None and held.tab != claim.tab:
                held.live.board.dismiss(held.who)
            self._drop(held)
        self._holders[claim.place] = claim
        self.claims[claim.socket] = claim
        live = self.find(claim.seat.room_id)
        if live is not None:
            live.stage.ahead.resume(claim.who, claim.socket)
        SOCKETS.inc()
        return held

    def is_held(self, claim: Claim) -> bool:
        """Whether the claim still holds its seat."""
        return self._holders.get(claim.place) is claim

    def release(self, socket: str) -> None:
        """The socket is gone; whoever sat there is away, unless another socket holds the seat."""
        claim = self.claims.get(socket)
        if claim is None:
            return
        self._drop(claim)
        live = self.find(claim.seat.room_id)
        if live is not None and live.room.parts.lobby.is_waiting(claim.who):
            live.do(StopKnocking(claim.who))
        who = live.room.participants.get(claim.who) if live else None
        if live is not None and who is not None and who.seat is SeatState.HERE:
            live.do(LoseConnection(claim.who))

    def give_up(self, claim: Claim) -> None:
        """The person left on purpose; the socket holds nothing any more."""
        self._drop(claim)

    def let_go(self, room_id: RoomId, who: ParticipantId) -> str | None:
        """Take somebody's seat, and their place in front of the door; the socket that held it."""
        claim = self._holders.get((room_id, who))
        if claim is not None:
            self._drop(claim)
        live = self.find(room_id)
        if live is not None:
            live.stage.ahead.drop(who)
        if live is not None and live.room.parts.lobby.is_waiting(who):
            live.do(StopKnocking(who))
        if live is not None and who in live.room.participants:
            live.do(LeaveSeat(who))
        return None if claim is None else claim.socket

    def seats_of(self, account_id: AccountId, room_ids: Container[str]) -> list[Claim]:
        """Those of these rooms that somebody holds by their account."""
        return [
            claim
            for claim in self._holders.values()
            if claim.seat.account_id == account_id and claim.seat.room_id in room_ids
        ]

    def _drop(self, claim: Claim) -> None:
        if self.claims.pop(claim.socket, None) is not None:
            SOCKETS.dec()
        if self.is_held(claim):
            del self._holders[claim.place]
        live = self.rooms.get(claim.seat.room_id)
        if live is not None:
            live.stage.ahead.fade(claim.who, claim.socket)
        if live is not None and live.sockets.get(claim.who) == claim.socket:
            del live.sockets[claim.who]
        if live is not None and live.waiting.get(claim.who) == claim.socket:
            del live.waiting[claim.who]
        claim.live = None

    def _is_ahead(self, claim: Claim) -> bool:
        """Whether it only looks at the door, with everything prepared: that is no second tab."""
        live = self.find(claim.seat.room_id)
        return live is not None and claim.live is None and live.stage.ahead.has(claim.who)

    # Rooms

    def find(self, room_id: RoomId) -> LiveRoom | None:
        """The live room, while it has not ended."""
        live = self.rooms.get(room_id)
        return None if live is None or live.is_over else live

    async def enter(self, claim: Claim) -> LiveRoom:
        """The room of a claim, opened when nobody is in it yet; or Refused."""
        self._check_may_enter(claim)
        live = self.find(claim.seat.room_id)
        if live is None:
            live = await self._open(claim)
        self._check_may_enter(claim)
        return live

    def end(self, room_id: RoomId, by: ParticipantId | None, *, at: datetime) -> None:
        """End a class for everybody, as far as the room's rules let `by`."""
        live = self.find(room_id)
        if live is None:
            return
        live.do(EndRoom(by))
        for claim in self.claims.values():
            if claim.live is live:
                claim.live = None
        self._forget_old(at)
        self._ended[room_id] = EndedClass(int(at.timestamp()), frozenset(live.visitors))

    def on_over(self, live: LiveRoom) -> None:
        """A room's task is done; another room may have the address already."""
        room_id = live.room.terms.room_id
        if self.rooms.get(room_id) is live:
            del self.rooms[room_id]
        LIVE_ROOMS.set(len(self.rooms))

    # Steps

    async def _open(self, claim: Claim) -> LiveRoom:
        """Open the room, unless somebody was faster. What came before it there is stored first."""
        room_id = claim.seat.room_id
        turn = self._turns.get(room_id)
        if turn is None:
            turn = self._turns[room_id] = asyncio.Lock()
        async with turn:
            before = self.rooms.get(room_id)
            if before is not None and before.is_over:
                await before.finished.wait()
            live = self.find(room_id)
            if live is None:
                stored = await self._stored(claim.row)
                if self.is_closed:
                    raise Refused("server.closing")
                live = self.rooms[room_id] = self._open_room(claim.row, stored)
                LIVE_ROOMS.set(len(self.rooms))
        return live

    async def _stored(self, row: RoomRow) -> Stored:
        try:
            return await self._load(row)
        except StoreFailed as failure:
            log.error("room.not_loaded", room=row.id, reason=str(failure))
            raise Refused("server.busy") from failure

    def _check_may_enter(self, claim: Claim) -> None:
        if not self.is_held(claim):
            raise Refused("seat.replaced")
        self._check_not_ended(claim)

    def _check_not_ended(self, claim: Claim) -> None:
        ended = self._ended.get(claim.seat.room_id)
        issued = int(claim.seat.expires_at.timestamp()) - self._token_s
        if ended is not None and ended.covers(claim.seat, issued=issued):
            raise Refused("room.ended")

    def _check_door(self, claim: Claim) -> None:
        """Guests where only enrolled people come in; who was removed, and a full room: told early;
        the room decides when a seat is taken."""
        live = self.find(claim.seat.room_id)
        if live is not None and claim.who in live.room.participants:
            return
        seat = claim.seat
        role = live.room.parts.lobby.role_of(claim.who, seat.role) if live else seat.role
        if claim.row.is_enrolled_only and not seat.enrolment and not is_staff(role):
            raise Refused("enrolment.only")
        if live is None:
            return
        if self.is_removed(seat):
            raise Refused("seat.removed")
        taken, capacity = len(live.room.participants), live.room.terms.capacity
        if not may_enter(role, taken=taken, capacity=capacity):
            raise Refused("room.full", {"capacity": capacity})

    def is_removed(self, seat: SeatClaims) -> bool:
        """Whether somebody was removed from the class that goes on, under this seat or another."""
        live = self.find(seat.room_id)
        if live is None:
            return False
        return live.room.parts.lobby.is_removed(seat.participant_id, *seat.marks)

    def _forget_old(self, at: datetime) -> None:
        """Classes that ended before any living token was issued."""
        oldest = int(at.timestamp()) - self._token_s
        self._ended = {room: end for room, end in self._ended.items() if end.second >= oldest}
