"""The frames of the board protocol: their values, and the table of how they are written.

A message is one or more frames; a frame is its length (varuint), its type (one byte) and a body of
fields. Decides what a frame is; who may send which, and when, is told by `board`.
`frame_writing` and `frame_reading` go by the table. For other clients: docs/board_protocol.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum

VARUINT_MAX = 0xFFFFFFFF
CHANNEL_MAX = 63
LIVE_BYTES_MAX = 4096
LASER_BYTES_MAX = 1024
KEY_LETTERS_MAX = 64

LOOK = 0
"""Mode of an OPEN that only looks on (a thumbnail): nothing but what is on the page."""
WRITE = 1
DEFLATED = 1
"""Flag of a STATE."""
ENDED = 1
"""Flag of a LIVE."""
HIDDEN = 1
"""Flag of a CURSOR."""


class Kind(Enum):
    """How a field is written."""

    CHANNEL = "channel"  # varuint 0..63, so always one byte
    VARUINT = "varuint"  # LEB128, at most 32 bits
    VARINT = "varint"  # zigzag varuint
    BYTE = "byte"
    STR = "str"  # varuint length, UTF-8
    BYTES = "bytes"  # varuint length, bytes
    JSON = "json"  # a str that holds JSON


Json = Mapping[str, object] | Sequence[object]


# ---- from a client ----


@dataclass(frozen=True, slots=True)
class Hello:
    ticket: str


@dataclass(frozen=True, slots=True)
class Open:
    channel: int
    page_doc_id: str
    client_id: int
    state_vector: bytes
    mode: int


@dataclass(frozen=True, slots=True)
class CloseChannel:
    channel: int


@dataclass(frozen=True, slots=True)
class Update:
    channel: int
    no: int
    update: bytes


@dataclass(frozen=True, slots=True)
class Live:
    channel: int
    key: str
    flags: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Cursor:
    channel: int
    flags: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Laser:
    channel: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class View:
    page_id: str
    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Ping:
    n: int


# ---- from the server ----


@dataclass(frozen=True, slots=True)
class Welcome:
    identity: Json  # {"peer": number, "author": id}


@dataclass(frozen=True, slots=True)
class State:
    channel: int
    seq: int
    pen: int
    flags: int
    state_vector: bytes
    update: bytes


@dataclass(frozen=True, slots=True)
class ChannelRefused:
    channel: int
    code: str


@dataclass(frozen=True, slots=True)
class Ack:
    channel: int
    no: int
    seq: int


@dataclass(frozen=True, slots=True)
class Apply:
    channel: int
    seq: int
    peer: int
    update: bytes


@dataclass(frozen=True, slots=True)
class Deny:
    channel: int
    no: int
    code: str


@dataclass(frozen=True, slots=True)
class PeerLive:
    channel: int
    peer: int
    key: str
    flags: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class PeerCursor:
    channel: int
    peer: int
    flags: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PeerLaser:
    channel: int
    peer: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class PeerView:
    peer: int
    page_id: str
    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class PenChanged:
    channel: int
    pen: int


@dataclass(frozen=True, slots=True)
class Gone:
    channel: int


@dataclass(frozen=True, slots=True)
class Peers:
    peers: Json  # [{"peer", "participant_id", "name", "author"}]


@dataclass(frozen=True, slots=True)
class Authors:
    channel: int
    names: Json  # {author id: name}


@dataclass(frozen=True, slots=True)
class Pong:
    n: int


@dataclass(frozen=True, slots=True)
class Fault:
    code: str


ClientFrame = Hello | Open | CloseChannel | Update | Live | Cursor | Laser | View | Ping
ServerFrame = (
    Welcome
    | State
    | ChannelRefused
    | Ack
    | Apply
    | Deny
    | PeerLive
    | PeerCursor
    | PeerLaser
    | PeerView
    | PenChanged
    | Gone
    | Peers
    | Authors
    | Pong
    | Fault
)
Frame = ClientFrame | ServerFrame


@dataclass(frozen=True, slots=True)
class Form:
    """How one frame is written: its type byte, its name in the protocol, its fields in order."""

    number: int
    name: str
    make: Callable[..., Frame]
    fields: tuple[tuple[str, Kind], ...]


def _form(number: int, name: str, make: type[Frame], *kinds: Kind) -> Form:
    names = [field.name for field in fields(make)]
    return Form(number, name, make, tuple(zip(names, kinds, strict=True)))


_C, _U, _I = Kind.CHANNEL, Kind.VARUINT, Kind.VARINT
_B, _S, _Y, _J = Kind.BYTE, Kind.STR, Kind.BYTES, Kind.JSON

CLIENT_FORMS: tuple[Form, ...] = (
    _form(1, "HELLO", Hello, _S),
    _form(2, "OPEN", Open, _C, _S, _U, _Y, _U),
    _form(3, "CLOSE", CloseChannel, _C),
    _form(4, "UPDATE", Update, _C, _U, _Y),
    _form(5, "LIVE", Live, _C, _S, _B, _Y),
    _form(6, "CURSOR", Cursor, _C, _B, _I, _I),
    _form(7, "LASER", Laser, _C, _Y),
    _form(8, "VIEW", View, _S, _I, _I, _I, _I),
    _form(9, "PING", Ping, _U),
)
SERVER_FORMS: tuple[Form, ...] = (
    _form(1, "WELCOME", Welcome, _J),
    _form(2, "STATE", State, _C, _U, _B, _B, _Y, _Y),
    _form(3, "REFUSED", ChannelRefused, _C, _S),
    _form(4, "ACK", Ack, _C, _U, _U),
    _form(5, "APPLY", Apply, _C, _U, _U, _Y),
    _form(6, "DENY", Deny, _C, _U, _S),
    _form(7, "LIVE", PeerLive, _C, _U, _S, _B, _Y),
    _form(8, "CURSOR", PeerCursor, _C, _U, _B, _I, _I),
    _form(9, "LASER", PeerLaser, _C, _U, _Y),
    _form(10, "VIEW", PeerView, _U, _S, _I, _I, _I, _I),
    _form(11, "PEN", PenChanged, _C, _B),
    _form(12, "GONE", Gone, _C),
    _form(13, "PEERS", Peers, _J),
    _form(14, "AUTHORS", Authors, _C, _J),
    _form(15, "PONG", Pong, _U),
    _form(16, "FAULT", Fault, _S),
)
