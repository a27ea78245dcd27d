"""An appointment as it is sent: `from` is a word of the language we write in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar, Protocol


class Told(Protocol):
    """A data class that says when something begins."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def from_(self) -> str: ...


def sent(told: Told) -> dict[str, Any]:
    """As JSON."""
    body = asdict(told)
    body["from"] = body.pop("from_")
    return body
