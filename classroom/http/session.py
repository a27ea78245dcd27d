"""The session resource: who I am, signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom import __version__
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visitor import (
    Visitor,
    asking_address,
    csrf_token,
    new_visitor,
    remember,
    sign_in,
    this_visitor,
)
from classroom.people.account import EMAIL_MAX, clean_email
from classroom.people.password import PASSWORD_MAX
from classroom.store.accounts import (
    AccountRow,
    credentials_of,
    has_administrator,
    set_password_hash,
)
from classroom.store.sessions import end_session


class SignIn(Body):
    """`password` may be too long to be right; it is never too long to be read."""

    email: str = Field(max_length=EMAIL_MAX)
    password: str = Field(max_length=PASSWORD_MAX * 4)


@dataclass(frozen=True, slots=True)
class AccountTold:
    """An account as its owner sees it."""

    id: str
    name: str
    email: str
    is_admin: bool


@dataclass(frozen=True, slots=True)
class SessionTold:
    """Who asks, and what a browser needs to ask for more."""

    account: AccountTold | None
    """Null when nobody is signed in."""
    csrf: str
    """Must come back in the header `X-CSRF-Token` with everything that changes something."""
    sign_up: Literal["open", "closed"]
    setup_needed: bool
    """Whether the first administrator is still to be made."""
    version: str


def session_routes(doors: Doors) -> Blueprint:
    """`/api/session`."""
    routes = Blueprint("session", __name__)

    @routes.get("/api/session")
    @tells(SessionTold, by="browser")
    async def show() -> Response:
        """Show who is signed in, and give the token that changes need."""
        visitor = await this_visitor(doors)
        if visitor.bound is None:
            visitor = new_visitor(doors)
        return await session_answer(doors, visitor)

    @routes.post("/api/session")
    @tells(
        SessionTold,
        by="browser",
        body=SignIn,
        refuses=("account.wrong_password", "rate.limited"),
    )
    async def enter() -> Response:
        """Sign in with e-mail and password."""
        account = await _check_password(doors, await read_body(SignIn))
        return await session_answer(doors, await sign_in(doors, account))

    @routes.delete("/api/session")
    @tells(None, by="browser", status=204)
    async def leave() -> Response:
        """Sign out."""
        visitor = await this_visitor(doors)
        if visitor.session is not None:
            await end_session(visitor.session.id, account_id=visitor.session.account_id)
        response = Response(b"", status=204)
        remember(doors, response, new_visitor(doors))
        return response

    return routes


async def session_answer(doors: Doors, visitor: Visitor, status: int = 200) -> Response:
    """What every answer about the session looks like, with the visitor's cookie on it."""
    response = jsonify(
        SessionTold(
            account=None if visitor.account is None else _account_told(visitor.account),
            csrf=csrf_token(doors, visitor.bound or ""),
            sign_up=doors.settings.sign_up,
            setup_needed=not await has_administrator(),
            version=__version__,
        )
    )
    response.status_code = status
    remember(doors, response, visitor)
    return response


def _account_told(account: AccountRow) -> AccountTold:
    return AccountTold(account.id, account.name, account.email, account.is_admin)


async def _check_password(doors: Doors, body: SignIn) -> AccountRow:
    """Refused `account.wrong_password` for a wrong address too, after the same time."""
    try:
        email = clean_email(body.email)
    except Refused:
        email = ""
    pair = _spend_try(doors, email)
    found = await credentials_of(email) if email else None
    stored = None if found is None else found[1]
    if not await doors.passwords.verify(body.password, stored) or found is None:
        raise Refused("account.wrong_password")
    account, password_hash = found
    doors.limits.sign_in_both.forgive(pair)
    doors.limits.sign_in_account.forgive(email)
    if doors.passwords.is_outdated(password_hash):
        await set_password_hash(account.id, await doors.passwords.hash(body.password))
    return account


def _spend_try(doors: Doors, email: str) -> str:
    """Refused `rate.limited`; the key of who asks for whom."""
    address = asking_address()
    pair = f"{address} {email}"
    spend(doors.limits.sign_in_address, address)
    spend(doors.limits.sign_in_both, pair)
    spend(doors.limits.sign_in_account, email)
    return pair
