"""The chat, told as small scripts: who may write to whom, and who reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room.audience import Private
from classroom.room.chat import ChatMessage
from classroom.room.chat_command import DeleteChat, MuteChat, PostChat, ReactChat
from classroom.room.chat_event import ChatChanged, ChatChangedAside, ChatPosted, ChatTold
from classroom.room.chat_part import ChatPart
from classroom.room.chat_scope import may_read
from classroom.room.chat_state import ChatState
from classroom.room.chat_tail import TAIL_MAX, ChatTail
from classroom.room.files import FilesPart
from classroom.room.ground import Ground
from classroom.room.lifecycle import RoomTerms
from classroom.room.locks import Locks
from classroom.room.moment import Moment
from classroom.room.participant import Participant, SeatState

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


class Script:
    """A chat over a ground, with people put there by hand."""

    def __init__(self) -> None:
        self.ground = Ground(RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 60, 60.0))
        self.ground.locks = Locks(whispers=False)
        self.chat = ChatPart(self.ground, FilesPart(self.ground))
        self.at = AT
        self.count = 0

    def comes(self, name: str, role: Role = "student", place: str = "") -> None:
        who = ParticipantId(name)
        self.ground.participants[who] = Participant(
            who, name.title(), role, SeatState.HERE, AT, place=place
        )

    def moves(self, name: str, place: str) -> None:
        self.ground.change(replace(self.who(name), place=place))

    def who(self, name: str) -> Participant:
        return self.ground.participants[ParticipantId(name)]

    def do(self, command: Any) -> list[Any]:
        moment = Moment(0.0, self.at, 0)
        self.chat.checks[type(command)](command, moment)
        return list(self.chat.effects[type(command)](command, moment))

    def writes(self, name: str, text: str, to: str = "room", **more: Any) -> ChatMessage:
        self.count += 1
        client_id = more.pop("client_id", f"c{self.count}")
        (event,) = self.do(PostChat(ParticipantId(name), text, client_id, to, **more))
        assert isinstance(event, ChatPosted | ChatTold)
        return event.message

    def deletes(self, name: str, message: ChatMessage, **more: Any) -> list[Any]:
        return self.do(DeleteChat(ParticipantId(name), message.id, **more))

    def reacts(self, name: str, message: ChatMessage, *, on: bool = True) -> list[Any]:
        return self.do(ReactChat(ParticipantId(name), message.id, "like", on))

    def sees(self, name: str) -> list[str]:
        return [message.text for message in self.chat.tail.seen_by(self.who(name))]


@pytest.fixture
def script() -> Script:
    """A host, an assistant, two students and an observer."""
    made = Script()
    made.comes("wu", "host")
    made.comes("ada", "assistant")
    made.comes("li")
    made.comes("yue")
    made.comes("guest", "observer")
    return made


def refused(script: Script, command: Any) -> Refused:
    with pytest.raises(Refused) as raised:
        script.do(command)
    return raised.value


def code(script: Script, name: str, text: str = "hi", to: str = "room", **more: Any) -> str:
    return refused(script, PostChat(ParticipantId(name), text, "x", to, **more)).code


# Scopes


def test_a_message_to_the_room_is_for_everybody(script: Script) -> None:
    script.writes("li", "hello")
    assert all(script.sees(name) == ["hello"] for name in ("wu", "ada", "li", "yue", "guest"))


def test_a_whisper_between_students_is_for_the_two_alone(script: Script) -> None:
    script.writes("li", "psst", "yue")
    assert {name: script.sees(name) for name in ("wu", "ada", "li", "yue", "guest")} == {
        "wu": [],
        "ada": [],
        "li": ["psst"],
        "yue": ["psst"],
        "guest": [],
    }


def test_a_whisper_is_told_to_its_two_and_takes_no_public_event(script: Script) -> None:
    (event,) = script.do(PostChat(ParticipantId("li"), "psst", "1", "yue"))
    assert isinstance(event, ChatTold)
    assert event.audience.people == {"li", "yue"}
    assert not event.audience.hears(script.who("wu"))


def test_the_teachers_read_what_is_written_to_the_teachers(script: Script) -> None:
    script.writes("li", "I am lost", "staff")
    assert script.sees("wu") == script.sees("ada") == script.sees("li") == ["I am lost"]
    assert script.sees("yue") == script.sees("guest") == []


def test_a_group_and_the_teachers_read_what_is_written_in_it(script: Script) -> None:
    script.moves("li", "g1")
    script.moves("yue", "g2")
    script.writes("li", "ours", "group")
    assert script.sees("li") == script.sees("wu") == ["ours"]
    assert script.sees("yue") == []


def test_who_was_in_the_group_still_reads_it_when_all_are_back(script: Script) -> None:
    script.moves("li", "g1")
    script.moves("yue", "g2")
    script.writes("li", "ours", "group")
    script.writes("wu", "two minutes", "groups")
    script.moves("li", "")
    script.moves("yue", "")
    assert script.sees("li") == ["ours", "two minutes"]
    assert script.sees("yue") == ["two minutes"]
    assert script.sees("guest") == []


def test_who_comes_into_a_group_reads_what_was_said_there(script: Script) -> None:
    script.moves("li", "g1")
    script.writes("li", "ours", "group")
    script.moves("yue", "g1")
    assert script.sees("yue") == ["ours"]


def test_without_a_group_there_is_none_to_write_to(script: Script) -> None:
    assert code(script, "li", to="group") == "chat.group"
    assert code(script, "wu", to="groups") == "chat.group"
    assert code(script, "li", to="groups") == "right.missing"


def test_who_has_left_cannot_be_written_to(script: Script) -> None:
    assert code(script, "li", to="nobody") == "chat.recipient"
    assert code(script, "li", to="li") == "chat.recipient"


# Locks and muting


def test_a_locked_chat_leaves_the_way_to_the_teachers(script: Script) -> None:
    script.ground.locks = Locks(chat=True, whispers=False)
    assert code(script, "li") == "lock.chat"
    assert code(script, "li", to="yue") == "lock.whisper"
    assert script.writes("li", "please", "staff").to == "staff"
    assert script.writes("li", "please", "wu").to == "to:wu"
    assert script.writes("wu", "quiet now").to == "room"


def test_whispers_between_students_are_off_at_the_beginning(script: Script) -> None:
    script.ground.locks = Locks()
    assert code(script, "li", to="yue") == "lock.whisper"
    assert script.writes("wu", "well done", "li").to == "to:li"


def test_who_is_muted_writes_to_nobody(script: Script) -> None:
    (event,) = script.do(MuteChat(ParticipantId("wu"), ParticipantId("li"), True))
    assert event.participant.is_chat_muted
    for to in ("room", "staff", "wu", "yue"):
        assert code(script, "li", to=to) == "chat.muted"
    script.do(MuteChat(ParticipantId("ada"), ParticipantId("li"), False))
    assert script.writes("li", "thank you").text == "thank you"


def test_only_who_keeps_order_mutes_and_never_each_other(script: Script) -> None:
    wu, li, ada = ParticipantId("wu"), ParticipantId("li"), ParticipantId("ada")
    assert refused(script, MuteChat(li, ParticipantId("yue"), True)).code == "right.missing"
    told = refused(script, MuteChat(wu, ada, True))
    assert (told.code, told.params) == ("chat.staff", {"name": "Ada"})
    assert script.do(MuteChat(wu, li, False)) == []


def test_an_observer_only_reads(script: Script) -> None:
    assert code(script, "guest") == "right.missing"
    assert code(script, "guest", to="staff") == "right.missing"


def test_a_message_that_was_sent_twice_is_posted_once_also_after_a_lock(script: Script) -> None:
    script.writes("li", "hi", client_id="one")
    script.ground.locks = Locks(chat=True)
    assert script.do(PostChat(ParticipantId("li"), "hi", "one")) == []
    assert script.sees("wu") == ["hi"]


def test_a_blank_message_is_none(script: Script) -> None:
    assert code(script, "li", " \x07\n") == "chat.empty"


# Answers, reactions, deleting


def test_an_answer_names_what_it_answers(script: Script) -> None:
    first = script.writes("li", "why?")
    assert script.writes("wu", "because", reply_to=first.id).reply_to == first.id


def test_what_one_cannot_read_cannot_be_answered_or_reacted_to(script: Script) -> None:
    secret = script.writes("li", "psst", "yue")
    assert code(script, "wu", reply_to=secret.id) == "chat.unknown"
    react = ReactChat(ParticipantId("wu"), secret.id, "like", True)
    assert refused(script, react).code == "chat.unknown"
    assert code(script, "wu", reply_to="m99") == "chat.unknown"


def test_reactions_are_given_once_and_taken_back(script: Script) -> None:
    message = script.writes("li", "42")
    (event,) = script.reacts("yue", message)
    assert isinstance(event, ChatChanged)
    assert event.message.reactions == (("like", ("yue",)),)
    assert script.reacts("yue", message) == []
    script.reacts("guest", message)
    script.reacts("yue", message, on=False)
    (last,) = script.reacts("guest", message, on=False)
    assert last.message.reactions == ()


def test_a_reaction_to_a_whisper_is_told_to_its_two(script: Script) -> None:
    message = script.writes("li", "psst", "yue")
    (event,) = script.reacts("yue", message)
    assert isinstance(event, ChatChangedAside)
    assert event.audience.people == {"li", "yue"}


def test_one_takes_back_what_one_wrote_for_ten_minutes(script: Script) -> None:
    message = script.writes("li", "oops")
    script.reacts("yue", message)
    script.at = AT + timedelta(minutes=10)
    (event,) = script.deletes("li", message)
    gone = event.message
    assert (gone.is_deleted, gone.text, gone.reactions) == (True, "", ())
    assert script.sees("yue") == [""]
    assert script.deletes("li", message) == []
    assert refused(script, ReactChat(ParticipantId("li"), gone.id, "like", True)).code == (
        "chat.unknown"
    )
    late = script.writes("li", "again")
    script.at += timedelta(minutes=10, seconds=1)
    assert refused(script, DeleteChat(ParticipantId("li"), late.id)).code == "right.missing"


def test_the_teachers_delete_what_they_keep_order_in_and_no_whisper(script: Script) -> None:
    message = script.writes("li", "rude")
    mine = script.writes("li", "rude", "wu")
    assert refused(script, DeleteChat(ParticipantId("yue"), message.id)).code == "right.missing"
    assert script.deletes("ada", message)[0].message.is_deleted
    assert refused(script, DeleteChat(ParticipantId("wu"), mine.id)).code == "chat.unknown"
    assert refused(script, DeleteChat(ParticipantId("ada"), mine.id)).code == "chat.unknown"


def test_an_old_message_is_handed_in_by_who_keeps_the_history(script: Script) -> None:
    old = replace(script.writes("li", "long ago"), id="m0")
    forged = replace(old, id="m7")
    assert refused(script, DeleteChat(ParticipantId("wu"), "m0", older=forged)).code == (
        "chat.unknown"
    )
    (event,) = script.deletes("wu", old, older=old)
    assert event.message.id == "m0"


def test_what_was_fetched_before_it_was_deleted_brings_nothing_back(script: Script) -> None:
    old = replace(script.writes("li", "an insult"), id="m0")
    script.deletes("wu", old, older=old)
    late = ReactChat(ParticipantId("yue"), old.id, "like", True, old)
    assert refused(script, late).code == "chat.unknown"
    assert script.deletes("ada", old, older=old) == []


def test_two_reactions_to_an_old_message_are_both_kept(script: Script) -> None:
    old = replace(script.writes("li", "well"), id="m0")
    for name in ("yue", "wu"):
        (event,) = script.do(ReactChat(ParticipantId(name), old.id, "like", True, old))
    assert event.message.reactions == (("like", ("yue", "wu")),)


# Memory


def test_numbers_go_on_after_a_restart(script: Script) -> None:
    before = [script.writes("li", text) for text in "ab"]
    again = ChatPart(script.ground, FilesPart(script.ground), ChatState(7), before)
    script.chat = again
    assert script.sees("wu") == ["a", "b"]
    assert script.writes("li", "c").id == "m8"
    assert ChatPart(script.ground, FilesPart(script.ground), ChatState(1), before).state.count == 2


def test_whispers_push_out_nothing_that_was_said_to_all(script: Script) -> None:
    script.writes("wu", "homework")
    for number in range(TAIL_MAX + 5):
        script.writes("li", f"w{number}", "yue")
    assert script.sees("ada") == ["homework"]
    assert script.sees("yue")[0] == "w5"
    assert "homework" not in script.sees("yue"), "between it and w5 there would be a gap"


def test_a_view_has_no_gap(script: Script) -> None:
    secret = script.writes("li", "first", "yue")
    for number in range(TAIL_MAX + 1):
        script.writes("wu", str(number))
    assert script.sees("yue") == [str(number) for number in range(1, TAIL_MAX + 1)]
    assert script.chat.tail.get(secret.id) is not None


def test_a_long_text_counts_for_what_is_kept() -> None:
    script = Script()
    script.comes("wu", "host")
    for _ in range(30):
        script.writes("wu", "x" * 4000)
    assert sum(map(len, script.sees("wu"))) == 100_000


# No script makes a hole


names = st.sampled_from(["wu", "ada", "li", "yue", "zoe", "guest"])
asked = st.one_of(
    st.tuples(
        st.just("write"),
        names,
        st.sampled_from(["room", "staff", "group", "groups", "wu", "li", "yue", "zoe"]),
    ),
    st.tuples(st.just("react"), names, st.integers(1, 12)),
    st.tuples(st.just("delete"), names, st.integers(1, 12)),
    st.tuples(st.just("move"), names, st.sampled_from(["", "g1", "g2"])),
    st.tuples(st.just("role"), names, st.sampled_from(["student", "assistant", "observer"])),
)


@settings(max_examples=80, deadline=None)
@given(steps=st.lists(asked, max_size=40))
def test_nobody_ever_holds_what_they_may_not_read(steps: list[tuple[str, str, Any]]) -> None:
    script = Script()
    for name, role in (("wu", "host"), ("ada", "assistant"), ("guest", "observer")):
        script.comes(name, role)
    for name in ("li", "yue", "zoe"):
        script.comes(name)
    for count, (verb, name, what) in enumerate(steps):
        before = {who.id: who for who in script.ground.participants.values()}
        try:
            events = _step(script, count, verb, name, what)
        except Refused:
            assert script.ground.participants == before, "a refusal changes nothing"
            continue
        for event in events:
            _told_rightly(script, event)
        for who in script.ground.participants.values():
            assert all(may_read(one, who) for one in script.chat.tail.seen_by(who))


def _step(script: Script, count: int, verb: str, name: str, what: Any) -> list[Any]:
    by = ParticipantId(name)
    match verb:
        case "write":
            return script.do(PostChat(by, f"text {count}", f"c{count}", what))
        case "react":
            return script.do(ReactChat(by, f"m{what}", "love", True))
        case "delete":
            return script.do(DeleteChat(by, f"m{what}"))
        case "move":
            script.ground.change(replace(script.who(name), place=what))
        case _:
            script.ground.change(replace(script.who(name), role=what))
    return []


def _told_rightly(script: Script, event: Any) -> None:
    """Who hears of a message are exactly those who may read it, and a whisper has two at most."""
    message = event.message
    for who in script.ground.participants.values():
        hears = event.audience.hears(who) if isinstance(event, Private) else True
        assert hears == may_read(message, who)
    if message.to.startswith("to:"):
        assert isinstance(event, Private)
        assert event.audience.people <= {message.participant_id, message.to[3:]}


def test_a_tail_that_was_loaded_begins_after_what_was_not(script: Script) -> None:
    first = [script.writes("li", str(number)) for number in range(3)]
    tail = ChatTail(first[1:])
    assert [one.text for one in tail.seen_by(script.who("yue"))] == ["1", "2"]
