"""What is behind a link to a recording, and the password it may have."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_right import UNKNOWN
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.people.secret import token_hash
from classroom.store.recording_shares import ShareKind, ShareRow, share_by_token
from classroom.store.recordings import find_recording

TOKEN_MAX = 100


class Shown(Body):
    """`share` is the token of a link: what stands behind `/w/`."""

    share: str = Field(max_length=TOKEN_MAX)


@dataclass(frozen=True, slots=True)
class WatchTold:
    """What a link opens; without the password only which recording it is."""

    recording_id: str
    title: str
    room_title: str
    began_at: str | None
    duration_ms: int
    state: str
    kind: ShareKind
    needs_password: bool
    may_download: bool


def watch_routes(doors: Doors) -> Blueprint:
    """`/api/watch`."""
    routes = Blueprint("recording_watch", __name__)

    @routes.post("/api/watch")
    @tells(
        WatchTold,
        by="browser",
        body=Shown,
        refuses=(UNKNOWN, "recording.expired", "rate.limited"),
    )
    async def watch() -> Response:
        """Tell what is behind a link."""
        spend(doors.limits.recording_watch, asking_address())
        share = await shown_share((await read_body(Shown)).share)
        row = None if share is None else await find_recording(share.recording_id)
        if share is None or row is None or row.state == "deleting":
            raise Refused(UNKNOWN)
        is_secret = bool(share.password_hash) or share.kind == "enrolled"
        return jsonify(
            WatchTold(
                recording_id=row.id,
                title="" if is_secret else row.title,
                room_title="" if is_secret else row.room_title,
                began_at=None if is_secret else iso(row.began_at),
                duration_ms=0 if is_secret else row.duration_ms,
                state=row.state,
                kind=share.kind,
                needs_password=bool(share.password_hash),
                may_download=share.may_download,
            )
        )

    return routes


async def shown_share(token: str) -> ShareRow | None:
    """The link of this token, if there is one and it is on; None for no token. Refused
    `recording.unknown`, and `recording.expired` to who has a link that ended."""
    if not token:
        return None
    share = await share_by_token(token_hash(token))
    if share is None:
        raise Refused(UNKNOWN)
    if not share.is_on(utc_now()):
        raise Refused("recording.expired")
    return share


async def check_password(doors: Doors, share: ShareRow, password: str) -> None:
    """Refused `recording.password` unless it is the link's, `rate.limited` after many tries."""
    if not share.password_hash:
        return
    if not password:
        raise Refused("recording.password")
    key = f"{share.id} {asking_address()}"
    spend(doors.limits.recording_password, key)
    if not await doors.passwords.verify(password, share.password_hash):
        raise Refused("recording.password")
    doors.limits.recording_password.forgive(key)
