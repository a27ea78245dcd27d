"""Sessions in which recordings are played: opened by who may, and what was watched in them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import monotonic
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_granted import begun_here, granted_here
from classroom.http.recording_right import UNKNOWN
from classroom.http.recording_session import NOT_NOW, must_be_ready
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.people.play_session import LASTS_S
from classroom.store.recording_shares import note_watched

SECONDS_MAX = 60
TOKEN_MAX = 100
PASSWORD_MAX = 1024
"""It may be too long to be right; it is never too long to be read."""


class Play(Body):
    """`share` is the token of a link; `whole` is with what was cut out, for who may edit."""

    share: str = Field(default="", max_length=TOKEN_MAX)
    password: str = Field(default="", max_length=PASSWORD_MAX)
    whole: bool = False


class Progress(Body):
    """How many seconds were watched since it was told last."""

    session: str = Field(max_length=TOKEN_MAX)
    seconds: int = Field(ge=0, le=SECONDS_MAX)


@dataclass(frozen=True, slots=True)
class PlayTold:
    """A session; its addresses are below `/recorded/<session>/`."""

    session: str
    ends_in_s: int
    may_download: bool


def play_routes(doors: Doors) -> Blueprint:
    """Playing a recording."""
    routes = Blueprint("recording_play", __name__)

    @routes.post("/api/recordings/<recording_id>/play")
    @tells(
        PlayTold,
        by="browser",
        body=Play,
        refuses=(
            UNKNOWN,
            *sorted(set(NOT_NOW.values())),
            "recording.password",
            "recording.expired",
            "rate.limited",
        ),
    )
    async def play(recording_id: str) -> Response:
        """Begin to play a recording: own, taken part in, or by a link."""
        spend(doors.limits.recording_play, asking_address())
        body = await read_body(Play)
        row, granted, share = await granted_here(doors, recording_id, body.share, body.password)
        await must_be_ready(row)
        playing = await begun_here(doors, row, granted, share, is_whole=body.whole)
        session = doors.library.sessions.open(playing, now=monotonic())
        return jsonify(PlayTold(session, int(LASTS_S), playing.may_download))

    @routes.post("/api/recordings/<recording_id>/progress")
    @tells(None, by="browser", status=204, body=Progress, refuses=(UNKNOWN,))
    async def progress(recording_id: str) -> Response:
        """Say how much was watched."""
        body = await read_body(Progress)
        playing = doors.library.sessions.find(body.session, now=monotonic())
        if playing is None or playing.recording_id != recording_id:
            raise Refused(UNKNOWN)
        if playing.view_id and body.seconds:
            await note_watched(playing.view_id, body.seconds)
        return Response(b"", status=204)

    return routes
