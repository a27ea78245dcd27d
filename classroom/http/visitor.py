"""Who is asking: the session behind the cookie, and the proof that our own page asks (CSRF).

A signed-in browser has a session cookie; any other gets a visitor cookie. The CSRF token is a proof
bound to whichever of the two there is, told by `GET /api/session` and sent back in a header.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from quart import Response, g, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.ids import RoomId
from classroom.people.address import address_key
from classroom.people.links import read_host_token
from classroom.people.secret import Secret, token_hash
from classroom.people.token import shown_bearer
from classroom.store.accounts import AccountRow
from classroom.store.sessions import SessionRow, find_session, open_session, touch_session

SESSION_COOKIE = "classroom_session"
VISITOR_COOKIE = "classroom_visitor"
HOST_COOKIE = "classroom_host_"
CSRF_HEADER = "X-CSRF-Token"
TOKEN_MAX = 200
SEEN_EVERY = timedelta(minutes=1)
"""How fresh `seen_at` is kept; writing it at each request would be a write for each read."""
HOST_COOKIE_S = 12 * 3600

_CSRF = "csrf"
_VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`bound` is the cookie value the CSRF token belongs to; None when there is no valid cookie."""

    session: SessionRow | None
    account: AccountRow | None
    bound: str | None

    def must_be_signed_in(self) -> AccountRow:
        """The account, or Refused `session.required`."""
        if self.account is None:
            raise Refused("session.required")
        return self.account


async def this_visitor(doors: Doors) -> Visitor:
    """Who sent this request; found once for each request."""
    found: Visitor | None = g.get("visitor")
    if found is None:
        found = g.visitor = await _find(doors)
    return found


def asking_address() -> str:
    """Where this request comes from, as a key of throttles."""
    return address_key(request.remote_addr)


def bearer() -> str | None:
    """The API token this request shows, "" for one that cannot be; None when it shows none."""
    return shown_bearer(request.headers.get("Authorization", ""))


def may_write() -> bool:
    """Whether whoever asks could also change things: a browser, or a token that is for more than
    reading. What gives a right to whoever reads it is told to nobody else."""
    return bool(g.get("may_write", True))


async def check_csrf(doors: Doors) -> None:
    """Refused `csrf.invalid` unless the header proves that our page sent this."""
    visitor = await this_visitor(doors)
    sent = request.headers.get(CSRF_HEADER, "")
    if visitor.bound is None or not doors.secret.is_proof(_CSRF, visitor.bound, sent[:TOKEN_MAX]):
        raise Refused("csrf.invalid")


def csrf_token(doors: Doors, bound: str) -> str:
    """The token the client must send with what it changes."""
    return doors.secret.proof(_CSRF, bound)


async def sign_in(doors: Doors, account: AccountRow) -> Visitor:
    """Open a session for this browser; `remember` puts its cookie on the response."""
    token = secrets.token_urlsafe(32)
    at = utc_now()
    session = await open_session(
        account.id,
        token_hash=token_hash(token),
        agent=request.headers.get("User-Agent", ""),
        at=at,
        expires_at=at + timedelta(days=doors.settings.session_days),
    )
    visitor = g.visitor = Visitor(session=session, account=account, bound=token)
    return visitor


def new_visitor(doors: Doors) -> Visitor:
    """Somebody without a session, who gets a fresh visitor cookie."""
    nonce = secrets.token_urlsafe(24)
    visitor = g.visitor = Visitor(
        session=None, account=None, bound=f"{nonce}.{doors.secret.proof(_VISITOR, nonce)}"
    )
    return visitor


def remember(doors: Doors, response: Response, visitor: Visitor) -> None:
    """Put the visitor's cookie on the response, and take away the one it replaces."""
    if visitor.bound is None:
        return
    if visitor.session is None:
        forget_cookie(response, SESSION_COOKIE)
        set_cookie(doors, response, VISITOR_COOKIE, visitor.bound, None)
    else:
        forget_cookie(response, VISITOR_COOKIE)
        seconds = doors.settings.session_days * 24 * 3600
        set_cookie(doors, response, SESSION_COOKIE, visitor.bound, seconds)


def remember_host(doors: Doors, response: Response, room_id: RoomId, token: str) -> None:
    """Let this browser be the room's host for a while."""
    set_cookie(doors, response, HOST_COOKIE + room_id, token, HOST_COOKIE_S)


def holds_host_link(doors: Doors, room_id: RoomId) -> bool:
    """Whether this browser opened the room's host link; a program's cookies do not count."""
    if bearer() is not None:
        return False
    token = request.cookies.get(HOST_COOKIE + room_id, "")[:TOKEN_MAX]
    return bool(token) and read_host_token(doors.secret, token) == room_id


async def _find(doors: Doors) -> Visitor:
    token = request.cookies.get(SESSION_COOKIE, "")
    if token and len(token) <= TOKEN_MAX:
        at = utc_now()
        found = await find_session(token_hash(token), at=at)
        if found is not None:
            session, account = found
            if at - session.seen_at > SEEN_EVERY:
                await touch_session(session.id, at=at)
            return Visitor(session=session, account=account, bound=token)
    return Visitor(session=None, account=None, bound=_valid_visitor(doors.secret))


def _valid_visitor(secret: Secret) -> str | None:
    value = request.cookies.get(VISITOR_COOKIE, "")
    nonce, _, proof = value.partition(".")
    if len(value) > TOKEN_MAX or not secret.is_proof(_VISITOR, nonce, proof):
        return None
    return value


def forget_cookie(response: Response, name: str) -> None:
    """Take it away from this browser, if it has it."""
    if name in request.cookies:
        response.delete_cookie(name, path="/")


def set_cookie(
    doors: Doors, response: Response, name: str, value: str, seconds: int | None
) -> None:
    """Give it to this browser for so long; None is until the browser is closed."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=doors.settings.is_secure or request.scheme == "https",
    )
