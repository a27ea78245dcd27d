"""Questions over real sockets: who hears what, and a client that asks for more than it may."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.support.lesson_drawer import LessonsTwin
from tests.support.signalling import Person, Place, Refusal, classroom, until

SECRET = "Secretville"


def question(**changed: Any) -> dict[str, Any]:
    plain = {
        "kind": "choice",
        "text": "How large?",
        "options": ["30", "60"],
        "right": [1],
        "right_texts": [],
        "points": 3,
        "is_multiple": False,
        "is_anonymous": False,
        "seconds": None,
    }
    return plain | changed


async def refused(asked: Any) -> str:
    """The code with which a request was refused."""
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def a_class(place: Place) -> tuple[Person, Person, Person]:
    """A tutor and two students."""
    wu = await place.join("Wu", "host")
    return wu, await place.join("Li"), await place.join("Bo")


def events_of(person: Person) -> list[str]:
    heard = [payload["event"]["type"] for name, payload in person.heard if name == "room.event"]
    return [kind for kind in heard if kind.startswith(("poll_", "answer_"))]


async def test_answers_reach_the_teacher_alone_until_they_are_shown() -> None:
    async with classroom() as place:
        wu, li, bo = await a_class(place)
        asked = question(kind="text", options=[], right=[], right_texts=[SECRET])
        poll_id = (await wu.ask("ask.open", question=asked))["poll_id"]
        assert (await li.hear_event("poll_opened"))["poll"]["id"] == poll_id
        await li.ask("ask.answer", poll_id=poll_id, text="Paris")
        assert (await li.hear_event("answer_taken"))["answer"]["text"] == "Paris"
        while True:
            sheet = (await wu.hear_event("poll_tally"))["sheet"]
            if sheet["answers"]:
                break
        assert sheet["answers"][0]["text"] == "Paris"
        assert sheet["right_texts"] == [SECRET]

        await wu.ask("ask.close", poll_id=poll_id)
        await bo.hear_event("poll_closed")
        snapshot = await bo.ask("room.sync")
        assert snapshot["ask"]["sheets"] == []
        for words in ("Paris", SECRET):
            assert words not in json.dumps([bo.heard, snapshot])
        assert events_of(bo) == ["poll_opened"]

        await wu.ask("ask.publish", poll_id=poll_id, on=True, show_right=True)
        result = (await bo.hear_event("poll_changed"))["poll"]["result"]
        assert (result["texts"], result["right_texts"]) == (
            [{"text": "Paris", "count": 1}],
            [SECRET],
        )


async def test_a_modified_client_cannot_answer_twice_or_lead() -> None:
    async with classroom() as place:
        wu, li, _ = await a_class(place)
        poll_id = (await wu.ask("ask.open", question=question()))["poll_id"]
        assert await refused(li.ask("ask.answer", poll_id=poll_id, choices=[2])) == "answer.invalid"
        await li.ask("ask.answer", poll_id=poll_id, choices=[1])
        assert await refused(li.ask("ask.answer", poll_id=poll_id, choices=[0])) == "poll.answered"
        assert await refused(li.ask("ask.close", poll_id=poll_id)) == "right.missing"
        assert await refused(li.ask("ask.open", question=question())) == "right.missing"
        assert await refused(li.ask("star.give", participant_id=li.id, count=1)) == "right.missing"
        assert await refused(li.ask("timer.start", seconds=60)) == "right.missing"


async def test_a_question_is_told_with_its_page_to_all_and_to_whoever_comes_back() -> None:
    async with classroom() as place:
        wu, li, _ = await a_class(place)
        board = wu.welcome["room"]["board"]
        first = board["page_id"]
        second = (await wu.ask("board.add_page", width=None, height=None))["page_id"]
        asked = {"question": question(), "page_id": first, "place": "over"}
        assert await refused(li.ask("ask.open", **asked)) == "right.missing"
        assert await refused(wu.ask("ask.open", **asked | {"page_id": second})) == "poll.page"
        assert (
            await refused(wu.ask("ask.open", **asked | {"place": "under"})) == "message.malformed"
        )
        await wu.ask("ask.open", **asked)
        poll = (await li.hear_event("poll_opened"))["poll"]
        assert (poll["page_id"], poll["place"]) == (first, "over")
        snapshot = await li.ask("room.sync")
        assert snapshot["ask"]["polls"] == [poll]


async def test_whoever_comes_back_finds_the_same_state() -> None:
    async with classroom() as place:
        wu, li, _ = await a_class(place)
        poll_id = (await wu.ask("ask.open", question=question()))["poll_id"]
        await li.ask("ask.answer", poll_id=poll_id, choices=[1])
        seat = place.seat("Li", participant_id=li.id)
        await li.leave_line()
        back = await place.join("Li", seat=seat)
        ask = back.welcome["room"]["ask"]
        assert ask["own"] == [{"poll_id": poll_id, "choices": [1], "text": "", "file_id": ""}]
        assert [poll["is_open"] for poll in ask["polls"]] == [True]
        assert (
            await refused(back.ask("ask.answer", poll_id=poll_id, choices=[0])) == "poll.answered"
        )


async def test_a_timer_a_pick_and_a_star_are_told_to_all() -> None:
    async with classroom() as place:
        wu, li, bo = await a_class(place)
        await wu.ask("timer.start", seconds=60)
        running = (await li.hear_event("timer_changed"))["timer"]
        assert running["ends_ms"] - running["started_ms"] == 60_000
        await wu.ask("timer.start", seconds=None)
        assert (await li.hear_event("timer_changed"))["timer"]["ends_ms"] is None
        await wu.ask("timer.pause", on=True)
        assert (await li.hear_event("timer_changed"))["timer"]["paused_ms"] is not None
        await wu.ask("timer.stop")
        assert (await li.hear_event("timer_changed"))["timer"] is None
        assert await refused(wu.ask("ask.pick", among="hands")) == "pick.hands"
        await wu.ask("ask.pick")
        picked = (await li.hear_event("student_picked"))["participant_id"]
        assert picked in (li.id, bo.id)
        await wu.ask("star.give", participant_id=picked, count=1)
        stars = (await bo.hear_event("stars_changed"))["stars"]
        assert stars == {"participant_id": picked, "count": 1}


async def test_a_countdown_that_ended_while_the_server_was_away_is_over_at_once() -> None:
    lessons = LessonsTwin()
    async with classroom(lessons=lessons) as place:
        wu = await place.join("Wu", seat=place.seat("Wu", "host", participant_id="wu"))
        await wu.ask("timer.start", seconds=60)
        before = (await wu.ask("room.sync"))["clock_ms"]
    (lesson,) = lessons.lessons.values()
    assert lesson.saved_at is not None
    lesson.saved_at -= timedelta(minutes=5)
    async with classroom(lessons=lessons) as place:
        wu = await place.join("Wu", seat=place.seat("Wu", "host", participant_id="wu"))
        live = place.live._hub.rooms["room-1"]  # type: ignore[index]
        await until(lambda: live.room.parts.aids.state.timer is None)
        room = await wu.ask("room.sync")
        assert room["aids"]["timer"] is None
        assert room["clock_ms"] >= before + 300_000
    kinds = [line.kind for _, line in sorted(lesson.lines.items())]
    assert kinds.index("participant_changed") < len(kinds) - 1 - kinds[::-1].index("timer_changed")
    clocks = [line.clock_ms for _, line in sorted(lesson.lines.items())]
    assert clocks == sorted(clocks)
