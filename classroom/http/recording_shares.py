"""Links with which others watch a recording: made, listed and ended by who owns it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.recording_asker import must_edit
from classroom.http.recording_told import SharesTold, ShareTold, read_time, share_told
from classroom.http.told import tells
from classroom.ids import new_id
from classroom.people.secret import token_hash
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.recording_shares import ShareRow, add_share, end_share, shares_of

PASSWORD_MIN = 6
PASSWORD_MAX = 256
DAYS_MAX = 3650
TOKEN_BYTES = 24
KNOWN = ("recording.unknown",)


class NewShare(Body):
    """`until` is ISO 8601; without it the link ends when it is ended."""

    kind: Literal["link", "enrolled", "public"]
    password: str | None = Field(default=None, min_length=PASSWORD_MIN, max_length=PASSWORD_MAX)
    until: str | None = Field(default=None, max_length=40)
    may_download: bool = False


def share_routes(doors: Doors) -> Blueprint:
    """`shares` of a recording."""
    routes = Blueprint("recording_shares", __name__)

    @routes.get("/api/recordings/<recording_id>/shares")
    @tells(SharesTold, by="account", refuses=KNOWN)
    async def listing(recording_id: str) -> Response:
        """List the links of an own recording, also those that ended."""
        row, _ = await must_edit(doors, recording_id)
        return jsonify(SharesTold([share_told(one) for one in await shares_of(row.id)]))

    @routes.post("/api/recordings/<recording_id>/shares")
    @tells(
        ShareTold,
        by="account",
        status=201,
        body=NewShare,
        refuses=(*KNOWN, "recording.share_limit"),
    )
    async def add(recording_id: str) -> Response:
        """Make a link to an own recording; its address is told this once."""
        row, granted = await must_edit(doors, recording_id)
        body = await read_body(NewShare)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        share = await _share(doors, row.id, granted.viewer, token, body)
        await add_share(share)
        said = {"share": share.id, "kind": share.kind, "password": bool(share.password_hash)}
        await add_lines(row.id, [ConsentDeed(utc_now(), "shared", "", granted.name, said)])
        response = jsonify(share_told(share, f"{doors.settings.public_url}/w/{token}"))
        response.status_code = 201
        return response

    @routes.delete("/api/recordings/<recording_id>/shares/<share_id>")
    @tells(None, by="account", status=204, refuses=(*KNOWN, "recording.share_unknown"))
    async def end(recording_id: str, share_id: str) -> Response:
        """End a link; who is watching by it sees no more."""
        row, granted = await must_edit(doors, recording_id)
        await end_share(row.id, share_id[:32], at=utc_now())
        said = {"share": share_id[:32]}
        await add_lines(row.id, [ConsentDeed(utc_now(), "share_ended", "", granted.name, said)])
        return Response(b"", status=204)

    return routes


async def _share(doors: Doors, recording_id: str, by: str, token: str, body: NewShare) -> ShareRow:
    """Refused `body.malformed` for a public one with a password, and for an end that is over."""
    if body.kind == "public" and body.password:
        raise Refused("body.malformed", {"field": "password"})
    return ShareRow(
        id=new_id(),
        recording_id=recording_id,
        kind=body.kind,
        token_hash=token_hash(token),
        password_hash=await doors.passwords.hash(body.password) if body.password else "",
        until=_end(body.until),
        may_download=body.may_download,
        created_by=by[:32],
        created_at=utc_now(),
    )


def _end(text: str | None) -> datetime | None:
    if text is None:
        return None
    at, now = read_time(text, "until"), utc_now()
    if not now < at <= now + timedelta(days=DAYS_MAX):
        raise Refused("body.malformed", {"field": "until"})
    return at
