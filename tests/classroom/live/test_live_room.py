"""A live room's task: notices in order, timers kept, and no failure that ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.live import asking, outbox
from classroom.live.looking import has_pen, is_in
from classroom.live.opening import LiveTerms, Opening
from classroom.live.ports import Clocks
from classroom.live.room import LiveRoom
from classroom.room.chat_command import PostChat
from classroom.room.command import EndRoom, LeaveSeat, LoseConnection, TakeSeat
from classroom.store.rooms import RoomRow
from tests.support.board_drawer import DrawerTwin
from tests.support.lesson_drawer import NEW, LessonsTwin
from tests.support.media_twin import MediaTwin
from tests.support.signalling import until

WU, LI = ParticipantId("wu"), ParticipantId("li")
AT = datetime(2026, 3, 1, tzinfo=UTC)
ROW = RoomRow(RoomId("r"), "kfm-qtw-xyz", "Algebra", AccountId("o"), "Wu", AT)


class Scene:
    """A room on a clock of its own, and the letters it sent."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sent: list[tuple[str, dict[str, Any], list[str]]] = []
        self.over: list[LiveRoom] = []
        self.fails = 0
        clocks = Clocks(lambda: self.now, lambda: AT)
        self.media = MediaTwin()
        drawers = DrawerTwin().drawer, LessonsTwin().drawer
        opening = Opening(LiveTerms(seat_grace_s=60.0), self.media, clocks, *drawers)
        self.live = opening.open(ROW, NEW, self.post, self.over.append)

    async def post(self, event: str, payload: dict[str, Any], sockets: list[str]) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("the socket library failed")
        self.sent.append((event, payload, sockets))

    def joins(self, who: ParticipantId) -> None:
        self.live.do(TakeSeat(who, who.title(), "host"))
        self.live.sockets[who] = f"socket-{who}"

    @property
    def reports(self) -> list[tuple[list[str], list[str]]]:
        """Of each report of the network: the qualities in it, and to whom it went."""
        return [
            ([one["quality"] for one in payload["people"]], sorted(sockets))
            for event, payload, sockets in self.sent
            if event == "network.report"
        ]

    @property
    def numbers(self) -> list[int]:
        told = [payload for event, payload, _ in self.sent if event == "room.events"]
        return [entry["seq"] for payload in told for entry in payload["entries"]]

    def pass_time(self, seconds: float) -> None:
        """Let the clock jump, and the task look at it."""
        self.now += seconds
        self.live._outbox.wake()


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    made = Scene()
    yield made
    await made.live.close()


async def test_who_is_away_is_inside_but_begins_no_picture(scene: Scene) -> None:
    def rights(who: ParticipantId) -> tuple[bool, bool]:
        return is_in(scene.live, who), has_pen(scene.live, who)

    assert rights(WU) == (False, False)
    scene.joins(WU)
    scene.live.do(TakeSeat(LI, "Li", "student"))
    assert (rights(WU), rights(LI)) == ((True, True), (True, False))
    scene.live.do(LoseConnection(WU))
    assert rights(WU) == (True, False)
    scene.live.do(LeaveSeat(WU))
    assert rights(WU) == (False, False)


async def test_a_notice_goes_to_those_who_were_there(scene: Scene) -> None:
    scene.joins(WU)
    scene.joins(LI)
    scene.live.do(PostChat(WU, "hello", "c1"))
    del scene.live.sockets[LI]
    scene.live.do(PostChat(WU, "again", "c2"))
    await until(lambda: len(scene.sent) == 3)
    assert scene.numbers == [2, 3, 4]
    assert [sockets for _, _, sockets in scene.sent] == [
        ["socket-wu"],
        ["socket-wu", "socket-li"],
        ["socket-wu"],
    ]


async def test_the_timers_of_the_room_are_kept(scene: Scene) -> None:
    scene.joins(WU)
    scene.joins(LI)
    scene.live.do(LoseConnection(LI))
    scene.pass_time(59)
    await until(lambda: len(scene.sent) == 2)
    assert LI in scene.live.room.participants
    scene.pass_time(2)
    await until(lambda: LI not in scene.live.room.participants)
    await until(lambda: len(scene.sent) == 3)
    assert scene.sent[-1][1]["entries"][0]["event"]["reason"] == "lost"


