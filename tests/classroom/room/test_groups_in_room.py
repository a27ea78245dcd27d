"""Groups in a whole room: who receives whom, whose page is open, and what a restart keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import groups_command as groups
from classroom.room.board import new_board
from classroom.room.command import LoseConnection, PublishTrack, RemovePage, TakeSeat
from classroom.room.event import LogEntry, ParticipantChanged
from classroom.room.kept import Kept
from classroom.room.lifecycle import RoomTerms
from classroom.room.participant import TrackState
from classroom.room.reach import Reach
from classroom.room.room import Room
from classroom.room.tracks_event import Silenced

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUTOR, LIN, MIA, LATE = (ParticipantId(name) for name in ("tutor", "lin", "mia", "late"))
TERMS = RoomTerms(RoomId("room"), "kfm-qtw-xyz", "Geometry", 60, 30.0)


class Lesson:
    """A room in virtual time."""

    def __init__(self, kept: Kept | None = None, board: Any = None) -> None:
        self.now = 100.0
        self.room = Room(TERMS, board or new_board("b", "p1"), now=self.now, at=AT, kept=kept)

    def does(self, command: Any) -> list[LogEntry]:
        return self.room.apply(command, now=self.now, at=AT)

    def comes(self, who: ParticipantId, role: Role = "student") -> None:
        self.does(TakeSeat(who, who.title(), role))

    def waits(self, seconds: float) -> list[LogEntry]:
        self.now += seconds
        return self.room.handle_timer(now=self.now, at=AT)

    def place(self, who: ParticipantId) -> str:
        return self.room.participants[who].place


def opened(minutes: int | None = None) -> Lesson:
    lesson = Lesson()
    lesson.comes(TUTOR, "host")
    lesson.comes(LIN)
    lesson.comes(MIA)
    lesson.does(PublishTrack(LIN, "screen"))
    names = ("Owls", "Foxes")
    lesson.does(groups.PlanGroups(TUTOR, names, "hand", ((LIN, 0), (MIA, 1))))
    lesson.does(groups.OpenGroups(TUTOR, (("g1", "page-1"), ("g2", "page-2")), minutes))
    return lesson


def test_a_share_ends_when_its_sender_goes_to_a_group() -> None:
    lesson = Lesson()
    lesson.comes(TUTOR, "host")
    lesson.comes(LIN)
    lesson.does(PublishTrack(LIN, "screen"))
    lesson.does(groups.PlanGroups(TUTOR, ("A", "B"), "hand", ((LIN, 0),)))
    entries = lesson.does(groups.OpenGroups(TUTOR, (("g1", "a"), ("g2", "b"))))
    assert lesson.room.participants[LIN].tracks.screen is TrackState.OFF
    assert lesson.room.stage.screen_of is None
    told = [entry.event for entry in entries if isinstance(entry.event, Silenced)]
    assert [(one.participant_id, one.why) for one in told] == [(LIN, "group")]
    with pytest.raises(Refused, match=r"group\.share"):
        lesson.does(PublishTrack(LIN, "screen"))


def test_reach_and_pages_follow_the_places() -> None:
    lesson = opened()
    reach = lesson.room.reach()
    assert reach.places == ((LIN, "g1"), (MIA, "g2"))
    assert not reach.receives(LIN, MIA, "microphone")
    assert not reach.receives(LIN, TUTOR, "microphone")
    reserve = lesson.room.reserve()
    assert reserve.pens() == {"page-1": {LIN: "own"}, "page-2": {MIA: "own"}}
    assert dict(reserve.own) == {LIN: "page-1", MIA: "page-2"}
    lesson.does(groups.SpeakToAll(TUTOR, on=True))
    assert lesson.room.reach().receives(LIN, TUTOR, "camera")
    lesson.does(groups.VisitGroup(TUTOR, "g1", quiet=True))
    quiet = lesson.room.reach()
    assert quiet.receives(TUTOR, LIN, "microphone")
    assert not quiet.receives(LIN, TUTOR, "microphone")
    lesson.does(groups.CloseGroups(TUTOR, 0))
    assert lesson.room.reach() == Reach()
    assert lesson.room.reserve().pages == ()
    names = [(page.id, page.name, page.belongs_to) for page in lesson.room.board.pages]
    assert names == [("p1", "", ""), ("page-1", "Owls", ""), ("page-2", "Foxes", "")]


def test_the_rooms_own_timer_closes_the_groups() -> None:
    lesson = opened(minutes=1)
    assert lesson.room.next_timer() == pytest.approx(160.0)
    lesson.waits(59.9)
    assert lesson.place(LIN) == "g1"
    entries = lesson.waits(0.2)
    moved = {
        entry.event.participant.id: entry.event.participant.place
        for entry in entries
        if isinstance(entry.event, ParticipantChanged)
    }
    assert moved == {LIN: "", MIA: ""}


def test_a_restart_keeps_groups_members_places_and_time() -> None:
    before = opened(minutes=10)
    before.does(groups.VisitGroup(TUTOR, "g2"))
    before.does(groups.CallTeacher(LIN))
    before.now += 60
    after = Lesson(before.room.kept(before.now), before.room.board)
    assert after.room.parts.groups.state == before.room.parts.groups.state
    assert after.room.reach() == before.room.reach()
    for who, role in ((TUTOR, "host"), (LIN, "student"), (MIA, "student")):
        after.comes(who, role)  # type: ignore[arg-type]
    assert {who: after.place(who) for who in (TUTOR, LIN, MIA)} == {
        TUTOR: "g2",
        LIN: "g1",
        MIA: "g2",
    }
    assert after.room.reserve() == before.room.reserve()
    after.waits(9 * 60 + 0.1)
    assert after.place(LIN) == ""


def test_a_reload_finds_the_group_and_a_newcomer_the_class() -> None:
    lesson = opened()
    lesson.does(LoseConnection(LIN))
    assert lesson.place(LIN) == "g1"
    lesson.comes(LIN)
    assert lesson.place(LIN) == "g1"
    lesson.does(LoseConnection(MIA))
    lesson.waits(31)
    assert MIA not in lesson.room.participants
    lesson.comes(MIA)
    assert lesson.place(MIA) == "g2"
    lesson.comes(LATE)
    assert lesson.place(LATE) == ""
    assert not lesson.room.reach().receives(LATE, LIN, "microphone")


def test_a_group_keeps_its_page_while_its_members_are_lost() -> None:
    lesson = opened()
    lesson.does(LoseConnection(LIN))
    lesson.waits(31)
    with pytest.raises(Refused, match=r"page\.reserved"):
        lesson.does(RemovePage(TUTOR, "page-1"))
    lesson.does(groups.CloseGroups(TUTOR, 0))
    lesson.does(RemovePage(TUTOR, "page-1"))


def test_pages_of_groups_that_the_record_does_not_know_are_nobodys() -> None:
    before = opened()
    board = before.room.board
    before.does(groups.CloseGroups(TUTOR, 0))
    after = Lesson(before.room.kept(before.now), board)
    assert [page.belongs_to for page in after.room.board.pages] == ["", "left", "left"]
    after.comes(TUTOR, "host")
    after.comes(LIN)
    after.does(groups.OpenGroups(TUTOR, (("g1", "page-3"), ("g2", "page-4"))))
    assert dict(after.room.reserve().own)[LIN] == "page-3"
