"""Everything under `/api` about what can be booked, and what was."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.blocks import block_routes
from classroom.http.booking_after import booking_after_routes
from classroom.http.booking_changes import booking_change_routes
from classroom.http.booking_on_behalf import booking_on_behalf_routes
from classroom.http.bookings import booking_routes
from classroom.http.doors import Doors
from classroom.http.hosts import host_routes
from classroom.http.mine_resources import mine_resources
from classroom.http.offers import offer_routes
from classroom.http.series import series_routes
from classroom.http.timetable import timetable_routes


def booking_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of hosts, offers, bookings and clients' own bookings."""
    return (
        host_routes(doors),
        offer_routes(doors),
        booking_routes(doors),
        booking_on_behalf_routes(doors),
        booking_change_routes(doors),
        booking_after_routes(doors),
        block_routes(doors),
        series_routes(doors),
        timetable_routes(doors),
        *mine_resources(doors),
    )
