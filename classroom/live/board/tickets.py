"""One-time tickets: what a page shows to open the board's socket beside its signalling socket.

A core. A ticket is given over signalling, so it proves who holds it; it is worth one connection,
within half a minute. Whether its holder still has the seat is asked when it is shown.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from typing import Generic, TypeVar

LIVES_S = 30.0
TICKETS_MAX = 5_000
"""Outstanding at once; ten for each of 500 people. Beyond it the oldest is worth nothing."""
TICKET_BYTES = 24
TICKET_MAX = 64
"""Characters; a longer one is not ours."""

Holder = TypeVar("Holder")


class Tickets(Generic[Holder]):
    """Invariant: they are kept in the order in which they expire."""

    def __init__(self, lives_s: float | None = None) -> None:
        self._lives_s = LIVES_S if lives_s is None else lives_s
        self._given: OrderedDict[str, tuple[Holder, float]] = OrderedDict()

    def give(self, holder: Holder, *, now: float) -> str:
        """A new ticket for the holder; its text is not to be guessed."""
        self._forget_old(now)
        if len(self._given) >= TICKETS_MAX:
            self._given.popitem(last=False)
        ticket = secrets.token_urlsafe(TICKET_BYTES)
        self._given[ticket] = holder, now + self._lives_s
        return ticket

    def take(self, ticket: str, *, now: float) -> Holder | None:
        """Who got the ticket, once; None when it is none of ours, used or too old."""
        self._forget_old(now)
        found = self._given.pop(ticket, None) if len(ticket) <= TICKET_MAX else None
        return None if found is None else found[0]

    def show(self, ticket: str, *, now: float) -> Holder | None:
        """Who got the ticket, which stays good; None as `take`."""
        self._forget_old(now)
        found = self._given.get(ticket) if len(ticket) <= TICKET_MAX else None
        return None if found is None else found[0]

    def __len__(self) -> int:
        return len(self._given)

    def _forget_old(self, now: float) -> None:
        while self._given:
            ticket, (_, until) = next(iter(self._given.items()))
            if until > now:
                return
            del self._given[ticket]
