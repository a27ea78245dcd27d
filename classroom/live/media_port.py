"""What live rooms need of the media workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId
from media.server.events import MediaEvent
from media.server.journal import Journal

Json = dict[str, Any]


class MediaPort(Protocol):
    """Routers, endpoints, transports, producers and consumers, in mediasoup's words.

    `media.server.worker.MediaServer` is the real one. Every verb may raise
    `media.errors.Refused`, and may take as long as a worker needs: whoever calls sets the limit.
    """

    on_event: Callable[[MediaEvent], None]

    def capabilities(self) -> Json: ...

    async def create_router(self) -> RouterId: ...

    async def close_router(self, router_id: RouterId) -> None: ...

    async def create_transport(self, router_id: RouterId, endpoint_id: EndpointId) -> Json: ...

    async def connect_transport(self, transport_id: TransportId, dtls_parameters: Json) -> None: ...

    async def restart_ice(self, transport_id: TransportId) -> Json: ...

    async def close_endpoint(self, endpoint_id: EndpointId) -> None: ...

    async def produce(
        self,
        transport_id: TransportId,
        source: str,
        rtp_parameters: Json,
        paused: bool = False,
        redundancy: str | None = None,
    ) -> ProducerId: ...

    async def pause_producer(self, producer_id: ProducerId) -> None: ...

    async def resume_producer(self, producer_id: ProducerId) -> None: ...

    async def close_producer(self, producer_id: ProducerId) -> None: ...

    async def record(self, producer_id: ProducerId, journal: Journal) -> None: ...

    async def stop_record(self, producer_id: ProducerId, *, at: float) -> None: ...

    async def consume(
        self, transport_id: TransportId, producer_id: ProducerId, rtp_capabilities: Json
    ) -> Json: ...

    async def resume_consumers(self, consumer_ids: Sequence[ConsumerId]) -> None: ...

    async def pause_consumers(self, consumer_ids: Sequence[ConsumerId]) -> None: ...

    async def set_preferences(self, preferences: Sequence[Json]) -> None: ...

    async def router_stats(self, router_id: RouterId) -> Json: ...
