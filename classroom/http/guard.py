"""What is true for every request: it is counted, and what changes something is our page's."""

from __future__ import annotations

from quart import Quart, Response, g, request

from classroom.clock import monotonic
from classroom.http.doors import Doors
from classroom.http.metrics import REQUESTS, SECONDS
from classroom.http.visitor import check_csrf

READING = ("GET", "HEAD", "OPTIONS")
KNOWN_METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS")


def install_guard(app: Quart, doors: Doors) -> None:
    """Whoever changes something has to prove that our page asked for it."""

    @app.before_request
    async def guard() -> None:
        if request.method not in READING and request.url_rule is not None:
            await check_csrf(doors)


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
