"""What is past and guards nothing any more: five minutes of hosts, and keys that were put aside."""

from __future__ import annotations

from datetime import datetime

from classroom.store.pay_keys import forget_keys
from classroom.store.times_taken import sweep_cells


async def sweep(at: datetime, *, most: int) -> int:
    """Forget it, of the five minutes at most so many; how many of those went."""
    await forget_keys(at)
    return await sweep_cells(at, most=most)
