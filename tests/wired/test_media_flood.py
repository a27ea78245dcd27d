"""An authenticated client floods the real worker with all it can; two others do not mind."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bench.load import AUDIO_PACKETS_S, CAMERA, Publisher, audio_parameters, plan, video_parameters
from bench.reception import Reception
from media.ids import ConsumerId
from media.transport.certificate import Certificate
from media.wire.extension import Extension
from tests.support import tracks
from tests.support.calls import Call
from tests.support.flood import FLOODS, Hostile
from tests.support.wired import media_server, until

SECONDS = 3.0
PER_SECOND = 20_000
TURN_S = 0.0025
EVERYTHING = (int(SECONDS * AUDIO_PACKETS_S), int(SECONDS * CAMERA.frames_s))
BEHIND = 8
"""Packets of the others on their way, from which on the flood waits: on a busy machine the test
itself is late, and the kernel's buffer is not what it is about."""
AT_ONCE = 2000
EVE_SSRC = 77
NAMES = ("rtp.rate", "rtcp.rate", "dtls.rate", "stun.rate", "transport.kind")
"""What a flood of all kinds is dropped as before it is read."""


class Lesson:
    """Ada publishes sound and picture, Ben gets them and says what arrived; Eve floods."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.reception = Reception()
        self.sent = 0
        self.flooded = 0
        self.watched: list[int] = []
        """SSRCs Eve gets."""
        self._taken = 0

    async def begin(self) -> None:
        """Everybody is there, and Eve publishes and receives too."""
        call, media = self.call, self.call.media
        for name in ("ada", "ben", "eve"):
            await call.join(name)
        ada, ben, eve = (transport["id"] for transport in call.transports)
        producers = [
            await media.produce(ada, "microphone", audio_parameters()),
            await media.produce(ada, "camera", video_parameters()),
        ]
        theirs = tracks.audio_parameters(tracks.Microphone(EVE_SSRC, mid="0"))
        await media.produce(eve, "microphone", theirs)
        for transport, producer in itertools.product((ben, eve), producers):
            consumer = await media.consume(transport, producer, simple(media.capabilities()))
            await media.resume_consumers([ConsumerId(consumer["id"])])
            if transport == eve:
                self.watched.append(consumer["rtpParameters"]["encodings"][0]["ssrc"])

    def hostile(self) -> Hostile:
        ice, sealer = self.call.transports[2]["iceParameters"], self.call.clients[2].sealer
        assert sealer is not None
        return Hostile(
            sealer,
            ice["usernameFragment"],
            ice["password"],
            sound=EVE_SSRC,
            watched=tuple(self.watched),
        )

    def serve(self) -> None:
        """Takes what came to Ben."""
        call, now = self.call, time.monotonic()
        call.serve()
        ben = call.clients[1]
        assert ben.opener is not None
        for packet in call.heard[self._taken :]:
            self.reception.take(memoryview(packet), ben.opener, now=now)
        self._taken = len(call.heard)

    async def teach(self) -> None:
        """Ada sends sound and picture for `SECONDS`, Eve whatever she can beside it."""
        eve, flood = self.call.clients[2], endless(self.hostile())
        sealer = self.call.clients[0].sealer
        assert sealer is not None
        publisher, began = Publisher(sealer, CAMERA), time.monotonic()
        packets = plan(SECONDS, CAMERA, begin=TURN_S)
        following = next(packets, None)
        while following is not None:
            now = time.monotonic()
            while following is not None and began + following.at <= now:
                self.call.clients[0].send(publisher.packet(following, now=now))
                self.sent += 1
                following = next(packets, None)
            self.serve()
            if self.sent - len(self.call.heard) < BEHIND:
                for datagram in itertools.islice(flood, int(PER_SECOND * TURN_S)):
                    eve.send(datagram)
                    self.flooded += 1
            await asyncio.sleep(max(now + TURN_S - time.monotonic(), 0))

    def burst(self) -> None:
        """More packets than are taken at once, however slow this machine made the flood."""
        hostile = self.hostile()
        for _ in range(AT_ONCE):
            self.call.clients[2].send(FLOODS["RTP garbage"](hostile))

    def came(self) -> tuple[int, int]:
        """Packets of sound and whole pictures that came to Ben so far."""
        self.serve()
        streams = self.reception.streams.values()
        sounds = sum(one.packets for one in streams if one.is_small)
        return sounds, sum(one.frames for one in streams if not one.is_small)


def simple(capabilities: dict[str, Any]) -> dict[str, Any]:
    """Those of a browser that reports no arrivals: on a busy machine they would look like those of
    a narrow line, and it would get fewer frames."""
    extensions = [
        each
        for each in capabilities["headerExtensions"]
        if each["uri"] != Extension.TRANSPORT_SEQUENCE
    ]
    return {**capabilities, "headerExtensions": extensions}


def endless(hostile: Hostile) -> Iterator[bytes]:
    """All kinds in turn."""
    for make in itertools.cycle(FLOODS.values()):
        yield make(hostile)


@pytest.fixture
async def lesson() -> AsyncIterator[Lesson]:
    async with media_server() as (media, _):
        call = Call(media, await media.create_router(), Certificate.generate(datetime.now(UTC)))
        made = Lesson(call)
        await made.begin()
        yield made
        call.close()


async def test_a_flood_of_everything_harms_only_who_sends_it(lesson: Lesson) -> None:
    await lesson.teach()
    await until(lambda: lesson.came() >= EVERYTHING)
    assert lesson.came() == EVERYTHING
    assert lesson.reception.lost() == 0
    assert lesson.reception.refused == 0
    lesson.burst()
    metrics = await lesson.call.metrics()
    assert not metrics["faults"]
    assert not metrics["port_dropped"]
    dropped = metrics["dropped"]
    assert {name for name in NAMES if not dropped.get(name)} == set()
    assert sum(dropped[name] for name in NAMES) > 0.3 * lesson.flooded
