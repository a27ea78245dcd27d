"""The two clocks of the shells: wall time for people, monotonic time for durations.

Cores never import this; they are given `at` (aware, UTC) or `now` (monotonic seconds).
"""

from __future__ import annotations

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Aware wall time, UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds since an arbitrary start; never goes back."""
    return time.monotonic()


def iso(at: datetime) -> str:
    """ISO 8601 with milliseconds and Z, as the wire carries times."""
    text = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
