"""Line: one transport of an endpoint, with the streams that run through it both ways.

A record that the parts of this package work on: `ingress` finds inbound streams here, `egress` and
`reports` the subscriptions. Decides nothing but which of its own SSRCs is whose.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from media.errors import Refused
from media.forward.consumer import Consumer
from media.forward.producer import Producer
from media.forward.router import Router
from media.forward.stream import Stream
from media.ids import EndpointId, TransportId
from media.ortc.negotiate import Consumable, ProducerMapping
from media.ortc.parameters import RtpParameters
from media.repair.allowance import Allowance
from media.repair.nack import MissingPackets
from media.repair.rtx import Resends
from media.transport.transport import Transport

MAX_PUBLICATIONS = 16
"""Tracks one transport may publish: camera, microphone, screen, its sound, and room to change."""
MAX_SUBSCRIPTIONS = 1000
"""Tracks one transport may receive: 50 people with two cameras and a screen, several times over."""
MAX_SSRCS = 10_000
"""SSRCs one transport may use up: 5000 tracks one after the other; then its browser needs another.
They cannot be forgotten while the keys live."""
_SSRCS_EACH = 2  # a track and its retransmissions
HASTE = 64
"""Datagrams of one handshake that may hurry the worker: a lossy one has three dozen."""
NACKED_PER_SECOND = 2000
"""Numbers a receiver may ask for: 8 Mbit/s of which 30 % are lost, each asked for eight times."""
RESENT_BYTES_PER_SECOND = 500_000
"""4 Mbit/s: those 30 %, and two thirds of them once more."""


class Inbound:
    """One SSRC a publisher sends on. With `repairs`, packets of that stream come by RTX."""

    __slots__ = ("missing", "publication", "repairs", "ssrc", "stream")

    def __init__(
        self, ssrc: int, publication: Publication, stream: Stream, missing: MissingPackets | None
    ) -> None:
        self.ssrc = ssrc
        self.publication = publication
        self.stream = stream
        self.missing = missing
        """None for sound, which is not repaired by asking."""
        self.repairs: Inbound | None = None


@dataclass(slots=True, eq=False)
class Publication:
    """A producer and how its packets look on its line."""

    producer: Producer
    line: Line
    parameters: RtpParameters
    mapping: ProducerMapping
    consumable: Consumable


@dataclass(slots=True, eq=False)
class Subscription:
    """A consumer and what its line needs for it."""

    consumer: Consumer
    line: Line
    publication: Publication
    cname: str
    resends: Resends | None
    is_wanted: bool = False
    """Resumed by its receiver; it flows once there is an address and keys."""
    reports: dict[int, float] = field(default_factory=dict)
    """When the newest SRs left, by the middle 32 bits of their NTP time."""


class Line:
    """See the module."""

    __slots__ = (
        "_mids",
        "asked",
        "drops",
        "endpoint_id",
        "estimate_bps",
        "haste",
        "inbound",
        "is_flowing",
        "publications",
        "report_at",
        "resent",
        "router",
        "ssrcs",
        "subscriptions",
        "transport",
        "transport_id",
        "wake_at",
    )

    def __init__(
        self,
        endpoint_id: EndpointId,
        transport_id: TransportId,
        router: Router,
        transport: Transport,
    ) -> None:
        self.endpoint_id = endpoint_id
        self.transport_id = transport_id
        self.router = router
        self.transport = transport
        self.inbound: dict[int, Inbound] = {}
        self.publications: list[Publication] = []
        self.subscriptions: dict[int, Subscription] = {}
        """By the SSRC we send on."""
        self.ssrcs: set[int] = set()
        """All SSRCs ever used towards this peer: a second use would repeat nonces."""
        self.drops: Counter[str] = Counter()
        self.asked = Allowance(NACKED_PER_SECOND)
        self.resent = Allowance(RESENT_BYTES_PER_SECOND)
        self._mids = 0
        self.estimate_bps: int | None = None
        """What the receiver last said its downlink carries (REMB)."""
        self.is_flowing = False
        self.haste = HASTE
        """Left of it, so that nobody hurries the worker for good by never finishing."""
        self.report_at: float | None = None
        self.wake_at: float | None = None

    def claim_ssrc(self, candidate: int) -> int:
        """The first SSRC from `candidate` on that was never used here; at least 2."""
        ssrc = max(candidate & 0xFFFFFFFF, 2)
        while ssrc in self.ssrcs:
            ssrc = ssrc % 0xFFFFFFFF + 2
        self.ssrcs.add(ssrc)
        return ssrc

    def take_mid(self) -> int:
        """A number for one more stream we send."""
        self._mids += 1
        return self._mids - 1

    def check_publications(self) -> None:
        """Refused `producer.limit` when the line carries as many as it may."""
        if len(self.publications) >= MAX_PUBLICATIONS:
            raise Refused("producer.limit", str(MAX_PUBLICATIONS))

    def check_subscriptions(self) -> None:
        """Refused `consumer.limit` when the line carries, or ever carried, as many as it may."""
        if len(self.subscriptions) >= MAX_SUBSCRIPTIONS:
            raise Refused("consumer.limit", str(MAX_SUBSCRIPTIONS))
        if len(self.ssrcs) + _SSRCS_EACH > MAX_SSRCS:
            raise Refused("consumer.limit", f"{MAX_SSRCS} SSRCs are used up")
