"""The values that signalling messages carry, and their bounds.

With `messages.py` the source of `web/src/wire/messages.ts`; the rules of the wire are told there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

PROTOCOL_VERSION = 2
"""Sent in Welcome; a client that does not know it asks the person to reload."""

NAME_MAX = 60
CHAT_MAX = 4000
ID_MAX = 64
SEAT_MAX = 2048
"""Characters of a seat token."""
PAGE_NAME_MAX = 60
PAGES_MAX = 200
"""Pages of a board, beside those of decks."""
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
LeaveReason = Literal["left", "lost", "removed"]
SilenceReason = Literal["muted", "locked", "off_stage", "role", "group"]
Pen = Literal["none", "own", "all"]
"""What somebody may change on the board: nothing, what they drew themselves, everything."""
Paper = Literal["plain", "dots", "grid", "ruled", "graph"]
PageKind = Literal["page", "slide", "film", "activity", "ink"]
PlacementKind = Literal["slides", "film", "sound", "activity"]
Reduction = Literal["frames", "size", "off"]
"""What a weak downlink costs a picture: frames at full sharpness, then its size, then all of it."""
Quality = Literal["good", "weak", "poor", "unknown"]
"""Of somebody's connection; unknown while nothing was measured, and of who is away."""
Protocol = Literal["udp", "tcp"]
Lossiness = Literal["calm", "light", "weak", "heavy", "severe"]
"""How much one direction of a connection loses: none to speak of, about 10, 30, 50, 70 per cent."""
Measure = Literal[
    "sound_down",
    "sound_copy",
    "picture_copies",
    "picture_lowest",
    "sound_up",
    "picture_asked",
    "opus_lower",
    "camera_small",
    "camera_off",
    "buffer",
]
"""What is done about it: sound comes with what was said before, its packets twice, pictures several
times, small ones only; sound is sent with what was said before, missing pictures are asked for
often; sound is smaller, the camera is sent small, or not; what comes late is waited for."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What the server will let this participant do; the client only mirrors it."""

    may_speak: bool
    may_show_camera: bool
    may_share: bool
    may_chat: bool
    may_end: bool
    may_lead_board: bool
    may_watch_network: bool
    may_order: bool = False
    may_set_roles: bool = False
    may_ask: bool = False
    may_group: bool = False
    may_answer: bool = False
    may_raise_hand: bool = False
    may_whisper: bool = False
    may_send_files: bool = False
    may_react: bool = False
    may_record: bool = False


@dataclass(frozen=True, slots=True)
class MediaState:
    """What a participant sends; `screen_mode` has a meaning only while the screen is not off."""

    microphone: TrackState = "off"
    camera: TrackState = "off"
    screen: TrackState = "off"
    screen_audio: TrackState = "off"
    screen_mode: ShareMode = "text"


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody on stage may do although it is locked for the others."""

    microphone: bool
    camera: bool
    share: bool
    pen: bool


@dataclass(frozen=True, slots=True)
class Participant:
    id: str
    name: str
    role: Role
    connection: Connection
    media: MediaState
    pen: Pen
    joined_at: str
    """ISO 8601, UTC."""
    on_stage: Grant | None = None
    """None when not on stage."""
    group: str = ""
    """The group they are in; "" is the whole class."""
    chat_muted: bool = False
    enrolled: bool = False
    """Whether they are the same person in every lesson of this room, and not a guest."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the room looks at: the board; else somebody's screen; else, when that is None, faces."""

    screen_of: str | None = None
    board: bool = False


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Its document is `<board id>/<page id>/<epoch>`; a new epoch is a new document."""

    id: str
    name: str
    paper: Paper
    width: int | None
    """Board units; None together with `height` when the page has no end."""
    height: int | None
    is_locked: bool
    """Only staff draws on it."""
    epoch: int
    may_unclear: bool
    """Whether there is something cleared that can be brought back."""
    kind: PageKind
    backdrop: str
    """The address of the picture under the page, for a slide without its size and ending; empty
    for none, and as long as the class was not on the page."""
    placement: str
    """The deck on the stage it is a page of; else empty."""
    slide: int
    """Which slide of that deck, from 1; else 0."""
    step: int
    """Which click of that slide, from 0."""
    is_seen: bool
    """Whether the class was on it; until then only staff opens it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A deck on the stage."""

    id: str
    deck_id: str
    print_id: str
    name: str
    kind: PlacementKind
    begun_at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Board:
    id: str
    pages: list[BoardPage]
    page_id: str
    """The page the class looks at."""
    presenter: str | None
    """Participant id of who showed the board or turned the page last."""
    everyone: Pen
    """What a student gets who comes in."""
    placements: list[Placement]
    """The decks on the stage, in the order in which they came."""


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
    screen_codecs: list[str]
    """Mime types a screen may be sent in, best first: what everybody here can show."""


@dataclass(frozen=True, slots=True)
class KeptMedia:
    """The media this seat still has on the server after its socket was away.

    `consumers` is the whole list: the client sets up those it does not know and closes those that
    are not in it; `producers` names the producer of each source the server still holds.
    """

    epoch: str
    consumers: list[ConsumerOffer]
    producers: dict[Source, str]
    screen_codecs: list[str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` is stable and is also the client's text key; `params` fill the sentence."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)
