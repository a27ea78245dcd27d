"""Tickets with which a file is fetched once: a random word that is good for a minute, and once it
was used for as long as a slow line needs, for the one who used it first.

A core: the time is an argument. Whether the right still holds is asked by the caller each time.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from classroom.people.play_session import Playing
from classroom.people.secret import token_hash

TOKEN_BYTES = 32
BEGUN_WITHIN_S = 60.0
LASTS_S = 3600.0
TICKETS_MAX = 2_000
"""On the server; one more takes the place of the oldest."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes what: an export by its id, or the recording's data."""

    playing: Playing
    what: str
    language: Literal["en", "zh-CN"] = "en"


@dataclass(slots=True)
class _Ticket:
    taking: Taking
    until: float
    who: str = ""
    """Who used it first; empty before."""


class TakingTickets:
    """Those that are good."""

    def __init__(self) -> None:
        self._tickets: OrderedDict[str, _Ticket] = OrderedDict()

    def open(self, taking: Taking, *, now: float) -> str:
        """The word that fetches it."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._tickets[token_hash(token)] = _Ticket(taking, now + BEGUN_WITHIN_S)
        while len(self._tickets) > TICKETS_MAX:
            self._tickets.popitem(last=False)
        return token

    def use(self, token: str, who: str, *, now: float) -> tuple[Taking, bool] | None:
        """What it fetches, and whether it is used for the first time; None for a word that is none,
        or somebody else's."""
        key = token_hash(token)
        ticket = self._tickets.get(key)
        if ticket is None:
            return None
        if now >= ticket.until:
            del self._tickets[key]
            return None
        if not ticket.who:
            ticket.who, ticket.until = who, now + LASTS_S
            return ticket.taking, True
        return (ticket.taking, False) if ticket.who == who else None
