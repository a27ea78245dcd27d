"""The codec of screens: what everybody can show, and one screen that takes another's place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.live.opening import LiveTerms, Opening
from classroom.live.ports import Clocks
from classroom.live.requests import _close_producer, _pause_producer, _produce, _resume_producer
from classroom.room.command import LeaveSeat, TakeSeat
from classroom.store.rooms import RoomRow
from classroom.wire import messages
from classroom.wire.messages import MediaWelcome, Source
from media.ortc.capabilities import ROUTER_CAPABILITIES
from tests.support.board_drawer import DrawerTwin
from tests.support.lesson_drawer import NEW, LessonsTwin
from tests.support.media_twin import MediaTwin

WU, LI, PARK = (ParticipantId(name) for name in ("wu", "li", "park"))
ROW = RoomRow(RoomId("r"), "kfm-qtw-xyz", "Algebra", AccountId("o"), "Wu", datetime.now(UTC))
EVERYTHING: Any = ROUTER_CAPABILITIES
VP8_ONLY: Any = {
    **EVERYTHING,
    "codecs": [own for own in EVERYTHING["codecs"] if own["mimeType"] != "video/AV1"
               and own["mimeType"] != "video/VP9"],
}  # fmt: skip
ALL = ["video/AV1", "video/VP9", "video/VP8"]


class Scene:
    """A room whose people have media; `told` is what went to whom."""

    def __init__(self) -> None:
        clocks = Clocks(lambda: 0.0, lambda: datetime.now(UTC))
        self.media = MediaTwin()
        drawers = DrawerTwin().drawer, LessonsTwin().drawer
        opening = Opening(LiveTerms(seat_grace_s=60.0), self.media, clocks, *drawers)
        self.live = opening.open(ROW, NEW, self._post, lambda live: None)
        self.told: list[tuple[ParticipantId, Any]] = []
        self.live.tell = lambda who, notice: self.told.append((who, notice))  # type: ignore[method-assign]
        self.live.stage.screens._tell = self.live.stage.receiving._tell = self.live.tell

    async def _post(self, event: str, payload: dict[str, Any], sockets: list[str]) -> None:
        pass

    async def joins(self, who: ParticipantId, capabilities: Any = EVERYTHING) -> MediaWelcome:
        self.live.do(TakeSeat(who, who.title(), "host"))
        return await self.live.stage.join(who, capabilities)

    def codecs_told(self) -> list[tuple[ParticipantId, list[str]]]:
        return [
            (who, notice.mime_types)
            for who, notice in self.told
            if isinstance(notice, messages.ScreenCodecs)
        ]

    def changes(self) -> list[tuple[str, list[str]]]:
        """What one listener was told of consumers: producers that came, consumers that went."""
        return [
            ("added", [offer.producer_id for offer in notice.consumers])
            if isinstance(notice, messages.ConsumersAdded)
            else ("closed", notice.consumer_ids)
            for who, notice in self.told
            if who == LI and isinstance(notice, messages.ConsumersAdded | messages.ConsumersClosed)
        ]

    async def produces(
        self, who: ParticipantId = WU, source: Source = "screen", **given: Any
    ) -> str:
        send = self.live.stage.books.endpoints[who].send
        kind: Any = "audio" if source == "microphone" else "video"
        request = messages.Produce(send, source, kind, {"encodings": []}, **given)
        return (await _produce(self.live, claim(who), request)).producer_id

    async def closes(self, producer_id: str, who: ParticipantId = WU) -> None:
        await _close_producer(self.live, claim(who), messages.CloseProducer(producer_id))

    def screen_of(self, who: ParticipantId = WU) -> str:
        return self.live.room.participants[who].tracks.screen.value

    async def on_the_worker(self) -> set[str]:
        """The producers it has, when nothing is being closed any more."""
        await asyncio.gather(*self.live._chores._tasks)
        return {str(producer) for producer in self.media.producers}


def claim(who: ParticipantId) -> Any:
    """As much of a claim as the functions read."""
    return SimpleNamespace(who=who)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    made = Scene()
    yield made
    await made.live.close()


async def test_screens_are_in_what_everybody_shows(scene: Scene) -> None:
    assert (await scene.joins(WU)).screen_codecs == ALL
    assert (await scene.joins(LI)).screen_codecs == ALL
    assert scene.codecs_told() == []
    assert (await scene.joins(PARK, VP8_ONLY)).screen_codecs == ["video/VP8"]
    assert scene.codecs_told() == [(WU, ["video/VP8"]), (LI, ["video/VP8"])]
    kept = scene.live.stage.kept(LI)
    assert kept is not None
    assert kept.screen_codecs == ["video/VP8"]


async def test_what_comes_back_is_told_too(scene: Scene) -> None:
    await scene.joins(WU)
    await scene.joins(PARK, VP8_ONLY)
    scene.told.clear()
    scene.live.do(LeaveSeat(PARK))
    assert scene.codecs_told() == [(WU, ALL)]
    scene.live.stage.reset()
    assert (await scene.joins(PARK, VP8_ONLY)).screen_codecs == ["video/VP8"]


async def test_a_join_that_fails_forbids_nothing_for_long(scene: Scene) -> None:
    await scene.joins(WU)
    scene.media.refuse["create_transport"] = "router.unknown"
    with pytest.raises(Refused):
        await scene.joins(PARK, VP8_ONLY)
    assert scene.live.stage.screens.codecs == ALL


async def test_a_screen_takes_the_place_of_another(scene: Scene) -> None:
    for who in (WU, LI):
        await scene.joins(who)
    old = await scene.produces()
    seq = scene.live.room.seq
    new = await scene.produces(replaces=old, paused=True)  # a live one stays live
    assert scene.live.room.seq == seq
    assert scene.screen_of() == "live"
    assert not scene.media.producers[new].paused  # type: ignore[index]
    assert await scene.on_the_worker() == {old, new}
    kept = scene.live.stage.kept(WU)
    assert kept is not None
    assert kept.producers == {"screen": new}
    await scene.closes(old)
    assert scene.live.room.seq == seq
    assert await scene.on_the_worker() == {new}
    assert [kind for kind, _ in scene.changes()] == ["added", "added", "closed"]
    await scene.closes(new)
    assert scene.screen_of() == "off"
    assert await scene.on_the_worker() == set()


@pytest.mark.parametrize("source", ["screen", "camera"])
async def test_only_ones_own_of_the_same_source_is_replaced(scene: Scene, source: Source) -> None:
    for who in (WU, LI):
        await scene.joins(who)
    mine = await scene.produces()
    others = await scene.produces(LI, "camera")
    for old in (others, "nothing", mine if source == "camera" else others):
        with pytest.raises(Refused) as refused:
            await scene.produces(source=source, replaces=old)
        assert refused.value.code == "producer.unknown"
    with pytest.raises(Refused) as refused:
        await scene.produces()
    assert refused.value.code == "producer.exists"
    assert await scene.on_the_worker() == {mine, others}


async def test_there_are_never_more_than_two(scene: Scene) -> None:
    await scene.joins(WU)
    first = await scene.produces()
    second = await scene.produces(replaces=first)
    with pytest.raises(Refused) as refused:
        await scene.produces(replaces=first)
    assert refused.value.code == "producer.unknown"
    third = await scene.produces(replaces=second)
    assert await scene.on_the_worker() == {second, third}


@pytest.mark.parametrize("ending", ["pause", "close", "leave"])
async def test_the_old_one_ends_with_the_new_one(scene: Scene, ending: str) -> None:
    await scene.joins(WU)
    old = await scene.produces()
    new = await scene.produces(replaces=old)
    if ending == "pause":
        await _pause_producer(scene.live, claim(WU), messages.PauseProducer(new))
    elif ending == "close":
        await scene.closes(new)
    else:
        scene.live.do(LeaveSeat(WU))
    left = {new} if ending == "pause" else set()
    assert set(scene.live.stage.books.producers) == left
    assert await scene.on_the_worker() == left


async def test_a_replaced_one_can_only_be_closed(scene: Scene) -> None:
    await scene.joins(WU)
    old = await scene.produces()
    await scene.produces(replaces=old)
    for function, request in (
        (_pause_producer, messages.PauseProducer(old)),
        (_resume_producer, messages.ResumeProducer(old)),
    ):
        with pytest.raises(Refused) as refused:
            await function(scene.live, claim(WU), request)  # type: ignore[operator]
        assert refused.value.code == "producer.unknown"
    assert scene.screen_of() == "live"


async def test_a_muted_one_is_replaced_by_a_muted_one(scene: Scene) -> None:
    await scene.joins(WU)
    old = await scene.produces(source="microphone")
    await _pause_producer(scene.live, claim(WU), messages.PauseProducer(old))
    new = await scene.produces(source="microphone", replaces=old)
    assert scene.media.producers[new].paused  # type: ignore[index]


async def test_whoever_comes_now_gets_the_new_one_alone(scene: Scene) -> None:
    await scene.joins(WU)
    old = await scene.produces()
    new = await scene.produces(replaces=old)
    welcome = await scene.joins(LI)
    assert [offer.producer_id for offer in welcome.consumers] == [new]


async def test_one_that_was_closed_meanwhile_is_not_replaced(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.joins(WU)
    old = await scene.produces()
    produce = scene.live.stage.produce

    async def slow(who: ParticipantId, request: Any, publish: Any) -> str:
        await scene.closes(old)
        return await produce(who, request, publish)

    monkeypatch.setattr(scene.live.stage, "produce", slow)
    with pytest.raises(Refused) as refused:
        await scene.produces(replaces=old)
    assert refused.value.code == "producer.unknown"
    assert await scene.on_the_worker() == set()
