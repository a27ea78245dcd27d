"""Journal: where a track is to be written, as who asks for it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Journal:
    """`path` is the first file's, `<track>.<n>.rj`; it is sealed with `key` (32 bytes). Times in it
    count from `began` (monotonic seconds); `facts` stand in its header, readable without a key."""

    path: str
    key: bytes = field(repr=False)
    began: float
    facts: dict[str, Any]
