"""For whom a calendar is read, and of which time. A value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """`zone`: the host's, for times that name none. `own`: how UIDs of our own entries end.
    `is_holidays`: entries take time even when they say they do not."""

    zone: str
    from_s: int
    to_s: int
    own: str = ""
    is_holidays: bool = False
