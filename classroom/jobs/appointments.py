"""Everything that goes on by itself around appointments: its loops, begun and ended together."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from classroom.store.bookings import Bookings
from classroom.store.letter_posting import Letters


class Loop(Protocol):
    """Something that looks now and then whether there is something to do."""

    async def start(self) -> None: ...
    async def close(self) -> None: ...
    def wake(self) -> None:
        """There is something to do now."""


class Appointments:
    """Made once. `bookings` is how anything of an appointment is changed, `letters` how anybody is
    written to."""

    def __init__(self, bookings: Bookings, letters: Letters, loops: Mapping[str, Loop]) -> None:
        """`loops` by the names with which they are woken."""
        self.bookings = bookings
        self.letters = letters
        self._loops = dict(loops)

    async def start(self) -> None:
        """Begin to work, in the order in which they were given."""
        for loop in self._loops.values():
            await loop.start()

    async def close(self) -> None:
        """End everything; what was broken off is done after the next start."""
        await asyncio.gather(*(loop.close() for loop in self._loops.values()))

    def wake(self, name: str = "all") -> None:
        """Have one loop look now, or all; a name that nobody has is nobody's."""
        for known, loop in self._loops.items():
            if name in (known, "all"):
                loop.wake()
