"""What may become of a booking, and of somebody on a waiting list: two tables. A core.

A deed that is not in the table for a state is refused; nothing else decides it. The same `move`
serves every other table of states and deeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

from classroom.errors import Refused

State = Literal["unconfirmed", "unpaid", "booked", "live", "held", "missed", "cancelled", "lapsed"]
Deed = Literal[
    "make", "confirm", "owe", "pay", "lapse", "move", "cancel", "begin", "held", "missed", "correct"
]
"""`make` begins it. `owe` is confirmed and still to be paid. `correct` turns held and missed."""
Waiting = Literal["waiting", "offered", "booked", "left", "ended"]
WaitDeed = Literal["offer", "take", "lapse", "leave", "end"]

BOOKING: Mapping[tuple[State, Deed], State] = {
    ("unconfirmed", "confirm"): "booked",
    ("unconfirmed", "owe"): "unpaid",
    ("unconfirmed", "lapse"): "lapsed",
    ("unconfirmed", "cancel"): "cancelled",
    ("unpaid", "confirm"): "unpaid",
    ("unpaid", "owe"): "unpaid",
    ("unpaid", "pay"): "booked",
    ("unpaid", "lapse"): "lapsed",
    ("unpaid", "move"): "unpaid",
    ("unpaid", "cancel"): "cancelled",
    ("booked", "confirm"): "booked",
    ("booked", "owe"): "booked",
    ("booked", "pay"): "booked",
    ("booked", "move"): "booked",
    ("booked", "cancel"): "cancelled",
    ("booked", "begin"): "live",
    ("booked", "held"): "held",
    ("booked", "missed"): "missed",
    ("live", "pay"): "live",
    ("live", "begin"): "live",
    ("live", "held"): "held",
    ("live", "missed"): "missed",
    ("held", "pay"): "held",
    ("held", "correct"): "missed",
    ("missed", "pay"): "missed",
    ("missed", "correct"): "held",
    ("cancelled", "pay"): "cancelled",  # what was paid is paid back
    ("lapsed", "pay"): "booked",  # when the time is still free, else it is paid back
}
"""Not in it: `make`, which has no state before it."""

WAITLIST: Mapping[tuple[Waiting, WaitDeed], Waiting] = {
    ("waiting", "offer"): "offered",
    ("waiting", "leave"): "left",
    ("waiting", "end"): "ended",
    ("offered", "take"): "booked",
    ("offered", "lapse"): "ended",
    ("offered", "leave"): "left",
}
"""Who lets an offer pass is off the list: the time goes to the next one, and comes not back."""

HOLDING: frozenset[State] = frozenset({"unconfirmed", "unpaid", "booked", "live"})
"""They hold their time, or their seat in it."""
COMING: frozenset[State] = frozenset({"unconfirmed", "unpaid", "booked"})
OVER: frozenset[State] = frozenset({"held", "missed", "cancelled", "lapsed"})
_BEGUN = ("live", "held", "missed")

S = TypeVar("S", bound=str)
D = TypeVar("D", bound=str)


def move(table: Mapping[tuple[S, D], S], state: S, deed: D, code: str) -> S:
    """The state after the deed; Refused `code` when there is none."""
    after = table.get((state, deed))
    if after is None:
        raise Refused(code)
    return after


def after(state: State, deed: Deed) -> State:
    """A booking's next state; Refused `booking.begun`, `booking.over`."""
    code = "booking.begun" if state in _BEGUN and deed in ("move", "cancel") else "booking.over"
    return move(BOOKING, state, deed, code)
