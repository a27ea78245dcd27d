"""What the media side tells the classroom, and its form on the control socket.

Past tense, frozen. A notice that cannot be read is a bug of ours, not of a browser: it raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from media.endpoint.event import (
    ConsumerLayersChanged,
    DownlinkChanged,
    Event,
    SpeakersChanged,
    TransportStateChanged,
)
from media.errors import LocalError
from media.ids import RouterId


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """A media worker died: these routers and all that was in them are gone."""

    router_ids: tuple[RouterId, ...]


@dataclass(frozen=True, slots=True)
class WorkerReady:
    """A worker came (back): `create_router` can be tried again."""


MediaEvent = Event | WorkerLost | WorkerReady

__all__ = [
    "ConsumerLayersChanged",
    "DownlinkChanged",
    "MediaEvent",
    "SpeakersChanged",
    "TransportStateChanged",
    "WorkerLost",
    "WorkerReady",
    "decode",
    "encode",
]

_NOTICES: dict[str, Callable[..., Event]] = {
    "TransportStateChanged": TransportStateChanged,
    "SpeakersChanged": SpeakersChanged,
    "ConsumerLayersChanged": ConsumerLayersChanged,
    "DownlinkChanged": DownlinkChanged,
}


def encode(event: Event) -> tuple[str, dict[str, Any]]:
    """Name and parameters of an event of the core."""
    return type(event).__name__, asdict(event)


def decode(name: str, params: dict[str, Any]) -> Event:
    """The event a worker's notice stands for."""
    kind = _NOTICES.get(name)
    if kind is None:
        raise LocalError(f"unknown notice {name}")
    values = {key: _frozen(value) for key, value in params.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise LocalError(f"malformed notice {name}") from error


def _frozen(value: Any) -> Any:
    """Lists of the control socket as the tuples they were."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
