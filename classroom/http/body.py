"""Reading what was sent: JSON of a known shape and a bounded size, or a refusal."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from quart import Request, request

from classroom.blobs.pictures import BYTES_MAX as PICTURE_MAX_BYTES
from classroom.errors import Refused

BODY_MAX_BYTES = 64 * 1024
PICTURE_WITHIN_S = 120
"""The largest picture over a line of 0.7 Mbit/s."""
_PICTURES = re.compile(r"/api/rooms/by-code/[^/]+/board/assets")
PIECE_MAX_BYTES = 4 * 1024 * 1024
OVERLAY_MAX_BYTES = 25 * 1024 * 1024
_OVERLAYS = re.compile(r"/api/rooms/by-code/[^/]+/placements/[^/]+/(export|handout)")
CAPTIONS_MAX_BYTES = 512 * 1024
_CAPTIONS = re.compile(r"/api/recordings/[^/]+/captions/[^/]+")
_PIECES = re.compile(
    r"/api/rooms/by-code/[^/]+/files/[^/]+"
    r"|/api/(rooms/by-code/[^/]+/)?decks/uploads/[^/]+/[0-9]+"
)

_NUL = "\x00"
_NUL_IN_JSON = b"\\u0000"
"""JSON writes it in no other way (RFC 8259 section 7)."""
_NO_TEXT = ("password", "questions")
"""Fields that are no text where they are kept: a hash, and JSON that is written again as JSON."""


class BoundedRequest(Request):
    """A request whose body has the bounds of its address.

    They are known before the route is: the framework collects the body from the beginning.
    """

    def __init__(self, method: str, scheme: str, path: str, *more: Any, **bounds: Any) -> None:
        if method == "POST" and _PICTURES.fullmatch(path):
            bounds |= {
                "max_content_length": PICTURE_MAX_BYTES,
                "body_timeout": PICTURE_WITHIN_S,
            }
        elif method == "POST" and _OVERLAYS.fullmatch(path):
            bounds |= {"max_content_length": OVERLAY_MAX_BYTES}
        elif method == "PUT" and _CAPTIONS.fullmatch(path):
            bounds |= {"max_content_length": CAPTIONS_MAX_BYTES}
        elif method == "PATCH" and _PIECES.fullmatch(path):
            bounds |= {"max_content_length": PIECE_MAX_BYTES}
        super().__init__(method, scheme, path, *more, **bounds)


class Body(BaseModel):
    """A request body: exactly these fields, exactly these types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


AnyBody = TypeVar("AnyBody", bound=Body)


async def read_body(shape: type[AnyBody]) -> AnyBody:
    """The body as `shape`; Refused `body.not_json`, `body.malformed` (with the first wrong field).

    The size is bounded by the framework before this (MAX_CONTENT_LENGTH). Text with U+0000 is
    refused: PostgreSQL cannot keep it.
    """
    if request.mimetype != "application/json":
        raise Refused("body.not_json")
    raw = await request.get_data(as_text=False)
    try:
        body = shape.model_validate_json(raw)
    except ValidationError as error:
        where = error.errors(include_url=False, include_input=False)[0]["loc"]
        raise Refused("body.malformed", {"field": str(where[0])[:64] if where else ""}) from error
    if _NUL_IN_JSON in raw:
        _must_be_text(json.loads(raw))
    return body


def must_be_storable(asked: Request) -> None:
    """Refused `body.malformed` for U+0000 in a query. In the path it stands for a sign that no id
    and no name has, so that nothing is found."""
    if b"%00" in asked.query_string:
        _must_be_text(asked.args.to_dict(flat=False))
    if asked.view_args and _NUL in asked.path:
        asked.view_args = {
            name: value.replace(_NUL, "\ufffd") if isinstance(value, str) else value
            for name, value in asked.view_args.items()
        }


def _must_be_text(fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name not in _NO_TEXT and _has_nul([name, value]):
            raise Refused("body.malformed", {"field": name.replace(_NUL, "")[:64]})


def _has_nul(value: Any) -> bool:
    pending = [value]
    while pending:
        match pending.pop():
            case str() as text if _NUL in text:
                return True
            case list() as many:
                pending += many
            case dict() as named:
                pending += (*named.keys(), *named.values())
    return False
