"""The list of browsers in which somebody is signed in, and ending what one of them may do."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.visitor import this_visitor
from classroom.ids import SessionId, may_be_id
from classroom.store.sessions import end_session, sessions_of


def browser_routes(doors: Doors) -> Blueprint:
    """`/api/sessions`."""
    routes = Blueprint("browsers", __name__)

    @routes.get("/api/sessions")
    async def listing() -> Response:
        visitor = await this_visitor(doors)
        account = visitor.must_be_signed_in()
        current = visitor.session.id if visitor.session is not None else None
        rows = await sessions_of(account.id, at=utc_now())
        return jsonify(
            [
                {
                    "id": row.id,
                    "created_at": iso(row.created_at),
                    "seen_at": iso(row.seen_at),
                    "agent": row.agent,
                    "current": row.id == current,
                }
                for row in rows
            ]
        )

    @routes.delete("/api/sessions/<session_id>")
    async def revoke(session_id: str) -> Response:
        account = (await this_visitor(doors)).must_be_signed_in()
        is_known = may_be_id(session_id) and await end_session(
            SessionId(session_id), account_id=account.id
        )
        if not is_known:
            raise Refused("session.unknown")
        return Response(b"", status=204)

    return routes
