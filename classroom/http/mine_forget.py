"""A browser that is to know nothing of who used it: for a computer that is not one's own."""

from __future__ import annotations

from quart import Blueprint, Response, request

from classroom.http import enrolled, known_client, visit_key
from classroom.http.doors import Doors
from classroom.http.spending import spend_here
from classroom.http.told import tells
from classroom.http.visitor import forget_cookie

OURS = (known_client.COOKIE, visit_key.COOKIE, enrolled.COOKIE)
"""How cookies begin by which somebody without an account is known."""


def mine_forget_routes(doors: Doors) -> Blueprint:
    """`/api/mine/forget`."""
    routes = Blueprint("mine_forget", __name__)

    @routes.post("/api/mine/forget")
    @tells(None, by="browser", status=204, refuses=("rate.limited",))
    async def forget() -> Response:
        """Forget in this browser who used it; appointments and other browsers stay as they are."""
        spend_here(doors.limits.book_look)
        response = Response(b"", status=204)
        for name in request.cookies:
            if name.startswith(OURS):
                forget_cookie(response, name)
        return response

    return routes
