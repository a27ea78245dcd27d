"""The door through which the classroom drives the media workers.

`MediaServer` gives every verb of the media core as a coroutine. It owns no media and no rule: it
makes ids, finds the worker process a thing lives on and passes the verb on. Ids carry the name of
their worker (`w3.…`), so no table of transports, producers and consumers is kept here; after a
worker's death its ids are simply unknown.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from media.errors import Refused
from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.server.cores import usable_cores
from media.server.events import MediaEvent
from media.server.journal import Journal
from media.server.load import ENDPOINT_SHARE
from media.server.place import Site
from media.server.process import MediaWorker
from media.server.supervisor import MediaWorkers

Json = dict[str, Any]
T = TypeVar("T")


def _ignore(event: MediaEvent) -> None:
    """The listener until the classroom sets its own."""


class MediaServer:
    """All media workers of this machine, as one thing.

    Invariant: a verb either happens, or raises `Refused`: with the core's code (`producer.unknown`,
    `rtp.unsupported_codec`, ...) or `media.unavailable` when no worker can do it now. Closing what
    is not there (any more) is silent, because it raced with the death of a worker or a parent.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        announced: Sequence[str] = (),
        workers: int = 1,
        recordings: str = "",
        remedies: bool = True,
        on_event: Callable[[MediaEvent], None] = _ignore,
    ) -> None:
        """Worker i binds `port + i` of `host`; `announced` are "host" or "host:port" (see
        `address.candidates`); empty means the bound host itself. Port 0 lets the kernel choose,
        0 workers are one for each core. Journals are written below the folder `recordings` alone;
        empty is none. Without `remedies` nothing is done about lost packets beyond answering what
        is asked for again."""
        self.on_event = on_event
        self._workers = MediaWorkers(
            Site(host, port, tuple(announced), recordings, remedies),
            count=workers or usable_cores(),
            on_event=self._tell,
        )

    def _tell(self, event: MediaEvent) -> None:
        self.on_event(event)

    async def start(self) -> None:
        """Start all workers; Refused("media.port_in_use" | "media.port_range" | "media.address",
        sentence) when one cannot bind, with none left running."""
        await self._workers.start()

    async def close(self) -> None:
        """End all workers; returns when their processes are gone (a second at most)."""
        await self._workers.close()

    @staticmethod
    def capabilities() -> Json:
        """The router's RTP capabilities, as mediasoup-client's `Device.load` takes them."""
        return ROUTER_CAPABILITIES

    @property
    def ready(self) -> bool:
        """Is there a worker that can take a router now?"""
        return self._workers.ready

    @property
    def ports(self) -> list[int]:
        """The bound UDP port of each worker that runs."""
        return [worker.port for worker in self._workers.running]

    # Routers, endpoints and transports

    async def create_router(self) -> RouterId:
        """A router on the worker that is least busy."""
        worker = await self._workers.least_busy()
        router_id = RouterId(_new_id(worker))
        worker.give(router_id)
        try:
            await worker.request("create_router", router_id=router_id)
        except BaseException:
            worker.take_back(router_id)
            raise
        return router_id

    async def close_router(self, router_id: RouterId) -> None:
        """Close it with all that is in it."""
        worker = self._workers.find(_name(router_id))
        if worker is not None:
            worker.take_back(router_id)
        await self._close("close_router", router_id=router_id)

    async def create_transport(self, router_id: RouterId, endpoint_id: EndpointId) -> Json:
        """One direction of one browser: {id, iceParameters, iceCandidates, dtlsParameters}."""
        worker = self._worker(router_id, "router.unknown")
        transport_id = TransportId(_new_id(worker))
        worker.expect(endpoint_id, ENDPOINT_SHARE)
        return await worker.request(
            "create_transport",
            router_id=router_id,
            endpoint_id=endpoint_id,
            transport_id=transport_id,
        )

    async def connect_transport(self, transport_id: TransportId, dtls_parameters: Json) -> None:
        """The browser's certificate fingerprints; DTLS completes only against them."""
        worker = self._worker(transport_id, "transport.unknown")
        await worker.request(
            "connect_transport", transport_id=transport_id, dtls_parameters=dtls_parameters
        )

    async def restart_ice(self, transport_id: TransportId) -> Json:
        """New iceParameters for a transport whose path was lost; media goes on meanwhile."""
        worker = self._worker(transport_id, "transport.unknown")
        return await worker.request("restart_ice", transport_id=transport_id)

    async def close_endpoint(self, endpoint_id: EndpointId) -> None:
        """Close a browser's transports, with its producers and consumers."""
        for worker in self._workers.running:  # its id is the classroom's and names no worker
            worker.load.forget(endpoint_id)
            await _quietly(worker, "close_endpoint", endpoint_id=endpoint_id)

    # Producers

    async def produce(
        self,
        transport_id: TransportId,
        source: str,
        rtp_parameters: Json,
        paused: bool = False,
        redundancy: str | None = None,
    ) -> ProducerId:
        """Publish a track; `source` is a value of `media.source.Source`. With `redundancy` "red"
        each payload of sound is RFC 2198, under the payload type of its codec."""
        worker = self._worker(transport_id, "transport.unknown")
        producer_id = ProducerId(_new_id(worker))
        await worker.request(
            "produce",
            transport_id=transport_id,
            producer_id=producer_id,
            source=source,
            rtp_parameters=rtp_parameters,
            paused=paused,
            redundancy=redundancy,
        )
        return producer_id

    async def pause_producer(self, producer_id: ProducerId) -> None:
        """Forward nothing of it until it is resumed."""
        worker = self._worker(producer_id, "producer.unknown")
        await worker.request("pause_producer", producer_id=producer_id)

    async def resume_producer(self, producer_id: ProducerId) -> None:
        """Forward it again, from its next key frame."""
        worker = self._worker(producer_id, "producer.unknown")
        await worker.request("resume_producer", producer_id=producer_id)

    async def record(self, producer_id: ProducerId, journal: Journal) -> None:
        """Write down what arrives of it, until `stop_record` or its end; pictures from their next
        key frame on. Refused: `producer.unknown`, `recording.exists` (it is recorded already, or
        there is such a file), `recording.path`, `recording.storage`."""
        worker = self._worker(producer_id, "producer.unknown")
        await worker.request(
            "record",
            producer_id=producer_id,
            path=journal.path,
            key=journal.key.hex(),
            began=journal.began,
            facts=journal.facts,
        )

    async def stop_record(self, producer_id: ProducerId, *, at: float) -> None:
        """Nothing of it stays written that arrived at `at` (monotonic seconds) or later. Returns
        when its journal is sealed and synced; what is not recorded is silent."""
        worker = self._workers.find(_name(producer_id))
        if worker is not None:
            await _quietly(worker, "stop_record", producer_id=producer_id, at=at)

    async def close_producer(self, producer_id: ProducerId) -> None:
        """Close it, with all its consumers."""
        await self._close("close_producer", producer_id=producer_id)

    # Consumers

    async def consume(
        self, transport_id: TransportId, producer_id: ProducerId, rtp_capabilities: Json
    ) -> Json:
        """A paused consumer: {id, producerId, kind, rtpParameters, type}."""
        worker = self._worker(transport_id, "transport.unknown")
        consumer_id = ConsumerId(_new_id(worker))
        result = await worker.request(
            "consume",
            transport_id=transport_id,
            consumer_id=consumer_id,
            producer_id=producer_id,
            rtp_capabilities=rtp_capabilities,
        )
        return {"id": consumer_id, "producerId": producer_id, **result}

    async def resume_consumers(self, consumer_ids: Sequence[ConsumerId]) -> None:
        """Let them flow, from a key frame asked for at once. Closed consumers are skipped."""
        await self._each("resume_consumers", consumer_ids)

    async def pause_consumers(self, consumer_ids: Sequence[ConsumerId]) -> None:
        """Send nothing of them. Closed consumers are skipped."""
        await self._each("pause_consumers", consumer_ids)

    async def close_consumer(self, consumer_id: ConsumerId) -> None:
        """Close it; the producer and its other listeners notice nothing."""
        await self._close("close_consumer", consumer_id=consumer_id)

    async def set_preferences(self, preferences: Sequence[Json]) -> None:
        """What the client wants: {consumer_id, spatial, temporal, priority} each; a layer that is
        None is no limit, the higher priority keeps more. Closed consumers are skipped."""
        for worker, mine in self._by_worker(preferences, lambda one: str(one["consumer_id"])):
            await worker.request("set_preferences", consumers=mine)

    # Figures

    async def router_stats(self, router_id: RouterId) -> Json:
        """How the connections of a router's endpoints are (see `control`)."""
        worker = self._worker(router_id, "router.unknown")
        return await worker.request("router_stats", router_id=router_id)

    async def metrics(self) -> list[Json]:
        """Counters of each worker that answers, with its `pid`, `port`, `place` (0 is the first)
        and `processor_share`, the part of a core that it uses now."""
        running = self._workers.running_at
        told = await asyncio.gather(*(_counters(worker) for worker in running.values()))
        return [
            {
                "pid": worker.pid,
                "port": worker.port,
                "place": place,
                "processor_share": worker.load.share,
                **counters,
            }
            for (place, worker), counters in zip(running.items(), told, strict=True)
            if counters is not None
        ]

    def _worker(self, thing: str, unknown: str) -> MediaWorker:
        worker = self._workers.find(_name(thing))
        if worker is None:
            raise Refused(unknown, "its worker is gone")
        return worker

    async def _close(self, method: str, **params: str) -> None:
        (thing,) = params.values()
        worker = self._workers.find(_name(thing))
        if worker is not None:
            await _quietly(worker, method, **params)

    async def _each(self, method: str, consumer_ids: Sequence[ConsumerId]) -> None:
        for worker, mine in self._by_worker(consumer_ids, str):
            await worker.request(method, consumer_ids=mine)

    def _by_worker(
        self, things: Sequence[T], id_of: Callable[[T], str]
    ) -> list[tuple[MediaWorker, list[T]]]:
        """The things of each worker that runs."""
        by_name: dict[str, list[T]] = {}
        for thing in things:
            by_name.setdefault(_name(id_of(thing)), []).append(thing)
        found = ((self._workers.find(name), mine) for name, mine in by_name.items())
        return [(worker, mine) for worker, mine in found if worker is not None]


async def _counters(worker: MediaWorker) -> Json | None:
    """What a worker counts; None when it does not answer."""
    try:
        return await worker.request("metrics")
    except Refused:
        return None


def _new_id(worker: MediaWorker) -> str:
    return f"{worker.name}.{secrets.token_urlsafe(12)}"


def _name(thing: str) -> str:
    return thing.partition(".")[0]


async def _quietly(worker: MediaWorker, method: str, **params: Any) -> None:
    try:
        await worker.request(method, **params)
    except Refused as refusal:
        if not refusal.code.endswith((".unknown", ".unavailable")):
            raise
