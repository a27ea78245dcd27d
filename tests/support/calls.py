"""A call of light clients through the real worker: one speaks, the second listens."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

from bench.client import LoadClient, Remote
from bench.load import Planned, Publisher, audio_parameters
from media.ids import ConsumerId, EndpointId, ProducerId, RouterId
from media.server.worker import MediaServer
from media.transport.certificate import Certificate
from tests.support.wired import until

SOUND = Planned(0.0, is_video=False, frame=0, first=True, last=True)
Transport = dict[str, Any]


@dataclass
class Call:
    """One publisher of sound and one listener, as load clients; `heard` are datagrams of sound."""

    media: MediaServer
    router_id: RouterId
    certificate: Certificate
    clients: list[LoadClient] = field(default_factory=list)
    transports: list[Transport] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    producer: ProducerId | None = None
    publisher: Publisher | None = None
    sent: int = 0

    async def join(
        self, name: str, *, port: int | None = None, client: type[LoadClient] = LoadClient
    ) -> LoadClient:
        """Connect a client, to another port than the announced one when given."""
        transport = await self.media.create_transport(self.router_id, EndpointId(name))
        fingerprints = [self.certificate.fingerprint.to_json()]
        dtls = {"role": "client", "fingerprints": fingerprints}
        await self.media.connect_transport(transport["id"], dtls)
        remote = Remote.from_json(transport)
        joining = client(replace(remote, port=port or remote.port), self.certificate)
        self.clients.append(joining)
        self.transports.append(transport)
        await self.serve_until(lambda: joining.joined_at is not None)
        return joining

    async def talk(self) -> None:
        """Publish sound from the first client, if it is not yet, and let the second listen."""
        if self.producer is None:
            self.producer = await self.media.produce(
                self.transports[0]["id"], "microphone", audio_parameters()
            )
            sealer = self.clients[0].sealer
            assert sealer is not None
            self.publisher = Publisher(sealer)
        consumer = await self.media.consume(
            self.transports[1]["id"], self.producer, self.media.capabilities()
        )
        await self.media.resume_consumers([ConsumerId(consumer["id"])])

    def say(self) -> None:
        """Send one packet of sound."""
        assert self.publisher is not None
        self.sent += 1
        sound = replace(SOUND, frame=self.sent)
        self.clients[0].send(self.publisher.packet(sound, now=time.monotonic()))

    def serve(self) -> None:
        """Let all clients do what is due."""
        for index, client in enumerate(self.clients):
            for packet in client.poll(time.monotonic()):
                if index == 1 and not 192 <= packet[1] <= 223:
                    self.heard.append(bytes(packet))

    async def serve_until(self, condition: Any) -> None:
        def check() -> bool:
            self.serve()
            return bool(condition())

        await until(check)

    async def is_working(self) -> None:
        """A packet said from now on is heard."""
        before = len(self.heard)
        self.say()
        await self.serve_until(lambda: len(self.heard) > before)

    def close(self) -> None:
        for client in self.clients:
            client.close()

    async def metrics(self) -> dict[str, Any]:
        (metrics,) = await self.media.metrics()
        return metrics
