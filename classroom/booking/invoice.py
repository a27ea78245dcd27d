"""What an invoice may become, and what is owed and was received of it. A core.

An invoice is made once, with its number and amount, and neither changes afterwards. What was
received and given back is written beside it; its state follows from that by one table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from classroom.errors import Refused

State = Literal["open", "paid", "part_refunded", "refunded", "void"]
Deed = Literal["pay", "pay_part", "unpay", "refund", "refund_part", "void"]
STATES: tuple[State, ...] = ("open", "paid", "part_refunded", "refunded", "void")
DEEDS: tuple[Deed, ...] = ("pay", "pay_part", "unpay", "refund", "refund_part", "void")

INVOICE: Mapping[tuple[State, Deed], State] = {
    ("open", "pay"): "paid",
    ("open", "pay_part"): "open",
    ("open", "unpay"): "open",
    ("open", "refund"): "refunded",
    ("open", "refund_part"): "part_refunded",
    ("open", "void"): "void",
    ("paid", "unpay"): "open",
    ("paid", "refund"): "refunded",
    ("paid", "refund_part"): "part_refunded",
    ("part_refunded", "refund"): "refunded",
    ("part_refunded", "refund_part"): "part_refunded",
    ("void", "pay"): "paid",
}
"""Everything else is refused. A void one can still be paid: money that comes late is written down
and given back, never lost. Of one that is paid in part and given back, the rest is not owed any
more. `unpay` takes back a payment written down by mistake."""

UNDO_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sums:
    """Minor units. Invariant: 0 <= returned <= received, and received <= amount."""

    state: State
    amount: int
    received: int = 0
    returned: int = 0

    @property
    def kept(self) -> int:
        """What was received and not given back."""
        return self.received - self.returned

    @property
    def owed(self) -> int:
        """What is still to be paid."""
        return self.amount - self.received if self.state == "open" else 0


def step(state: State, deed: Deed) -> State:
    """What it is afterwards; Refused `invoice.state`."""
    after = INVOICE.get((state, deed))
    if after is None:
        raise Refused("invoice.state")
    return after


def pay(sums: Sums, amount: int) -> Sums:
    """Money came in; Refused `payment.amount` for nothing, or more than the invoice says."""
    left = sums.amount - sums.received
    if not 0 < amount <= left:
        raise Refused("invoice.state" if left == 0 else "payment.amount")
    state = step(sums.state, "pay" if amount == left else "pay_part")
    return replace(sums, state=state, received=sums.received + amount)


def unpay(sums: Sums, amount: int, *, paid_at: datetime, now: datetime) -> Sums:
    """A payment by hand was a mistake: within a day, and while nothing of it was given back."""
    if now - paid_at > UNDO_WITHIN or amount > sums.kept or sums.returned:
        raise Refused("invoice.state")
    return replace(sums, state=step(sums.state, "unpay"), received=sums.received - amount)


def refund(sums: Sums, amount: int) -> Sums:
    """Money goes back; Refused `payment.amount` for nothing, or more than was kept."""
    if not 0 < amount <= sums.kept:
        raise Refused("payment.amount" if sums.kept else "invoice.state")
    state = step(sums.state, "refund" if amount == sums.kept else "refund_part")
    return replace(sums, state=state, returned=sums.returned + amount)


def unrefund(sums: Sums, amount: int) -> Sums:
    """The payment company could not give it back: it is ours still, until somebody does by hand."""
    returned = sums.returned - amount
    before: State = "paid" if sums.received == sums.amount else "open"
    return replace(sums, state="part_refunded" if returned else before, returned=returned)


def void(sums: Sums) -> Sums:
    """It is not owed any more; Refused `invoice.state` while something received is kept."""
    if sums.kept:
        raise Refused("invoice.state")
    return replace(sums, state=step(sums.state, "void"))


def year_of(at: datetime, zone: str) -> int:
    """The year whose numbers an invoice of this moment has: the organisation's, not ours."""
    return at.astimezone(ZoneInfo(zone)).year


def number_of(year: int, count: int) -> str:
    """As it is printed: `2027-0001`; longer from 10,000 on."""
    return f"{year}-{count:04}"
