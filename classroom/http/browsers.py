"""The list of browsers in which somebody is signed in, and ending what one of them may do."""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.ids import SessionId, may_be_id
from classroom.store.sessions import end_session, sessions_of


@dataclass(frozen=True, slots=True)
class BrowserTold:
    """A browser that is signed in."""

    id: str
    created_at: str
    seen_at: str
    agent: str
    """What it calls itself."""
    current: bool
    """Whether it is the one that asks."""


def browser_routes(doors: Doors) -> Blueprint:
    """`/api/sessions`."""
    routes = Blueprint("browsers", __name__)

    @routes.get("/api/sessions")
    @tells(list[BrowserTold], by="session")
    async def listing() -> Response:
        """List the browsers that are signed in."""
        visitor = await this_visitor(doors)
        account = visitor.must_be_signed_in()
        current = visitor.session.id if visitor.session is not None else None
        rows = await sessions_of(account.id, at=utc_now())
        return jsonify(
            [
                BrowserTold(
                    id=row.id,
                    created_at=iso(row.created_at),
                    seen_at=iso(row.seen_at),
                    agent=row.agent,
                    current=row.id == current,
                )
                for row in rows
            ]
        )

    @routes.delete("/api/sessions/<session_id>")
    @tells(None, by="session", status=204, refuses=("session.unknown",))
    async def revoke(session_id: str) -> Response:
        """Sign a browser out."""
        account = (await this_visitor(doors)).must_be_signed_in()
        is_known = may_be_id(session_id) and await end_session(
            SessionId(session_id), account_id=account.id
        )
        if not is_known:
            raise Refused("session.unknown")
        return Response(b"", status=204)

    return routes
