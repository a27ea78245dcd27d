"""Everything under `/api` that is about organisations, their teams and their clients."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.audit import audit_routes
from classroom.http.calendar_resources import calendar_resources
from classroom.http.client_resources import client_resources
from classroom.http.doors import Doors
from classroom.http.forms import form_routes
from classroom.http.letter_resources import letter_resources
from classroom.http.members import member_routes
from classroom.http.organisations import organisation_routes


def practice_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of whoever takes appointments together."""
    return (
        organisation_routes(doors),
        member_routes(doors),
        audit_routes(doors),
        form_routes(doors),
        *client_resources(doors),
        *letter_resources(doors),
        *calendar_resources(doors),
    )
