"""Every message between a client and the server, written once.

`typescript.py` generates `web/src/wire/messages.ts` from this file and `docs/signalling.md`
explains it. Requests are Socket.IO events that the client emits with an acknowledgement; the
acknowledgement is `{"ok": true, "data": REPLY}` or `{"ok": false, "error": {"code", "params"}}`.
Notices are events the server emits. Names are snake_case on the wire; objects that belong to
mediasoup-client (`rtp_parameters` and the like) keep that library's own camelCase inside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

PROTOCOL_VERSION = 1
"""Sent in Welcome; a client that does not know it asks the person to reload."""

NAME_MAX = 60
CHAT_MAX = 4000
ID_MAX = 64
SEAT_MAX = 2048
"""Characters of a seat token."""
CHAT_TAIL = 200
"""How many chat messages a snapshot carries."""

Id = Annotated[str, Field(min_length=1, max_length=ID_MAX, pattern=r"^[A-Za-z0-9._-]+$")]
JsonObject = dict[str, Any]

Role = Literal["host", "assistant", "student", "observer"]
Source = Literal["microphone", "camera", "screen", "screen_audio"]
Kind = Literal["audio", "video"]
ShareMode = Literal["text", "motion"]
Direction = Literal["send", "receive"]
TrackState = Literal["off", "muted", "live"]
Connection = Literal["here", "away"]
LeaveReason = Literal["left", "lost", "room_ended", "replaced"]


# --- values --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rights:
    """What the server will let this participant do; the client only mirrors it."""

    may_speak: bool
    may_show_camera: bool
    may_share: bool
    may_chat: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class MediaState:
    """What a participant sends; `screen_mode` has a meaning only while the screen is not off."""

    microphone: TrackState = "off"
    camera: TrackState = "off"
    screen: TrackState = "off"
    screen_audio: TrackState = "off"
    screen_mode: ShareMode = "text"


@dataclass(frozen=True, slots=True)
class Participant:
    id: str
    name: str
    role: Role
    connection: Connection
    media: MediaState
    joined_at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    id: str
    participant_id: str
    name: str
    role: Role
    text: str
    at: str
    client_id: str
    """Chosen by the sender, so that its optimistic copy can be matched."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the room looks at: somebody's screen, or faces when None."""

    screen_of: str | None = None


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """The whole truth of a live room at event number `seq`."""

    seq: int
    room_id: str
    code: str
    title: str
    started_at: str
    participants: list[Participant]
    chat: list[ChatMessage]
    stage: Stage


@dataclass(frozen=True, slots=True)
class TransportOffer:
    """What mediasoup-client's createSendTransport and createRecvTransport take."""

    transport_id: str
    direction: Direction
    ice_parameters: JsonObject
    ice_candidates: list[JsonObject]
    dtls_parameters: JsonObject


@dataclass(frozen=True, slots=True)
class ConsumerOffer:
    """What mediasoup-client's RecvTransport.consume takes, and whose it is.

    Every consumer starts paused; the client sends ResumeConsumers once it has set it up.
    """

    consumer_id: str
    producer_id: str
    participant_id: str
    source: Source
    kind: Kind
    rtp_parameters: JsonObject


@dataclass(frozen=True, slots=True)
class MediaWelcome:
    """The media side of a seat. `epoch` changes whenever the media worker was replaced."""

    epoch: str
    send: TransportOffer
    receive: TransportOffer
    ice_servers: list[JsonObject]
    consumers: list[ConsumerOffer]


