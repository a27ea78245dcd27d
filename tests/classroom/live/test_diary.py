"""A lesson is written down while it goes on, whatever the store does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from classroom.ids import ParticipantId, RoomId
from classroom.live import diary as module
from classroom.live.books import Books, Endpoint
from classroom.live.diary import Diary, Subject
from classroom.live.ports import Clocks
from classroom.room.board import new_board
from classroom.room.chat_command import PostChat
from classroom.room.command import Command, TakeSeat
from classroom.room.lifecycle import RoomTerms
from classroom.room.record import Span
from classroom.room.room import Room
from media.ids import EndpointId, ProducerId, TransportId
from tests.support.lesson_drawer import LessonsTwin, LessonTwin
from tests.support.signalling import until
from whiteboard.store import StoreFailed

AT = datetime(2026, 3, 1, tzinfo=UTC)
MEI = ParticipantId("mei")
ROOM = RoomId("r")


class StageTwin:
    """Media with one person who has a microphone."""

    def __init__(self) -> None:
        self.books = Books()
        endpoint = Endpoint(EndpointId("e"), MEI, {}, TransportId("s"), TransportId("r"))
        self.books.enter(endpoint)
        self.books.publish(endpoint, ProducerId("mic"), "microphone")

    async def figures(self) -> list[dict[str, Any]]:
        losses = {"loss_down": 0.05, "loss_up": 0.0, "round_trip_ms": 20.0}
        return [{"endpoint_id": "e", "reductions": [], **losses, **UNKNOWN}]


UNKNOWN = {"downlink_bps": None, "uplink_bps": None, "protocol": "udp"}


class Scene:
    """A room, its diary and where it is kept; the clock stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.kept = LessonsTwin({"lesson1": LessonTwin(ROOM)})
        terms = RoomTerms(ROOM, "kfm-qtw-xyz", "Algebra", 60, 60.0)
        self.room = Room(terms, new_board("b", "p"), now=0.0, at=AT)
        subject = Subject("lesson1", self.room, StageTwin())  # type: ignore[arg-type]
        self.diary = Diary(subject, self.kept.drawer, Clocks(lambda: self.now, lambda: AT))

    def does(self, command: Command) -> None:
        self.diary.note(self.room.apply(command, now=self.now, at=AT))

    @property
    def lesson(self) -> LessonTwin:
        return self.kept.lessons["lesson1"]

    @property
    def kinds(self) -> list[str]:
        return [line.kind for line in self.lesson.lines.values()]


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr(module, "WRITE_EVERY_S", 0.01)
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(module, "AGAIN_AFTER_S", 0.02)
    made = Scene()
    yield made
    await made.diary.close(is_over=False)


async def test_what_happened_is_written_together_with_the_room(scene: Scene) -> None:
    scene.does(TakeSeat(MEI, "Mei", "student"))
    scene.does(PostChat(MEI, "a secret", "c1"))
    await until(lambda: scene.kept.writes == 1)
    assert scene.kinds == ["participant_joined", "chat_posted"]
    assert "secret" not in str(scene.lesson.lines)
    assert scene.lesson.kept is not None
    assert [person.name for person in scene.lesson.kept.people] == ["Mei"]
    assert scene.lesson.kept.line == 2


async def test_a_store_that_fails_is_tried_again_and_told_once(scene: Scene) -> None:
    scene.kept.is_broken = True
    with capture_logs() as logs:
        scene.does(TakeSeat(MEI, "Mei", "student"))
        await until(lambda: bool(logs))
        for number in range(3):
            scene.does(PostChat(MEI, f"{number}", f"c{number}"))
        scene.kept.is_broken = False
        await until(lambda: len(scene.lesson.lines) == 4)
    assert [one["event"] for one in logs] == ["lesson.not_written"]
    assert list(scene.lesson.lines) == [1, 2, 3, 4]


async def test_too_many_lines_lose_the_oldest_and_say_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LINES_MAX", 2)
    scene.kept.is_broken = True
    with capture_logs() as logs:
        scene.does(TakeSeat(MEI, "Mei", "student"))
        for number in range(3):
            scene.does(PostChat(MEI, f"{number}", f"c{number}"))
    assert [one["event"] for one in logs] == ["lesson.lines_dropped"] * 2
    scene.kept.is_broken = False
    await until(lambda: scene.kept.writes > 0)
    assert list(scene.lesson.lines) == [3, 4]


async def test_speech_and_trouble_are_written_as_they_go_on(scene: Scene) -> None:
    scene.does(TakeSeat(MEI, "Mei", "student"))
    scene.diary.hear((ProducerId("mic"),))
    scene.now = 4.0
    await until(lambda: bool(scene.lesson.spans))
    assert scene.lesson.spans == [Span("mei", "spoke", 0, 4000)]
    scene.now = 9.0
    await scene.diary.close(is_over=False)
    assert scene.lesson.spans[1:] == [
        Span("mei", "weak", 4000, 9000),
        Span("mei", "spoke", 4000, 9000),
    ]


async def test_in_a_quiet_stretch_the_clock_is_written_too(scene: Scene) -> None:
    scene.now = 300.0
    await until(lambda: scene.kept.writes > 0)
    assert scene.lesson.kept is not None
    assert scene.lesson.kept.clock_ms == 300_000


async def test_a_class_is_ended_also_when_its_last_lines_cannot_be_written(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StoreFailed("told to fail")

    scene.does(TakeSeat(MEI, "Mei", "student"))
    monkeypatch.setattr(scene.diary, "_write", fail)
    monkeypatch.setattr(module, "END_WITHIN_S", 0.5)
    with capture_logs():
        await scene.diary.close(is_over=True)
    assert scene.lesson.ended_at == AT


async def test_a_server_that_stops_leaves_the_lesson_open(scene: Scene) -> None:
    scene.does(TakeSeat(MEI, "Mei", "student"))
    await scene.diary.close(is_over=False)
    assert (scene.kinds, scene.lesson.ended_at) == (["participant_joined"], None)


async def test_a_class_that_is_over_is_ended(scene: Scene) -> None:
    scene.does(TakeSeat(MEI, "Mei", "student"))
    await scene.diary.close(is_over=True)
    assert (scene.kinds, scene.lesson.ended_at) == (["participant_joined"], AT)


async def test_the_end_waits_for_a_store_that_fails_as_long_as_it_may(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "END_WITHIN_S", 0.5)
    scene.kept.is_broken = True
    scene.does(TakeSeat(MEI, "Mei", "student"))
    with capture_logs() as logs:
        await scene.diary.close(is_over=True)
    assert logs[-1]["event"] == "lesson.not_written"
