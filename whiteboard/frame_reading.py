"""Bytes to frames, by the table in `frame`. Nothing a peer sends gets past it half read.

`Refused` is the only error, whatever the bytes.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from typing import cast

from whiteboard.errors import Refused
from whiteboard.frame import (
    CHANNEL_MAX,
    CLIENT_FORMS,
    KEY_LETTERS_MAX,
    LASER_BYTES_MAX,
    LIVE_BYTES_MAX,
    SERVER_FORMS,
    VARUINT_MAX,
    WRITE,
    ClientFrame,
    Form,
    Frame,
    Json,
    Kind,
    Laser,
    Live,
    Open,
    ServerFrame,
    View,
)
from whiteboard.limits import HELLO_BYTES_MAX, MESSAGE_BYTES_MAX
from whiteboard.reader import Reader
from whiteboard.varint import unzigzag

MALFORMED = "frame.malformed"

_PAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CLIENT = {form.number: form for form in CLIENT_FORMS}
_SERVER = {form.number: form for form in SERVER_FORMS}


def client_frames(message: bytes) -> Iterator[ClientFrame]:
    """The frames of a client's message, one after the other.

    Refused `frame.large` for the message, `frame.malformed` where the frames end to be frames;
    types no client sends are malformed too, and so is a field beyond its bound.
    """
    if len(message) > MESSAGE_BYTES_MAX:
        raise Refused("frame.large")
    for frame in _frames(message, _CLIENT):
        _check_bounds(frame)
        yield cast(ClientFrame, frame)


def first_client_frame(message: bytes) -> tuple[ClientFrame, bytes]:
    """The first frame of a client's message, and what follows it, unread; Refused as above."""
    if len(message) > HELLO_BYTES_MAX:
        raise Refused("frame.large")
    whole = Reader(message, MALFORMED)
    body = whole.blob()
    frame = _frame(body, _CLIENT)
    _check_bounds(frame)
    return cast(ClientFrame, frame), message[len(message) - whole.left :]


def server_frames(message: bytes) -> Iterator[ServerFrame]:
    """The frames of a server's message: for clients in Python (tests, the benchmark)."""
    for frame in _frames(message, _SERVER):
        yield cast(ServerFrame, frame)


def inflate(deflated: bytes, *, size_max: int) -> bytes:
    """The update of a STATE with flag 1. Refused when it is no deflate, or too large."""
    inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        update = inflater.decompress(deflated, size_max)
    except zlib.error as error:
        raise Refused(MALFORMED, "no deflate") from error
    if not inflater.eof or inflater.unused_data:
        raise Refused(MALFORMED, "deflate too long or cut")
    return update


def _frames(message: bytes, forms: dict[int, Form]) -> Iterator[Frame]:
    whole = Reader(message, MALFORMED)
    if not whole.left:
        whole.refuse("an empty message")
    while whole.left:
        yield _frame(whole.blob(), forms)


def _frame(content: bytes, forms: dict[int, Form]) -> Frame:
    reader = Reader(content, MALFORMED)
    form = forms.get(reader.byte())
    if form is None:
        reader.refuse("an unknown type")
    values = [_READERS[kind](reader) for _name, kind in form.fields]
    if reader.left:
        reader.refuse("a frame longer than its fields")
    return form.make(*values)


def _check_bounds(frame: Frame) -> None:
    match frame:
        case Live(key=key, payload=payload):
            is_within = len(payload) <= LIVE_BYTES_MAX and 0 < len(key) <= KEY_LETTERS_MAX
        case Laser(payload=payload):
            is_within = len(payload) <= LASER_BYTES_MAX
        case Open(mode=mode):
            is_within = mode <= WRITE
        case View(page_id=page_id):
            is_within = _PAGE_ID.fullmatch(page_id) is not None
        case _:
            is_within = True
    if not is_within:
        raise Refused(MALFORMED, f"{type(frame).__name__}: beyond its bound")


def _channel(reader: Reader) -> int:
    value = reader.byte()
    if value > CHANNEL_MAX:
        reader.refuse(f"a channel above {CHANNEL_MAX}")
    return value


def _varuint(reader: Reader) -> int:
    value = reader.varuint()
    if value > VARUINT_MAX:
        reader.refuse("a number of more than 32 bits")
    return value


def _varint(reader: Reader) -> int:
    return unzigzag(_varuint(reader))


def _json(reader: Reader) -> Json:
    try:
        value: object = json.loads(reader.text())
    except (ValueError, RecursionError):
        reader.refuse("no JSON")
    if not isinstance(value, dict | list):
        reader.refuse("JSON, but neither object nor list")
    return value


_READERS: dict[Kind, Callable[[Reader], object]] = {
    Kind.BYTE: Reader.byte,
    Kind.CHANNEL: _channel,
    Kind.VARUINT: _varuint,
    Kind.VARINT: _varint,
    Kind.BYTES: Reader.blob,
    Kind.STR: Reader.text,
    Kind.JSON: _json,
}
