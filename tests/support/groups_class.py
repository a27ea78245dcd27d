"""A class with groups in virtual time: the part under test, and fakes of the tracks and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import groups_command as command
from classroom.room.event import Event, ParticipantChanged, ParticipantJoined, ParticipantLeft
from classroom.room.ground import Ground
from classroom.room.groups import GroupsPart
from classroom.room.groups_state import GroupsState
from classroom.room.kinds import Pen, Source
from classroom.room.lifecycle import RoomTerms
from classroom.room.moment import Moment
from classroom.room.participant import LeaveReason, Participant, SeatState

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUTOR, SECOND, LIN, TOMAS, MIA, OLU, GUEST = (
    ParticipantId(name) for name in ("tutor", "second", "lin", "tomas", "mia", "olu", "guest")
)
LEARNERS = (LIN, TOMAS, MIA, OLU)
NAMES = ("Group 1", "Group 2")
PAIRS = ((LIN, 0), (TOMAS, 0), (MIA, 1), (OLU, 1))


class Class:
    """A class in virtual time; what its groups do to pages and screens is written down."""

    def __init__(self) -> None:
        self.ground = Ground(RoomTerms(RoomId("room"), "kfm-qtw-xyz", "Geometry", 60, 30.0))
        self.pages: dict[str, str] = {}
        """Whose each page is; "" is the class's."""
        self.names: dict[str, str] = {}
        self.silenced: list[ParticipantId] = []
        self.owners: list[Callable[[str], Mapping[ParticipantId, Pen]]] = []
        self.part = GroupsPart(self.ground, self, self, GroupsState())
        self.clock_ms = 0
        for who in (TUTOR, SECOND):
            self.comes(who, "host")
        for who in LEARNERS:
            self.comes(who)
        self.comes(GUEST, "observer")

    # What the part asks of the tracks and the board

    def silence(
        self,
        who: ParticipantId,
        sources: Sequence[Source],
        *,
        by: ParticipantId | None,
        why: str,
    ) -> list[Event]:
        assert (set(sources), by, why) == ({"screen", "screen_audio"}, None, "group")
        self.silenced.append(who)
        return []

    def check_reserved(self, page_ids: Sequence[str], like: str | None) -> None:
        if len(self.pages) + len(page_ids) > 20:
            raise Refused("page.limit", {"max": 20})

    def reserve_all(self, pages: Sequence[tuple[str, str, str]], like: str | None) -> list[Event]:
        for page_id, _, belongs_to in pages:
            assert page_id not in self.pages
            self.pages[page_id] = belongs_to
        return []

    def release(self, page_ids: Sequence[str], names: Mapping[str, str]) -> list[Event]:
        for page_id in page_ids:
            self.pages[page_id] = ""
            self.names[page_id] = names[page_id]
        return []

    # The script

    @property
    def moment(self) -> Moment:
        return Moment(self.clock_ms / 1000, AT, self.clock_ms)

    @property
    def state(self) -> GroupsState:
        return self.part.state

    def follows(self, happened: list[Any]) -> list[Any]:
        """What happened, and what follows from it until nothing does."""
        for event in happened:
            happened.extend(self.part.follow(event, self.moment))
        return happened

    def comes(self, who: ParticipantId, role: Role = "student") -> list[Any]:
        person = Participant(who, who.title(), role, SeatState.HERE, AT)
        self.ground.participants[who] = person
        return self.follows([ParticipantJoined(person)])

    def becomes(self, who: ParticipantId, role: Role) -> list[Any]:
        person = replace(self.ground.participants[who], role=role)
        self.ground.participants[who] = person
        return self.follows([ParticipantChanged(person)])

    def goes(self, who: ParticipantId, reason: LeaveReason = "left") -> list[Any]:
        del self.ground.participants[who]
        return self.follows([ParticipantLeft(who, reason)])

    def does(self, asked: Any) -> list[Any]:
        self.part.checks[type(asked)](asked, self.moment)
        return self.follows(self.part.effects[type(asked)](asked, self.moment))

    def refuses(self, asked: Any) -> str:
        before = self.state
        with pytest.raises(Refused) as refused:
            self.does(asked)
        assert self.state == before
        return refused.value.code

    def waits(self, seconds: float) -> list[Any]:
        self.clock_ms += int(seconds * 1000)
        return self.follows(self.part.handle_timer(self.moment))

    def place(self, who: ParticipantId) -> str:
        return self.ground.participants[who].place

    def plan(self, how: command.How = "hand") -> list[Any]:
        members = PAIRS if how == "hand" else ()
        return self.does(command.PlanGroups(TUTOR, NAMES, how, members, LEARNERS))

    def opening(self, minutes: int | None = None, by: ParticipantId = TUTOR) -> command.OpenGroups:
        made = len(self.pages)
        pages = tuple(
            (group.id, f"page-{made + turn}") for turn, group in enumerate(self.state.groups)
        )
        return command.OpenGroups(by, pages, minutes)

    def opened(self, minutes: int | None = None) -> list[Any]:
        self.plan()
        return self.does(self.opening(minutes))
