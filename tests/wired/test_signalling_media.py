"""Signalling in front of the real media workers: the twin of the other tests does not lie."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from media.server.worker import MediaServer
from tests.support.media_twin import NOTHING_MEASURED, MediaTwin
from tests.support.signalling import Place, Refusal, classroom, until
from tests.support.wired import media_server

OPUS: dict[str, Any] = {
    "mid": "0",
    "codecs": [
        {
            "mimeType": "audio/opus",
            "payloadType": 111,
            "clockRate": 48000,
            "channels": 2,
            "parameters": {"minptime": 10, "useinbandfec": 1},
            "rtcpFeedback": [],
        }
    ],
    "headerExtensions": [
        {"uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 4, "encrypt": False, "parameters": {}}
    ],
    "encodings": [{"ssrc": 1111, "dtx": False}],
    "rtcp": {"cname": "wu", "reducedSize": True},
}
FINGERPRINT = {"algorithm": "sha-256", "value": ":".join(["AB"] * 32)}


@asynccontextmanager
async def lesson(workers: int = 1) -> AsyncIterator[tuple[Place, MediaServer]]:
    """A classroom on real workers."""
    async with (
        media_server(workers=workers) as (media, _),
        classroom(media=cast(MediaTwin, media)) as place,
    ):
        yield place, media


async def join(
    place: Place, name: str, role: Any, media: MediaServer, room_id: str = "room-1"
) -> Any:
    person = await place.connect(place.seat(name, role, room_id=room_id))
    await person.join(media.capabilities())
    return person


async def test_a_track_reaches_whoever_is_there_and_whoever_comes() -> None:
    async with lesson() as (place, media):
        wu = await join(place, "Wu", "host", media)
        li = await join(place, "Li", "student", media)
        send = wu.welcome["media"]["send"]
        assert send["ice_candidates"][0]["port"] == media.ports[0]
        assert send["dtls_parameters"]["fingerprints"]
        await wu.ask(
            "media.connect_transport",
            transport_id=send["transport_id"],
            dtls_parameters={"role": "client", "fingerprints": [FINGERPRINT]},
        )
        producer = await wu.produce("microphone", OPUS)
        (offer,) = (await li.hear("media.consumers_added"))["consumers"]
        assert offer["producer_id"] == producer
        assert offer["rtp_parameters"]["codecs"][0]["mimeType"] == "audio/opus"
        assert offer["rtp_parameters"]["encodings"][0]["ssrc"]

        bo = await join(place, "Bo", "student", media)
        (late,) = bo.welcome["media"]["consumers"]
        assert late["consumer_id"] != offer["consumer_id"]
        ids = [late["consumer_id"]]
        await bo.ask("media.resume_consumers", consumer_ids=ids)
        wish = {"consumer_id": ids[0], "spatial": 0, "temporal": 0, "priority": 200}
        await bo.ask("media.set_preferences", consumers=[wish])
        await bo.ask("media.pause_consumers", consumer_ids=ids)
        await wu.ask("media.pause_producer", producer_id=producer)
        await wu.ask("media.resume_producer", producer_id=producer)
        await wu.ask("media.close_producer", producer_id=producer)
        assert (await bo.hear("media.consumers_closed"))["consumer_ids"] == ids


async def test_ice_restarts_with_new_credentials() -> None:
    async with lesson() as (place, media):
        wu = await join(place, "Wu", "host", media)
        receive = wu.welcome["media"]["receive"]
        answer = await wu.ask("media.restart_ice", transport_id=receive["transport_id"])
        new, old = answer["ice_parameters"], receive["ice_parameters"]
        assert set(new) >= {"usernameFragment", "password"}
        assert new["usernameFragment"] != old["usernameFragment"]


@pytest.mark.parametrize("parameters", [{"codecs": []}, {"x": 1}, {**OPUS, "encodings": 3}])
async def test_parameters_the_media_core_cannot_take_have_a_code(parameters: Any) -> None:
    async with lesson() as (place, media):
        wu = await join(place, "Wu", "host", media)
        with pytest.raises(Refusal, match=r"^rtp\."):
            await wu.produce("microphone", parameters)
        await wu.produce("microphone", OPUS)


async def test_capabilities_that_are_none_leave_the_person_inside() -> None:
    async with lesson() as (place, media):
        wu = await join(place, "Wu", "host", media)
        await wu.produce("microphone", OPUS)
        li = await place.connect(place.seat("Li"))
        welcome = await li.join({"codecs": "nonsense"})
        assert welcome["media"] is not None
        assert welcome["media"]["consumers"] == []


async def test_a_killed_worker_is_replaced_and_the_class_goes_on() -> None:
    async with lesson() as (place, media):
        wu = await join(place, "Wu", "host", media)
        li = await join(place, "Li", "student", media)
        await wu.produce("microphone", OPUS)
        await li.hear("media.consumers_added")
        (metrics,) = await media.metrics()
        os.kill(int(metrics["pid"]), signal.SIGKILL)
        reset = await wu.hear("media.reset")
        await li.hear("media.reset")
        await until(lambda: media.ready)
        for person in (wu, li):
            answer = await person.ask("media.join", rtp_capabilities=media.capabilities())
            assert answer["epoch"] == reset["epoch"]
            person.welcome["media"] = answer
        await wu.produce("microphone", OPUS)
        assert (await li.hear("media.consumers_added"))["consumers"][0]["source"] == "microphone"


async def test_a_killed_worker_takes_its_rooms_along_and_no_others() -> None:
    async with lesson(workers=2) as (place, media):
        place.room("room-2")
        wu = await join(place, "Wu", "host", media)
        bo = await join(place, "Bo", "host", media, "room-2")
        ports = [
            person.welcome["media"]["send"]["ice_candidates"][0]["port"] for person in (wu, bo)
        ]
        assert sorted(ports) == sorted(media.ports), "each room is on a worker of its own"
        await bo.produce("microphone", OPUS)
        pids = {one["port"]: int(one["pid"]) for one in await media.metrics()}
        os.kill(pids[ports[0]], signal.SIGKILL)
        await wu.hear("media.reset")
        answer = await wu.ask("media.join", rtp_capabilities=media.capabilities())
        assert answer["send"]["ice_candidates"][0]["port"] in media.ports
        cy = await join(place, "Cy", "student", media, "room-2")
        (offer,) = cy.welcome["media"]["consumers"]
        assert offer["participant_id"] == bo.id
        assert [name for name, _ in bo.heard if name == "media.reset"] == []


async def test_the_network_is_told_as_the_twin_tells_it() -> None:
    async with lesson() as (place, media):
        wu = await join(place, "Wu", "host", media)
        li = await join(place, "Li", "student", media)
        (live,) = place.live._hub.rooms.values()
        figures = await live.stage.figures()
        assert {frozenset(one) for one in figures} == {
            frozenset({"endpoint_id", *NOTHING_MEASURED})
        }
        await wu.ask("network.watch", on=True)
        report = await wu.hear("network.report")
        told = {one["participant_id"]: one for one in report["people"]}
        assert set(told) == {wu.id, li.id}
        assert {one["quality"] for one in told.values()} == {"unknown"}, "no packet came yet"


async def test_leaving_takes_everything_from_the_worker() -> None:
    async with lesson() as (place, media):
        wu = await join(place, "Wu", "host", media)
        li = await join(place, "Li", "student", media)
        await wu.produce("microphone", OPUS)
        await li.hear("media.consumers_added")
        await wu.ask("room.end")
        await li.hear_event("room_ended")

        async def left() -> dict[str, int]:
            (metrics,) = await media.metrics()
            names = ("routers", "endpoints", "producers", "consumers")
            return {name: metrics.get(name, 0) for name in names}

        for _ in range(200):
            if not any((await left()).values()):
                break
        assert not any((await left()).values())
