"""What the room does for its parts: numbers, lines, the clock, timers, and being kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.errors import LocalError, Refused
from classroom.ids import ParticipantId, RoomId
from classroom.room import command
from classroom.room.audience import STAFF, Audience
from classroom.room.board import new_board
from classroom.room.event import LogEntry, ParticipantChanged, StageChanged
from classroom.room.kept import Kept
from classroom.room.kinds import SOURCES
from classroom.room.lifecycle import RoomState, RoomTerms
from classroom.room.locks import Grant, Locks
from classroom.room.part import Event, Moment, Part
from classroom.room.participant import SeatState, TrackState
from classroom.room.policy import refusal, rights_of
from classroom.room.room import Room
from classroom.room.tracks_event import Silenced

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WU, AN, LI, BO = (ParticipantId(name) for name in ("wu", "an", "li", "bo"))
ROLES = {WU: "host", AN: "assistant", LI: "student", BO: "student"}
TERMS = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", capacity=10, seat_grace_s=60)


def lesson(kept: Kept | None = None, *, now: float = 100.0) -> Room:
    room = Room(TERMS, new_board("b", "p1"), now=now, at=AT, kept=kept)
    if kept is None:
        for who, role in ROLES.items():
            room.apply(command.TakeSeat(who, str(who).title(), role), now=now, at=AT)  # type: ignore[arg-type]
    return room


def after(room: Room, events: list[Event]) -> list[LogEntry]:
    """What the room makes of events that a part gave."""
    return room._spread(events, room._moment(room._last.now, AT))


def code(room: Room, asked: command.Command) -> str:
    with pytest.raises(Refused) as refused:
        room.apply(asked, now=101, at=AT)
    return refused.value.code


def test_silencing_mutes_what_is_live_and_ends_what_is_shared() -> None:
    room = lesson()
    for source in SOURCES:
        room.apply(command.PublishTrack(LI, source), now=101, at=AT)
    seq = room.seq
    entries = after(room, room.parts.tracks.silence(LI, SOURCES, by=WU, why="muted"))
    kinds = [type(entry.event) for entry in entries]
    assert kinds == [ParticipantChanged, StageChanged, Silenced]
    tracks = room.participants[LI].tracks
    assert (tracks.microphone, tracks.camera) == (TrackState.MUTED, TrackState.MUTED)
    assert (tracks.screen, tracks.screen_audio) == (TrackState.OFF, TrackState.OFF)
    told = entries[-1]
    assert told.seq == seq + 2 == room.seq, "an event for one takes no number"
    assert told.event == Silenced(LI, SOURCES, WU, "muted", audience=Audience(frozenset({LI})))
    assert room.parts.tracks.silence(LI, SOURCES, by=WU, why="muted") == []


def test_silencing_somebody_who_is_gone_or_silent_is_nothing() -> None:
    room = lesson()
    room.apply(command.PublishTrack(LI, "microphone", is_paused=True), now=101, at=AT)
    assert room.parts.tracks.silence(LI, SOURCES, by=None, why="locked") == []
    assert room.parts.tracks.silence(ParticipantId("x"), SOURCES, by=None, why="locked") == []


def test_under_a_lock_a_muted_microphone_may_be_published_and_not_resumed() -> None:
    room = lesson()
    room.ground.locks = Locks(microphones=True)
    assert code(room, command.PublishTrack(LI, "microphone")) == "lock.microphone"
    room.apply(command.PublishTrack(LI, "microphone", is_paused=True), now=101, at=AT)
    assert code(room, command.ResumeTrack(LI, "microphone")) == "lock.microphone"
    after(room, room.ground.change(replace(room.participants[LI], grant=Grant())))
    room.apply(command.ResumeTrack(LI, "microphone"), now=102, at=AT)
    room.apply(command.PublishTrack(WU, "microphone"), now=102, at=AT)


def test_a_new_role_ends_what_it_may_not_send_and_fits_the_pen() -> None:
    room = lesson()
    room.apply(command.PublishTrack(LI, "microphone"), now=101, at=AT)
    room.apply(command.PublishTrack(LI, "screen"), now=101, at=AT)
    room.apply(command.GivePen(WU, LI, "own"), now=101, at=AT)
    after(room, room.ground.change(replace(room.participants[LI], role="observer")))
    changed = room.participants[LI]
    assert all(changed.tracks.of(source) is TrackState.OFF for source in SOURCES)
    assert (changed.pen, room.stage.shares) == ("none", ())


def test_who_leads_no_more_stops_sharing_and_presenting() -> None:
    room = lesson()
    room.apply(command.PublishTrack(AN, "microphone"), now=101, at=AT)
    room.apply(command.PublishTrack(AN, "screen"), now=101, at=AT)
    room.apply(command.ShowBoard(AN, True), now=101, at=AT)
    after(room, room.ground.change(replace(room.participants[AN], role="student")))
    changed = room.participants[AN]
    assert (changed.tracks.screen, changed.tracks.microphone) == (TrackState.OFF, TrackState.LIVE)
    assert (changed.pen, room.board.presenter, room.stage.screen_of) == ("none", None, None)


def test_a_student_s_share_counts_as_staff_s_once_they_lead() -> None:
    room = lesson()
    room.apply(command.PublishTrack(LI, "screen"), now=101, at=AT)
    room.apply(command.PublishTrack(BO, "screen"), now=101, at=AT)
    assert room.stage.screen_of == BO
    entries = after(room, room.ground.change(replace(room.participants[LI], role="assistant")))
    assert StageChanged(LI) in [entry.event for entry in entries]
    assert room.participants[LI].pen == "all"


class Bell(Part):
    """Rings at one time of the room clock."""

    def __init__(self) -> None:
        self.rings_ms: int | None = None
        self.heard: list[int] = []

    def due_ms(self) -> int | None:
        return self.rings_ms

    def handle_timer(self, moment: Moment) -> list[Event]:
        self.heard.append(moment.clock_ms)
        self.rings_ms = None
        return []


def test_a_part_is_woken_on_the_room_clock() -> None:
    room, bell = lesson(), Bell()
    room.parts.all = (*room.parts.all, bell)
    bell.rings_ms = 2500
    assert room.next_timer() == 102.5
    room.handle_timer(now=102.4, at=AT)
    assert bell.heard == []
    room.handle_timer(now=102.5, at=AT)
    assert (bell.heard, room.next_timer()) == ([2500], None)


def test_two_parts_cannot_do_one_command() -> None:
    room = lesson()
    room.parts.all = (*room.parts.all, room.parts.chat)
    with pytest.raises(LocalError):
        room._fill_tables()


def test_a_kept_room_goes_on_with_everybody_away() -> None:
    room = lesson()
    room.apply(command.GivePen(WU, LI, "own"), now=130, at=AT)
    room.apply(command.PublishTrack(LI, "camera"), now=130, at=AT)
    kept = room.kept(now=140.25)
    again = lesson(kept, now=7.0)
    assert again.kept(now=7.0) == kept
    assert (again.seq, again.line, again.clock_ms(8.0)) == (room.seq, room.line, 41250)
    assert {who.seat for who in again.participants.values()} == {SeatState.AWAY}
    assert again.participants[LI].tracks.camera is TrackState.OFF
    assert again.participants[LI].pen == "own"
    back = again.apply(command.TakeSeat(LI, "Li", "student"), now=9, at=AT)
    assert [entry.seq for entry in back] == [kept.seq + 1]
    left = again.handle_timer(now=7.0 + 60, at=AT)
    assert len(left) == 3, "who does not come back is given up, with time to do so"
    assert again.state is RoomState.LIVE


def test_rights_are_the_role_s_less_what_is_locked_more_what_is_granted() -> None:
    room = lesson()
    student = room.participants[LI]
    locks = Locks(microphones=True, cameras=True, chat=True)
    rights = rights_of(replace(student, grant=Grant(camera=False)), locks)
    assert (rights.may_speak, rights.may_show_camera, rights.may_share) == (True, False, True)
    assert not (rights.may_chat)
    assert not (rights.may_whisper)
    muted = replace(student, is_chat_muted=True)
    assert refusal(muted, Locks(), "may_chat").code == "chat.muted"  # type: ignore[union-attr]
    assert rights_of(room.participants[AN], locks) == rights_of(room.participants[AN], Locks())
    assert refusal(student, Locks(), "may_order").params == {"right": "may_order"}  # type: ignore[union-attr]


def test_staff_is_heard_by_whoever_leads_now() -> None:
    room = lesson()
    assert STAFF.hears(room.participants[AN])
    assert not STAFF.hears(room.participants[LI])
    assert Audience(frozenset({LI})).hears(room.participants[LI])
