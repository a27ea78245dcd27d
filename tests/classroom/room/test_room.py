"""The rules of a live room, told as small scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room.board import new_board
from classroom.room.chat import TAIL_CHARACTERS_MAX, TAIL_MAX, clean
from classroom.room.chat_command import MuteChat, PostChat
from classroom.room.chat_event import ChatPosted
from classroom.room.command import (
    Command,
    EndRoom,
    LeaveSeat,
    LoseConnection,
    LoseMedia,
    PauseTrack,
    PublishTrack,
    SetShareMode,
    TakeSeat,
    UnpublishTrack,
)
from classroom.room.event import (
    Event,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
    RoomEnded,
    StageChanged,
)
from classroom.room.kinds import Source
from classroom.room.lifecycle import RoomState, RoomTerms
from classroom.room.participant import SeatState, TrackState
from classroom.room.room import Room
from classroom.wire.messages import CHAT_MAX, CHAT_TAIL

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
GRACE_S = 60.0


class Script:
    """A room and a clock; every verb gives the events it caused."""

    def __init__(self, capacity: int = 10) -> None:
        terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", capacity, GRACE_S)
        self.room = Room(terms, new_board("b", "p1"), now=0.0, at=AT)
        self.now = 0.0

    def do(self, asked: Command) -> list[Event]:
        return self._events(self.room.apply(asked, now=self.now, at=self.at))

    def joins(self, name: str, role: Role = "student") -> list[Event]:
        return self.do(TakeSeat(ParticipantId(name), name.title(), role))

    def wait(self, seconds: float) -> list[Event]:
        self.now += seconds
        return self._events(self.room.handle_timer(now=self.now, at=self.at))

    def publishes(self, name: str, source: Source, **more: Any) -> list[Event]:
        return self.do(PublishTrack(ParticipantId(name), source, **more))

    def closes(self, name: str, source: Source) -> list[Event]:
        return self.do(UnpublishTrack(ParticipantId(name), source))

    def who(self, name: str) -> Any:
        return self.room.participants[ParticipantId(name)]

    @property
    def at(self) -> datetime:
        return AT + timedelta(seconds=self.now)

    def _events(self, entries: list[Any]) -> list[Event]:
        self.numbers = [entry.seq for entry in entries]
        return [entry.event for entry in entries]


@pytest.fixture
def script() -> Script:
    """A room with a host and a student in it."""
    made = Script()
    made.joins("wu", "host")
    made.joins("li")
    return made


def code_of(script: Script, asked: Command) -> str:
    with pytest.raises(Refused) as refused:
        script.do(asked)
    return refused.value.code


# Seats


def test_events_are_numbered_without_a_gap() -> None:
    script = Script()
    script.joins("wu", "host")
    assert script.numbers == [1]
    script.joins("li")
    script.publishes("li", "screen")
    assert script.numbers == [3, 4]
    assert script.room.seq == 4


def test_coming_back_is_a_change_and_not_a_second_arrival(script: Script) -> None:
    assert isinstance(script.do(LoseConnection(ParticipantId("li")))[0], ParticipantChanged)
    assert script.who("li").seat is SeatState.AWAY
    (back,) = script.joins("li")
    assert isinstance(back, ParticipantChanged)
    assert back.participant.joined_at == AT
    assert script.wait(GRACE_S * 2) == []


def test_taking_a_seat_twice_says_nothing(script: Script) -> None:
    assert script.joins("li") == []


def test_a_kept_seat_is_given_up_when_nobody_comes_back(script: Script) -> None:
    script.wait(5)
    script.do(LoseConnection(ParticipantId("li")))
    assert script.room.next_timer() == 5 + GRACE_S
    assert script.wait(GRACE_S - 0.1) == []
    assert script.wait(0.1) == [ParticipantLeft(ParticipantId("li"), "lost")]
    assert script.room.next_timer() is None


def test_a_full_room_refuses_students_and_lets_the_teacher_in() -> None:
    script = Script(capacity=2)
    script.joins("li")
    script.joins("bo")
    assert code_of(script, TakeSeat(ParticipantId("cy"), "Cy", "student")) == "room.full"
    assert script.joins("li") == [], "who is inside may take the seat again"
    assert isinstance(script.joins("wu", "host")[0], ParticipantJoined)


def test_an_empty_room_waits_and_then_ends_by_itself(script: Script) -> None:
    script.do(LeaveSeat(ParticipantId("li")))
    script.do(LeaveSeat(ParticipantId("wu")))
    assert script.room.state is RoomState.OPEN
    assert script.wait(GRACE_S - 1) == []
    script.joins("wu", "host")
    assert script.room.state is RoomState.LIVE
    script.do(LeaveSeat(ParticipantId("wu")))
    script.wait(GRACE_S)
    assert script.room.state is RoomState.ENDED
    assert script.room.next_timer() is None
    assert code_of(script, TakeSeat(ParticipantId("wu"), "Wu", "host")) == "room.ended"


def test_a_room_nobody_came_to_ends_too() -> None:
    script = Script()
    assert script.wait(GRACE_S) == []
    assert script.room.state is RoomState.ENDED


def test_a_new_role_takes_the_tracks_of_the_old_one_away(script: Script) -> None:
    script.publishes("li", "screen")
    events = script.joins("li", "observer")
    assert script.who("li").role == "observer"
    assert script.who("li").tracks.screen is TrackState.OFF
    assert StageChanged(None) in events


# Chat


def test_chat_is_posted_once_however_often_it_is_sent(script: Script) -> None:
    (posted,) = script.do(PostChat(ParticipantId("li"), "  2 + 2 = 4\x07 ", "c1"))
    assert isinstance(posted, ChatPosted)
    assert (posted.message.text, posted.message.name) == ("2 + 2 = 4", "Li")
    assert script.do(PostChat(ParticipantId("li"), "2 + 2 = 4", "c1")) == []
    (other,) = script.do(PostChat(ParticipantId("wu"), "right", "c1"))
    assert isinstance(other, ChatPosted)
    assert other.message.id != posted.message.id


def test_an_empty_message_is_refused(script: Script) -> None:
    assert code_of(script, PostChat(ParticipantId("li"), " \n\x00 ", "c1")) == "chat.empty"


def test_who_was_muted_leaves_and_comes_back_is_muted(script: Script) -> None:
    wu, li = ParticipantId("wu"), ParticipantId("li")
    script.do(MuteChat(wu, li, True))
    script.do(LeaveSeat(li))
    script.joins("li")
    assert script.who("li").is_chat_muted
    assert code_of(script, PostChat(li, "hello", "c1")) == "chat.muted"
    script.do(MuteChat(wu, li, False))
    script.do(LeaveSeat(li))
    script.joins("li")
    assert not script.who("li").is_chat_muted


@pytest.mark.parametrize("marks", [("account", ""), ("", "browser")])
def test_who_was_muted_is_muted_with_another_seat_too(
    script: Script, marks: tuple[str, str]
) -> None:
    wu, li, lily = (ParticipantId(name) for name in ("wu", "li", "lily"))
    script.do(TakeSeat(li, "Li", "student", "account", "browser"))
    script.do(MuteChat(wu, li, True))
    script.do(LeaveSeat(li))
    script.do(TakeSeat(lily, "Lily", "student", *marks))
    assert code_of(script, PostChat(lily, "hello", "c1")) == "chat.muted"
    script.do(MuteChat(wu, lily, False))
    script.do(LeaveSeat(lily))
    script.do(TakeSeat(li, "Li", "student", "account", "browser"))
    assert not script.who("li").is_chat_muted
    script.do(MuteChat(wu, li, True))
    script.do(TakeSeat(lily, "Lily", "assistant", *marks))
    assert not script.who("lily").is_chat_muted, "staff is not muted"


def test_two_seats_of_one_browser_are_muted_together(script: Script) -> None:
    wu, li, lily = (ParticipantId(name) for name in ("wu", "li", "lily"))
    for who in (li, lily):
        script.do(TakeSeat(who, who.title(), "student", "", "browser"))
    for on in (True, False):
        script.do(MuteChat(wu, li, on))
        assert [script.who(who).is_chat_muted for who in ("li", "lily", "wu")] == [on, on, False]


def test_clean_keeps_lines_and_drops_controls() -> None:
    assert clean("a\r\nb\rc\td\x1b[0m\x7f") == "a\nb\nc\td[0m"


def test_the_tail_is_bounded(script: Script) -> None:
    for number in range(TAIL_MAX + 5):
        script.do(PostChat(ParticipantId("li"), str(number), f"c{number}"))
    tail = script.room.chat.tail
    assert TAIL_MAX == CHAT_TAIL == len(tail)
    assert tail[0].text == "5"
    assert len({message.id for message in tail}) == TAIL_MAX


def test_the_tail_is_bounded_by_its_text_too(script: Script) -> None:
    long = "x" * CHAT_MAX
    for number in range(40):
        script.do(PostChat(ParticipantId("li"), long, f"c{number}"))
    tail = script.room.chat.tail
    assert len(tail) == TAIL_CHARACTERS_MAX // CHAT_MAX
    assert [message.client_id for message in tail][-1] == "c39"
    for number in range(TAIL_MAX):
        script.do(PostChat(ParticipantId("li"), "short", f"d{number}"))
    assert len(script.room.chat.tail) == TAIL_MAX


# Rights


def test_an_observer_only_watches(script: Script) -> None:
    script.joins("ob", "observer")
    who = ParticipantId("ob")
    sources: list[Source] = ["microphone", "camera", "screen", "screen_audio"]
    for source in sources:
        assert code_of(script, PublishTrack(who, source)) == "right.missing"
    assert code_of(script, PostChat(who, "hello", "c1")) == "right.missing"


def test_only_staff_ends_the_class(script: Script) -> None:
    assert code_of(script, EndRoom(ParticipantId("li"))) == "right.missing"
    assert script.do(EndRoom(ParticipantId("wu"))) == [RoomEnded(ParticipantId("wu"))]
    assert script.room.state is RoomState.ENDED
    assert script.wait(GRACE_S * 3) == []


def test_the_owner_ends_it_from_outside(script: Script) -> None:
    assert script.do(EndRoom(None)) == [RoomEnded(None)]


# Tracks and the stage


def test_mute_and_unmute_are_the_servers_truth(script: Script) -> None:
    script.publishes("li", "microphone", is_paused=True)
    assert script.who("li").tracks.microphone is TrackState.MUTED
    assert script.do(PauseTrack(ParticipantId("li"), "microphone")) == []


def test_a_share_takes_the_stage_and_gives_it_back(script: Script) -> None:
    changed, staged = script.publishes("li", "screen", share_mode="motion")
    assert isinstance(changed, ParticipantChanged)
    assert changed.participant.tracks.screen_mode == "motion"
    assert staged == StageChanged(ParticipantId("li"))
    assert StageChanged(None) in script.closes("li", "screen")


def test_a_student_may_not_share_over_the_teacher(script: Script) -> None:
    script.publishes("wu", "screen")
    with pytest.raises(Refused) as refused:
        script.publishes("li", "screen")
    assert refused.value.code == "stage.taken"
    assert refused.value.params == {"name": "Wu"}


def test_the_teacher_takes_the_stage_and_the_students_share_waits(script: Script) -> None:
    script.publishes("li", "screen")
    assert script.publishes("wu", "screen")[-1] == StageChanged(ParticipantId("wu"))
    assert script.who("li").tracks.screen is TrackState.LIVE
    assert script.closes("wu", "screen")[-1] == StageChanged(ParticipantId("li"))


def test_closing_a_share_off_stage_changes_nothing_on_it(script: Script) -> None:
    script.publishes("li", "screen")
    script.publishes("wu", "screen")
    events = script.closes("li", "screen")
    assert [type(event) for event in events] == [ParticipantChanged]
    assert script.room.stage.screen_of == "wu"


def test_staff_comes_before_a_newer_student(script: Script) -> None:
    script.joins("an", "assistant")
    script.publishes("li", "screen")
    script.publishes("wu", "screen")
    script.publishes("an", "screen")
    assert script.closes("an", "screen")[-1] == StageChanged(ParticipantId("wu"))


def test_leaving_gives_the_stage_up(script: Script) -> None:
    script.publishes("wu", "screen")
    assert script.do(LeaveSeat(ParticipantId("wu"))) == [
        ParticipantLeft(ParticipantId("wu"), "left"),
        StageChanged(None),
    ]


def test_lost_media_turns_everything_off_at_once(script: Script) -> None:
    script.publishes("li", "microphone")
    script.publishes("li", "screen", share_mode="motion")
    changed, staged = script.do(LoseMedia(ParticipantId("li")))
    assert isinstance(changed, ParticipantChanged)
    assert changed.participant.tracks.screen_mode == "motion"
    assert staged == StageChanged(None)
    assert script.do(LoseMedia(ParticipantId("li"))) == []


def test_the_mode_of_a_share_changes_while_it_runs(script: Script) -> None:
    assert code_of(script, SetShareMode(ParticipantId("li"), "motion")) == "producer.unknown"
    script.publishes("li", "screen")
    (changed,) = script.do(SetShareMode(ParticipantId("li"), "motion"))
    assert isinstance(changed, ParticipantChanged)
    assert script.do(SetShareMode(ParticipantId("li"), "motion")) == []
