"""Lessons and their reports over HTTP: what they tell, and to whom."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from classroom.clock import utc_now
from classroom.ids import RoomId
from classroom.lesson.report import KINDS
from classroom.people.links import host_token
from classroom.room.record import LessonLine, Span
from classroom.store.database import close_database
from classroom.store.lesson_reading import lines_of_kinds
from classroom.store.lessons import DatabaseLessons
from tests.classroom.lesson.log import BEGAN, MINUTE, LessonLog
from tests.support.people import Browser, House, LookTwin

HOUR = timedelta(hours=1)


async def gives_lesson(
    room: dict[str, Any], log: LessonLog | None = None, *spans: Span, later: timedelta = HOUR * 0
) -> str:
    """A lesson that was held in the room and goes on; its id."""
    lessons = DatabaseLessons(dict[str, int])
    began = BEGAN + later
    lesson_id = (await lessons.open(RoomId(room["id"]), room["title"], began)).lesson_id
    lines: list[LessonLine] = log.lines if log else []
    saved_at = lines[-1].at if lines else began
    await lessons.write(lesson_id, lines, {"line": len(lines)}, saved_at)
    await lessons.write_spans(lesson_id, spans)
    return lesson_id


async def ends(lesson_id: str, minutes: float) -> None:
    await DatabaseLessons(dict).end(lesson_id, BEGAN + timedelta(minutes=minutes))


def a_class() -> LessonLog:
    log = LessonLog()
    log.join(0, "ann", "host")
    log.join(3, "mei")
    log.hand(4, "mei")
    log.close_poll(5, {"mei": True}, asked=["mei"])
    log.end(50)
    return log


async def teacher_with_room(home: House) -> tuple[Browser, dict[str, Any]]:
    teacher = await home.browser().signs_up()
    return teacher, await teacher.makes_room()


async def test_a_lesson_is_listed_and_reported(home: House) -> None:
    teacher, room = await teacher_with_room(home)
    lesson_id = await gives_lesson(room, a_class(), Span("mei", "spoke", 4 * MINUTE, 6 * MINUTE))
    await ends(lesson_id, 50)
    lesson = {
        "id": lesson_id,
        "room_id": room["id"],
        "room_code": room["code"],
        "title": "Chemistry",
        "started_at": "2026-03-10T10:00:00.000Z",
        "ended_at": "2026-03-10T10:50:00.000Z",
        "is_live": False,
    }
    listed = (await teacher.get("/api/lessons")).json
    assert listed == {"lessons": [lesson], "has_more": False}
    assert (await teacher.get(f"/api/lessons/{lesson_id}")).json == lesson
    report = (await teacher.get(f"/api/lessons/{lesson_id}/report")).json
    assert (report["lesson"], report["length_ms"]) == (lesson, 50 * MINUTE)
    assert report["teacher_share"] == 0
    ann, mei = report["people"]
    assert (ann["role"], ann["present_ms"]) == ("host", 50 * MINUTE)
    assert mei == {
        "participant_id": "mei",
        "name": "Mei",
        "role": "student",
        "is_inside": False,
        "stays": [{"from_ms": 3 * MINUTE, "to_ms": 50 * MINUTE}],
        "present_ms": 47 * MINUTE,
        "late_ms": 3 * MINUTE,
        "spoke": [{"from_ms": 4 * MINUTE, "to_ms": 6 * MINUTE}],
        "spoke_ms": 2 * MINUTE,
        "trouble": [],
        "trouble_ms": 0,
        "is_enrolled": False,
        **{
            "hands": 1,
            "on_stage": 0,
            "messages": 0,
            "files": 0,
            "answers": 1,
            "right": 1,
            "points": 2,
            "stars": 0,
        },
    }
    assert [question["right"] for question in report["questions"]] == [1]


async def test_the_table_is_a_download_in_ones_language(home: House) -> None:
    teacher, room = await teacher_with_room(home)
    lesson_id = await gives_lesson(room, a_class())
    answer = await teacher.get(f"/api/lessons/{lesson_id}/report.csv?language=zh-CN")
    headers = {key.lower(): value for key, value in answer.headers.items()}
    assert headers["content-type"] == "text/csv; charset=utf-8"
    name = f"report-{room['code']}-2026-03-10-1000.csv"
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert (
        answer.body.decode("utf-8-sig").splitlines()[2].startswith("Mei,学生,2026-03-10 10:03:00")
    )
    plain = await teacher.get(f"/api/lessons/{lesson_id}/report.csv?language=xx")
    assert b"Name,Role" in plain.body


async def test_a_lesson_that_goes_on_is_reported_until_now(home: House) -> None:
    teacher, room = await teacher_with_room(home)
    log = LessonLog()
    log.join(0, "ann", "host")
    lesson_id = await gives_lesson(room, log)
    broken_off = (await teacher.get(f"/api/lessons/{lesson_id}/report")).json
    assert broken_off["lesson"]["ended_at"] == "2026-03-10T10:00:00.000Z"
    assert (broken_off["length_ms"], broken_off["people"][0]["is_inside"]) == (0, False)
    home.live.rooms[room["id"]] = LookTwin()
    live = (await teacher.get(f"/api/lessons/{lesson_id}/report")).json
    assert (live["lesson"]["is_live"], live["lesson"]["ended_at"]) == (True, None)
    passed = (utc_now() - BEGAN) // timedelta(milliseconds=1)
    assert abs(live["length_ms"] - passed) < 60_000
    assert live["people"][0]["is_inside"]
    assert live["people"][0]["present_ms"] == live["length_ms"]


async def test_somebody_elses_lesson_does_not_exist(home: House) -> None:
    _, room = await teacher_with_room(home)
    lesson_id = await gives_lesson(room, a_class())
    other = await home.browser().signs_up("tom@example.org", "Tom")
    nobody = await home.browser().opens()
    for path in ("", "/report", "/report.csv"):
        for browser in (other, nobody):
            answer = await browser.get(f"/api/lessons/{lesson_id}{path}")
            assert (answer.status, answer.code) == (404, "lesson.unknown")
    assert (await other.get("/api/lessons/no!id")).code == "lesson.unknown"
    assert (await other.get("/api/lessons")).json["lessons"] == []
    assert (await other.get(f"/api/lessons?room_id={room['id']}")).json["lessons"] == []
    assert (await nobody.get("/api/lessons")).code == "session.required"


async def test_whoever_came_by_the_host_link_sees_it(home: House) -> None:
    _, room = await teacher_with_room(home)
    lesson_id = await gives_lesson(room, a_class())
    guest = await home.browser().opens()
    await guest.get(f"/enter/{host_token(home.doors.secret, RoomId(room['id']))}")
    assert (await guest.get(f"/api/lessons/{lesson_id}/report")).status == 200


async def test_lessons_come_newest_first_in_pages(home: House) -> None:
    teacher, room = await teacher_with_room(home)
    second = await teacher.makes_room("Physics")
    for hour in range(52):
        lesson_id = await gives_lesson(room, a_class(), later=HOUR * hour)
        await ends(lesson_id, hour * 60 + 50)
    other = await gives_lesson(second, a_class(), later=HOUR * 60)
    first = (await teacher.get("/api/lessons")).json
    assert (len(first["lessons"]), first["has_more"]) == (50, True)
    assert first["lessons"][0]["id"] == other
    before = first["lessons"][-1]["started_at"]
    rest = (await teacher.get(f"/api/lessons?before={before}")).json
    assert (len(rest["lessons"]), rest["has_more"]) == (3, False)
    of_room = (await teacher.get(f"/api/lessons?room_id={second['id']}")).json
    assert [lesson["id"] for lesson in of_room["lessons"]] == [other]
    wrong = await teacher.get("/api/lessons?before=yesterday")
    assert (wrong.status, wrong.code) == (422, "body.malformed")
    assert (await teacher.get("/api/lessons?room_id=*")).code == "room.unknown"


async def test_a_database_that_is_away_is_said(home: House) -> None:
    nobody = await home.browser().opens()
    await close_database()
    answer = await nobody.get("/api/lessons/somewhere/report")
    assert (answer.status, answer.code) == (503, "server.busy")


async def test_a_long_lesson_of_many_people_is_told_quickly(home: House) -> None:
    teacher, room = await teacher_with_room(home)
    log = LessonLog()
    people = [f"p{number}" for number in range(200)]
    for who in people:
        log.join(0, who)
    for minute in range(1, 41):
        for who in people:
            log.change(minute, who, connection="away" if minute % 2 else "here")
    spans = [
        Span(who, "spoke", minute * MINUTE, minute * MINUTE + 5000)
        for who in people
        for minute in range(20)
    ]
    lesson_id = await gives_lesson(room, log, *spans)
    began = time.process_time()
    report = (await teacher.get(f"/api/lessons/{lesson_id}/report")).json
    took_s = time.process_time() - began
    assert len(report["people"]) == 200
    assert took_s < 1.5, "some 0.2 s of a quiet machine"
    assert await lines_of_kinds(lesson_id, KINDS) == log.lines
