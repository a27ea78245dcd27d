"""A media server in memory: keeps what it was asked for, and can die, hang and refuse.

It has the verbs of `classroom.live.ports.MediaPort` and the codes of the real one. No packet flows;
what a test wants to know is in the dicts. Journals are real files, of what a test says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from media.errors import Refused
from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.server.events import (
    DownlinkChanged,
    MediaEvent,
    RecordingFailed,
    RemedyChanged,
    SpeakersChanged,
    WorkerLost,
    WorkerReady,
)
from media.server.journal import Journal
from tests.support.journals import TrackTwin

Json = dict[str, Any]

NOTHING_MEASURED: Json = {
    "is_heard": True,
    "round_trip_ms": None,
    "loss_down": None,
    "loss_up": None,
    "downlink_bps": None,
    "uplink_bps": None,
    "protocol": None,
    "reductions": [],
}


@dataclass
class TransportTwin:
    router_id: RouterId
    endpoint_id: EndpointId
    dtls_parameters: Json | None = None
    restarts: int = 0


@dataclass
class ProducerTwin:
    transport_id: TransportId
    source: str
    paused: bool
    redundancy: str | None = None


@dataclass
class ConsumerTwin:
    transport_id: TransportId
    producer_id: ProducerId
    paused: bool = True
    layers: tuple[int | None, int | None] | None = None
    priority: int | None = None


@dataclass
class MediaTwin:
    """One worker. `hold` stops every verb until it is set again; `refuse` names codes by verb."""

    on_event: Callable[[MediaEvent], None] = lambda event: None
    routers: set[RouterId] = field(default_factory=set)
    transports: dict[TransportId, TransportTwin] = field(default_factory=dict)
    producers: dict[ProducerId, ProducerTwin] = field(default_factory=dict)
    consumers: dict[ConsumerId, ConsumerTwin] = field(default_factory=dict)
    recorded: dict[ProducerId, TrackTwin] = field(default_factory=dict)
    """What is written down now."""
    refuse: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    stats: dict[str, Json] = field(default_factory=dict)
    """Figures of endpoints, by participant; of all others nothing was measured."""
    ready: bool = True

    def __post_init__(self) -> None:
        self.hold = asyncio.Event()
        self.hold.set()
        self._ids = count(1)
        self._generation = 1
        self._ended: dict[ProducerId, TrackTwin] = {}

    # What a test does to it

    def die(self) -> None:
        """The worker is killed: everything in it is gone, and the classroom is told."""
        lost = tuple(self.routers)
        self.ready = False
        self.routers.clear()
        self.transports.clear()
        self.producers.clear()
        self.consumers.clear()
        for track in self.recorded.values():
            track.break_off()
        self.recorded.clear()
        self.on_event(WorkerLost(lost))

    def come_back(self) -> None:
        """A new worker runs."""
        self.ready = True
        self._generation += 1
        self.on_event(WorkerReady())

    def speak(self, router_id: RouterId, *producers: str) -> None:
        """Tell who is heard, the loudest first."""
        heard = tuple(ProducerId(producer) for producer in producers)
        self.on_event(SpeakersChanged(router_id, heard, heard[0] if heard else None))

    def send(self, producer_id: ProducerId, payload: bytes, *, now: float) -> None:
        """A packet of a producer comes, and is written down where that is recorded."""
        track = self.recorded.get(producer_id)
        if track is not None and not self.producers[producer_id].paused:
            track.write(payload, now=now)

    def fail_record(self, producer_id: ProducerId, reason: Literal["storage", "behind"]) -> None:
        """The disk fails or is late; after "storage" nothing more is written."""
        if reason == "storage":
            self.recorded.pop(producer_id).break_off()
        self.on_event(RecordingFailed(producer_id, reason))

    def squeeze(self, owner: str, bitrate_bps: int, **reductions: str) -> None:
        """Tell what somebody's connection carries now."""
        (endpoint_id,) = {self.transports[name].endpoint_id for name in self.of_endpoint(owner)}
        self.on_event(DownlinkChanged(endpoint_id, bitrate_bps, tuple(reductions.items())))

    def lose(self, owner: str, down: str, up: str, word: int | None, *measures: str) -> None:
        """Somebody's connection loses so much, and this is done about it."""
        (endpoint_id,) = {self.transports[name].endpoint_id for name in self.of_endpoint(owner)}
        self.on_event(RemedyChanged(endpoint_id, down, up, word, measures))

    def figures(self, endpoint_id: str) -> Json:
        """What `router_stats` says of an endpoint."""
        owner = endpoint_id.partition(".")[0]
        return {**NOTHING_MEASURED, **self.stats.get(owner, {})}

    def of_endpoint(self, owner: str) -> list[TransportId]:
        """The transports of a participant."""
        return [
            name for name, made in self.transports.items() if made.endpoint_id.startswith(owner)
        ]

    # The door

    def capabilities(self) -> Json:
        return {"codecs": [], "headerExtensions": []}

    async def metrics(self) -> list[Json]:
        return [{"routers": len(self.routers)}]

    async def create_router(self) -> RouterId:
        await self._ask("create_router")
        router_id = RouterId(self._id("r"))
        self.routers.add(router_id)
        return router_id

    async def close_router(self, router_id: RouterId) -> None:
        await self._ask("close_router")
        self.routers.discard(router_id)
        for name in [n for n, made in self.transports.items() if made.router_id == router_id]:
            self._drop_transport(name)

    async def create_transport(self, router_id: RouterId, endpoint_id: EndpointId) -> Json:
        await self._ask("create_transport")
        self._known(router_id in self.routers, "router.unknown")
        transport_id = TransportId(self._id("t"))
        self.transports[transport_id] = TransportTwin(router_id, endpoint_id)
        return {
            "id": transport_id,
            "iceParameters": self._ice(transport_id, 0),
            "iceCandidates": [{"foundation": "1", "ip": "127.0.0.1", "port": 40000}],
            "dtlsParameters": {"role": "auto", "fingerprints": []},
        }

    async def connect_transport(self, transport_id: TransportId, dtls_parameters: Json) -> None:
        await self._ask("connect_transport")
        self._known(transport_id in self.transports, "transport.unknown")
        self.transports[transport_id].dtls_parameters = dtls_parameters

    async def restart_ice(self, transport_id: TransportId) -> Json:
        await self._ask("restart_ice")
        self._known(transport_id in self.transports, "transport.unknown")
        self.transports[transport_id].restarts += 1
        return self._ice(transport_id, self.transports[transport_id].restarts)

    async def close_endpoint(self, endpoint_id: EndpointId) -> None:
        await self._ask("close_endpoint")
        for name in [n for n, made in self.transports.items() if made.endpoint_id == endpoint_id]:
            self._drop_transport(name)

    async def produce(
        self,
        transport_id: TransportId,
        source: str,
        rtp_parameters: Json,
        paused: bool = False,
        redundancy: str | None = None,
    ) -> ProducerId:
        await self._ask("produce")
        self._known(transport_id in self.transports, "transport.unknown")
        if not rtp_parameters:
            raise Refused("rtp.parameters")
        producer_id = ProducerId(self._id("p"))
        self.producers[producer_id] = ProducerTwin(transport_id, source, paused, redundancy)
        return producer_id

    async def pause_producer(self, producer_id: ProducerId) -> None:
        await self._pause(producer_id, True)

    async def resume_producer(self, producer_id: ProducerId) -> None:
        await self._pause(producer_id, False)

    async def close_producer(self, producer_id: ProducerId) -> None:
        await self._ask("close_producer")
        self._drop_producer(producer_id)

    async def record(self, producer_id: ProducerId, journal: Journal) -> None:
        await self._ask("record")
        self._known(producer_id in self.producers, "producer.unknown")
        if producer_id in self.recorded:
            raise Refused("recording.exists")
        self.recorded[producer_id] = TrackTwin(journal)

    async def stop_record(self, producer_id: ProducerId, *, at: float) -> None:
        with suppress(Refused):  # it is over already when there is no worker
            await self._ask("stop_record")
        track = self.recorded.pop(producer_id, None) or self._ended.pop(producer_id, None)
        if track is not None:
            track.close(at=at)

    async def consume(
        self, transport_id: TransportId, producer_id: ProducerId, rtp_capabilities: Json
    ) -> Json:
        await self._ask("consume")
        self._known(transport_id in self.transports, "transport.unknown")
        self._known(producer_id in self.producers, "producer.unknown")
        consumer_id = ConsumerId(self._id("c"))
        self.consumers[consumer_id] = ConsumerTwin(transport_id, producer_id)
        audio = self.producers[producer_id].source in ("microphone", "screen_audio")
        return {
            "id": consumer_id,
            "producerId": producer_id,
            "kind": "audio" if audio else "video",
            "rtpParameters": {"codecs": [], "encodings": [{"ssrc": 1}]},
            "type": "simple",
        }

    async def resume_consumers(self, consumer_ids: Sequence[ConsumerId]) -> None:
        await self._ask("resume_consumers")
        for consumer_id in consumer_ids:
            if consumer_id in self.consumers:
                self.consumers[consumer_id].paused = False

    async def pause_consumers(self, consumer_ids: Sequence[ConsumerId]) -> None:
        await self._ask("pause_consumers")
        for consumer_id in consumer_ids:
            if consumer_id in self.consumers:
                self.consumers[consumer_id].paused = True

    async def set_preferences(self, preferences: Sequence[Json]) -> None:
        await self._ask("set_preferences")
        for one in preferences:
            consumer = self.consumers.get(one["consumer_id"])
            if consumer is not None:
                consumer.layers = (one["spatial"], one["temporal"])
                consumer.priority = one["priority"]

    async def router_stats(self, router_id: RouterId) -> Json:
        await self._ask("router_stats")
        self._known(router_id in self.routers, "router.unknown")
        ends = {made.endpoint_id: None for made in self.transports.values()}
        return {"endpoints": [{"endpoint_id": name, **self.figures(name)} for name in ends]}

    # Steps

    async def _ask(self, verb: str) -> None:
        self.asked.append(verb)
        generation = self._generation
        await asyncio.sleep(0)
        await self.hold.wait()
        if not self.ready or generation != self._generation:
            raise Refused("media.unavailable")
        if verb in self.refuse:
            raise Refused(self.refuse[verb])

    async def _pause(self, producer_id: ProducerId, paused: bool) -> None:
        await self._ask("pause_producer" if paused else "resume_producer")
        self._known(producer_id in self.producers, "producer.unknown")
        self.producers[producer_id].paused = paused

    def _known(self, is_known: bool, code: str) -> None:
        if not is_known:
            raise Refused(code)

    def _id(self, letter: str) -> str:
        return f"w{self._generation}.{letter}{next(self._ids)}"

    def _ice(self, transport_id: TransportId, restarts: int) -> Json:
        return {"usernameFragment": f"{transport_id}-{restarts}", "password": "x", "iceLite": True}

    def _drop_transport(self, name: TransportId) -> None:
        self.transports.pop(name, None)
        for producer_id in [n for n, p in self.producers.items() if p.transport_id == name]:
            self._drop_producer(producer_id)
        for consumer_id in [n for n, c in self.consumers.items() if c.transport_id == name]:
            del self.consumers[consumer_id]

    def _drop_producer(self, producer_id: ProducerId) -> None:
        self.producers.pop(producer_id, None)
        track = self.recorded.pop(producer_id, None)
        if track is not None:
            track.close(at=None)
            self._ended[producer_id] = track
        for consumer_id in [n for n, c in self.consumers.items() if c.producer_id == producer_id]:
            del self.consumers[consumer_id]
