"""Before a class: both paths of the media are made while a person still looks at the door.

On a bad network each way there and back may cost seconds, so that joining must be one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from classroom.wire.values import JsonObject, TransportOffer


@dataclass(frozen=True, slots=True)
class PrepareMedia:
    """Asked before JoinRoom by somebody who could come in now. It makes two transports, which may
    be connected at once; nothing flows through them, and nobody hears of it. JoinRoom without
    capabilities then takes them: their epoch is in `kept_media`. Without it they are closed after
    ten minutes, or one minute after the socket.
    """

    NAME: ClassVar[str] = "media.prepare"
    rtp_capabilities: JsonObject


@dataclass(frozen=True, slots=True)
class MediaPrepared:
    epoch: str
    send: TransportOffer
    receive: TransportOffer
    ice_servers: list[JsonObject]
