"""What a client asks: the handshake, each request, and the replies that are no values of their own.

A request's `NAME` is its Socket.IO event; which reply it has is in `messages.REQUESTS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from classroom.wire.values import (
    PROTOCOL_VERSION,
    SEAT_MAX,
    Id,
    JsonObject,
    Kind,
    ShareMode,
    Source,
)


@dataclass(frozen=True, slots=True)
class Handshake:
    """The `auth` of the Socket.IO connection.

    `tab` is made once per browser tab and tells a reconnection from a second tab; `takeover` takes
    the seat from another tab after the person said so.
    """

    seat: Annotated[str, Field(min_length=1, max_length=SEAT_MAX)]
    tab: Id
    takeover: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The empty reply."""


@dataclass(frozen=True, slots=True)
class JoinRoom:
    """First request on a socket: take the seat the token in the handshake names.

    `rtp_capabilities` are those of mediasoup-client's Device: with them the media side is set up
    anew and what the seat had is closed. Without them nothing is set up; what the seat still has
    is kept and told in `kept_media` (JoinMedia sets it up when that is None). What was prepared by
    PrepareMedia counts as kept; then `produce` is published along with it as by Produce, as far as
    it may be, and the sound of the others flows at once; where most is lost so do as many
    `pictures`, the first of those that are told, as small as they come.
    """

    NAME: ClassVar[str] = "room.join"
    rtp_capabilities: JsonObject | None = None
    client_version: int = PROTOCOL_VERSION
    produce: Annotated[list[Produce], Field(max_length=2)] = field(default_factory=list)
    pictures: Annotated[int, Field(ge=0, le=4)] = 0


@dataclass(frozen=True, slots=True)
class SyncRoom:
    """Asked when an event number was skipped."""

    NAME: ClassVar[str] = "room.sync"


@dataclass(frozen=True, slots=True)
class LeaveRoom:
    NAME: ClassVar[str] = "room.leave"


@dataclass(frozen=True, slots=True)
class EndRoom:
    NAME: ClassVar[str] = "room.end"


@dataclass(frozen=True, slots=True)
class JoinMedia:
    """Set the media side up anew, after MediaReset or when JoinRoom gave none."""

    NAME: ClassVar[str] = "media.join"
    rtp_capabilities: JsonObject


@dataclass(frozen=True, slots=True)
class ConnectTransport:
    NAME: ClassVar[str] = "media.connect_transport"
    transport_id: Id
    dtls_parameters: JsonObject


@dataclass(frozen=True, slots=True)
class RestartIce:
    NAME: ClassVar[str] = "media.restart_ice"
    transport_id: Id


@dataclass(frozen=True, slots=True)
class IceRestarted:
    ice_parameters: JsonObject


@dataclass(frozen=True, slots=True)
class Produce:
    """`share_mode` goes with source `screen` only.

    With `replaces`, a producer of one's own, this one takes its place as it is (muted or not) and
    the room sees no change. The old one goes on until it is closed, or another is replaced.
    With `redundancy`, of sound only, each payload holds earlier frames too, in the form of RFC 2198
    under the payload type of the codec: the k-th block before the last is the frame of the packet
    k numbers before this one.
    """

    NAME: ClassVar[str] = "media.produce"
    transport_id: Id
    source: Source
    kind: Kind
    rtp_parameters: JsonObject
    paused: bool = False
    share_mode: ShareMode = "text"
    replaces: Id | None = None
    redundancy: Literal["red"] | None = None


@dataclass(frozen=True, slots=True)
class Produced:
    producer_id: str


@dataclass(frozen=True, slots=True)
class PauseProducer:
    """Mute. The server stops forwarding at once, whatever the client still sends."""

    NAME: ClassVar[str] = "media.pause_producer"
    producer_id: Id


@dataclass(frozen=True, slots=True)
class ResumeProducer:
    NAME: ClassVar[str] = "media.resume_producer"
    producer_id: Id


@dataclass(frozen=True, slots=True)
class CloseProducer:
    NAME: ClassVar[str] = "media.close_producer"
    producer_id: Id


@dataclass(frozen=True, slots=True)
class SetShareMode:
    NAME: ClassVar[str] = "media.set_share_mode"
    producer_id: Id
    share_mode: ShareMode


@dataclass(frozen=True, slots=True)
class ResumeConsumers:
    NAME: ClassVar[str] = "media.resume_consumers"
    consumer_ids: Annotated[list[Id], Field(max_length=500)]


@dataclass(frozen=True, slots=True)
class PauseConsumers:
    """For tiles nobody can see."""

    NAME: ClassVar[str] = "media.pause_consumers"
    consumer_ids: Annotated[list[Id], Field(max_length=500)]


@dataclass(frozen=True, slots=True)
class Preference:
    """What is wanted of one consumer at the size it is shown, and how much it matters.

    Spatial 0 is the smallest layer, temporal 0 the slowest. Of two pictures that do not both fit
    through the downlink, the one with the higher priority keeps more.
    """

    consumer_id: Id
    spatial: Annotated[int, Field(ge=0, le=3)]
    temporal: Annotated[int, Field(ge=0, le=3)]
    priority: Annotated[int, Field(ge=0, le=255)]


@dataclass(frozen=True, slots=True)
class SetPreferences:
    """Of any number of consumers at once; of those that are not named the last ones stay."""

    NAME: ClassVar[str] = "media.set_preferences"
    consumers: Annotated[list[Preference], Field(max_length=500)]


@dataclass(frozen=True, slots=True)
class WatchNetwork:
    """Begin or end to hear of everybody's connection, as NetworkReport. Needs the right."""

    NAME: ClassVar[str] = "network.watch"
    on: bool
