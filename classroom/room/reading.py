"""What can be read of a live room by those who tell people of it; nothing here changes it."""

from __future__ import annotations

from datetime import datetime

from classroom.ids import ParticipantId
from classroom.room.board import BoardState
from classroom.room.chat_tail import ChatTail
from classroom.room.ground import Ground
from classroom.room.kept import Kept, KeptPerson
from classroom.room.lifecycle import RoomState, RoomTerms
from classroom.room.moment import Moment
from classroom.room.participant import Participant
from classroom.room.parts import Parts
from classroom.room.reach import Reach
from classroom.room.reserve import Reserve
from classroom.room.stage import Stage


class Reading:
    """The public face of a room; `room.Room` is what keeps it true."""

    terms: RoomTerms
    started_at: datetime
    seq: int
    line: int
    state: RoomState
    ground: Ground
    parts: Parts
    _clock_began: float
    """The monotonic second at which the room clock showed zero."""
    _last: Moment
    """Of the newest command or timer."""

    @property
    def is_over(self) -> bool:
        """Whether it has ended, for good."""
        return self.state is RoomState.ENDED

    @property
    def participants(self) -> dict[ParticipantId, Participant]:
        """Everybody with a seat."""
        return self.ground.participants

    @property
    def board(self) -> BoardState:
        """The pages, the class's page and what everyone may draw."""
        return self.parts.board.state

    @property
    def chat(self) -> ChatTail:
        """The newest messages."""
        return self.parts.chat.tail

    def wants_picture(self, who: ParticipantId) -> bool:
        """Whether somebody is asked for a picture and has not answered yet."""
        return self.parts.ask.wants_picture(who)

    @property
    def stage(self) -> Stage:
        """What the room looks at."""
        return self.parts.stage

    def reach(self) -> Reach:
        """Who receives whom."""
        return self.parts.reach()

    def reserve(self) -> Reserve:
        """Who may see which reserved page of the board."""
        return self.parts.board.reserve()

    def clock_ms(self, now: float) -> int:
        """The room clock: milliseconds since the lesson began; it never goes back."""
        return max(self._last.clock_ms, round((now - self._clock_began) * 1000))

    def kept(self, now: float) -> Kept:
        """What a later server needs to go on with this room."""
        people = tuple(
            KeptPerson(
                id=who.id,
                name=who.name,
                role=who.role,
                joined_at=who.joined_at,
                grant=who.grant,
                place=who.place,
                is_chat_muted=who.is_chat_muted,
            )
            for who in self.participants.values()
        )
        clock_ms = self.clock_ms(now)
        return self.parts.keep(Kept(self.seq, self.line, clock_ms, self.started_at, people))
