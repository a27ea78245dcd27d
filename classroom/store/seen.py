"""What was read for one change already, so that nobody who follows it reads it again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")

WAYS = "ways"
"""How the organisation is paid."""
RULES = "rules"
"""When people are reminded of what was booked: the text as it is stored, or None."""
WORDS = "words."
"""With the id of an organisation behind it: the letters that it writes itself."""
INVOICE = "invoice"
"""What the change made."""
EMAIL = "email."
"""With the id of a host behind it: of the account behind the host, or ""."""


class Seen:
    """Lives as long as the transaction of one change, in which nothing of this becomes another."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    async def read(self, name: str, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` said the first time; a name always goes with the same question."""
        if name not in self._kept:
            self._kept[name] = await ask()
        kept: T = self._kept[name]
        return kept

    def keep(self, name: str, value: object) -> None:
        """It was made now."""
        self._kept[name] = value

    def get(self, name: str) -> Any:
        """What was kept; None when nothing was."""
        return self._kept.get(name)
