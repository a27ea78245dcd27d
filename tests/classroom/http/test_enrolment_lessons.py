"""Enrolled people over lessons: the report of one, and one person in all of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from classroom.ids import RoomId
from classroom.people.enrolment import participant_of
from classroom.store.enrolment_tables import Enrolment
from tests.classroom.http.test_lessons import ends, gives_lesson
from tests.classroom.lesson.log import BEGAN, MINUTE, LessonLog
from tests.support.people import Browser, House, LookTwin

WEEK = timedelta(days=7)


class Term:
    """A teacher, a room, and who is on its list since before the first lesson."""

    def __init__(self, teacher: Browser, room: dict[str, Any]) -> None:
        self.teacher, self.room = teacher, room
        self.path = f"/api/rooms/{room['id']}/enrolments"

    async def enrols(self, name: str, role: str = "student") -> dict[str, Any]:
        body = {"people": [{"name": name, "role": role}]}
        (made,) = (await self.teacher.post(self.path, body)).json["enrolments"]
        await Enrolment.filter(id=made["id"]).update(created_at=BEGAN - WEEK)
        return dict(made)

    def pid(self, one: dict[str, Any]) -> str:
        return participant_of(RoomId(self.room["id"]), one["id"])

    async def holds(self, *who: str, later: timedelta = WEEK * 0) -> str:
        """A lesson of 50 minutes; the first who is named answers right and gets a star."""
        log = LessonLog()
        log.join(0, "ann", "host")
        for one in who:
            log.join(5, one)
        if who:
            log.hand(6, who[0])
            log.close_poll(7, {who[0]: True}, asked=list(who))
        log.end(50)
        lesson_id = await gives_lesson(self.room, log, later=later)
        await ends(lesson_id, later / timedelta(minutes=1) + 50)
        return lesson_id

    async def lessons_of(self, one: dict[str, Any], query: str = "") -> dict[str, Any]:
        answer = await self.teacher.get(f"{self.path}/{one['id']}/lessons{query}")
        assert answer.status == 200, answer.body
        return dict(answer.json)


@pytest.fixture
async def term(home: House) -> Term:
    teacher = await home.browser().signs_up()
    return Term(teacher, await teacher.makes_room())


async def test_a_report_names_who_of_the_list_did_not_come(term: Term) -> None:
    lin, wu = await term.enrols("Lin Yue"), await term.enrols("Wu Lan")
    await term.enrols("Assistant", "assistant")
    lesson_id = await term.holds(term.pid(lin), "guest")
    report = (await term.teacher.get(f"/api/lessons/{lesson_id}/report")).json
    assert report["expected"] == 2
    assert report["absent"] == [
        {"enrolment_id": wu["id"], "participant_id": term.pid(wu), "name": "Wu Lan"}
    ]
    assert [one["is_enrolled"] for one in report["people"]] == [False, True, False]
    table = (await term.teacher.get(f"/api/lessons/{lesson_id}/report.csv")).body.decode()
    assert "Wu Lan,Student,,," in table


async def test_one_person_is_the_same_in_every_lesson(term: Term) -> None:
    lin = await term.enrols("Lin Yue")
    first = await term.holds(term.pid(lin), "guest")
    second = await term.holds("guest", later=WEEK)
    third = await term.holds("guest", term.pid(lin), later=WEEK * 2)
    told = await term.lessons_of(lin)
    assert told["enrolment"]["name"] == "Lin Yue"
    assert not told["has_more"]
    assert [(one["lesson"]["id"], one["has_come"]) for one in told["lessons"]] == [
        (third, True),
        (second, False),
        (first, True),
    ]
    third_told, second_told, first_told = told["lessons"]
    assert first_told["length_ms"] == 50 * MINUTE
    assert (first_told["present_ms"], first_told["late_ms"]) == (45 * MINUTE, 5 * MINUTE)
    numbers = ("hands", "answers", "right", "points")
    assert [first_told[number] for number in numbers] == [1, 1, 1, 2]
    assert [third_told[number] for number in numbers] == [0, 0, 0, 0], "somebody else answered"
    assert {second_told[number] for number in (*numbers, "present_ms", "stars")} == {0}
    report = (await term.teacher.get(f"/api/lessons/{first}/report")).json
    (person,) = [one for one in report["people"] if one["is_enrolled"]]
    for number in (*numbers, "present_ms", "spoke_ms", "late_ms", "messages", "stars"):
        assert first_told[number] == person[number], number


async def test_lessons_before_they_were_on_the_list_are_not_theirs(term: Term) -> None:
    await term.holds("guest")
    lin = await term.enrols("Lin Yue")
    await Enrolment.filter(id=lin["id"]).update(created_at=BEGAN + WEEK)
    lesson_id = await term.holds("guest", later=WEEK * 2)
    told = await term.lessons_of(lin)
    assert [one["lesson"]["id"] for one in told["lessons"]] == [lesson_id]


async def test_lessons_come_in_pages(term: Term, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom.http.enrolment_lessons.PAGE", 2)
    lin = await term.enrols("Lin Yue")
    ids = [await term.holds(later=WEEK * week) for week in range(3)]
    first = await term.lessons_of(lin)
    assert ([one["lesson"]["id"] for one in first["lessons"]], first["has_more"]) == (
        [ids[2], ids[1]],
        True,
    )
    before = first["lessons"][-1]["lesson"]["started_at"]
    rest = await term.lessons_of(lin, f"?before={before}")
    assert ([one["lesson"]["id"] for one in rest["lessons"]], rest["has_more"]) == ([ids[0]], False)


async def test_a_lesson_that_goes_on_is_told_so_far(home: House, term: Term) -> None:
    lin = await term.enrols("Lin Yue")
    log = LessonLog()
    log.join(0, term.pid(lin))
    await gives_lesson(term.room, log)
    home.live.rooms[term.room["id"]] = LookTwin(("Ann",), frozenset({"ann"}))
    (told,) = (await term.lessons_of(lin))["lessons"]
    assert (told["lesson"]["is_live"], told["has_come"]) == (True, True)
    assert told["length_ms"] == told["present_ms"] > 0


async def test_they_are_for_the_owner_alone(home: House, term: Term) -> None:
    lin = await term.enrols("Lin Yue")
    path = f"{term.path}/{lin['id']}/lessons"
    assert (await (await home.browser().opens()).get(path)).status == 401
    stranger = await home.browser().signs_up("li@example.org", "Li")
    assert (await stranger.get(path)).code == "room.unknown"
    other = await term.teacher.makes_room("Physics")
    for gone in (
        f"/api/rooms/{other['id']}/enrolments/{lin['id']}/lessons",
        f"{term.path}/x/lessons",
    ):
        assert (await term.teacher.get(gone)).code == "enrolment.unknown"
    assert (await term.teacher.get(f"{path}?before=yesterday")).code == "body.malformed"
