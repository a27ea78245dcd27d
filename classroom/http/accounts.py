"""Signing up, and making the first administrator with the one-time link."""

from __future__ import annotations

from pydantic import Field
from quart import Blueprint, Response

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.session import SessionTold, session_answer
from classroom.http.told import tells
from classroom.http.visitor import TOKEN_MAX, asking_address, sign_in
from classroom.people.account import EMAIL_MAX, NAME_MAX, clean_email, clean_name
from classroom.people.links import is_setup_token
from classroom.people.password import PASSWORD_MAX, check_password
from classroom.store.accounts import (
    AccountRow,
    NewAccount,
    create_account,
    create_first_administrator,
    has_administrator,
)

_SIGN_UP = (
    "account.email_taken",
    "account.invalid_email",
    "account.sign_up_closed",
    "account.weak_password",
    "name.empty",
    "name.long",
    "rate.limited",
    "setup.token_invalid",
)


class SignUp(Body):
    """`setup_token` comes from the one-time link and makes an administrator."""

    email: str = Field(max_length=EMAIL_MAX * 2)
    name: str = Field(max_length=NAME_MAX * 4)
    password: str = Field(max_length=PASSWORD_MAX * 4)
    setup_token: str | None = Field(default=None, max_length=TOKEN_MAX)


def account_routes(doors: Doors) -> Blueprint:
    """`/api/accounts`."""
    routes = Blueprint("accounts", __name__)

    @routes.post("/api/accounts")
    @tells(SessionTold, by="browser", status=201, body=SignUp, refuses=_SIGN_UP)
    async def create() -> Response:
        """Make an account, and be signed in to it."""
        body = await read_body(SignUp)
        spend(doors.limits.sign_up, asking_address())
        account = await _sign_up(doors, body)
        return await session_answer(doors, await sign_in(doors, account), status=201)

    return routes


async def _sign_up(doors: Doors, body: SignUp) -> AccountRow:
    """Everything cheap is refused before the password is hashed."""
    if body.setup_token is None:
        if doors.settings.sign_up == "closed":
            raise Refused("account.sign_up_closed")
    elif not is_setup_token(doors.secret, body.setup_token) or await has_administrator():
        raise Refused("setup.token_invalid")
    email, name = clean_email(body.email), clean_name(body.name)
    check_password(body.password)
    new = NewAccount(email, name, await doors.passwords.hash(body.password))
    if body.setup_token is not None:
        return await create_first_administrator(new, at=utc_now())
    return await create_account(new, at=utc_now())
