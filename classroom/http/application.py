"""The HTTP application: the resources put together, with what is true for all of them."""

from __future__ import annotations

from quart import Quart

from classroom.http.body import BODY_MAX_BYTES, BoundedRequest
from classroom.http.doors import Doors
from classroom.http.guard import install_counting, install_guard
from classroom.http.headers import install_headers
from classroom.http.health import health_routes
from classroom.http.pages import StaticFiles, page_routes
from classroom.http.problems import install_problems
from classroom.http.resources import resources

BODY_WITHIN_S = 10


def build_http(doors: Doors) -> Quart:
    """The application, ready to be served; it keeps no state of its own."""
    app = Quart(__name__, static_folder=None, template_folder=None)
    app.request_class = BoundedRequest
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX_BYTES
    app.config["BODY_TIMEOUT"] = BODY_WITHIN_S
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    files = StaticFiles(doors.settings.static_dir)
    install_problems(app)
    install_headers(app, is_secure=doors.settings.is_secure)
    install_counting(app)
    install_guard(app, doors)
    for routes in resources(doors):
        app.register_blueprint(routes)
    app.register_blueprint(health_routes(doors, files))
    app.register_blueprint(page_routes(files))
    return app
