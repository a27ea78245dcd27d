"""aiortc as the browser: real Opus and VP8 through the real worker, decoded at the other end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from media.errors import Refused
from media.ids import ConsumerId, EndpointId, RouterId
from media.server.events import SpeakersChanged, TransportStateChanged
from media.server.worker import MediaServer
from tests.support.wired import (
    Browser,
    Colour,
    Events,
    Tone,
    Wire,
    loudness,
    luma,
    media_server,
    until,
)

GCM, COUNTER_MODE = "SRTP_AEAD_AES_128_GCM", "SRTP_AES128_CM_SHA1_80"


@dataclass
class Classroom:
    """A media server with one router, and the browsers that joined it."""

    media: MediaServer
    events: Events
    router_id: RouterId
    browsers: list[Browser]

    async def join(self, name: str, *profiles: str) -> Browser:
        browser = await Browser.join(self.media, self.router_id, name, profiles)
        self.browsers.append(browser)
        return browser

    async def metrics(self) -> dict[str, int]:
        (metrics,) = await self.media.metrics()
        return metrics


@pytest.fixture
async def room() -> AsyncIterator[Classroom]:
    async with media_server() as (media, events):
        classroom = Classroom(media, events, await media.create_router(), [])
        yield classroom
        for browser in classroom.browsers:
            await browser.close()


def is_luma(value: int) -> object:
    return lambda frame: abs(luma(frame) - value) < 12


async def test_pictures_in_h264_flow_too(room: Classroom) -> None:
    ada, ben = await room.join("ada"), await room.join("ben")
    producer = await ada.publish(Colour(60), "camera", codec="H264")
    early = await ben.watch(producer)
    await early.until(is_luma(60))
    late = await (await room.join("cleo")).watch(producer)
    frame = await late.until(is_luma(60))
    assert (frame.width, frame.height) == (160, 120)
    assert not (await room.metrics())["faults"]


async def test_sound_and_picture_flow_both_ways(room: Classroom) -> None:
    ada, ben = await room.join("ada"), await room.join("ben")
    of_ada = [await ada.publish(Tone(), "microphone"), await ada.publish(Colour(60), "camera")]
    of_ben = [await ben.publish(Tone(), "microphone"), await ben.publish(Colour(200), "screen")]
    ben_hears, ben_sees = [await ben.watch(producer) for producer in of_ada]
    ada_hears, ada_sees = [await ada.watch(producer) for producer in of_ben]
    at_ben, at_ada = await asyncio.gather(ben_sees.until(is_luma(60)), ada_sees.until(is_luma(200)))
    assert (at_ben.width, at_ben.height) == (at_ada.width, at_ada.height) == (160, 120)
    await asyncio.gather(
        ben_hears.until(lambda frame: 2000 < loudness(frame) < 9000),
        ada_hears.until(lambda frame: 2000 < loudness(frame) < 9000),
    )
    for _ in range(15):  # it goes on
        await asyncio.gather(ben_sees.frame(), ada_sees.frame(), ben_hears.frame())
    metrics = await room.metrics()
    assert metrics["packets_out"] > 50
    assert not metrics["faults"]
    assert (metrics["endpoints"], metrics["producers"], metrics["consumers"]) == (2, 4, 4)


@pytest.mark.parametrize(("sender", "receiver"), [(GCM, COUNTER_MODE), (COUNTER_MODE, GCM)])
async def test_peers_with_different_ciphers_meet(
    room: Classroom, sender: str, receiver: str
) -> None:
    ada, ben = await room.join("ada", sender), await room.join("ben", receiver)
    sees = await ben.watch(await ada.publish(Colour(90, (640, 480)), "camera"))
    await sees.until(is_luma(90))


async def test_a_late_comer_sees_a_picture_soon(room: Classroom) -> None:
    """aiortc makes one key frame and then none unless asked: the picture needs our request."""
    ada, ben, cleo = [await room.join(name) for name in ("ada", "ben", "cleo")]
    producer = await ada.publish(Colour(90), "camera")
    await (await ben.watch(producer)).until(is_luma(90))
    sees = await cleo.watch(producer)
    await sees.until(is_luma(90), within=3)


async def test_a_consumer_starts_paused_and_pauses_again(room: Classroom) -> None:
    ada, ben = await room.join("ada"), await room.join("ben")
    hears = await ben.watch(await ada.publish(Tone(), "microphone"), resume=False)
    with pytest.raises(TimeoutError):
        await hears.until(lambda frame: True, within=0.4)
    await room.media.resume_consumers([hears.consumer_id, ConsumerId("w1.gone")])
    await hears.until(lambda frame: loudness(frame) > 2000)
    await room.media.pause_consumers([hears.consumer_id])
    await settled(room)


async def test_a_paused_producer_sends_nothing_and_comes_back(room: Classroom) -> None:
    ada, ben = await room.join("ada"), await room.join("ben")
    producer = await ada.publish(Colour(90), "camera", paused=True)
    sees = await ben.watch(producer)
    with pytest.raises(TimeoutError):
        await sees.until(lambda frame: True, within=0.4)
    await room.media.resume_producer(producer)
    await sees.until(is_luma(90))
    await room.media.pause_producer(producer)
    await settled(room)
    await room.media.resume_producer(producer)
    sees.skip()
    await sees.until(is_luma(90))


async def settled(room: Classroom) -> None:
    """Nothing but reports leaves any more: less than a tenth of the slowest track's rate."""
    await asyncio.sleep(0.1)
    before = (await room.metrics())["packets_out"]
    await asyncio.sleep(0.5)
    assert (await room.metrics())["packets_out"] - before < 3


