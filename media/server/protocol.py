"""Messages between the web process and a media worker, over one stream socket.

A frame is four bytes of length (big-endian) and that much JSON:
    request {id, method, params}    web process to worker
    reply   {id, result}            or {id, error: {code, detail}}
    notice  {event, params}         worker to web process, unasked
Both ends are ours and start together, so there is no version and no negotiation. Sans-IO.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

from media.errors import Malformed

Json = dict[str, Any]

MAX_FRAME_BYTES = 1024 * 1024
"""A produce with every field at its limit is under 20 kB, a batch of 1,000 ids 25 kB, and the
figures of a router with 500 people, each with 25 pictures reduced, 600 kB."""

_LENGTH = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Request:
    """A verb for the worker; answered by the reply of the same id."""

    id: int
    method: str
    params: Json


@dataclass(frozen=True, slots=True)
class Reply:
    """It happened."""

    id: int
    result: Json


@dataclass(frozen=True, slots=True)
class Failure:
    """It was refused, or did not work: `code` is stable, `detail` is for the log."""

    id: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something happened by itself."""

    event: str
    params: Json


Message = Request | Reply | Failure | Notice


def encode(message: Message) -> bytes:
    """The frame of a message; Malformed("control.too_long") when the peer would refuse it."""
    body = json.dumps(_body(message), separators=(",", ":")).encode()
    if len(body) > MAX_FRAME_BYTES:
        raise Malformed("control.too_long", f"{len(body)} bytes")
    return _LENGTH.pack(len(body)) + body


def _body(message: Message) -> Json:
    match message:
        case Request(id=number, method=method, params=params):
            return {"id": number, "method": method, "params": params}
        case Reply(id=number, result=result):
            return {"id": number, "result": result}
        case Failure(id=number, code=code, detail=detail):
            return {"id": number, "error": {"code": code, "detail": detail}}
        case Notice(event=event, params=params):
            return {"event": event, "params": params}


def decode(body: bytes) -> Message:
    """The message of a frame's body; Malformed for anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("control.json") from error
    message = _message(value) if isinstance(value, dict) else None
    if message is None:
        raise Malformed("control.shape")
    return message


def _message(value: Json) -> Message | None:
    match value:
        case {"id": int(number), "method": str(method), "params": dict(params)}:
            return Request(number, method, params)
        case {"id": int(number), "result": dict(result)}:
            return Reply(number, result)
        case {"id": int(number), "error": {"code": str(code), "detail": str(detail)}}:
            return Failure(number, code, detail)
        case {"event": str(event), "params": dict(params)}:
            return Notice(event, params)
    return None


class FrameReader:
    """Cuts a byte stream into messages. After a Malformed the stream is out of step: give it up."""

    __slots__ = ("_buffer",)

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """All messages that `data` completes, in order."""
        self._buffer += data
        messages = []
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > MAX_FRAME_BYTES:
                raise Malformed("control.too_long", f"{length} bytes")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                break
            messages.append(decode(bytes(self._buffer[_LENGTH.size : end])))
            del self._buffer[:end]
        return messages
