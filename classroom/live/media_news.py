"""Tells live rooms what the media side says about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import structlog

from classroom.live.room import LiveRoom
from classroom.wire.messages import ConsumerLayers, Remedy
from media.server.events import (
    ConsumerLayersChanged,
    DownlinkChanged,
    MediaEvent,
    RecordingFailed,
    RemedyChanged,
    SpeakersChanged,
    TransportStateChanged,
    WorkerLost,
    WorkerReady,
)

log = structlog.get_logger("classroom.live")


def tell_safely(rooms: Collection[LiveRoom], event: MediaEvent) -> None:
    """As `tell_rooms`; the media side must not stumble over our bugs."""
    try:
        tell_rooms(list(rooms), event)
    except Exception:
        log.exception("media.event_failed", event_name=type(event).__name__)


def tell_rooms(rooms: Iterable[LiveRoom], event: MediaEvent) -> None:
    """Tell each room that has not ended and that the event is about."""
    tell = _TELL[type(event)]
    for live in rooms:
        if not live.is_over:
            tell(live, event)


def _speakers(live: LiveRoom, event: SpeakersChanged) -> None:
    if live.stage.router_id == event.router_id:
        live.on_speakers(event.producer_ids, event.dominant)


def _layers(live: LiveRoom, event: ConsumerLayersChanged) -> None:
    listener = live.stage.books.listener_of(event.consumer_id)
    if listener is not None:
        live.tell(listener, ConsumerLayers(event.consumer_id, event.spatial, event.temporal))


def _downlink(live: LiveRoom, event: DownlinkChanged) -> None:
    live.stage.receiving.on_downlink(event.endpoint_id, event.bitrate_bps, event.reductions)


def _remedy(live: LiveRoom, event: RemedyChanged) -> None:
    remedy = Remedy(event.down, event.up, event.word, list(event.measures))  # type: ignore[arg-type]
    if live.stage.receiving.on_remedy(event.endpoint_id, remedy):
        log.info(
            "network.remedy",
            room=live.room.terms.room_id,
            down=event.down,
            up=event.up,
            measures=event.measures,
        )


def _lost(live: LiveRoom, event: WorkerLost) -> None:
    if live.stage.router_id in event.router_ids:
        live.on_media_lost()


def _ready(live: LiveRoom, event: WorkerReady) -> None:
    live.on_media_ready()


def _recording_failed(live: LiveRoom, event: RecordingFailed) -> None:
    """Who records knows whose track it is; it may have left the books already."""
    live.on_recording_failed(event)


def _nothing(live: LiveRoom, event: TransportStateChanged) -> None:
    """The client sees its transports itself, and restarts them."""


_TELL: dict[type[Any], Callable[[LiveRoom, Any], None]] = {
    SpeakersChanged: _speakers,
    ConsumerLayersChanged: _layers,
    DownlinkChanged: _downlink,
    RemedyChanged: _remedy,
    WorkerLost: _lost,
    WorkerReady: _ready,
    RecordingFailed: _recording_failed,
    TransportStateChanged: _nothing,
}
