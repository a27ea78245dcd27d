"""The board in a room: its pages, whether it is on stage, who presents it, and everybody's pen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room import reserve
from classroom.room.board import (
    BoardState,
    check_new,
    check_pages,
    check_space,
    pages_after,
)
from classroom.room.command import (
    PAGE_COMMANDS,
    GivePen,
    PageCommand,
    RemovePage,
    ShowBoard,
    TurnPage,
)
from classroom.room.event import (
    BoardChanged,
    PageTurned,
    ParticipantChanged,
    ParticipantLeft,
    ReservedChanged,
    StageChanged,
)
from classroom.room.ground import Ground
from classroom.room.kinds import Pen
from classroom.room.part import Event, Moment, Part
from classroom.room.pens import GivenPens, is_fixed
from classroom.room.stage import Stage


class BoardPart(Part):
    """Invariants: the pen of staff is "all", of an observer "none", of a student what they were
    given, else everyone's; who presents the board is staff in the room, or nobody."""

    def __init__(
        self,
        ground: Ground,
        stage: Stage,
        state: BoardState,
        given: tuple[tuple[ParticipantId, Pen], ...] = (),
    ) -> None:
        self._ground = ground
        self._stage = stage
        self.state = state
        self.reservations = reserve.Reservations()
        self._given = GivenPens()
        for who, pen in given:
            self._given.give(who, pen)
        self.checks = {
            ShowBoard: lambda command, moment: self._check_lead(command.by),
            GivePen: lambda command, moment: self._check_pen(command),
            **dict.fromkeys(PAGE_COMMANDS, lambda command, moment: self._check_pages(command)),
        }
        self.effects = {
            ShowBoard: lambda command, moment: self._show(command),
            GivePen: lambda command, moment: self._give_pen(command),
            **dict.fromkeys(PAGE_COMMANDS, lambda command, moment: self._change_pages(command)),
        }

    def follow(self, event: Event, moment: Moment) -> list[Event]:
        """Who leaves or leads no more stops presenting; a new role may have another pen."""
        match event:
            case ParticipantLeft(participant_id, _):
                return self._stop_presenting(participant_id)
            case ParticipantChanged(participant):
                return self._fit_role(participant.id)
            case _:
                return []

    # What other parts ask for

    def pen_of(self, who: ParticipantId, role: Role) -> Pen:
        """The pen of somebody in a role."""
        return self._given.of(who, role, self.state.everyone)

    def give_pen_of(self, who: ParticipantId, pen: Pen) -> list[Event]:
        """Give a student a pen; of whoever has a fixed one, nothing changes."""
        student = self._ground.participants.get(who)
        if student is None or is_fixed(student.role):
            return []
        self._given.give(who, pen)
        return self._ground.change(replace(student, pen=pen))

    @property
    def given(self) -> tuple[tuple[ParticipantId, Pen], ...]:
        """The pens given or taken one by one, since everybody got the same."""
        return self._given.all

    # Reserved pages, for the parts that need some

    @property
    def owners(self) -> list[Callable[[str], Mapping[ParticipantId, Pen]]]:
        """A part that reserves pages adds who works on them; see `Reservations.owners`."""
        return self.reservations.owners

    def check_reserved(self, page_ids: Sequence[str], like: str | None) -> None:
        """Refused when these pages cannot be added: page.limit, page.exists, or page.unknown and
        page.reserved for the one they are like."""
        check_space(self.state, len(page_ids))
        check_new(self.state, page_ids)
        if like is not None and self.state.page(like).belongs_to:
            raise Refused("page.reserved")

    def add_reserved(
        self, page_id: str, name: str, belongs_to: str, like: str | None
    ) -> list[Event]:
        """One more page that is not the class's."""
        return self.reserve_all([(page_id, name, belongs_to)], like)

    def reserve_all(self, pages: Sequence[tuple[str, str, str]], like: str | None) -> list[Event]:
        """The same for several: an id, a name and what it belongs to of each."""
        return self._set(reserve.add_reserved(self.state, pages, like))

    def release(self, page_ids: Sequence[str], names: Mapping[str, str]) -> list[Event]:
        """Give reserved pages to the class, in this order."""
        return self._set(reserve.release(self.state, page_ids, names))

    def drop(self, page_ids: Sequence[str]) -> list[Event]:
        """Remove reserved pages; they can be brought back."""
        return self._set(reserve.drop(self.state, page_ids))

    def put_reserved(self, state: BoardState) -> list[Event]:
        """The board with other reserved pages, and no other difference; the caller checked it."""
        if self.state == state:
            return []
        self.state = state
        return [ReservedChanged(state)]

    # For decks, whose pages are the class's

    def put(self, state: BoardState) -> list[Event]:
        """The board with other pages; the caller has checked it."""
        return self._set(state)

    def show(self, state: BoardState, by: ParticipantId) -> list[Event]:
        """The same, and on the stage."""
        events = self._set(replace(state, presenter=by))
        return [*events, *self._show(ShowBoard(by, True))]

    def reserve(self) -> reserve.Reserve:
        """Who may see which reserved page now."""
        return self.reservations.reserve(self.state, self._ground.participants)

    # Guards

    def _check_lead(self, by: ParticipantId) -> None:
        self._ground.must(by, "may_lead_board")

    def _check_pages(self, command: PageCommand) -> None:
        self._check_lead(command.by)
        check_pages(self.state, command)
        if isinstance(command, RemovePage) and self._is_kept(command.page_id):
            raise Refused("page.reserved")

    def _is_kept(self, page_id: str) -> bool:
        """Whether somebody comes back to a reserved page, who may be away now."""
        return reserve.is_kept(self.state.page(page_id))

    def _check_pen(self, command: GivePen) -> None:
        self._check_lead(command.by)
        if command.participant_id is None:
            return
        student = self._ground.person(command.participant_id)
        if is_fixed(student.role):
            raise Refused("pen.fixed", {"name": student.name})

    # Effects

    def _change_pages(self, command: PageCommand) -> list[Event]:
        after = pages_after(self.state, command)
        if isinstance(command, TurnPage):
            return self._turn(after)
        return self._set(after)

    def _turn(self, state: BoardState) -> list[Event]:
        """A turn is told without the list of pages, which may be long."""
        before = self.state
        if state == before:
            return []
        self.state = state
        is_new = not before.page(state.page_id).is_seen
        return [PageTurned(state, (state.page_id,) if is_new else ())]

    def _show(self, command: ShowBoard) -> list[Event]:
        events: list[Event] = []
        if command.shown:
            events = self._set(replace(self.state, presenter=command.by))
        if self._stage.board == command.shown:
            return events
        self._stage.board = command.shown
        return [*events, StageChanged(self._stage.screen_of, self._stage.board)]

    def _give_pen(self, command: GivePen) -> list[Event]:
        if command.participant_id is not None:
            return self.give_pen_of(command.participant_id, command.pen)
        self._given.forget()
        events = self._set(replace(self.state, everyone=command.pen))
        for who in list(self._ground.participants.values()):
            events += self._ground.change(replace(who, pen=self.pen_of(who.id, who.role)))
        return events

    def _fit_role(self, who: ParticipantId) -> list[Event]:
        present = self._ground.participants.get(who)
        if present is None:
            return []
        events = self._ground.change(replace(present, pen=self.pen_of(who, present.role)))
        return events if self._ground.is_staff(who) else events + self._stop_presenting(who)

    def _stop_presenting(self, who: ParticipantId) -> list[Event]:
        if self.state.presenter != who:
            return []
        return self._set(replace(self.state, presenter=None))

    def _set(self, state: BoardState) -> list[Event]:
        """The board's new truth; an event only when it is new."""
        if self.state == state:
            return []
        self.state = state
        return [BoardChanged(state)]
