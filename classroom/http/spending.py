"""Tries that count by the address they come from."""

from __future__ import annotations

from classroom.http.limits import spend
from classroom.http.visitor import asking_address
from classroom.people.throttle import Throttle


def spend_here(throttle: Throttle) -> None:
    """Take one try of whoever asks now; Refused `rate.limited`."""
    spend(throttle, asking_address())
