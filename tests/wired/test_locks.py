"""A lock on the real media worker: whoever goes on sending is not forwarded, whatever they ask."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from media.ids import EndpointId, RouterId
from media.server.worker import MediaServer
from tests.support.media_twin import MediaTwin
from tests.support.signalling import Person, Place, Refusal, classroom
from tests.support.wired import Browser, Tone, Watching, loudness, media_server

Json = dict[str, Any]
ANY_ROUTER = RouterId("the room's own")


class Signalled:
    """What a browser needs of the media server, asked for by signalling like a client's."""

    def __init__(self, person: Person, media: MediaServer) -> None:
        self._person = person
        self._offers = [person.welcome["media"][way] for way in ("send", "receive")]
        self.capabilities = media.capabilities

    async def create_transport(self, router_id: RouterId, endpoint_id: EndpointId) -> Json:
        offer = self._offers.pop(0)
        return {
            "id": offer["transport_id"],
            "iceParameters": offer["ice_parameters"],
            "iceCandidates": offer["ice_candidates"],
            "dtlsParameters": offer["dtls_parameters"],
        }

    async def connect_transport(self, transport_id: str, dtls: Json) -> None:
        await self._person.ask(
            "media.connect_transport", transport_id=transport_id, dtls_parameters=dtls
        )

    async def produce(self, transport_id: str, source: str, parameters: Json, paused: bool) -> str:
        return await self._person.produce(source, parameters, paused=paused)

    async def consume(self, transport_id: str, producer_id: str, capabilities: Json) -> Json:
        (offer,) = (await self._person.hear("media.consumers_added"))["consumers"]
        assert offer["producer_id"] == producer_id
        names = {"id": "consumer_id", "kind": "kind", "rtpParameters": "rtp_parameters"}
        return {name: offer[ours] for name, ours in names.items()}

    async def resume_consumers(self, consumer_ids: list[str]) -> None:
        await self._person.ask("media.resume_consumers", consumer_ids=consumer_ids)


async def enter(place: Place, name: str, role: Any, media: MediaServer) -> tuple[Person, Browser]:
    person = await place.connect(place.seat(name, role))
    await person.join(media.capabilities())
    door = cast(MediaServer, Signalled(person, media))
    return person, await Browser.join(door, ANY_ROUTER, name)


async def is_heard(watching: Watching) -> None:
    watching.skip()
    await watching.until(lambda frame: loudness(frame) > 2000)


async def is_silent(watching: Watching, media: MediaServer) -> None:
    """Ten more packets come in and are dropped by name, and not one frame comes out."""

    async def dropped() -> int:
        (metrics,) = await media.metrics()
        return int(metrics["dropped"].get("producer.paused", 0))

    before = await dropped()
    async with asyncio.timeout(20):
        while await dropped() < before + 10:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    watching.skip()  # what was on its way when the lock came
    with pytest.raises(TimeoutError):
        await watching.until(lambda frame: loudness(frame) > 500, within=0.2)


async def refused(person: Person, event: str, **payload: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await person.ask(event, **payload)
    return refusal.value.code


async def test_a_locked_student_who_goes_on_sending_is_not_heard() -> None:
    async with (
        media_server() as (media, _),
        classroom(media=cast(MediaTwin, media)) as place,
    ):
        wu, teachers = await enter(place, "Wu", "host", media)
        lin, students = await enter(place, "Lin", "student", media)
        try:
            producer = await students.publish(Tone(), "microphone")
            hears = await teachers.watch(producer)
            await is_heard(hears)

            await wu.ask("floor.set_locks", microphones=True)
            told = await lin.hear_event("silenced")
            assert (told["sources"], told["why"]) == (["microphone"], "locked")
            assert not (await lin.hear("room.rights"))["rights"]["may_speak"]
            await is_silent(hears, media)
            resume = {"producer_id": producer}
            assert await refused(lin, "media.resume_producer", **resume) == "lock.microphone"
            mia = await place.connect(place.seat("Mia"))
            await mia.join(media.capabilities())
            with pytest.raises(Refusal, match=r"lock\.microphone"):
                await mia.produce("microphone", {"encodings": [{"ssrc": 1}]})

            await wu.ask("floor.set_locks", microphones=False)
            await is_silent(hears, media)  # unlocking turns nobody on
            await lin.ask("media.resume_producer", **resume)
            await is_heard(hears)

            await wu.ask("floor.mute", participant_id=lin.id, source="microphone")
            await lin.hear_event("silenced", why="muted")
            await is_silent(hears, media)
        finally:
            await teachers.close()
            await students.close()


async def test_to_the_stage_and_back_under_a_lock() -> None:
    async with (
        media_server() as (media, _),
        classroom(media=cast(MediaTwin, media)) as place,
    ):
        wu, teachers = await enter(place, "Wu", "host", media)
        lin, students = await enter(place, "Lin", "student", media)
        try:
            await wu.ask("floor.set_locks", microphones=True)
            producer = await students.publish(Tone(), "microphone", paused=True)
            hears = await teachers.watch(producer)
            await is_silent(hears, media)
            await lin.ask("hand.raise")
            assert (await wu.hear_event("hand_raised"))["hand"]["participant_id"] == lin.id
            grant = {"microphone": True, "camera": False, "share": False, "pen": False}
            await wu.ask("stage.bring", participant_id=lin.id, **grant)
            assert (await lin.hear_event("speaking_asked"))["asked"]["source"] == "microphone"
            await lin.ask("media.resume_producer", producer_id=producer)
            await is_heard(hears)
            await wu.ask("stage.leave", participant_id=lin.id)
            assert (await lin.hear_event("silenced"))["why"] == "off_stage"
            await is_silent(hears, media)
        finally:
            await teachers.close()
            await students.close()
