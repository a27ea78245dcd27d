"""Everything under `/api` that is about when hosts can be booked, and calendars from elsewhere."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.doors import Doors
from classroom.http.feeds import feed_routes
from classroom.http.hours import hours_routes
from classroom.http.own_feed import own_feed_routes
from classroom.http.week import week_routes


def calendar_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of hosts' calendars."""
    return (
        hours_routes(doors),
        week_routes(doors),
        feed_routes(doors),
        own_feed_routes(doors),
    )
