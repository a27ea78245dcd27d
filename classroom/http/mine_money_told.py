"""Shapes of what a client owes, paid and gets back, in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from classroom.http.body import Body
from classroom.http.money_told import CreditTold, InvoiceMine, RuleTold
from classroom.http.paying_desk import BACK_MAX


class PayBody(Body):
    """`back` is the path of the page to come back to."""

    back: str = Field(max_length=BACK_MAX)


@dataclass(frozen=True, slots=True)
class PageTold:
    """The address of the page to pay on."""

    url: str


@dataclass(frozen=True, slots=True)
class MoneyTold:
    """A booking's money. `package` paid it, or null; `rule` is what comes back now."""

    price: int
    currency: str
    pay: str
    invoice: InvoiceMine | None
    package: CreditTold | None
    rule: RuleTold
    is_online: bool
    """Whether it can be paid on a company's page."""
    is_test: bool
    """No real money moves."""
    how: str
    """How to pay by hand."""
    hold_until: str | None
