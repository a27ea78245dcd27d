"""Line: one transport of an endpoint, with the streams that run through it both ways.

A record that the parts of this package work on: `ingress` finds inbound streams here, `egress` and
`reports` the subscriptions. Decides nothing but which of its own SSRCs is whose.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from media.endpoint.downlink import Downlink
from media.endpoint.uplink import Uplink
from media.forward.consumer import Consumer
from media.forward.producer import Producer
from media.forward.router import Router
from media.forward.stream import Stream
from media.ids import EndpointId, TransportId
from media.ortc.negotiate import Consumable, ProducerMapping
from media.ortc.parameters import RtpParameters
from media.repair.nack import MissingPackets
from media.repair.rtx import Resends
from media.transport.transport import Transport

HASTE = 64
"""Datagrams of one handshake that may hurry the worker: a lossy one has three dozen."""


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
    is_redundant: bool = False
    """Each payload of it is redundant sound (RFC 2198), under the payload type of the codec."""


@dataclass(slots=True, eq=False)
class Subscription:
    """A consumer and what its line needs for it."""

    consumer: Consumer
    line: Line
    publication: Publication
    cname: str
    resends: Resends | None
    priority: int = 100
    """0..255, higher first: as large as it is shown, or pinned."""
    is_wanted: bool = False
    """Resumed by its receiver; it flows once there is an address and keys."""
    reports: dict[int, float] = field(default_factory=dict)
    """When the newest SRs left, by the middle 32 bits of their NTP time."""
    copies: int = 0
    """How often more each packet of it leaves (`copies`)."""
    pleaded_until: float = float("-inf")
    """How far the key frames reach that its receiver made us ask for (`feedback.PLEA_S` each)."""


class Line:
    """See the module."""

    __slots__ = (
        "_mids",
        "downlink",
        "drops",
        "endpoint_id",
        "haste",
        "inbound",
        "is_echoed",
        "is_flowing",
        "is_small",
        "publications",
        "report_at",
        "router",
        "ssrcs",
        "subscriptions",
        "transport",
        "transport_id",
        "uplink",
        "wake_at",
    )

    def __init__(
        self,
        endpoint_id: EndpointId,
        transport_id: TransportId,
        router: Router,
        transport: Transport,
        *,
        now: float,
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
        self.downlink = Downlink(now=now)
        self.uplink = Uplink(now=now)
        self._mids = 0
        self.is_flowing = False
        self.is_echoed = False
        """Each packet of sound leaves on it twice (`echoes`)."""
        self.is_small = False
        """Cameras come on it in their smallest size only: it loses too much for more."""
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
