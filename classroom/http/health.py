"""For those who watch the server: is it alive, can it work, and its numbers for Prometheus."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.http.doors import Doors
from classroom.http.metrics import CONTENT_TYPE, metrics_text
from classroom.http.pages import StaticFiles


def health_routes(doors: Doors, files: StaticFiles) -> Blueprint:
    """`/healthz`, `/readyz`, `/metrics`."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    async def alive() -> Response:
        return jsonify({"status": "ok"})

    @routes.get("/readyz")
    async def ready() -> Response:
        checks = {
            "database": await doors.is_database_alive(),
            "media": doors.media.ready,
            "pages": files.is_built,
        }
        response = jsonify({"status": "ok" if all(checks.values()) else "not ready", **checks})
        response.status_code = 200 if all(checks.values()) else 503
        return response

    @routes.get("/metrics")
    async def numbers() -> Response:
        return Response(await metrics_text(doors.media), content_type=CONTENT_TYPE)

    return routes
