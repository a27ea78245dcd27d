"""What the room decided about a track, enforced on the media server whatever the client does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from classroom.ids import ParticipantId
from classroom.live.chores import Chores
from classroom.live.stage import LiveStage
from classroom.room.participant import Participant, SeatState, Tracks, TrackState
from classroom.wire.messages import ConsumersClosed, Produce
from media.ids import ProducerId
from tests.support.media_twin import MediaTwin
from tests.support.signalling import until

WU, LI = ParticipantId("wu"), ParticipantId("li")
OFF, MUTED, LIVE = TrackState


class Scene:
    """Two people on a stage, of whom one sends."""

    def __init__(self) -> None:
        self.media = MediaTwin()
        self.told: list[Any] = []
        self.chores = Chores()
        self.stage = LiveStage(
            self.media, lambda who, notice: self.told.append(notice), self.chores, lambda who: []
        )
        self.wu = Participant(WU, "Wu", "student", SeatState.HERE, datetime(2026, 1, 1, tzinfo=UTC))

    async def sends(self, source: Any = "microphone", *, paused: bool = False) -> ProducerId:
        kind = "audio" if source in ("microphone", "screen_audio") else "video"
        send = self.stage.books.endpoints[WU].send
        request = Produce(send, source, kind, {"encodings": []}, paused)  # type: ignore[arg-type]
        return ProducerId(await self.stage.produce(WU, request, lambda: None))

    def obey(self, **tracks: TrackState) -> None:
        self.stage.obey(replace(self.wu, tracks=Tracks(**tracks)))  # type: ignore[arg-type]

    def is_paused(self, producer: ProducerId) -> bool:
        return self.media.producers[producer].paused


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Both have set their media up; everything is closed at the end."""
    made = Scene()
    await made.stage.join(WU, {})
    await made.stage.join(LI, {})
    yield made
    made.media.hold.set()
    made.stage.close()
    await made.chores.close(within_s=1)


async def test_what_is_muted_is_paused_once(scene: Scene) -> None:
    producer = await scene.sends()
    scene.obey(microphone=LIVE)
    assert "pause_producer" not in scene.media.asked
    for _ in range(3):
        scene.obey(microphone=MUTED)
    await until(lambda: scene.is_paused(producer))
    scene.obey(microphone=MUTED)
    assert scene.media.asked.count("pause_producer") == 1


async def test_what_is_off_is_closed_and_its_listeners_know(scene: Scene) -> None:
    producer = await scene.sends("screen")
    scene.obey(screen=OFF)
    await until(lambda: producer not in scene.media.producers)
    assert isinstance(scene.told[-1], ConsumersClosed)
    scene.stage.unpublish(WU, producer)  # the client closes it, too
    assert scene.media.asked.count("close_producer") == 1


async def test_what_was_published_paused_is_not_paused_again(scene: Scene) -> None:
    await scene.sends(paused=True)
    scene.obey(microphone=MUTED)
    await asyncio.sleep(0)
    assert "pause_producer" not in scene.media.asked


async def test_a_lock_that_comes_while_the_worker_resumes(scene: Scene) -> None:
    """The client asked first and is answered last; what counts is what the room says then."""
    producer = await scene.sends(paused=True)
    scene.media.hold.clear()
    resuming = asyncio.create_task(scene.stage.resume(WU, producer))
    await until(lambda: "resume_producer" in scene.media.asked)
    scene.obey(microphone=MUTED)
    scene.media.hold.set()
    await resuming
    scene.obey(microphone=MUTED)  # as whoever resumed it must ask
    await until(lambda: scene.is_paused(producer))
    assert producer in scene.stage.books.endpoints[WU].paused


async def test_a_worker_that_could_not_be_asked_is_asked_again(scene: Scene) -> None:
    producer = await scene.sends()
    scene.media.refuse["pause_producer"] = "worker.busy"
    scene.obey(microphone=MUTED)
    await until(lambda: producer not in scene.stage.books.endpoints[WU].paused)
    assert not scene.is_paused(producer)
    scene.media.refuse.clear()
    scene.obey(microphone=MUTED)
    await until(lambda: scene.is_paused(producer))


async def test_one_whose_place_was_taken_goes_with_it(scene: Scene) -> None:
    old = await scene.sends("screen")
    scene.stage.outdate(WU, old)
    new = await scene.sends("screen")
    scene.obey(screen=OFF)
    await until(lambda: not {old, new} & set(scene.media.producers))


async def test_nobody_and_nothing(scene: Scene) -> None:
    scene.obey(microphone=MUTED)
    scene.stage.obey(replace(scene.wu, id=ParticipantId("gone")))
    scene.media.die()
    scene.stage.reset()
    scene.obey(microphone=MUTED)
    assert "pause_producer" not in scene.media.asked
