"""Who helped in a class reads its report with the seat they had, and no other lesson's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from classroom.clock import utc_now
from classroom.ids import ParticipantId, RoomId
from classroom.people.seat import SEAT_KEY, SeatClaims, issue_seat
from tests.classroom.http.test_lessons import ends, gives_lesson, teacher_with_room
from tests.classroom.lesson.log import LessonLog
from tests.support.people import House

HOUR = timedelta(hours=1)


def seat(home: House, room: dict[str, Any], who: str, *, role: str = "assistant") -> dict[str, str]:
    """The header of somebody's seat in a room; the role is the one it was given out with."""
    claims = SeatClaims(
        room_id=RoomId(room["id"]),
        code=room["code"],
        participant_id=ParticipantId(who),
        name=who.title(),
        role=role,  # type: ignore[arg-type]
        account_id=None,
        expires_at=utc_now() + HOUR,
    )
    token = issue_seat(claims, key=home.doors.secret.key(SEAT_KEY))
    return {"Authorization": f"Seat {token}"}


def a_class() -> LessonLog:
    """Bea helps; Tom is made an assistant, Ida is one no more, Gus was removed."""
    log = LessonLog()
    log.join(0, "ann", "host")
    for who in ("bea", "ida", "gus"):
        log.join(1, who, "assistant")
    for who in ("tom", "mei"):
        log.join(2, who)
    log.change(3, "tom", role="assistant")
    log.change(4, "ida", role="student")
    log.leave(5, "gus", "removed")
    log.leave(6, "bea", "lost")
    return log


async def asks(home: House, room: dict[str, Any], lesson_id: str, who: str, **more: Any) -> int:
    """The status of the report somebody asks for with their seat."""
    stranger = await home.browser().opens()
    headers = seat(home, room, who, **more)
    answer = await stranger.get(f"/api/lessons/{lesson_id}/report", headers=headers)
    if answer.status == 200:
        assert answer.json["people"][0]["name"] == "Ann"
    else:
        assert answer.json["code"] == "lesson.unknown"
    return answer.status


@pytest.mark.parametrize(
    ("who", "status"), [("bea", 200), ("tom", 200), ("ida", 404), ("gus", 404), ("mei", 404)]
)
async def test_who_helped_to_the_end_reads_the_report(home: House, who: str, status: int) -> None:
    _, room = await teacher_with_room(home)
    lesson_id = await gives_lesson(room, a_class())
    assert await asks(home, room, lesson_id, who, role="student") == status
    await ends(lesson_id, 50)
    assert await asks(home, room, lesson_id, who) == status, "the seat's own role says nothing"


async def test_another_lesson_of_the_room_is_not_theirs(home: House) -> None:
    _, room = await teacher_with_room(home)
    first = await gives_lesson(room, a_class())
    await ends(first, 50)
    log = LessonLog()
    log.join(0, "ann", "host")
    log.join(1, "bea")
    second = await gives_lesson(room, log, later=HOUR)
    assert await asks(home, room, first, "bea") == 200
    assert await asks(home, room, second, "bea") == 404


async def test_a_seat_of_another_room_or_none_opens_nothing(home: House) -> None:
    teacher, room = await teacher_with_room(home)
    other = await teacher.makes_room("Physics")
    lesson_id = await gives_lesson(room, a_class())
    assert await asks(home, other, lesson_id, "bea") == 404
    stranger = await home.browser().opens()
    for shown in ("", "Seat nonsense", "Seat "):
        answer = await stranger.get(
            f"/api/lessons/{lesson_id}/report", headers={"Authorization": shown}
        )
        assert answer.status == 404


async def test_they_download_the_table_too(home: House) -> None:
    _, room = await teacher_with_room(home)
    lesson_id = await gives_lesson(room, a_class())
    stranger = await home.browser().opens()
    table = await stranger.get(
        f"/api/lessons/{lesson_id}/report.csv", headers=seat(home, room, "bea")
    )
    assert table.status == 200
    assert b"Bea" in table.body
