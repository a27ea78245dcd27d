"""The HTTP application: the resources put together, with what is true for all of them."""

from __future__ import annotations

from quart import Quart, Response, g, request

from classroom.clock import monotonic
from classroom.http.accounts import account_routes
from classroom.http.body import BODY_MAX_BYTES
from classroom.http.doors import Doors
from classroom.http.headers import install_headers
from classroom.http.health import health_routes
from classroom.http.metrics import REQUESTS, SECONDS
from classroom.http.pages import StaticFiles, page_routes
from classroom.http.problems import install_problems
from classroom.http.rooms import room_routes
from classroom.http.seat import seat_routes
from classroom.http.session import session_routes
from classroom.http.visitor import check_csrf

READING = ("GET", "HEAD", "OPTIONS")
KNOWN_METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS")
BODY_WITHIN_S = 10


def build_http(doors: Doors) -> Quart:
    """The application, ready to be served; it keeps no state of its own."""
    app = Quart(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX_BYTES
    app.config["BODY_TIMEOUT"] = BODY_WITHIN_S
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    files = StaticFiles(doors.settings.static_dir)
    install_problems(app)
    install_headers(app, is_secure=doors.settings.is_secure)
    _install_guard(app, doors)
    _install_counting(app)
    app.register_blueprint(session_routes(doors))
    app.register_blueprint(account_routes(doors))
    app.register_blueprint(room_routes(doors))
    app.register_blueprint(seat_routes(doors))
    app.register_blueprint(health_routes(doors, files))
    app.register_blueprint(page_routes(files))
    return app


def _install_guard(app: Quart, doors: Doors) -> None:
    """Whoever changes something has to prove that our page asked for it."""

    @app.before_request
    async def guard() -> None:
        if request.method not in READING and request.url_rule is not None:
            await check_csrf(doors)


def _install_counting(app: Quart) -> None:
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
