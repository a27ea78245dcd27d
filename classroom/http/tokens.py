"""API tokens of the person who is signed in: made, listed, removed; in a browser only.

A token is told once, when it is made. No token makes or removes another.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.ids import AccountId, may_be_id
from classroom.people.account import clean_line
from classroom.people.secret import token_hash
from classroom.people.token import PREFIX, SECRET_BYTES, Scope
from classroom.store import tokens as store

DAYS_MAX = 3650


class NewToken(Body):
    """What a token is made of."""

    name: str = Field(max_length=store.NAME_MAX * 4)
    """For its owner, to know it again."""
    scope: Scope = "read"
    """`read` looks only; `write` changes things too."""
    valid_days: int | None = Field(default=None, ge=1, le=DAYS_MAX)
    """How long it counts; null is until it is removed."""


@dataclass(frozen=True, slots=True)
class TokenTold:
    """A token as it is listed."""

    id: str
    name: str
    scope: Scope
    created_at: str
    used_at: str | None
    """When it was used last, to the minute; null while it never was."""
    expires_at: str | None
    """From when on it does not count; null is never."""


@dataclass(frozen=True, slots=True)
class NewTokenTold(TokenTold):
    """A token that was made now."""

    token: str
    """What a program shows. It is told only now: nobody can read it again."""


def token_routes(doors: Doors) -> Blueprint:
    """`/api/tokens`."""
    routes = Blueprint("tokens", __name__)

    @routes.get("/api/tokens")
    @tells(list[TokenTold], by="session")
    async def listing() -> Response:
        """List own API tokens."""
        found = await store.tokens_of(await _account(doors))
        return jsonify([_told(token) for token in found])

    @routes.post("/api/tokens")
    @tells(
        NewTokenTold,
        by="session",
        status=201,
        body=NewToken,
        refuses=("token.empty", "token.long", "token.limit", "rate.limited"),
    )
    async def create() -> Response:
        """Make an API token."""
        account_id = await _account(doors)
        spend(doors.limits.new_token, account_id)
        body = await read_body(NewToken)
        name = clean_line(body.name, field="token", longest=store.NAME_MAX)
        token, at = PREFIX + secrets.token_urlsafe(SECRET_BYTES), utc_now()
        row = await store.create_token(
            account_id,
            name=name,
            scope=body.scope,
            token_hash=token_hash(token),
            at=at,
            expires_at=None if body.valid_days is None else at + timedelta(days=body.valid_days),
        )
        response = jsonify(NewTokenTold(**asdict(_told(row)), token=token))
        response.status_code = 201
        return response

    @routes.delete("/api/tokens/<token_id>")
    @tells(None, by="session", status=204, refuses=("token.unknown",))
    async def remove(token_id: str) -> Response:
        """Remove an API token: from now on it opens nothing."""
        account_id = await _account(doors)
        is_known = may_be_id(token_id) and await store.delete_token(token_id, account_id=account_id)
        if not is_known:
            raise Refused("token.unknown")
        return Response(b"", status=204)

    return routes


async def _account(doors: Doors) -> AccountId:
    return (await this_visitor(doors)).must_be_signed_in().id


def _told(token: store.TokenRow) -> TokenTold:
    used, expires = token.used_at, token.expires_at
    return TokenTold(
        id=token.id,
        name=token.name,
        scope=token.scope,
        created_at=iso(token.created_at),
        used_at=None if used is None else iso(used),
        expires_at=None if expires is None else iso(expires),
    )