async def test_an_empty_room_ends_its_task(scene: Scene) -> None:
    scene.joins(WU)
    scene.live.do(LeaveSeat(WU))
    scene.pass_time(61)
    await until(lambda: scene.over == [scene.live])
    assert scene.live.is_over


async def test_a_board_that_cannot_end_does_not_keep_the_room(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails() -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(scene.live.board, "end", fails)
    scene.joins(WU)
    scene.live.do(EndRoom(WU))
    await until(lambda: scene.over == [scene.live])
    assert scene.live.finished.is_set()


async def test_a_failure_of_the_library_does_not_end_the_room(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.joins(WU)
    scene.fails = 1
    scene.live.do(PostChat(WU, "lost", "c1"))
    scene.live.do(PostChat(WU, "heard", "c2"))
    await until(lambda: scene.numbers == [3])


async def test_a_full_outbox_drops_and_the_numbers_tell(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.joins(WU)
    await asyncio.sleep(0)
    scene.live._outbox._letters = asyncio.Queue(2)
    for number in range(4):
        scene.live.do(PostChat(WU, "x", f"c{number}"))
    assert outbox.NOTICES_DROPPED._value.get() >= 2
    assert scene.live.room.seq == 5


async def test_speakers_are_told_at_most_five_times_a_second(scene: Scene) -> None:
    scene.joins(WU)
    for _ in range(10):
        scene.live.on_speakers((), None)
    scene.pass_time(0.1)
    scene.live.on_speakers((), None)
    await until(lambda: len(scene.sent) == 1)
    scene.pass_time(0.1)
    await until(lambda: len(scene.sent) == 2)
    scene.pass_time(1)
    await asyncio.sleep(0.02)
    assert len(scene.sent) == 2


async def test_nobody_asks_for_figures_that_nobody_watches(scene: Scene) -> None:
    scene.joins(WU)
    await scene.live.stage.join(WU, {})
    scene.pass_time(60)
    await asyncio.sleep(0.02)
    assert "router_stats" not in scene.media.asked
    assert scene.live.network.due is None


async def test_who_watches_hears_of_everybody_each_two_seconds(scene: Scene) -> None:
    scene.joins(WU)
    scene.joins(LI)
    await scene.live.stage.join(LI, {})
    scene.media.stats["li"] = {"round_trip_ms": 350.0, "loss_down": 0.0}
    scene.live.watch_network(WU, on=True)
    await until(lambda: len(scene.reports) == 1)
    assert scene.reports == [(["unknown", "weak"], ["socket-wu"])]
    scene.pass_time(1.9)
    await asyncio.sleep(0.02)
    assert len(scene.reports) == 1
    scene.pass_time(0.1)
    await until(lambda: len(scene.reports) == 2)
    scene.live.watch_network(WU, on=False)
    scene.pass_time(60)
    await asyncio.sleep(0.02)
    assert scene.media.asked.count("router_stats") == 2


async def test_a_watch_ends_with_the_watcher_s_connection(scene: Scene) -> None:
    scene.joins(WU)
    scene.joins(LI)
    await scene.live.stage.join(LI, {})
    for who in (WU, LI):
        scene.live.watch_network(who, on=True)
    await until(lambda: len(scene.reports) == 1)
    scene.live.do(LeaveSeat(WU))
    scene.pass_time(2)
    await until(lambda: len(scene.reports) == 2)
    assert scene.reports[1] == (["unknown"], ["socket-li"])
    scene.live.do(LoseConnection(LI))
    del scene.live.sockets[LI]
    scene.pass_time(60)
    await until(lambda: scene.live.network.due is None)
    assert scene.media.asked.count("router_stats") == 2


async def test_without_a_worker_everybody_is_unknown_and_nobody_waits(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.joins(WU)
    await scene.live.stage.join(WU, {})
    scene.media.stats["wu"] = {"loss_up": 0.0}
    monkeypatch.setattr(asking, "MEDIA_WAIT_S", 0.05)
    scene.media.hold.clear()
    scene.live.watch_network(WU, on=True)
    await until(lambda: len(scene.reports) == 1)
    assert scene.reports == [(["unknown"], ["socket-wu"])]
    assert not scene.live.stage._asking._overdue, "what somebody asks for is put all the same"
    scene.media.hold.set()
    await until(lambda: not scene.live.stage._figures._overdue)
    scene.pass_time(2)
    await until(lambda: len(scene.reports) == 2)
    assert scene.reports[1] == (["good"], ["socket-wu"])