async def test_what_is_closed_is_gone_for_all(room: Classroom) -> None:
    ada, ben = await room.join("ada"), await room.join("ben")
    producer = await ada.publish(Tone(), "microphone")
    hears = await ben.watch(producer)
    await hears.until(lambda frame: True)
    await room.media.close_producer(producer)
    await room.media.close_producer(producer)
    with pytest.raises(Refused) as caught:
        await ben.watch(producer)
    assert caught.value.code == "producer.unknown"
    await room.media.close_consumer(hears.consumer_id)
    await room.media.close_endpoint(ben.endpoint_id)
    await until(lambda: ben.send.dtls.state == "closed")
    metrics = await room.metrics()
    assert (metrics["endpoints"], metrics["producers"], metrics["consumers"]) == (1, 0, 0)


async def test_states_and_speakers_are_told(room: Classroom) -> None:
    ada = await room.join("ada")
    connected = TransportStateChanged(EndpointId("ada"), ada.send.id, "connected")
    await until(lambda: connected in room.events.all)
    producer = await ada.publish(Tone(), "microphone")
    speakers = await room.events.wait(SpeakersChanged)
    assert speakers == SpeakersChanged(room.router_id, (producer,), producer)


async def test_refusals_cross_with_their_code(room: Classroom) -> None:
    ada = await room.join("ada")
    tone = await ada.publish(Tone(), "microphone")
    nothing = {"codecs": [], "headerExtensions": []}
    with pytest.raises(Refused) as caught:
        await room.media.consume(ada.receive.id, tone, nothing)
    assert caught.value.code == "rtp.unsupported_codec"
    with pytest.raises(Refused) as caught:
        await room.media.produce(ada.send.id, "microphone", {"codecs": "no"})
    assert caught.value.code == "rtp.parameters"
    with pytest.raises(Refused) as caught:
        await room.media.produce(ada.send.id, "hologram", {})
    assert caught.value.code == "source.unknown"
    with pytest.raises(Refused) as caught:
        await room.media.connect_transport(ada.send.id, {"role": "server"})
    assert caught.value.code.startswith("dtls.")


async def test_a_false_fingerprint_gets_no_keys(room: Classroom) -> None:
    class Liar(MediaServer):
        """Tells the worker another certificate's fingerprint."""

        async def connect_transport(self, transport_id, dtls_parameters):  # type: ignore[no-untyped-def]
            for fingerprint in dtls_parameters["fingerprints"]:
                fingerprint["value"] = fingerprint["value"][::-1]
            await room.media.connect_transport(transport_id, dtls_parameters)

        async def create_transport(self, router_id, endpoint_id):  # type: ignore[no-untyped-def]
            return await room.media.create_transport(router_id, endpoint_id)

    wire = await Wire.open(Liar("127.0.0.1", 0), room.router_id, EndpointId("eve"))
    await asyncio.sleep(0.1)
    states = [event.state for event in room.events.all if isinstance(event, TransportStateChanged)]
    assert "connected" not in states
    await wire.close()


async def test_two_rooms_do_not_hear_each_other(room: Classroom) -> None:
    ada = await room.join("ada")
    producer = await ada.publish(Tone(), "microphone")
    elsewhere = await Browser.join(room.media, await room.media.create_router(), "eve")
    room.browsers.append(elsewhere)
    with pytest.raises(Refused) as caught:
        await elsewhere.watch(producer)
    assert caught.value.code == "router.other"
