"""Messages to and from plain JSON values, strictly: what is not in `messages.py` is refused.

Decoding decides only whether a payload is a well-formed request; whether it is granted is decided
by the room and the stage. Sizes beyond the fields' own are bounded here for the objects that
belong to mediasoup (depth, number of values, numbers a browser can hold).
"""

from __future__ import annotations

import dataclasses
import math
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from classroom.errors import Refused
from classroom.wire import messages
from classroom.wire.messages import Handshake, Refusal

DEPTH_MAX = 12
"""RtpParameters are 5 deep; twice that leaves room for new fields."""
VALUES_MAX = 5000
"""Chromium's RtpCapabilities have about 600 values."""
INTEGER_MAX = 2**53
"""The largest whole number a browser can say exactly (ECMA-262, 21.1.2.6)."""


_KINDS: dict[type[BaseModel], type[Any]] = {}
"""The dataclass that each reader reads."""


def _reader_of(kind: type[Any]) -> type[BaseModel]:
    """A strict reader of the dataclass: pydantic's own takes no JSON object when strict."""
    hints = get_type_hints(kind, include_extras=True)
    fields: dict[str, Any] = {
        field.name: (
            _readable(hints[field.name]),
            _default_of(field),
        )
        for field in dataclasses.fields(kind)
    }
    config = ConfigDict(strict=True, extra="forbid")
    reader: type[BaseModel] = create_model(kind.__name__, __config__=config, **fields)
    _KINDS[reader] = kind
    return reader


def _default_of(field: dataclasses.Field[Any]) -> Any:
    """In pydantic's words; an ellipsis says that the field must be there."""
    if field.default_factory is not dataclasses.MISSING:
        return Field(default_factory=field.default_factory)
    return ... if field.default is dataclasses.MISSING else field.default


def _readable(hint: Any) -> Any:
    """The annotation with a reader in place of each dataclass, also within a list."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _reader_of(hint)
    if get_origin(hint) is Annotated:
        inner, *bounds = get_args(hint)
        return Annotated[(_readable(inner), *bounds)]
    if get_origin(hint) is list:
        return list[_readable(get_args(hint)[0])]  # type: ignore[misc]
    return hint


BY_EVENT: dict[str, type[Any]] = {request.NAME: request for request in messages.REQUESTS}

_READERS = {kind: _reader_of(kind) for kind in (*messages.REQUESTS, Handshake)}
BODIES: tuple[type[Any], ...] = (
    *get_args(messages.RoomEventBody),
    *(get_args(messages.AsideBody) or (messages.AsideBody,)),
)
"""Whatever happens in a room: to all, or told aside."""
_WRITERS: dict[type[Any], TypeAdapter[Any]] = {
    kind: TypeAdapter(kind)
    for kind in {*messages.REQUESTS.values(), *messages.NOTICES, *BODIES, Refusal}
}


def decode(event: str, payload: object) -> Any:
    """The request of this event; Refused `message.unknown` or `message.malformed`."""
    kind = BY_EVENT.get(event)
    if kind is None:
        raise Refused("message.unknown")
    return _read(kind, {} if payload is None else payload)


def decode_handshake(auth: object) -> Handshake:
    """The `auth` of a connection, or Refused `message.malformed`."""
    handshake: Handshake = _read(Handshake, auth)
    return handshake


def encode(value: Any) -> dict[str, Any]:
    """The JSON object of a message."""
    form: dict[str, Any] = _WRITERS[type(value)].dump_python(value)
    return form


def encode_body(body: Any) -> dict[str, Any]:
    """The JSON object of one thing that happened."""
    form: dict[str, Any] = _WRITERS[type(body)].dump_python(body)
    return form


def granted(reply: Any) -> dict[str, Any]:
    """The acknowledgement of a request that was done."""
    return {"ok": True, "data": encode(reply)}


def refused(refusal: Refused) -> dict[str, Any]:
    """The acknowledgement of a request that was not."""
    return {"ok": False, "error": encode(refusal_form(refusal))}


def refusal_form(refusal: Refused) -> Refusal:
    """A refusal as a value of the wire."""
    return Refusal(code=refusal.code, params=refusal.params)


def _read(kind: type[Any], payload: object) -> Any:
    reader = _READERS[kind]
    if not isinstance(payload, dict) or not is_plain(payload):
        raise Refused("message.malformed")
    try:
        model = reader.model_validate(payload)
    except ValidationError as error:
        where = error.errors(include_url=False, include_context=False, include_input=False)[0][
            "loc"
        ]
        field = str(where[0]) if where else ""
        known = field in reader.model_fields
        raise Refused("message.malformed", {"field": field} if known else None) from error
    return _value_of(model)


def _value_of(read: Any) -> Any:
    """What was read, in the dataclasses of the messages."""
    if isinstance(read, list):
        return [_value_of(one) for one in read]
    if not isinstance(read, BaseModel):
        return read
    kind = _KINDS[type(read)]
    return kind(**{name: _value_of(getattr(read, name)) for name in type(read).model_fields})


def is_plain(value: object) -> bool:
    """Whether it is JSON a browser could have written, within the bounds. Never recurses."""
    count = 0
    pending: list[tuple[object, int]] = [(value, 1)]
    while pending:
        current, depth = pending.pop()
        count += 1
        if count > VALUES_MAX or depth > DEPTH_MAX:
            return False
        if isinstance(current, dict):
            if not all(isinstance(key, str) and _is_text(key) for key in current):
                return False
            pending += [(child, depth + 1) for child in current.values()]
        elif isinstance(current, list):
            pending += [(child, depth + 1) for child in current]
        elif not _is_scalar(current):
            return False
    return True


def _is_scalar(value: object) -> bool:
    match value:
        case None | bool():
            return True
        case str():
            return _is_text(value)
        case int():
            return -INTEGER_MAX <= value <= INTEGER_MAX
        case float():
            return math.isfinite(value)
        case _:
            return False


def _is_text(text: str) -> bool:
    """Whether it can be written as UTF-8: JSON can escape half a surrogate pair."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)
