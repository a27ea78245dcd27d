"""What a benchmark of forwarding measures: our media worker, or another server at the same load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from bench.generator import Generator
from bench.load import audio_parameters, video_parameters
from media.ids import ConsumerId, EndpointId, ProducerId, TransportId
from media.ortc.capabilities import REDUNDANT_SOUND
from media.server.worker import MediaServer

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Usage:
    """At one moment. `packets` forwarded so far; None when the server does not count them."""

    cpu_s: float
    rss_mb: float
    packets: int | None = None
    tick_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there: publishers of `picture` and sound, and what each receiver gets.

    `audience[i]` are the publishers receiver i listens to, by their place.
    """

    picture: str
    publishers: int
    audience: tuple[tuple[int, ...], ...]
    factor: float = 1.0
    """Of the picture's packets."""

    async def publish(self, generator: Generator, transports: list[Json]) -> None:
        """Let the publishers join."""
        publish = {"transports": transports, "picture": self.picture, "factor": self.factor}
        generator.tell({"publish": publish})
        await generator.hear("joined_ms")


async def listen(generator: Generator, transports: list[Json]) -> list[float]:
    """Let receivers join; milliseconds each took."""
    generator.tell({"listen": {"transports": transports}})
    joined: list[float] = await generator.hear("joined_ms")
    return joined


def lecture(receivers: int, *, factor: float = 1.0) -> Cast:
    """One screen and its sound to all the others."""
    return Cast("screen", 1, ((0,),) * receivers, factor)


def mesh(people: int) -> Cast:
    """Everybody sends camera and sound to all the others."""
    everybody = range(people)
    return Cast(
        "camera", people, tuple(tuple(one for one in everybody if one != me) for me in everybody)
    )


class Subject(Protocol):
    """A server under test. `pid` is the process that is measured."""

    pid: int

    async def start(self) -> None: ...
    async def close(self) -> None: ...

    async def set_up(self, generator: Generator, cast: Cast) -> list[float]:
        """Let everybody join, publish and listen; milliseconds each receiver took."""

    async def usage(self) -> Usage: ...


class OwnWorker:
    """Our media worker, one process."""

    def __init__(
        self, host: str = "127.0.0.1", *, recordings: str = "", is_redundant: bool = False
    ) -> None:
        """Journals may lie below the folder `recordings`. Receivers read sound with earlier frames
        if it `is_redundant`, as Chromium does."""
        self._is_redundant = is_redundant
        self.server = MediaServer(host, 0, recordings=recordings)
        self.pid = 0
        self.producers: list[ProducerId] = []
        """Of all publishers, a picture and its sound in turns."""

    async def start(self) -> None:
        await self.server.start()
        self.pid = (await self.server.metrics())[0]["pid"]

    async def close(self) -> None:
        await self.server.close()

    async def usage(self) -> Usage:
        (seen,) = await self.server.metrics()
        cpu_s = seen["user_s"] + seen["system_s"]
        return Usage(cpu_s, seen["rss_bytes"] / 1e6, seen["packets_out"], seen["tick_ms"])

    async def set_up(self, generator: Generator, cast: Cast) -> list[float]:
        server = self.server
        router_id = await server.create_router()
        transports = []
        for index in range(cast.publishers + len(cast.audience)):
            made = await server.create_transport(router_id, EndpointId(f"load-{index}"))
            await server.connect_transport(made["id"], generator.dtls_parameters)
            transports.append(made)
        await cast.publish(generator, transports[: cast.publishers])
        joined = await listen(generator, transports[cast.publishers :])
        ids = [TransportId(one["id"]) for one in transports]
        producers = [await self._publish(one, cast.picture) for one in ids[: cast.publishers]]
        for receiver, heard in zip(ids[cast.publishers :], cast.audience, strict=True):
            await self._listen(receiver, [one for place in heard for one in producers[place]])
        self.producers = [one for pair in producers for one in pair]
        return joined

    async def _publish(self, transport: TransportId, picture: str) -> list[ProducerId]:
        return [
            await self.server.produce(transport, picture, video_parameters()),
            await self.server.produce(transport, "microphone", audio_parameters()),
        ]

    async def _listen(self, transport: TransportId, producers: list[ProducerId]) -> None:
        server = self.server
        capabilities = server.capabilities()
        if self._is_redundant:
            red = {"kind": "audio", **REDUNDANT_SOUND.to_json("preferredPayloadType")}
            capabilities = {**capabilities, "codecs": [*capabilities["codecs"], red]}
        consumers = [
            ConsumerId((await server.consume(transport, one, capabilities))["id"])
            for one in producers
        ]
        await server.resume_consumers(consumers)
