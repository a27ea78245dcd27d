"""What every way to be paid online can do, and how it says that it cannot.

A gateway is asked outside of every transaction. What it tells (`Paid`, `Ended`, `NotReturned`) is
told at most truthfully, never on time and never once: whoever takes it compares it with what was
asked for, and takes the same thing again quietly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from classroom.errors import ClassroomError


class GatewayDown(ClassroomError):
    """It does not answer, or says that it cannot now: the same may be asked again later."""


class GatewayRefused(ClassroomError):
    """It says no, and will say so again. The text is its reason, in its words, for our people."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is to pay. `text` says for what, `until` is when the page ends; `key` is the
    same for the same page, however often it is asked for."""

    key: str
    invoice_id: str
    number: str
    text: str
    amount: int
    currency: str
    email: str
    locale: str
    until: datetime
    back: str
    """Where the payer comes to afterwards, paid or not: a whole address of ours."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A page of the company, and its name of it."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class Paid:
    """Money came by a page. `payment` is what a refund names; `event` the message's own name."""

    event: str
    reference: str
    payment: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A page ended without money."""

    event: str
    reference: str


@dataclass(frozen=True, slots=True)
class NotReturned:
    """A refund that was accepted could not be given back after all. `key` is ours."""

    event: str
    key: str
    reason: str


News = Paid | Ended | NotReturned


class Gateway(Protocol):
    """Asks raise GatewayDown and GatewayRefused."""

    name: str

    async def check(self) -> bool:
        """Whether the keys are for tests; asks something that changes nothing."""

    async def begin(self, asked: Asked) -> Begun:
        """A page to pay on."""

    async def look(self, reference: str) -> News | None:
        """What became of a page, for whoever heard nothing; None while it is open."""

    async def give_back(self, payment: str, amount: int, currency: str, key: str) -> None:
        """Ask for a refund; the same `key` is the same refund, for a day at least."""

    async def has_given_back(self, payment: str, key: str) -> bool:
        """Whether it made the refund of this `key` already; GatewayRefused for one that failed."""

    def read(self, body: bytes, signature: str, at: datetime) -> News | None:
        """What a message says; None for what does not matter here. Refused `payment.signature` for
        one that is not signed by them, or not now; `body.malformed`."""
