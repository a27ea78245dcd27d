"""What is true for every request: it is counted; what changes something is our page's, or comes
from a program that shows a token.
"""

from __future__ import annotations

from quart import Quart, Response, g, request

from classroom.clock import monotonic
from classroom.http.body import must_be_storable
from classroom.http.doors import Doors
from classroom.http.metrics import REQUESTS, SECONDS
from classroom.http.program import let_in
from classroom.http.shown_seat import check_enrolled_seat
from classroom.http.told import told_of
from classroom.http.visitor import bearer, check_csrf

API = "/api/"
READING = ("GET", "HEAD", "OPTIONS")
KNOWN_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def install_guard(app: Quart, doors: Doors) -> None:
    """Whoever changes something has to prove that our page asked for it, or show a token.

    A token that is shown decides alone, whatever cookies come with it.
    """

    @app.before_request
    async def guard() -> None:
        must_be_storable(request)
        rule, is_reading = request.url_rule, request.method in READING
        shown = bearer() if rule is not None and rule.rule.startswith(API) else None
        if shown is not None:
            await let_in(doors, shown, told_of(app, request.endpoint), is_reading=is_reading)
        elif not is_reading and rule is not None and not _is_for_anybody(app):
            await check_csrf(doors)
        await check_enrolled_seat(doors)


def _is_for_anybody(app: Quart) -> bool:
    """Whether a change may come from outside of our pages: a company's message, which is signed.
    Such a route knows no cookie."""
    told = told_of(app, request.endpoint)
    return told is not None and told.by == "anybody"


def install_counting(app: Quart) -> None:
    """Count every answer and the time it took, by route."""

    @app.before_request
    async def start() -> None:
        g.started_at = monotonic()

    @app.after_request
    async def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in KNOWN_METHODS else "other"
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route).observe(monotonic() - g.get("started_at", monotonic()))
        return response
