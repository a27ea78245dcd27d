"""What the media side tells the classroom, and its form on the control socket.

Past tense, frozen. A notice that cannot be read is a bug of ours, not of a browser: it raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from media.errors import LocalError
from media.ids import ConsumerId, EndpointId, ProducerId, RouterId, TransportId


@dataclass(frozen=True, slots=True)
class TransportStateChanged:
    """`state` is one of new, checking, securing, connected, disconnected, closed."""

    endpoint_id: EndpointId
    transport_id: TransportId
    state: str


@dataclass(frozen=True, slots=True)
class SpeakersChanged:
    """Who is heard in a router now, the loudest first."""

    router_id: RouterId
    producer_ids: tuple[ProducerId, ...]
    dominant: ProducerId | None


@dataclass(frozen=True, slots=True)
class ConsumerLayersChanged:
    """The layers a consumer gets from now on; None while it gets nothing."""

    consumer_id: ConsumerId
    spatial: int | None
    temporal: int | None


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """A media worker died: these routers and all that was in them are gone."""

    router_ids: tuple[RouterId, ...]


@dataclass(frozen=True, slots=True)
class WorkerReady:
    """A worker came (back): `create_router` can be tried again."""


MediaEvent = (
    TransportStateChanged | SpeakersChanged | ConsumerLayersChanged | WorkerLost | WorkerReady
)

_NOTICES: dict[str, Callable[..., MediaEvent]] = {
    "TransportStateChanged": TransportStateChanged,
    "SpeakersChanged": SpeakersChanged,
    "ConsumerLayersChanged": ConsumerLayersChanged,
}


def encode(event: object) -> tuple[str, dict[str, Any]] | None:
    """Name and parameters of an event of the core; None for one that stays inside the worker."""
    name = type(event).__name__
    if name not in _NOTICES or not is_dataclass(event) or isinstance(event, type):
        return None
    return name, asdict(event)


def decode(name: str, params: dict[str, Any]) -> MediaEvent:
    """The event a worker's notice stands for."""
    kind = _NOTICES.get(name)
    if kind is None:
        raise LocalError(f"unknown notice {name}")
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in params.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise LocalError(f"malformed notice {name}") from error
