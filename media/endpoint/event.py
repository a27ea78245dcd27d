"""What an Exchange tells its owner: values, past tense."""

from __future__ import annotations

from dataclasses import dataclass

from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId


@dataclass(frozen=True, slots=True)
class TransportStateChanged:
    """`state` is a value of `TransportState`: new, checking, securing, connected, ..."""

    endpoint_id: EndpointId
    transport_id: TransportId
    state: str


@dataclass(frozen=True, slots=True)
class SpeakersChanged:
    """Producers heard, loudest first, and the one who has the floor (or had it last)."""

    router_id: RouterId
    producer_ids: tuple[ProducerId, ...]
    dominant: ProducerId | None


@dataclass(frozen=True, slots=True)
class ConsumerLayersChanged:
    """What a receiver gets now; both None while it gets nothing."""

    consumer_id: ConsumerId
    spatial: int | None
    temporal: int | None


@dataclass(frozen=True, slots=True)
class DownlinkChanged:
    """What the link to a browser carries by our estimate, and of which consumers it gets less than
    it wants for that: (consumer id, "frames" | "size" | "off"), the most important first.
    """

    endpoint_id: EndpointId
    bitrate_bps: int
    reductions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RemedyChanged:
    """How bad the network of a browser is, "calm", "light", "weak", "heavy" or "severe" to it and
    from it, and what is done about it, by name. `word` is the advice for it (`wire.advice`), None
    when it is to do as always.
    """

    endpoint_id: EndpointId
    down: str
    up: str
    word: int | None
    measures: tuple[str, ...]


Event = (
    TransportStateChanged
    | SpeakersChanged
    | ConsumerLayersChanged
    | DownlinkChanged
    | RemedyChanged
)
