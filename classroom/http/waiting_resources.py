"""Everything under `/api` about waiting rooms and desks."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.desk import desk_routes
from classroom.http.desk_visits import desk_visit_routes
from classroom.http.doors import Doors
from classroom.http.now import now_routes
from classroom.http.visit_acts import visit_act_routes
from classroom.http.visit_begin import visit_begin_routes
from classroom.http.visits import visit_routes


def waiting_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of those who wait, and of those they wait for."""
    return (
        now_routes(doors),
        visit_begin_routes(doors),
        visit_routes(doors),
        visit_act_routes(doors),
        desk_routes(doors),
        desk_visit_routes(doors),
    )
