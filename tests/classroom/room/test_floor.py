"""The floor of a lesson as scripts: hands, the stage, muting, locks, asking, spotlight, focus."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.room import command, floor_command
from classroom.room.chat_command import PostChat
from classroom.room.event import ParticipantChanged
from classroom.room.floor_event import (
    FloorChanged,
    HandLowered,
    HandRaised,
    SpeakingAsked,
    SpeakingDeclined,
)
from classroom.room.floor_stage import ASK_AGAIN_MS, ASKED_FOR_MS
from classroom.room.floor_state import Layout
from classroom.room.kinds import SOURCES
from classroom.room.lobby_command import SetRole
from classroom.room.locks import Grant, Locks
from classroom.room.participant import TrackState
from classroom.room.policy import rights_of
from classroom.room.tracks_event import Silenced
from tests.support.script import Lesson, Person

OFF, MUTED, LIVE = TrackState


@pytest.fixture
def tutor(lesson: Lesson) -> Person:
    return lesson.person("Wu", "host")


def kinds(events: list[Any]) -> list[type[Any]]:
    return [type(event) for event in events]


# Hands


def test_hands_stand_in_the_order_of_raising(lesson: Lesson, lin: Person, mia: Person) -> None:
    lesson.passes(2)
    (raised,) = lin.raises_hand()
    assert raised == HandRaised(lesson.room.parts.floor.state.hands[0])
    assert raised.hand.raised_ms == 2000
    lesson.passes(1)
    mia.raises_hand()
    assert lin.raises_hand() == [], "raised twice it keeps its place"
    assert lesson.queue() == ["lin", "mia"]
    assert lin.lowers_hand() == [HandLowered(lin.id, "self")]
    assert lin.lowers_hand() == []
    lin.raises_hand()
    assert lesson.queue() == ["mia", "lin"]


def test_staff_lowers_one_hand_or_all(lesson: Lesson, tutor: Person, lin: Person) -> None:
    mia = lesson.person("Mia")
    lin.raises_hand()
    mia.raises_hand()
    assert mia.is_refused(floor_command.LowerHand, lin.id) == "right.missing"
    assert mia.is_refused(floor_command.LowerHand, None, True) == "right.missing"
    assert tutor.lowers_hand(of=mia) == [HandLowered(mia.id, "teacher")]
    mia.raises_hand()
    lowered = tutor.does(floor_command.LowerHand, None, True)
    assert lowered == [HandLowered(lin.id, "teacher"), HandLowered(mia.id, "teacher")]
    assert lesson.queue() == []


def test_a_hand_stays_while_somebody_reconnects_and_goes_with_them(
    lesson: Lesson, lin: Person
) -> None:
    lin.raises_hand()
    lin.drops()
    assert lesson.queue() == ["lin"]
    lin.joins()
    assert lesson.queue() == ["lin"]
    assert HandLowered(lin.id, "left") in lin.leaves()
    assert lesson.queue() == []


def test_who_is_no_student_raises_no_hand(lesson: Lesson, tutor: Person, lin: Person) -> None:
    lin.raises_hand()
    assert tutor.is_refused(floor_command.RaiseHand) == "right.missing"
    assert HandLowered(lin.id, "teacher") in lin.joins(role="assistant")


def test_closed_hands_lower_nobody(lesson: Lesson, tutor: Person, lin: Person, mia: Person) -> None:
    lin.raises_hand()
    tutor.locks(hands=True)
    assert lesson.queue() == ["lin"]
    assert mia.is_refused(floor_command.RaiseHand) == "lock.hands"


# Muting and locks


def test_muting_one_tells_that_person(tutor: Person, lin: Person, mia: Person) -> None:
    lin.publishes("microphone", "camera")
    changed, silenced = tutor.mutes(lin)
    assert isinstance(changed, ParticipantChanged)
    assert isinstance(silenced, Silenced)
    assert (silenced.sources, silenced.by, silenced.why) == (("microphone",), tutor.id, "muted")
    assert (lin.hears([silenced]), mia.hears([silenced])) == ([silenced], [])
    assert (lin.sends("microphone"), lin.sends("camera")) == (MUTED, LIVE)
    assert tutor.mutes(lin) == []
    lin.does(command.ResumeTrack, "microphone")
    assert lin.sends("microphone") is LIVE


def test_muting_all_means_the_students(lesson: Lesson, tutor: Person, lin: Person) -> None:
    helper = lesson.person("An", "assistant")
    for who in (tutor, helper, lin):
        who.publishes("microphone")
    tutor.mutes(None)
    assert [who.sends("microphone") for who in (tutor, helper, lin)] == [LIVE, LIVE, MUTED]
    assert lin.is_refused(floor_command.Mute, None, "microphone") == "right.missing"


def test_a_lock_silences_and_keeps_silent(tutor: Person, lin: Person) -> None:
    lin.publishes(*SOURCES)
    tutor.publishes("microphone")
    events = tutor.locks(microphones=True)
    assert kinds(events) == [FloorChanged, ParticipantChanged, Silenced]
    assert (lin.sends("microphone"), lin.sends("camera")) == (MUTED, LIVE)
    assert lin.is_refused(command.ResumeTrack, "microphone") == "lock.microphone"
    assert tutor.sends("microphone") is LIVE
    tutor.locks(cameras=True, shares=True)
    assert [lin.sends(source) for source in SOURCES] == [MUTED, MUTED, OFF, OFF]
    tutor.locks(microphones=False, cameras=False, shares=False)
    assert [lin.sends(source) for source in SOURCES] == [MUTED, MUTED, OFF, OFF]
    lin.does(command.ResumeTrack, "microphone")


def test_under_a_lock_a_share_does_not_begin_paused(lesson: Lesson, tutor: Person) -> None:
    lin = lesson.person("Lin")
    tutor.locks(microphones=True, shares=True)
    lin.publishes("microphone", is_paused=True)
    publish = command.PublishTrack
    assert lin.is_refused(publish, "screen", is_paused=True) == "lock.share"
    assert lin.is_refused(publish, "screen_audio", is_paused=True) == "lock.share"


def test_the_sound_of_a_share_is_no_second_microphone(tutor: Person, lin: Person) -> None:
    lin.publishes("screen_audio")
    tutor.mutes(lin)
    assert lin.sends("screen_audio") is OFF
    lin.publishes("screen", "screen_audio")
    tutor.locks(microphones=True)
    assert (lin.sends("screen"), lin.sends("screen_audio")) == (LIVE, OFF)
    assert lin.is_refused(command.PublishTrack, "screen_audio") == "lock.microphone"
    tutor.invites_on_stage(lin)
    lin.publishes("screen_audio")


def test_a_share_keeps_its_sound_when_its_owner_is_muted(tutor: Person, lin: Person) -> None:
    lin.publishes("microphone", "screen", "screen_audio")
    tutor.does(floor_command.Mute, lin.id, "microphone")
    assert [lin.sends(source) for source in SOURCES] == [MUTED, OFF, LIVE, LIVE]


def test_locks_that_are_not_named_stay(lesson: Lesson, tutor: Person, lin: Person) -> None:
    tutor.locks(chat=True, whispers=False)
    assert tutor.locks(chat=True) == []
    tutor.locks(files=True)
    assert lesson.room.parts.floor.state.locks == Locks(chat=True, whispers=False, files=True)
    assert lin.is_refused(PostChat, "hello", "c1") == "lock.chat"
    assert lin.is_refused(floor_command.SetLocks, chat=False) == "right.missing"


def test_who_becomes_a_student_under_a_lock_is_silent(lesson: Lesson, tutor: Person) -> None:
    helper = lesson.person("An", "assistant")
    helper.publishes("microphone")
    tutor.locks(microphones=True)
    assert helper.sends("microphone") is LIVE
    helper.joins(role="student")
    assert helper.sends("microphone") is not LIVE


# The stage


def test_to_the_stage_and_back(lesson: Lesson, tutor: Person, lin: Person) -> None:
    tutor.locks(microphones=True, cameras=True)
    lin.publishes("microphone", "camera", is_paused=True)
    lin.raises_hand()
    events = tutor.invites_on_stage(lin, Grant(pen=True))
    assert HandLowered(lin.id, "stage") in events
    assert (lin.now.grant, lin.now.pen) == (Grant(pen=True), "own")
    asked = [event for event in events if isinstance(event, SpeakingAsked)]
    assert [one.asked.source for one in asked] == ["microphone", "camera"]
    assert lin.sends("microphone") is MUTED, "nobody is turned on by somebody else"
    for source in ("microphone", "camera"):
        lin.does(command.ResumeTrack, source)
    assert lesson.room.parts.on_stage.state.asked == ()
    assert lesson.room.parts.floor.state.spotlight == lin.id
    events = tutor.sends_back(lin)
    assert (lin.now.grant, lin.now.pen) == (None, "none")
    assert [lin.sends(source) for source in ("microphone", "camera")] == [MUTED, MUTED]
    (silenced,) = [event for event in events if isinstance(event, Silenced)]
    assert (silenced.why, silenced.sources) == ("off_stage", ("microphone", "camera"))
    assert lesson.room.parts.floor.state.spotlight is None
    assert tutor.sends_back(lin) == []


def test_what_the_grant_leaves_out_stays_locked(tutor: Person, lin: Person) -> None:
    tutor.locks(microphones=True, cameras=True, shares=True)
    tutor.invites_on_stage(lin, Grant(camera=False, share=True))
    lin.publishes("microphone", "screen")
    assert lin.is_refused(command.PublishTrack, "camera") == "lock.camera"
    events = tutor.invites_on_stage(lin, Grant(camera=False))
    (silenced,) = [event for event in events if isinstance(event, Silenced)]
    assert (silenced.sources, silenced.why) == (("screen",), "locked")
    assert (lin.sends("microphone"), lin.sends("screen")) == (LIVE, OFF)


def test_without_a_lock_leaving_the_stage_silences_nobody(tutor: Person, lin: Person) -> None:
    tutor.invites_on_stage(lin)
    lin.publishes("microphone")
    lin.leaves_stage()
    assert lin.sends("microphone") is LIVE


def test_a_lent_pen_is_given_back_and_no_other(lesson: Lesson, tutor: Person, lin: Person) -> None:
    tutor.does(command.GivePen, lin.id, "all")
    tutor.invites_on_stage(lin, Grant(pen=True))
    tutor.sends_back(lin)
    assert lin.now.pen == "all", "it was theirs before"
    tutor.does(command.GivePen, lin.id, "none")
    tutor.invites_on_stage(lin, Grant(pen=True))
    tutor.does(command.GivePen, None, "own")
    tutor.sends_back(lin)
    assert lin.now.pen == "own", "everybody has one meanwhile"
    assert lesson.room.parts.on_stage.state.lent == ()


def test_who_may_come_on_stage_and_who_may_say_so(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    guest = lesson.person("Bo", "observer")
    bring = floor_command.BringOnStage
    assert tutor.is_refused(bring, tutor.id, Grant()) == "stage.staff"
    assert tutor.is_refused(bring, guest.id, Grant()) == "stage.observer"
    assert tutor.is_refused(bring, "nobody", Grant()) == "participant.unknown"
    assert lin.is_refused(bring, lin.id, Grant()) == "right.missing"
    assert lin.is_refused(floor_command.LeaveStage, guest.id) == "right.missing"
    assert lin.leaves_stage() == []


def test_the_stage_outlasts_a_reconnect_and_ends_with_the_seat(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    tutor.invites_on_stage(lin, Grant(pen=True))
    lin.drops()
    lin.joins()
    assert lin.now.grant == Grant(pen=True)
    lin.leaves()
    assert lesson.room.parts.on_stage.state.lent == ()
    assert lesson.room.parts.floor.state.spotlight is None
    lin.joins()
    assert lin.now.grant is None


def test_who_is_promoted_leaves_the_stage(tutor: Person, lin: Person) -> None:
    tutor.invites_on_stage(lin, Grant(pen=True))
    lin.joins(role="assistant")
    assert (lin.now.grant, lin.now.pen) == (None, "all")


# Asking


def test_asking_stands_for_a_minute(lesson: Lesson, tutor: Person, lin: Person) -> None:
    mia = lesson.person("Mia")
    (asked,) = tutor.asks(lin)
    assert isinstance(asked, SpeakingAsked)
    assert [who.hears([asked]) for who in (lin, tutor, mia)] == [[asked], [asked], []]
    lesson.passes(ASK_AGAIN_MS / 1000 - 1)
    assert tutor.asks(lin) == []
    lesson.passes(2)
    assert kinds(tutor.asks(lin)) == [SpeakingAsked]
    lesson.passes(ASKED_FOR_MS / 1000 - 1)
    assert len(lesson.room.parts.on_stage.state.asked) == 1
    lesson.passes(2)
    assert lesson.room.parts.on_stage.state.asked == ()


def test_who_is_asked_may_decline(lesson: Lesson, tutor: Person, lin: Person) -> None:
    decline = floor_command.DeclineToSpeak
    assert lin.does(decline, "camera") == []
    tutor.asks(lin, "camera")
    (declined,) = lin.does(decline, "camera")
    assert isinstance(declined, SpeakingDeclined)
    assert tutor.hears([declined]) == [declined]
    assert lesson.room.parts.on_stage.state.asked == ()


def test_nobody_is_asked_for_what_they_cannot_give(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    guest = lesson.person("Bo", "observer")
    ask = floor_command.AskToSpeak
    lin.publishes("microphone")
    assert tutor.asks(lin) == [], "they speak already"
    assert tutor.is_refused(ask, guest.id, "microphone") == "stage.observer"
    tutor.locks(microphones=True)
    assert tutor.is_refused(ask, lin.id, "microphone") == "floor.locked"
    assert lin.is_refused(ask, tutor.id, "microphone") == "right.missing"


# Spotlight and focus


def test_spotlight_is_one_and_ends_with_the_person(
    lesson: Lesson, tutor: Person, lin: Person, mia: Person
) -> None:
    tutor.invites_on_stage(lin)
    tutor.invites_on_stage(mia)
    floor = lesson.room.parts.floor
    assert floor.state.spotlight == lin.id, "the first on stage keeps it"
    tutor.does(floor_command.SetSpotlight, mia.id)
    tutor.sends_back(lin)
    assert floor.state.spotlight == mia.id
    mia.leaves()
    assert floor.state.spotlight is None
    assert tutor.is_refused(floor_command.SetSpotlight, mia.id) == "participant.unknown"


def test_focus_shows_students_the_staff_and_the_stage(
    lesson: Lesson, tutor: Person, lin: Person, mia: Person
) -> None:
    before = lesson.room.reach()
    tutor.does(floor_command.SetFocus, True)
    reach = lesson.room.reach()
    assert not reach.receives(lin.id, mia.id, "camera")
    assert reach.receives(lin.id, mia.id, "microphone")
    assert reach.receives(tutor.id, mia.id, "camera")
    tutor.invites_on_stage(mia)
    assert lesson.room.reach().receives(lin.id, mia.id, "camera")
    tutor.does(floor_command.SetFocus, False)
    assert lesson.room.reach() == before


# Reactions over faces


def test_anybody_reacts_until_reactions_are_switched_off(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    watcher = lesson.person("Bo", "observer")
    log = len(lesson.log)
    for one in (tutor, lin, watcher):
        assert one.does(floor_command.React, "clap") == []
    assert len(lesson.log) == log, "nothing of it stays"
    tutor.locks(reactions=True)
    for one in (lin, watcher):
        assert one.is_refused(floor_command.React, "clap") == "lock.reactions"
        assert not rights_of(one.now, lesson.room.ground.locks).may_react
    tutor.does(floor_command.React, "party")
    lin.drops()
    assert lin.is_refused(floor_command.React, "clap") == "seat.away"


# One layout for everybody


def test_a_layout_for_everybody_is_a_choice_of_its_moment(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    assert lin.is_refused(floor_command.SetLayout, "gallery") == "right.missing"
    lesson.passes(3)
    (changed,) = tutor.does(floor_command.SetLayout, "gallery")
    assert (changed.layout, changed.leader) == (Layout("gallery", tutor.id, 3000, False), None)
    lesson.passes(1)
    (again,) = tutor.does(floor_command.SetLayout, "gallery")
    assert again.layout.at_ms == 4000, "the same once more brings everybody back to it"
    assert lesson.restarts().room.parts.floor.state.layout == again.layout
    (none,) = tutor.does(floor_command.SetLayout, None)
    assert none.layout is None
    assert tutor.does(floor_command.SetLayout, None) == []


def test_a_layout_ends_with_what_lies_on_the_stage(lesson: Lesson, tutor: Person) -> None:
    floor = lesson.room.parts.floor
    tutor.does(floor_command.SetLayout, "gallery", leads=True)
    tutor.does(command.ShowBoard, True)
    assert (floor.state.layout, floor.state.leader) == (None, tutor.id)
    tutor.does(floor_command.SetLayout, "side", leads=True)
    tutor.publishes("screen")
    assert floor.state.layout is not None, "one thing after the other is the same situation"
    assert lesson.restarts().room.parts.floor.state.layout is None, "nobody shares any more"
    tutor.does(command.UnpublishTrack, "screen")
    assert floor.state.layout is None


def test_who_is_followed_leads_the_class(lesson: Lesson, tutor: Person) -> None:
    floor = lesson.room.parts.floor
    second = lesson.person("An", "assistant")
    second.does(floor_command.SetLayout, "side", leads=True)
    assert floor.state.leader == second.id
    second.drops()
    assert floor.state.leader == second.id, "a lost connection comes back"
    tutor.does(SetRole, second.id, "student")
    assert floor.state.leader is None
    assert floor.state.layout is not None
    tutor.does(floor_command.SetLayout, "focus", leads=True)
    tutor.leaves()
    assert floor.state.leader is None


# Two teachers, and a server that begins anew


def test_two_teachers_and_the_later_one(lesson: Lesson, tutor: Person, lin: Person) -> None:
    helper = lesson.person("An", "assistant")
    lin.raises_hand()
    tutor.invites_on_stage(lin)
    assert helper.lowers_hand(of=lin) == []
    assert kinds(helper.invites_on_stage(lin, Grant(share=True))) == [ParticipantChanged]
    tutor.locks(microphones=True)
    assert helper.locks(microphones=True) == []
    helper.locks(microphones=False)
    assert not lesson.room.parts.floor.state.locks.microphones


def test_a_restart_keeps_the_floor(lesson: Lesson, tutor: Person, lin: Person, mia: Person) -> None:
    mia.raises_hand()
    tutor.locks(microphones=True)
    tutor.invites_on_stage(lin, Grant(pen=True))
    again = lesson.restarts()
    assert again.room.parts.floor.state == lesson.room.parts.floor.state
    assert again.room.parts.on_stage.state == lesson.room.parts.on_stage.state
    back = Person(again, lin.id, "Lin", "student")
    back.joins()
    assert (back.now.grant, back.now.pen) == (Grant(pen=True), "own")
    Person(again, mia.id, "Mia", "student").joins()
    held = Person(again, mia.id, "Mia", "student")
    assert held.is_refused(command.PublishTrack, "microphone") == "lock.microphone"
