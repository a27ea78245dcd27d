"""Who receives whom, enforced on the media server: a client's wish is not enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live import receiving
from classroom.live.books import Endpoint
from classroom.live.chores import Chores
from classroom.live.stage import LiveStage
from classroom.room.reach import Reach
from classroom.wire.messages import Produce
from media.ids import ConsumerId, EndpointId, ProducerId, TransportId
from tests.support.media_twin import MediaTwin
from tests.support.signalling import until

WU, LI, TU = ParticipantId("wu"), ParticipantId("li"), ParticipantId("tu")
FOCUS = Reach(staff=frozenset({TU}), is_focus=True)


def apart(*people: ParticipantId) -> Reach:
    """Each of them in a group alone; the others in the class."""
    return Reach(places=tuple((who, f"g-{who}") for who in people))


class Scene:
    """A teacher and two students, of whom each may send."""

    def __init__(self) -> None:
        self.media = MediaTwin()
        self.chores = Chores()
        self.stage = LiveStage(self.media, lambda who, notice: None, self.chores, lambda who: [])
        self.receiving = self.stage.receiving

    async def sends(self, who: ParticipantId, source: Any = "camera") -> str:
        kind = "audio" if source == "microphone" else "video"
        send = self.stage.books.endpoints[who].send
        request = Produce(send, source, kind, {"encodings": []})
        return await self.stage.produce(who, request, lambda: None)

    def consumer(self, listener: ParticipantId, producer: str) -> ConsumerId:
        offers = self.stage.books.endpoints[listener].consumers
        return next(name for name, offer in offers.items() if offer.producer_id == producer)

    def hears(self, listener: ParticipantId, producer: str) -> bool:
        return not self.media.consumers[self.consumer(listener, producer)].paused

    async def wants(self, listener: ParticipantId, producer: str) -> None:
        await self.receiving.resume(listener, [self.consumer(listener, producer)])

    async def settled(self) -> None:
        await until(lambda: not self.chores._tasks)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    made = Scene()
    for who in (WU, LI, TU):
        await made.stage.join(who, {})
    yield made
    made.media.hold.set()
    made.stage.close()
    await made.chores.close(within_s=1)


async def test_out_of_reach_is_silent_whatever_the_client_asks(scene: Scene) -> None:
    voice = await scene.sends(WU, "microphone")
    await scene.wants(LI, voice)
    assert scene.hears(LI, voice)
    scene.receiving.regate(apart(WU))
    await scene.settled()
    assert not scene.hears(LI, voice)
    await scene.wants(LI, voice)
    assert not scene.hears(LI, voice)


async def test_the_wish_is_kept_until_it_can_be_had(scene: Scene) -> None:
    voice = await scene.sends(WU, "microphone")
    scene.receiving.regate(apart(WU))
    await scene.wants(LI, voice)
    scene.receiving.regate(Reach())
    await scene.settled()
    assert scene.hears(LI, voice)
    assert not scene.hears(TU, voice)  # who never asked for it


async def test_what_was_given_up_out_of_reach_stays_given_up(scene: Scene) -> None:
    voice = await scene.sends(WU, "microphone")
    await scene.wants(LI, voice)
    scene.receiving.regate(apart(WU))
    await scene.receiving.pause(LI, [scene.consumer(LI, voice)])
    scene.receiving.regate(Reach())
    await scene.settled()
    assert not scene.hears(LI, voice)


async def test_focus_takes_the_pictures_of_students_and_no_sound(scene: Scene) -> None:
    voice, face = await scene.sends(WU, "microphone"), await scene.sends(WU, "camera")
    teacher = await scene.sends(TU, "camera")
    for listener, producer in ((LI, voice), (LI, face), (LI, teacher), (TU, face)):
        await scene.wants(listener, producer)
    scene.receiving.regate(FOCUS)
    await scene.settled()
    assert not scene.hears(LI, face)
    assert scene.hears(LI, voice)
    assert scene.hears(LI, teacher)
    assert scene.hears(TU, face)


async def test_a_newcomer_begins_behind_the_gate(scene: Scene) -> None:
    voice = await scene.sends(WU, "microphone")
    scene.receiving.regate(apart(WU))
    bo = ParticipantId("bo")
    await scene.stage.join(bo, {})
    later = await scene.sends(LI, "microphone")
    await scene.wants(bo, voice)
    await scene.wants(bo, later)
    assert not scene.hears(bo, voice)
    assert scene.hears(bo, later)


async def test_a_gate_that_closes_while_a_resume_hangs(scene: Scene) -> None:
    voice = await scene.sends(WU, "microphone")
    scene.media.hold.clear()
    wanting = asyncio.create_task(scene.wants(LI, voice))
    await until(lambda: "resume_consumers" in scene.media.asked)
    scene.receiving.regate(apart(WU))
    await until(lambda: "pause_consumers" in scene.media.asked)
    scene.media.hold.set()
    await wanting
    await scene.settled()
    assert not scene.hears(LI, voice)


async def test_two_moves_in_one_breath_end_where_the_second_one_says(scene: Scene) -> None:
    """Into the first group and on into the second while the worker is still told of the first."""
    wu_says, tu_says = await scene.sends(WU, "microphone"), await scene.sends(TU, "microphone")
    await scene.wants(LI, wu_says)
    await scene.wants(LI, tu_says)
    home, away = apart(LI), "g-li"
    scene.receiving.regate(home)
    await scene.settled()
    scene.media.hold.clear()
    with_wu = Reach(places=((LI, "g-wu"), (WU, "g-wu"), (TU, "g-tu")))
    scene.receiving.regate(with_wu)
    await until(lambda: scene.media.asked[-1] == "resume_consumers")
    scene.receiving.regate(Reach(places=((LI, "g-tu"), (WU, "g-wu"), (TU, "g-tu"))))
    scene.receiving.regate(Reach(places=((LI, away), (WU, "g-wu"), (TU, "g-tu"))))
    scene.receiving.regate(Reach(places=((LI, "g-tu"), (WU, "g-wu"), (TU, "g-tu"))))
    scene.media.hold.set()
    await scene.settled()
    assert not scene.hears(LI, wu_says)
    assert scene.hears(LI, tu_says)


async def test_a_move_on_while_an_earlier_request_is_under_way(scene: Scene) -> None:
    """What is to be paused is asked for first; before that is answered the room decides anew."""
    wu_says, tu_says = await scene.sends(WU, "microphone"), await scene.sends(TU, "microphone")
    await scene.wants(LI, wu_says)
    await scene.wants(LI, tu_says)
    scene.receiving.regate(Reach(places=((LI, "g-wu"), (WU, "g-wu"), (TU, "g-tu"))))
    await scene.settled()
    scene.media.hold.clear()
    # Away from Wu, which is asked for, and to Tu, which is next.
    scene.receiving.regate(Reach(places=((LI, "g-tu"), (WU, "g-wu"), (TU, "g-tu"))))
    await until(lambda: scene.media.asked[-1] == "pause_consumers")
    scene.receiving.regate(Reach(places=((LI, "g-li"), (WU, "g-wu"), (TU, "g-tu"))))
    scene.media.hold.set()
    await scene.settled()
    assert not scene.hears(LI, wu_says)
    assert not scene.hears(LI, tu_says)


async def test_a_worker_that_does_not_answer_is_told_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "AGAIN_AFTER_S", 0.01)
    voice = await scene.sends(WU, "microphone")
    await scene.wants(LI, voice)
    scene.media.refuse["pause_consumers"] = "worker.busy"
    scene.receiving.regate(apart(WU))
    await until(lambda: scene.media.asked.count("pause_consumers") >= 2)
    assert scene.hears(LI, voice)
    scene.media.refuse.clear()
    await scene.settled()
    assert not scene.hears(LI, voice)


async def test_a_resume_nobody_knows_the_end_of_is_paused_by_the_gate(scene: Scene) -> None:
    """The client was refused, but the worker may do it yet."""
    voice = await scene.sends(WU, "microphone")
    scene.media.refuse["resume_consumers"] = "worker.busy"
    with pytest.raises(Refused):
        await scene.wants(LI, voice)
    scene.media.consumers[scene.consumer(LI, voice)].paused = False
    scene.receiving.regate(apart(WU))
    await scene.settled()
    assert not scene.hears(LI, voice)


async def test_nothing_is_asked_when_nothing_changes(scene: Scene) -> None:
    voice = await scene.sends(WU, "microphone")
    await scene.wants(LI, voice)
    scene.media.asked.clear()
    for reach in (Reach(), Reach(staff=frozenset({TU})), Reach()):
        scene.receiving.regate(reach)
    await scene.settled()
    assert scene.media.asked == []


async def test_a_lost_worker_leaves_nothing_to_ask_for(scene: Scene) -> None:
    voice = await scene.sends(WU, "microphone")
    await scene.wants(LI, voice)
    scene.media.die()
    scene.stage.reset()
    scene.media.asked.clear()
    scene.receiving.regate(apart(WU))
    await scene.settled()
    assert scene.media.asked == []


async def test_many_are_asked_for_in_few_requests(scene: Scene) -> None:
    """Sixty people with two tracks each go into five groups: 5,664 of 7,080 consumers pause."""
    people = [ParticipantId(f"p{number}") for number in range(60)]
    books = scene.stage.books
    books.clear()
    for who in people:
        name = EndpointId(f"{who}.e")
        send, receive = TransportId(f"{who}.s"), TransportId(f"{who}.r")
        books.enter(Endpoint(name, who, {}, send, receive))
    for who in people:
        for source in ("microphone", "camera"):
            producer = ProducerId(f"{who}.{source}")
            pairs = books.publish(books.endpoints[who], producer, source)  # type: ignore[arg-type]
            for at, pair in enumerate(pairs):
                books.consume(pair, f"{producer}.{at}", "audio", {})
    for endpoint in books.endpoints.values():
        await scene.receiving.resume(endpoint.owner, [str(one) for one in endpoint.consumers])
    scene.media.asked.clear()
    reach = Reach(places=tuple((who, f"g{at % 5}") for at, who in enumerate(people)))
    scene.receiving.regate(reach)
    await scene.settled()
    assert scene.media.asked == ["pause_consumers"] * 12
    flowing = sum(on for endpoint in books.endpoints.values() for on in endpoint.flows.values())
    assert flowing == 60 * 11 * 2
