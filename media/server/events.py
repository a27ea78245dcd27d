"""What the media side tells the classroom, and its form on the control socket.

Past tense, frozen. A notice that cannot be read is a bug of ours, not of a browser: it raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from media.endpoint.event import (
    ConsumerLayersChanged,
    DownlinkChanged,
    Event,
    RemedyChanged,
    SpeakersChanged,
    TransportStateChanged,
)
from media.errors import LocalError
from media.ids import ProducerId, RouterId


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """A media worker died: these routers and all that was in them are gone."""

    router_ids: tuple[RouterId, ...]


@dataclass(frozen=True, slots=True)
class WorkerReady:
    """A worker came (back): `create_router` can be tried again."""


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    """Of a producer that is recorded: "storage", the disk failed, or "fault", a bug was met, and
    nothing more of it is written; "behind", the disk does not keep up, and what it has no room for
    is missing."""

    producer_id: ProducerId
    reason: Literal["storage", "behind", "fault"]


Told = Event | RecordingFailed
"""By a worker; the others by whoever watches over it."""
MediaEvent = Told | WorkerLost | WorkerReady

__all__ = [
    "ConsumerLayersChanged",
    "DownlinkChanged",
    "MediaEvent",
    "RecordingFailed",
    "RemedyChanged",
    "SpeakersChanged",
    "Told",
    "TransportStateChanged",
    "WorkerLost",
    "WorkerReady",
    "decode",
    "encode",
]

_NOTICES: dict[str, Callable[..., Told]] = {
    "TransportStateChanged": TransportStateChanged,
    "SpeakersChanged": SpeakersChanged,
    "ConsumerLayersChanged": ConsumerLayersChanged,
    "DownlinkChanged": DownlinkChanged,
    "RemedyChanged": RemedyChanged,
    "RecordingFailed": RecordingFailed,
}


def encode(event: Told) -> tuple[str, dict[str, Any]]:
    """Name and parameters of what a worker tells."""
    return type(event).__name__, asdict(event)


def decode(name: str, params: dict[str, Any]) -> Told:
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
