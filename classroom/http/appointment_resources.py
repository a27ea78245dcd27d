"""Everything under `/api` that is about appointments."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.booking_resources import booking_resources
from classroom.http.doors import Doors
from classroom.http.money_resources import money_resources
from classroom.http.practice_resources import practice_resources
from classroom.http.waiting_resources import waiting_resources


def appointment_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """Organisations and their clients, what can be booked, who waits, what is paid."""
    return (
        *practice_resources(doors),
        *booking_resources(doors),
        *waiting_resources(doors),
        *money_resources(doors),
    )
