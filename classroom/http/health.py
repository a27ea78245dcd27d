"""For those who watch the server: is it alive, can it work, and its numbers for Prometheus."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.metrics import CONTENT_TYPE, Numbers
from classroom.http.pages import StaticFiles
from classroom.people.address import is_near


def health_routes(doors: Doors, files: StaticFiles) -> Blueprint:
    """`/healthz`, `/readyz`, `/metrics`."""
    routes = Blueprint("health", __name__)
    kept = Numbers(doors.media)

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
        if not _asks_from_near():
            raise Refused("path.unknown")
        return Response(await kept.text(), content_type=CONTENT_TYPE)

    return routes


_HANDED_ON = ("X-Forwarded-For", "Forwarded", "Via")


def _asks_from_near() -> bool:
    """Whether the numbers are asked for from this machine or network.

    A proxy is near too, but whom it asks for need not be: what was handed on counts only when the
    web server believed who it is for. It then tells that address, with 0 in place of the port.
    """
    is_handed_on = any(name in request.headers for name in _HANDED_ON)
    _, port = request.scope.get("client") or ("", None)
    return is_near(request.remote_addr) and (not is_handed_on or port == 0)
