"""What clients do beside moving and cancelling: rate, keep, be reminded, take it to a calendar."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.doors import Doors
from classroom.http.mine_event import add_event
from classroom.http.mine_next import add_next
from classroom.http.mine_person import add_person
from classroom.http.mine_rating import add_rating


def mine_after_routes(doors: Doors) -> Blueprint:
    """More below `/api/mine`."""
    routes = Blueprint("mine_after", __name__)
    add_rating(doors, routes)
    add_next(doors, routes)
    add_event(doors, routes)
    add_person(doors, routes)
    return routes
