"""API tokens: made, found by their hash, listed, removed. The tokens themselves never come here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import AccountId, new_id
from classroom.people.token import Scope
from classroom.store.accounts import AccountRow, account_row, hold_account
from classroom.store.token_tables import ApiToken

NAME_MAX = 60
COUNT_MAX = 20
"""Of one account; those that expired count until they are removed."""
USED_EVERY = timedelta(minutes=1)
"""How fresh `used_at` is kept; writing it at each request would be a write for each read."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it. It counts until `expires_at`; None is until it is removed."""

    id: str
    account_id: AccountId
    name: str
    scope: Scope
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


async def create_token(
    account_id: AccountId,
    *,
    name: str,
    scope: Scope,
    token_hash: str,
    at: datetime,
    expires_at: datetime | None,
) -> TokenRow:
    """A new one; Refused `token.limit`."""
    async with in_transaction():
        await hold_account(account_id)
        if await ApiToken.filter(account_id=account_id).count() >= COUNT_MAX:
            raise Refused("token.limit", {"max": COUNT_MAX})
        row = await ApiToken.create(
            id=new_id(),
            account_id=account_id,
            name=name,
            token_hash=token_hash,
            scope=scope,
            created_at=at,
            expires_at=expires_at,
        )
    return _row(row)


async def find_token(token_hash: str, *, at: datetime) -> tuple[TokenRow, AccountRow] | None:
    """The token with this hash and whose it is; None when unknown, removed or expired."""
    counts = Q(expires_at=None) | Q(expires_at__gt=at)
    row = await ApiToken.filter(counts, token_hash=token_hash).select_related("account").first()
    return None if row is None else (_row(row), account_row(row.account))


async def touch_token(token: TokenRow, *, at: datetime) -> None:
    """Note that it was used; at most once a minute."""
    if token.used_at is None or at - token.used_at > USED_EVERY:
        await ApiToken.filter(id=token.id).update(used_at=at)


async def tokens_of(account_id: AccountId) -> list[TokenRow]:
    """Own ones, also those that expired, the newest first."""
    rows = await ApiToken.filter(account_id=account_id).order_by("-created_at", "id")
    return [_row(row) for row in rows]


async def delete_token(token_id: str, *, account_id: AccountId) -> bool:
    """Whether the account had that token; it counts no more."""
    return await ApiToken.filter(id=token_id, account_id=account_id).delete() > 0


def _row(row: ApiToken) -> TokenRow:
    return TokenRow(
        id=row.id,
        account_id=AccountId(row.account_id),
        name=row.name,
        scope=cast(Scope, row.scope),
        created_at=row.created_at,
        used_at=row.used_at,
        expires_at=row.expires_at,
    )
