"""The media stage against a twin that hangs, refuses and dies at the worst moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live import asking, stage
from classroom.live.chores import Chores
from classroom.live.stage import LiveStage
from classroom.wire.messages import ConsumersAdded, ConsumersClosed, Produce
from tests.support.media_twin import MediaTwin
from tests.support.signalling import until

WU, LI = ParticipantId("wu"), ParticipantId("li")


class Scene:
    """A stage, its worker, and what was told."""

    def __init__(self) -> None:
        self.media = MediaTwin()
        self.told: list[tuple[str, Any]] = []
        self.chores = Chores()
        self.stage = LiveStage(
            self.media,
            lambda who, notice: self.told.append((who, notice)),
            self.chores,
            lambda who: [{"urls": "turn:turn.example.org", "username": f"1:{who}"}],
        )

    async def produce(self, who: ParticipantId, source: Any = "camera") -> str:
        kind = "audio" if source in ("microphone", "screen_audio") else "video"
        send = self.stage.books.endpoints[who].send
        request = Produce(send, source, kind, {"encodings": []})  # type: ignore[arg-type]
        return await self.stage.produce(who, request, lambda: None)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """A stage that is closed, with nothing of it left on the worker."""
    made = Scene()
    yield made
    made.media.hold.set()
    made.stage.close()
    await made.chores.close(within_s=1)
    if made.media.ready:
        assert not made.media.routers
        assert not made.media.transports


async def code_of(asked: Any) -> str:
    with pytest.raises(Refused) as refused:
        await asked
    return refused.value.code


async def test_whoever_joins_hears_of_everything_once(scene: Scene) -> None:
    await scene.stage.join(WU, {})
    producer = await scene.produce(WU)
    welcome = await scene.stage.join(LI, {})
    assert [offer.producer_id for offer in welcome.consumers] == [producer]
    assert [server["username"] for server in welcome.ice_servers] == ["1:li"]
    assert scene.told == []
    await scene.produce(LI)
    ((who, added),) = scene.told
    assert (who, type(added)) == (WU, ConsumersAdded)


async def test_joining_and_publishing_at_the_same_moment(scene: Scene) -> None:
    await scene.stage.join(WU, {})
    welcome, producer = await asyncio.gather(scene.stage.join(LI, {}), scene.produce(WU))
    offered = [offer.producer_id for offer in welcome.consumers]
    offered += [o.producer_id for who, n in scene.told if who == LI for o in n.consumers]
    assert offered == [producer]


async def test_a_producer_that_closes_while_it_is_wired(scene: Scene) -> None:
    await scene.stage.join(WU, {})
    await scene.stage.join(LI, {})
    scene.media.hold.clear()
    producing = asyncio.create_task(scene.produce(WU))
    await asyncio.sleep(0)
    scene.media.hold.set()
    producer = await producing
    scene.stage.unpublish(WU, producer)
    assert [type(notice) for _, notice in scene.told] == [ConsumersAdded, ConsumersClosed]
    assert scene.stage.books.endpoints[LI].consumers == {}


async def test_sound_may_come_with_redundancy(scene: Scene) -> None:
    await scene.stage.join(WU, {})
    send = scene.stage.books.endpoints[WU].send
    plain = Produce(send, "microphone", "audio", {"a": 1})
    redundant = Produce(send, "screen_audio", "audio", {"a": 1}, redundancy="red")
    made = [await scene.stage.produce(WU, each, lambda: None) for each in (plain, redundant)]
    assert [scene.media.producers[each].redundancy for each in made] == [None, "red"]


async def test_what_the_room_refuses_is_closed_on_the_worker(scene: Scene) -> None:
    await scene.stage.join(WU, {})

    def refuse() -> None:
        raise Refused("stage.taken")

    send = scene.stage.books.endpoints[WU].send
    asked = scene.stage.produce(WU, Produce(send, "screen", "video", {"a": 1}), refuse)
    assert await code_of(asked) == "stage.taken"
    await scene.chores.close(within_s=1)
    assert scene.media.producers == {}
    scene.stage._chores = scene.chores = Chores()


async def test_two_joins_of_one_person_leave_one_endpoint(scene: Scene) -> None:
    results = await asyncio.gather(
        scene.stage.join(LI, {}), scene.stage.join(LI, {}), return_exceptions=True
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    (endpoint,) = scene.stage.books.endpoints.values()
    welcome = next(result for result in results if not isinstance(result, BaseException))
    assert welcome.send.transport_id == endpoint.send  # type: ignore[union-attr]


async def test_one_router_for_all_who_come_first(scene: Scene) -> None:
    await asyncio.gather(*(scene.stage.join(ParticipantId(f"p{n}"), {}) for n in range(5)))
    assert scene.media.asked.count("create_router") == 1


async def test_a_listener_who_cannot_receive_it_is_left_out(scene: Scene) -> None:
    await scene.stage.join(WU, {})
    scene.media.refuse["consume"] = "rtp.unsupported_codec"
    await scene.stage.join(LI, {})
    assert await scene.produce(WU)
    assert scene.told == []


async def test_a_worker_that_hangs_is_unavailable_soon(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "JOIN_WAIT_S", 0.05)
    scene.media.hold.clear()
    assert await code_of(scene.stage.join(LI, {})) == "media.unavailable"
    assert scene.stage.is_starved
    assert scene.stage.books.endpoints == {}
    monkeypatch.setattr(asking, "MEDIA_WAIT_S", 0.05)
    assert await code_of(scene.stage.join(LI, {})) == "media.unavailable"


async def test_a_silent_worker_is_not_asked_again_until_it_answers(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.stage.join(WU, {})
    await scene.stage.join(LI, {})
    producer = await scene.produce(LI)
    monkeypatch.setattr(asking, "MEDIA_WAIT_S", 0.05)
    scene.media.hold.clear()
    assert await code_of(scene.stage.pause(LI, producer)) == "media.unavailable"
    monkeypatch.setattr(asking, "MEDIA_WAIT_S", 60)
    asked = len(scene.media.asked)
    async with asyncio.timeout(20):
        assert await code_of(scene.stage.pause(LI, producer)) == "media.unavailable"
        assert await code_of(scene.produce(WU)) == "media.unavailable"
    assert len(scene.media.asked) == asked
    scene.media.hold.set()
    await until(lambda: not scene.stage._asking._overdue)
    assert await scene.stage.pause(LI, producer) == "camera"


@pytest.mark.parametrize("verb", ["create_router", "produce"])
async def test_what_a_silent_worker_makes_too_late_is_closed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    if verb == "produce":
        await scene.stage.join(WU, {})
    monkeypatch.setattr(asking, "MEDIA_WAIT_S", 0.05)
    scene.media.hold.clear()
    asked = scene.produce(WU) if verb == "produce" else scene.stage.join(WU, {})
    assert await code_of(asked) == "media.unavailable"
    scene.media.hold.set()
    close = "close_producer" if verb == "produce" else "close_router"
    await until(lambda: close in scene.media.asked)
    assert not scene.media.producers
    assert len(scene.media.routers) == (1 if verb == "produce" else 0)


async def test_the_death_of_a_silent_worker_ends_the_silence(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.stage.join(WU, {})
    monkeypatch.setattr(asking, "MEDIA_WAIT_S", 0.05)
    scene.media.hold.clear()
    assert await code_of(scene.produce(WU)) == "media.unavailable"
    scene.media.die()
    scene.stage.reset()
    scene.media.hold.set()
    scene.media.come_back()
    assert await scene.stage.join(WU, {})


async def test_a_worker_that_dies_between_router_and_transport(scene: Scene) -> None:
    await scene.stage.join(WU, {})
    epoch = scene.stage.epoch
    scene.media.hold.clear()
    joining = asyncio.create_task(scene.stage.join(LI, {}))
    await asyncio.sleep(0.01)
    scene.media.die()
    scene.stage.reset()
    scene.media.hold.set()
    assert await code_of(joining) == "media.unavailable"
    assert scene.stage.epoch != epoch
    assert scene.stage.kept(WU) is None
    scene.media.come_back()
    assert (await scene.stage.join(LI, {})).epoch == scene.stage.epoch


async def test_a_router_the_worker_forgot_is_unavailable(scene: Scene) -> None:
    scene.media.refuse["create_transport"] = "router.unknown"
    assert await code_of(scene.stage.join(LI, {})) == "media.unavailable"


async def test_a_stage_that_closes_while_its_router_is_made(scene: Scene) -> None:
    scene.media.hold.clear()
    joining = asyncio.create_task(scene.stage.join(LI, {}))
    await asyncio.sleep(0.01)
    scene.stage.close()
    scene.media.hold.set()
    assert await code_of(joining) == "media.unavailable"


async def test_a_join_that_is_given_up_leaves_nothing(scene: Scene) -> None:
    await scene.stage.join(WU, {})
    scene.media.hold.clear()
    joining = asyncio.create_task(scene.stage.join(LI, {}))
    await asyncio.sleep(0.01)
    joining.cancel()
    await asyncio.gather(joining, return_exceptions=True)
    scene.media.hold.set()
    await scene.chores.close(within_s=1)
    assert scene.media.of_endpoint("li") == []
    scene.stage._chores = scene.chores = Chores()
