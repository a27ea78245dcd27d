"""Reading what was sent: JSON of a known shape and a bounded size, or a refusal."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from quart import request

from classroom.errors import Refused

BODY_MAX_BYTES = 64 * 1024


class Body(BaseModel):
    """A request body: exactly these fields, exactly these types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


AnyBody = TypeVar("AnyBody", bound=Body)


async def read_body(shape: type[AnyBody]) -> AnyBody:
    """The body as `shape`; Refused `body.not_json`, `body.malformed` (with the first wrong field).

    The size is bounded by the framework before this (MAX_CONTENT_LENGTH).
    """
    if request.mimetype != "application/json":
        raise Refused("body.not_json")
    raw = await request.get_data(as_text=False)
    try:
        return shape.model_validate_json(raw)
    except ValidationError as error:
        where = error.errors(include_url=False, include_input=False)[0]["loc"]
        raise Refused("body.malformed", {"field": str(where[0])[:64] if where else ""}) from error
