"""Files in a class, told as small scripts: who sends them to whom, who sees and removes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import command, file_card, files_command
from classroom.room.audience import Private
from classroom.room.chat_command import DeleteChat, MuteChat, PostChat
from classroom.room.chat_event import ChatPosted, ChatTold
from classroom.room.file_card import FileCard
from classroom.room.files_event import FileAdded, FileAddedAside, FileRemoved, FileRemovedAside
from tests.support.script import Lesson, Person

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def card(file_id: str, owner: Person) -> FileCard:
    return FileCard(file_id, f"{file_id}.pdf", "application/pdf", 9, owner.id, owner.name, AT)


def adds(owner: Person, file_id: str) -> None:
    """It has arrived at the server."""
    asked = files_command.AddFile(owner.id, card(file_id, owner))
    assert owner.lesson.do(asked) == []


def posts(owner: Person, *files: str, to: str = "room", text: str = "") -> list[Any]:
    asked = PostChat(owner.id, text, f"{owner.id}-{'-'.join(files)}", to, files=files)
    return owner.lesson.do(asked)


def removes(who: Person, file_id: str) -> list[Any]:
    return who.lesson.do(files_command.RemoveFile(who.id, file_id))


def sees(who: Person) -> list[str]:
    viewer = who.lesson.room.participants[who.id]
    return [one.id for one in who.lesson.room.parts.files.seen_by(viewer)]


def refusal(lesson: Lesson, asked: Any) -> str:
    with pytest.raises(Refused) as raised:
        lesson.do(asked)
    return raised.value.code


def test_a_file_is_nobodys_but_its_owners_until_it_is_sent(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    adds(lin, "f1")
    assert (sees(lin), sees(tutor)) == ([], [])
    assert lesson.room.parts.files.readable(lin.id, "f1").id == "f1"
    with pytest.raises(Refused):
        lesson.room.parts.files.readable(tutor.id, "f1")
    added, posted = posts(lin, "f1")
    assert isinstance(added, FileAdded)  # first: a message never names what nobody knows
    assert isinstance(posted, ChatPosted)
    assert posted.message.files == ("f1",)
    assert added.file.message_id == posted.message.id
    assert sees(tutor) == ["f1"]


def test_a_file_is_for_whom_its_message_is_for(
    lesson: Lesson, tutor: Person, lin: Person, bo: Person
) -> None:
    tutor.locks(whispers=False)
    adds(lin, "f1")
    added, told = posts(lin, "f1", to="bo")
    assert isinstance(added, FileAddedAside)
    assert isinstance(told, ChatTold)
    assert added.audience == told.audience
    assert added.audience.people == {"lin", "bo"}
    assert (sees(bo), sees(tutor)) == (["f1"], [])
    adds(lin, "f2")
    posts(lin, "f2", to="staff")
    assert (sees(bo), sees(tutor)) == (["f1"], ["f2"])
    adds(tutor, "f3")
    lesson.do(files_command.ShareFile(tutor.id, "f3"))
    late = lesson.person("Late")
    assert sees(late) == ["f3"]


def test_a_file_is_sent_once_and_by_its_owner(lesson: Lesson, lin: Person, bo: Person) -> None:
    adds(lin, "f1")
    for asked in (
        PostChat(bo.id, "", "c1", files=("f1",)),
        PostChat(lin.id, "", "c2", files=("f1", "f1")),
        PostChat(lin.id, "", "c3", files=("f9",)),
        files_command.ShareFile(bo.id, "f1"),
        files_command.RemoveFile(bo.id, "f1"),
    ):
        assert refusal(lesson, asked) == "file.unknown"
    posts(lin, "f1")
    again = files_command.ShareFile(lin.id, "f1", "staff")
    assert refusal(lesson, again) == "file.unknown"
    assert refusal(lesson, PostChat(lin.id, " ", "c4")) == "chat.empty"


def test_a_message_that_is_asked_for_again_sends_its_files_once(
    lesson: Lesson, lin: Person
) -> None:
    adds(lin, "f1")
    assert len(posts(lin, "f1")) == 2
    assert posts(lin, "f1") == []
    assert len(lesson.told(FileAdded)) == 1


def test_the_lock_and_being_muted_keep_students_from_sending(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    for owner in (lin, tutor):
        adds(owner, f"f-{owner.id}")
    tutor.locks(files=True)
    mine = files_command.ShareFile(lin.id, "f-lin")
    assert refusal(lesson, mine) == "lock.files"
    assert refusal(lesson, PostChat(lin.id, "", "c1", files=("f-lin",))) == "lock.files"
    assert len(posts(tutor, "f-tutor")) == 2
    tutor.locks(files=False, chat=True)
    assert refusal(lesson, mine) == "lock.chat"
    lesson.do(MuteChat(tutor.id, lin.id, True))
    to_staff = files_command.ShareFile(lin.id, "f-lin", "staff")
    assert refusal(lesson, to_staff) == "chat.muted"
    lesson.do(MuteChat(tutor.id, lin.id, False))
    lesson.do(to_staff)
    assert sees(tutor) == ["f-tutor", "f-lin"]


def test_who_may_remove_a_file(lesson: Lesson, tutor: Person, lin: Person, bo: Person) -> None:
    tutor.locks(whispers=False)
    for file_id, to in (("f1", "room"), ("f2", "room"), ("f3", "bo")):
        adds(lin, file_id)
        posts(lin, file_id, to=to)
    assert refusal(lesson, files_command.RemoveFile(bo.id, "f1")) == "right.missing"
    assert refusal(lesson, files_command.RemoveFile(tutor.id, "f3")) == "file.unknown"
    assert refusal(lesson, files_command.RemoveFile(bo.id, "f3")) == "file.unknown"
    (gone,) = removes(tutor, "f1")
    assert isinstance(gone, FileRemoved)
    assert len(removes(lin, "f2")) == 1
    (aside,) = removes(lin, "f3")
    assert isinstance(aside, FileRemovedAside)
    assert aside.audience.people == {"lin", "bo"}
    assert refusal(lesson, files_command.RemoveFile(lin.id, "f1")) == "file.unknown"


def test_the_files_of_a_deleted_message_go_with_it(
    lesson: Lesson, tutor: Person, lin: Person
) -> None:
    adds(lin, "f1")
    adds(lin, "f2")
    posted = posts(lin, "f1", "f2", text="look")[-1]
    events = lesson.do(DeleteChat(tutor.id, posted.message.id))
    assert [type(event) for event in events[:2]] == [FileRemoved, FileRemoved]
    assert events[2].message.files == ()
    assert sees(lin) == []


def test_the_owner_of_the_room_removes_from_outside(lesson: Lesson, lin: Person) -> None:
    adds(lin, "f1")
    posts(lin, "f1")
    drop = files_command.DropFile(ParticipantId(""), "f1")
    assert [type(event) for event in lesson.do(drop)] == [FileRemoved]
    assert lesson.do(drop) == []
    lesson.do(command.EndRoom(None))
    assert refusal(lesson, drop) == "room.ended"


def test_there_are_so_many_and_no_more(
    lesson: Lesson, lin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.room.files.FILES_MAX", 1)
    adds(lin, "f1")
    assert refusal(lesson, files_command.AddFile(lin.id, card("f2", lin))) == "file.limit"


def test_a_lesson_goes_on_with_its_files(lesson: Lesson, tutor: Person, lin: Person) -> None:
    sent = card("f1", lin).sent("staff", (), "m1", AT)
    later = lesson.restarts()
    later.room.parts.files.go_on([sent, card("f2", lin)])
    back = later.person("Tutor", "host")
    assert sees(back) == ["f1"]
    assert file_card.FILES_MAX >= 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["tutor", "lin", "bo", "yue"]),
            st.sampled_from(["room", "staff", "tutor", "lin", "bo", "yue"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_nobody_hears_of_a_file_that_is_not_for_them(steps: list[tuple[str, str, bool]]) -> None:
    lesson = Lesson()
    people = {"tutor": lesson.person("Tutor", "host")}
    people |= {name.lower(): lesson.person(name) for name in ("Lin", "Bo", "Yue")}
    people["tutor"].locks(whispers=False)
    for number, (by, to, is_removed) in enumerate(steps):
        owner, file_id = people[by], f"f{number}"
        adds(owner, file_id)
        if to == by:
            continue
        events = posts(owner, file_id, to=to)
        events += removes(owner, file_id) if is_removed else []
        may = {"room": set(people), "staff": {by, "tutor"}}.get(to, {by, to})
        for event in events:
            hears = event.audience.people if isinstance(event, Private) else set(people)
            assert hears == may
        for name, person in people.items():
            assert (file_id in sees(person)) == (name in may and not is_removed)
