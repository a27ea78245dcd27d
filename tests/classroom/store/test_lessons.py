"""Lessons in both databases: begun, gone on with, written, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.ids import RoomId
from classroom.room.record import KeptLesson, LessonLine, Span
from classroom.store import lessons as module
from classroom.store.database import close_database
from classroom.store.lesson_pieces import Pieces
from classroom.store.lesson_tables import Lesson, LessonPiece
from classroom.store.lessons import RESUMED_WITHIN, DatabaseLessons, lines_of, spans_of
from classroom.store.rooms import create_room, delete_room
from whiteboard.store import StoreFailed

AT = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("store")


@dataclass(frozen=True, slots=True)
class State:
    """Stands for the state of a room."""

    line: int
    hands: tuple[str, ...] = ()
    started_at: datetime = AT


def lines(*numbers: int, name: str = "Mei 梅\x00\ud800") -> list[LessonLine]:
    return [
        LessonLine(number, number * 1000, AT, "participant_joined", {"name": name}, number % 2 == 0)
        for number in numbers
    ]


@pytest.fixture
async def room_id() -> RoomId:
    return (await create_room("Chemistry", owner_id=None, at=AT)).id


@pytest.fixture
def lessons() -> DatabaseLessons:
    return DatabaseLessons(State)


async def test_a_lesson_begins_with_nothing(lessons: DatabaseLessons, room_id: RoomId) -> None:
    begun = await lessons.open(room_id, "Chemistry", AT)
    assert begun == KeptLesson(begun.lesson_id, None, None)
    row = await Lesson.get(id=begun.lesson_id)
    assert (row.room_id, row.title, row.started_at, row.ended_at) == (
        room_id,
        "Chemistry",
        AT,
        None,
    )
    assert await lines_of(begun.lesson_id) == []


async def test_what_was_written_comes_back(lessons: DatabaseLessons, room_id: RoomId) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1, 2), State(2, ("mei",)), AT + MINUTE)
    await lessons.write(lesson_id, [], State(2, ("mei", "li")), AT + 2 * MINUTE)
    assert await lines_of(lesson_id) == lines(1, 2)
    again = await DatabaseLessons(State).open(room_id, "Chemistry", AT + 3 * MINUTE)
    assert again == KeptLesson(lesson_id, State(2, ("mei", "li")), AT + 2 * MINUTE)


async def test_a_line_written_twice_stays(lessons: DatabaseLessons, room_id: RoomId) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1, 2), State(2), AT)
    await lessons.write(lesson_id, lines(2, 3, name="other"), State(3), AT)
    assert await lines_of(lesson_id) == [*lines(1, 2), *lines(3, name="other")]


async def test_many_lines_are_one_write(lessons: DatabaseLessons, room_id: RoomId) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(*range(1, 1202)), State(1201), AT)
    assert [line.line for line in await lines_of(lesson_id)] == list(range(1, 1202))
    broken = [*lines(*range(1202, 1802)), LessonLine(1802, 0, AT, "x" * 41, {}, False)]
    with pytest.raises(StoreFailed):
        await lessons.write(lesson_id, broken, State(1802), AT)
    assert len(await lines_of(lesson_id)) == 1201
    assert (await lessons.open(room_id, "Chemistry", AT)).kept == State(1201)


def hands_apart() -> Pieces:
    """Hands go apart, each by its name."""

    def apart(state: State) -> tuple[State, dict[str, str]]:
        return replace(state, hands=()), {hand: hand for hand in state.hands}

    def together(state: State, pieces: Mapping[str, str]) -> State:
        return replace(state, hands=tuple(sorted(pieces)))

    return Pieces(str, apart, together)


async def test_pieces_of_a_state_are_written_once_and_come_back_with_it(room_id: RoomId) -> None:
    pieces = hands_apart()
    lessons = DatabaseLessons(State, pieces=pieces)
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1), State(1, ("li",)), AT)
    await LessonPiece.filter(lesson_id=lesson_id).update(body='"as it was"')
    await lessons.write(lesson_id, [], State(1, ("li", "mei")), AT)
    again = DatabaseLessons(State, pieces=pieces)
    assert (await again.open(room_id, "Chemistry", AT)).kept == State(1, ("li", "mei"))
    await again.write(lesson_id, [], State(1, ("li", "mei")), AT)
    bodies = await LessonPiece.filter(lesson_id=lesson_id).order_by("name").values_list("body")
    assert bodies == [('"as it was"',), ('"mei"',)], "nothing is written twice"
    assert '"li"' not in (await Lesson.get(id=lesson_id)).state
    await again.end(lesson_id, AT)
    assert not await LessonPiece.exists(lesson_id=lesson_id)


async def test_a_piece_goes_with_the_state_it_belongs_to(
    room_id: RoomId,
) -> None:
    lessons = DatabaseLessons(State, pieces=hands_apart())
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    broken = [LessonLine(1, 0, AT, "x" * 41, {}, False)]
    with pytest.raises(StoreFailed):
        await lessons.write(lesson_id, broken, State(1, ("li",)), AT)
    assert not await LessonPiece.exists(lesson_id=lesson_id)
    await lessons.write(lesson_id, lines(1), State(1, ("li",)), AT)
    assert await LessonPiece.exists(lesson_id=lesson_id)


async def test_a_lesson_away_for_long_is_over(lessons: DatabaseLessons, room_id: RoomId) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    saved_at = AT + 5 * MINUTE
    await lessons.write(lesson_id, lines(1), State(1), saved_at)
    just = await lessons.open(room_id, "Chemistry", saved_at + RESUMED_WITHIN - MINUTE)
    assert just.lesson_id == lesson_id
    later = await lessons.open(room_id, "Chemistry", saved_at + RESUMED_WITHIN)
    assert later == KeptLesson(later.lesson_id, None, None)
    assert later.lesson_id != lesson_id
    row = await Lesson.get(id=lesson_id)
    assert (row.ended_at, row.state) == (saved_at, "")
    assert await lines_of(lesson_id) == lines(1)


async def test_an_ended_lesson_is_never_gone_on_with(
    lessons: DatabaseLessons, room_id: RoomId
) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1), State(1), AT)
    await lessons.end(lesson_id, AT + MINUTE)
    await lessons.end(lesson_id, AT + 2 * MINUTE)
    await lessons.write(lesson_id, lines(2), State(2), AT + 2 * MINUTE)
    row = await Lesson.get(id=lesson_id)
    assert (row.ended_at, row.state) == (AT + MINUTE, "")
    assert await lines_of(lesson_id) == lines(1), "nothing comes after the end"
    assert (await lessons.open(room_id, "Chemistry", AT + 2 * MINUTE)).lesson_id != lesson_id


async def test_a_class_that_ended_is_over_even_when_that_could_not_be_stored(
    room_id: RoomId, monkeypatch: pytest.MonkeyPatch
) -> None:
    lessons = DatabaseLessons(State)
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1), State(1), AT)

    async def fail(lesson_id: str, at: datetime) -> None:
        raise OSError("the disk is away")

    with monkeypatch.context() as broken:
        broken.setattr(module, "_end", fail)
        with pytest.raises(StoreFailed):
            await lessons.end(lesson_id, AT + MINUTE)
    again = await lessons.open(room_id, "Chemistry", AT + 2 * MINUTE)
    assert again.lesson_id != lesson_id
    assert (await Lesson.get(id=lesson_id)).ended_at == AT + MINUTE


async def test_a_lesson_in_which_nothing_happened_leaves_nothing(
    lessons: DatabaseLessons, room_id: RoomId
) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, [], State(0), AT)
    await lessons.end(lesson_id, AT + MINUTE)
    assert await Lesson.all().count() == 0


async def test_a_lesson_nobody_ever_wrote_to_leaves_nothing(
    lessons: DatabaseLessons, room_id: RoomId
) -> None:
    await lessons.open(room_id, "Chemistry", AT)
    second = await lessons.open(room_id, "Chemistry", AT + MINUTE)
    assert await Lesson.all().values_list("id", flat=True) == [second.lesson_id]
    assert (await Lesson.get(id=second.lesson_id)).started_at == AT + MINUTE


async def test_a_state_nobody_can_read_any_more_is_over(
    lessons: DatabaseLessons, room_id: RoomId
) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1), State(1), AT)
    await Lesson.filter(id=lesson_id).update(state='{"line": "many"}')
    assert (await lessons.open(room_id, "Chemistry", AT)).lesson_id != lesson_id
    assert (await Lesson.get(id=lesson_id)).ended_at == AT


async def test_spans_are_kept_once(lessons: DatabaseLessons, room_id: RoomId) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1), State(1), AT)
    mei, li = Span("mei", "spoke", 5000, 9000), Span("li", "poor", 0, 2**33)
    await lessons.write_spans(lesson_id, [mei, li])
    await lessons.write_spans(lesson_id, [mei])
    await lessons.end(lesson_id, AT)
    late = Span("mei", "weak", 5000, 6000)
    await lessons.write_spans(lesson_id, [late])
    assert await spans_of(lesson_id) == [li, mei, late]


async def test_a_lesson_goes_with_its_room_and_takes_nothing_more(
    lessons: DatabaseLessons, room_id: RoomId
) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1), State(1), AT)
    await lessons.write_spans(lesson_id, [Span("mei", "spoke", 0, 1)])
    await delete_room(room_id)
    await lessons.write(lesson_id, lines(2), State(2), AT)
    await lessons.write_spans(lesson_id, [Span("mei", "spoke", 5, 6)])
    await lessons.end(lesson_id, AT)
    assert await lines_of(lesson_id) == []
    assert await spans_of(lesson_id) == []
    with pytest.raises(StoreFailed):
        await lessons.open(room_id, "Chemistry", AT)


async def test_rooms_have_lessons_of_their_own(lessons: DatabaseLessons, room_id: RoomId) -> None:
    other = await create_room("Physics", owner_id=None, at=AT)
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await lessons.write(lesson_id, lines(1), State(1), AT)
    assert (await lessons.open(other.id, "Physics", AT)).lesson_id != lesson_id
    assert (await lessons.open(room_id, "Chemistry", AT)).lesson_id == lesson_id


async def test_a_database_that_is_lost_is_said(lessons: DatabaseLessons, room_id: RoomId) -> None:
    lesson_id = (await lessons.open(room_id, "Chemistry", AT)).lesson_id
    await close_database()
    with pytest.raises(StoreFailed):
        await lessons.write(lesson_id, lines(1), State(1), AT)
    with pytest.raises(StoreFailed):
        await lessons.open(room_id, "Chemistry", AT)
