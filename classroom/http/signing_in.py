"""Everything about who somebody is: sessions, the browsers they are in, new accounts."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.accounts import account_routes
from classroom.http.browsers import browser_routes
from classroom.http.doors import Doors
from classroom.http.session import session_routes


def sign_in_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """`/api/session`, `/api/sessions`, `/api/accounts`."""
    return (session_routes(doors), browser_routes(doors), account_routes(doors))
