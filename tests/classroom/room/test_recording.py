"""Recording by consent: the table of its phases, answers, what follows from coming and going."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any, get_args

import pytest

from classroom.ids import ParticipantId
from classroom.room.lobby_command import RemovePerson, SetRole
from classroom.room.recording_command import (
    AgreeAhead,
    AnswerRecording,
    AskRecording,
    BeginRecording,
    HaltRecording,
    MarkRecording,
    PauseRecording,
    ResumeRecording,
    SeeRecording,
    StopRecording,
    TakeBack,
)
from classroom.room.recording_event import ConsentGiven, RecordingChanged, RecordingMarked
from classroom.room.recording_phases import PHASES
from classroom.room.recording_state import (
    KINDS,
    LENGTH_MAX_MS,
    MARKS_MAX,
    Phase,
    Policy,
    RecordingState,
)
from classroom.room.recording_wanted import wanted
from classroom.wire.entries import entry_form, record_of, snapshot_form
from tests.support.script import TERMS, Lesson, Person

TEXT = "2026-11/en"
YES = tuple((kind, "yes") for kind in KINDS)
NO = tuple((kind, "no") for kind in KINDS)
ASK: tuple[Any, ...] = ("r1", "For Bo", KINDS, YES, TEXT)
WORDS: dict[type[Any], tuple[Any, ...]] = {
    AskRecording: ("r2", "For Bo", KINDS, YES, TEXT),
    AnswerRecording: (YES, TEXT),
    MarkRecording: ("Roots",),
}


def phase(lesson: Lesson) -> Phase:
    return state(lesson).phase


def state(lesson: Lesson) -> RecordingState:
    return lesson.room.parts.recording.state


def flows(lesson: Lesson) -> set[tuple[str, str]]:
    people = lesson.room.participants.values()
    return {(str(who), kind) for who, kind in wanted(state(lesson), people)}


def bring(tutor: Person, to: Phase) -> None:
    if to != "off":
        tutor.does(AskRecording, *ASK)
    if to in ("on", "paused"):
        tutor.does(BeginRecording)
    if to == "paused":
        tutor.does(PauseRecording)


EXPECTED = {
    "ask": ("asking", "recording.running", "recording.running", "recording.running"),
    "begin": ("recording.none", "on", "on", "recording.running"),
    "pause": ("recording.none", "recording.none", "paused", "paused"),
    "resume": ("recording.none", "recording.none", "on", "on"),
    "stop": ("recording.none", "off", "off", "off"),
    "answer": ("recording.none", "asking", "on", "paused"),
    "mark": ("recording.none", "recording.none", "on", "recording.none"),
}
"""As the documentation has it: by command, for off, asking, on, paused."""


def test_the_table_is_whole() -> None:
    assert all(set(row) == set(get_args(Phase)) for row in PHASES.values())
    assert len(PHASES) == len(EXPECTED)


@pytest.mark.parametrize("policy", get_args(Policy))
@pytest.mark.parametrize(
    ("kind", "at"),
    list(product(PHASES, get_args(Phase))),
    ids=lambda one: getattr(one, "__name__", one),
)
def test_each_command_in_each_phase_under_each_policy(
    kind: type[Any], at: Phase, policy: Policy
) -> None:
    lesson = Lesson()
    tutor = lesson.person("Wu", "host")
    bring(tutor, at)
    lesson.room.ground.terms = replace(TERMS, recording_policy=policy)
    name = kind.__name__.removesuffix("Recording").lower()
    expected = EXPECTED[name][get_args(Phase).index(at)]
    if kind is AskRecording and policy == "never":
        expected = "recording.never"
    words = WORDS.get(kind, ())
    if "." in expected:
        before = state(lesson)
        assert tutor.is_refused(kind, *words) == expected
        assert state(lesson) == before
    else:
        tutor.does(kind, *words)
        assert phase(lesson) == expected


def test_an_encrypted_class_is_not_recorded() -> None:
    lesson = Lesson(terms=replace(TERMS, is_encrypted=True))
    tutor = lesson.person("Wu", "host")
    assert tutor.is_refused(AskRecording, *ASK) == "recording.encrypted"


@pytest.mark.parametrize("kind", [kind for kind in PHASES if kind is not AnswerRecording])
def test_only_staff_leads_it(kind: type[Any], tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    assert lin.is_refused(kind, *WORDS.get(kind, ())) == "right.missing"


def test_everybody_answers_for_themself_alone(tutor: Person, lin: Person) -> None:
    bring(tutor, "asking")
    told = lin.does(AnswerRecording, (("voice", "yes"), ("ink", "no")), TEXT)
    given, changed = told
    assert isinstance(given, ConsentGiven)
    assert dict(given.answers) == {"voice": "yes", "ink": "no"}
    assert isinstance(changed, RecordingChanged)
    assert (changed.by, changed.agreed, changed.asked) == (None, 2, 2)
    mei = tutor.lesson.person("Mei")
    assert given not in mei.hears(told)
    assert given in tutor.hears(told)
    assert given in lin.hears(told)
    assert flows(tutor.lesson) == set(), "nothing before it begins"
    tutor.does(BeginRecording)
    assert ("lin", "voice") in flows(tutor.lesson)
    assert ("lin", "ink") not in flows(tutor.lesson)
    assert not any(who == "mei" for who, _ in flows(tutor.lesson)), "who has not answered is out"


def test_what_is_told_to_all_has_nobodys_answers(tutor: Person, lin: Person) -> None:
    bring(tutor, "asking")
    lin.does(AnswerRecording, NO, TEXT)
    for entry in tutor.lesson.log:
        if isinstance(entry.event, RecordingChanged):
            body = str(entry_form(entry))
            assert "lin" not in body
            assert "'no'" not in body


def test_the_log_of_the_lesson_has_no_answers(tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, NO, TEXT)
    lines = [record_of(entry) for entry in tutor.lesson.log]
    told = [line.body for line in lines if line and line.kind.startswith(("recording", "consent"))]
    assert [body["deed"] for body in told] == ["asked", "begun"]


def test_a_no_takes_a_yes_back_at_once(tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, YES, TEXT)
    lin.does(AnswerRecording, (("voice", "no"),), TEXT)
    assert ("lin", "voice") not in flows(tutor.lesson)
    assert ("lin", "camera") in flows(tutor.lesson)
    lin.does(AnswerRecording, (("voice", "yes"),), TEXT)
    assert ("lin", "voice") in flows(tutor.lesson)
    assert lin.does(AnswerRecording, (("voice", "yes"),), TEXT) == [], "said again it is no news"


def test_only_what_is_asked_for_is_answered(tutor: Person, lin: Person) -> None:
    tutor.does(AskRecording, "r1", "For Bo", ("voice",), (("voice", "yes"),), TEXT)
    assert lin.is_refused(AnswerRecording, (("camera", "yes"),), TEXT) == "recording.kind"
    tutor.does(StopRecording)
    refused = tutor.is_refused(AskRecording, "r2", "For Bo", ("voice",), (("ink", "yes"),), TEXT)
    assert refused == "recording.kind"


def test_it_does_not_begin_without_a_yes(tutor: Person, lin: Person) -> None:
    tutor.does(AskRecording, "r1", "For Bo", KINDS, NO, TEXT)
    assert tutor.is_refused(BeginRecording) == "recording.nobody"
    lin.does(AnswerRecording, (("ink", "yes"),), TEXT)
    tutor.does(BeginRecording)
    assert flows(tutor.lesson) == {("lin", "ink")}


def test_two_hosts_press_record(tutor: Person) -> None:
    an = tutor.lesson.person("An", "assistant")
    tutor.does(AskRecording, *ASK)
    assert an.is_refused(AskRecording, "r2", *ASK[1:]) == "recording.running"
    tutor.does(BeginRecording)
    assert an.does(BeginRecording) == [], "nothing changes"
    assert state(tutor.lesson).asked_by == tutor.id


def test_who_asked_may_leave(tutor: Person, lin: Person) -> None:
    tutor.lesson.person("An", "assistant")
    bring(tutor, "on")
    lin.does(AnswerRecording, YES, TEXT)
    tutor.leaves()
    assert phase(tutor.lesson) == "on"
    assert (state(tutor.lesson).asked_by, state(tutor.lesson).asker) == (tutor.id, tutor.name)
    assert {who for who, _ in flows(tutor.lesson)} == {"lin"}
    tutor.joins()
    assert (str(tutor.id), "voice") in flows(tutor.lesson), "what they had said holds"


def test_who_comes_late_is_asked_first(tutor: Person) -> None:
    bring(tutor, "on")
    late = tutor.lesson.person("Mei")
    told = [event for event in tutor.lesson.told(RecordingChanged) if event.deed == "people"]
    assert told[-1].asked == 2
    snapshot = snapshot_form(tutor.lesson.room, late.now, now=tutor.lesson.now)
    assert snapshot.own_consent is None
    assert snapshot.recording.phase == "on"
    assert not any(who == "mei" for who, _ in flows(tutor.lesson))
    late.does(AnswerRecording, (("voice", "yes"),), TEXT)
    snapshot = snapshot_form(tutor.lesson.room, late.now, now=tutor.lesson.now)
    assert snapshot.own_consent is not None
    assert snapshot.own_consent.answers == {"voice": True}


def test_who_drops_out_and_comes_back_keeps_their_answers(tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, YES, TEXT)
    lin.drops()
    lin.joins()
    assert ("lin", "voice") in flows(tutor.lesson)


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_link_takes_back_what_somebody_said(tutor: Person, lin: Person, is_gone: bool) -> None:
    back = TakeBack(ParticipantId(""), lin.id, ("voice", "screen"))
    assert tutor.lesson.do(back) == [], "nothing is recorded"
    bring(tutor, "on")
    assert tutor.lesson.do(back) == [], "they said nothing yet"
    lin.does(AnswerRecording, YES, TEXT)
    if is_gone:
        lin.leaves()
    given, changed = tutor.lesson.do(back)
    assert dict(given.answers)["voice"] == "no"
    assert changed.deed == "answered"
    if is_gone:
        lin.joins()
    assert ("lin", "voice") not in flows(tutor.lesson)


def test_who_is_removed_stays_in_what_was(tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, YES, TEXT)
    tutor.does(RemovePerson, lin.id)
    assert {who for who, _ in flows(tutor.lesson)} == {str(tutor.id)}
    consent = state(tutor.lesson).consent_of(lin.id)
    assert consent is not None
    assert consent.agrees


def test_who_is_promoted_keeps_their_answers(tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, (("voice", "yes"), ("camera", "no")), TEXT)
    tutor.does(SetRole, lin.id, "assistant")
    assert ("lin", "voice") in flows(tutor.lesson)
    assert ("lin", "camera") not in flows(tutor.lesson)
    tutor.does(SetRole, lin.id, "observer")
    assert not any(who == "lin" for who, _ in flows(tutor.lesson)), "who may not send is not wanted"


def test_the_last_one_leaves_and_the_class_ends(tutor: Person) -> None:
    bring(tutor, "on")
    tutor.leaves()
    assert phase(tutor.lesson) == "on", "until the room is over"
    assert flows(tutor.lesson) == set()


def test_pauses_are_counted(tutor: Person) -> None:
    bring(tutor, "on")
    tutor.lesson.passes(10)
    tutor.does(PauseRecording)
    assert flows(tutor.lesson) == set()
    tutor.lesson.passes(5)
    tutor.does(ResumeRecording)
    assert state(tutor.lesson).off_ms == 5_000
    assert state(tutor.lesson).paused_ms == 0
    assert flows(tutor.lesson)


def test_it_ends_after_six_hours(tutor: Person) -> None:
    bring(tutor, "on")
    tutor.lesson.passes(LENGTH_MAX_MS / 1000 - 1)
    assert phase(tutor.lesson) == "on"
    tutor.lesson.passes(1)
    assert (phase(tutor.lesson), state(tutor.lesson).why) == ("off", "limit")


def test_the_server_may_have_to_end_it(tutor: Person) -> None:
    bring(tutor, "on")
    (told,) = tutor.lesson.do(HaltRecording(type(tutor.id)(""), "storage"))
    assert (told.deed, told.by, told.state.why) == ("stopped", None, "storage")
    assert tutor.lesson.do(HaltRecording(type(tutor.id)(""), "storage")) == []


def test_chapters_are_told_and_bounded(tutor: Person) -> None:
    bring(tutor, "on")
    assert tutor.does(MarkRecording, "Roots") == [RecordingMarked("Roots", tutor.id)]
    for _ in range(MARKS_MAX - 1):
        tutor.does(MarkRecording, "x")
    assert tutor.is_refused(MarkRecording, "x") == "recording.chapters"


def test_who_saw_the_mark_is_known_for_the_phase(tutor: Person, lin: Person) -> None:
    assert lin.does(SeeRecording) == []
    bring(tutor, "on")
    lin.does(SeeRecording)
    assert state(tutor.lesson).seen == (lin.id,)
    tutor.does(PauseRecording)
    assert state(tutor.lesson).seen == ()


def test_a_restart_ends_it_and_what_was_said_holds(tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, (("voice", "yes"), ("ink", "no")), TEXT)
    later = tutor.lesson.restarts()
    assert (phase(later), state(later).why) == ("off", "restart")
    assert flows(later) == set()
    again = Person(later, tutor.id, tutor.name, "host")
    again.joins()
    again.does(AskRecording, "r2", "For Bo", KINDS, YES, TEXT)
    again.does(BeginRecording)
    Person(later, lin.id, lin.name, "student").joins()
    assert ("lin", "voice") in flows(later)
    assert ("lin", "ink") not in flows(later)


@pytest.mark.parametrize(
    "words",
    [
        ("r2", "For others", KINDS, YES, TEXT),
        ("r2", "For Bo", KINDS[:2], YES[:2], TEXT),
        ("r2", "For Bo", KINDS, YES, "2099-01/en"),
    ],
    ids=["purpose", "kinds", "text"],
)
def test_what_was_said_to_another_recording_does_not_hold(
    words: tuple[Any, ...], tutor: Person, lin: Person
) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, YES, TEXT)
    later = tutor.lesson.restarts()
    again = Person(later, tutor.id, tutor.name, "host")
    again.joins()
    again.does(AskRecording, *words)
    assert state(later).consent_of(lin.id) is None


def test_the_next_recording_asks_anew(tutor: Person, lin: Person) -> None:
    bring(tutor, "on")
    lin.does(AnswerRecording, YES, TEXT)
    tutor.does(StopRecording)
    assert state(tutor.lesson).consents == ()
    tutor.does(AskRecording, "r2", *ASK[1:])
    assert state(tutor.lesson).consent_of(lin.id) is None


def test_being_asked_outlives_a_restart(tutor: Person, lin: Person) -> None:
    bring(tutor, "asking")
    lin.does(AnswerRecording, YES, TEXT)
    later = tutor.lesson.restarts()
    assert phase(later) == "asking"
    consent = state(later).consent_of(lin.id)
    assert consent is not None
    assert consent.agrees


def test_where_it_is_required_nobody_comes_in_without_a_yes() -> None:
    lesson = Lesson(terms=replace(TERMS, recording_policy="required"))
    tutor = lesson.person("Wu", "host")
    lin = Person(lesson, type(tutor.id)("lin"), "Lin", "student")
    with pytest.raises(Exception, match=r"consent\.needed"):
        lin.joins()
    lesson.do(AgreeAhead(lin.id, KINDS, TEXT))
    lin.joins()
    bring(tutor, "on")
    assert ("lin", "voice") in flows(lesson)
    late = Person(lesson, type(tutor.id)("bo"), "Bo", "student")
    lesson.do(AgreeAhead(late.id, ("voice",), TEXT))
    late.joins()
    assert {kind for who, kind in flows(lesson) if who == "bo"} == {"voice"}
    late.does(AnswerRecording, (("voice", "no"),), TEXT)
    assert not any(who == "bo" for who, _ in flows(lesson)), "a later no is taken"
    late.leaves()
    lesson.do(AgreeAhead(late.id, ("voice",), TEXT))  # their seat says so still
    late.joins()
    assert not any(who == "bo" for who, _ in flows(lesson)), "and holds when they come back"


def test_where_it_is_not_required_nothing_is_agreed_ahead(tutor: Person) -> None:
    late = Person(tutor.lesson, type(tutor.id)("bo"), "Bo", "student")
    tutor.lesson.do(AgreeAhead(late.id, KINDS, TEXT))
    late.joins()
    bring(tutor, "on")
    assert not any(who == "bo" for who, _ in flows(tutor.lesson)), "asked like everybody"
