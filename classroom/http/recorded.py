"""What a session plays, below `/recorded/<session>/`: the manifest, tracks with `Range`, and lines.

Each request asks again whether the right still holds. An address is never logged: it is the right.
"""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.clock import monotonic
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_answer import POLICY
from classroom.http.limits import spend
from classroom.http.recorded_files import Desk
from classroom.http.recording_right import UNKNOWN
from classroom.people.play_session import Playing
from classroom.people.secret import token_hash
from recording.errors import Damaged
from whiteboard.store import StoreFailed

PRIVATE = "private, no-store"
TOKEN_MAX = 100


def recorded_routes(doors: Doors) -> Blueprint:
    """`/recorded/<session>/<name>`."""
    routes = Blueprint("recorded", __name__)
    desk = Desk(doors.library.opening, doors.live.is_inside)

    @routes.get("/recorded/<session>/<name>")
    async def recorded(session: str, name: str) -> Response:
        """One of the files of a recording, or with `Range` a part of it."""
        playing = doors.library.sessions.find(session[:TOKEN_MAX], now=monotonic())
        if playing is None:
            raise Refused(UNKNOWN)
        key = token_hash(session)
        spend(doors.limits.recorded, key)
        response = await _answer(desk, key, playing, name)
        response.headers["Cache-Control"] = PRIVATE
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return routes


async def _answer(desk: Desk, key: str, playing: Playing, name: str) -> Response:
    """Refused `recording.broken`, `recording.not_ready`, `server.busy` for what goes wrong here."""
    try:
        return await desk.answer(key, playing, name)
    except Damaged as damaged:
        raise Refused("recording.broken") from damaged
    except FileNotFoundError as missing:
        raise Refused("recording.not_ready") from missing
    except StoreFailed as failure:
        raise Refused("server.busy") from failure