@dataclass(frozen=True, slots=True)
class KeptMedia:
    """The media this seat still has on the server after its socket was away.

    `consumers` is the whole list: the client sets up those it does not know and closes those that
    are not in it; `producers` names the producer of each source the server still holds.
    """

    epoch: str
    consumers: list[ConsumerOffer]
    producers: dict[Source, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` is stable and is also the client's text key; `params` fill the sentence."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handshake:
    """The `auth` of the Socket.IO connection.

    `tab` is made once per browser tab and tells a reconnection from a second tab; `takeover` takes
    the seat from another tab after the person said so.
    """

    seat: Annotated[str, Field(min_length=1, max_length=SEAT_MAX)]
    tab: Id
    takeover: bool = False


# --- requests ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """The empty reply."""


@dataclass(frozen=True, slots=True)
class JoinRoom:
    """First request on a socket: take the seat the token in the handshake names.

    `rtp_capabilities` are those of mediasoup-client's Device: with them the media side is set up
    anew and what the seat had is closed. Without them nothing is set up; what the seat still has
    is kept and told in `kept_media` (JoinMedia sets it up when that is None).
    """

    NAME: ClassVar[str] = "room.join"
    rtp_capabilities: JsonObject | None = None
    client_version: int = PROTOCOL_VERSION


@dataclass(frozen=True, slots=True)
class Welcome:
    protocol: int
    self_id: str
    rights: Rights
    room: RoomSnapshot
    media: MediaWelcome | None
    kept_media: KeptMedia | None = None
    media_error: Refusal | None = None
    """Why `media` is None although capabilities were given (the worker is being restarted)."""


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
class PostChat:
    NAME: ClassVar[str] = "chat.post"
    text: Annotated[str, Field(min_length=1, max_length=CHAT_MAX)]
    client_id: Id


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
    """`share_mode` goes with source `screen` only."""

    NAME: ClassVar[str] = "media.produce"
    transport_id: Id
    source: Source
    kind: Kind
    rtp_parameters: JsonObject
    paused: bool = False
    share_mode: ShareMode = "text"


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
class SetLayers:
    """The layer wanted at the size shown: spatial 0 is the smallest; temporal 0 the slowest."""

    NAME: ClassVar[str] = "media.set_layers"
    consumer_id: Id
    spatial: Annotated[int, Field(ge=0, le=3)]
    temporal: Annotated[int, Field(ge=0, le=3)]


# --- notices -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    participant: Participant
    type: Literal["participant_joined"] = "participant_joined"


@dataclass(frozen=True, slots=True)
class ParticipantChanged:
    """Connection, media, name or role are new."""

    participant: Participant
    type: Literal["participant_changed"] = "participant_changed"


@dataclass(frozen=True, slots=True)
class ParticipantLeft:
    participant_id: str
    reason: LeaveReason
    type: Literal["participant_left"] = "participant_left"


@dataclass(frozen=True, slots=True)
class ChatPosted:
    message: ChatMessage
    type: Literal["chat_posted"] = "chat_posted"


@dataclass(frozen=True, slots=True)
class StageChanged:
    stage: Stage
    type: Literal["stage_changed"] = "stage_changed"


@dataclass(frozen=True, slots=True)
class RoomEnded:
    by: str
    """Participant id of who ended it; empty when it was ended from outside the room."""
    type: Literal["room_ended"] = "room_ended"


RoomEventBody = (
    ParticipantJoined | ParticipantChanged | ParticipantLeft | ChatPosted | StageChanged | RoomEnded
)


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """One line of the room's event log; `seq` grows by one with each."""

    NAME: ClassVar[str] = "room.event"
    seq: int
    event: RoomEventBody


@dataclass(frozen=True, slots=True)
class ConsumersAdded:
    NAME: ClassVar[str] = "media.consumers_added"
    consumers: list[ConsumerOffer]


@dataclass(frozen=True, slots=True)
class ConsumersClosed:
    NAME: ClassVar[str] = "media.consumers_closed"
    consumer_ids: list[str]


@dataclass(frozen=True, slots=True)
class ConsumerLayers:
    """The layer now being forwarded; None while nothing is."""

    NAME: ClassVar[str] = "media.consumer_layers"
    consumer_id: str
    spatial: int | None
    temporal: int | None


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks now, loudest first; `dominant` keeps its value through short pauses."""

    NAME: ClassVar[str] = "media.speakers"
    participant_ids: list[str]
    dominant: str | None


@dataclass(frozen=True, slots=True)
class MediaReset:
    """The media worker was replaced; drop both transports and send JoinMedia."""

    NAME: ClassVar[str] = "media.reset"
    epoch: str


@dataclass(frozen=True, slots=True)
class SeatReplaced:
    """The same person took this seat in another tab; this socket is about to be closed."""

    NAME: ClassVar[str] = "seat.replaced"


@dataclass(frozen=True, slots=True)
class ServerClosing:
    """The server stops on purpose; reconnect after `retry_ms`."""

    NAME: ClassVar[str] = "server.closing"
    retry_ms: int


REQUESTS: dict[type[Any], type[Any]] = {
    JoinRoom: Welcome,
    SyncRoom: RoomSnapshot,
    LeaveRoom: Done,
    EndRoom: Done,
    PostChat: ChatMessage,
    JoinMedia: MediaWelcome,
    ConnectTransport: Done,
    RestartIce: IceRestarted,
    Produce: Produced,
    PauseProducer: Done,
    ResumeProducer: Done,
    CloseProducer: Done,
    SetShareMode: Done,
    ResumeConsumers: Done,
    PauseConsumers: Done,
    SetLayers: Done,
}
"""Each request with the value of its acknowledgement."""

NOTICES: tuple[type[Any], ...] = (
    RoomEvent,
    ConsumersAdded,
    ConsumersClosed,
    ConsumerLayers,
    Speakers,
    MediaReset,
    SeatReplaced,
    ServerClosing,
)
