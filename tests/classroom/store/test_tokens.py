"""API tokens in both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.ids import AccountId
from classroom.store.accounts import NewAccount, create_account
from classroom.store.token_tables import ApiToken
from classroom.store.tokens import (
    COUNT_MAX,
    TokenRow,
    create_token,
    delete_token,
    find_token,
    tokens_of,
    touch_token,
)

AT = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
async def owner() -> AccountId:
    return (await create_account(NewAccount("mei@example.org", "Mei", "hash"), at=AT)).id


async def makes(owner: AccountId, number: int, expires_at: datetime | None = None) -> TokenRow:
    return await create_token(
        owner,
        name=f"token {number}",
        scope="read",
        token_hash=str(number),
        at=AT + number * MINUTE,
        expires_at=expires_at,
    )


async def test_a_token_is_found_by_its_hash_until_it_expires(owner: AccountId) -> None:
    made = await makes(owner, 1, expires_at=AT + MINUTE)
    found = await find_token("1", at=AT)
    assert found is not None
    assert (found[0], found[1].name) == (made, "Mei")
    assert await find_token("1", at=AT + MINUTE) is None
    assert await find_token("2", at=AT) is None
    await makes(owner, 2)
    assert await find_token("2", at=AT + timedelta(days=3000)) is not None


async def test_use_is_noted_once_a_minute(owner: AccountId) -> None:
    async def used() -> TokenRow:
        found = await find_token("1", at=AT)
        assert found is not None
        return found[0]

    await makes(owner, 1)
    await touch_token(await used(), at=AT)
    await touch_token(await used(), at=AT + MINUTE)
    assert (await used()).used_at == AT
    await touch_token(await used(), at=AT + 2 * MINUTE)
    assert (await used()).used_at == AT + 2 * MINUTE


async def test_there_are_not_too_many_made_at_once(owner: AccountId) -> None:
    made = await asyncio.gather(
        *(makes(owner, number) for number in range(COUNT_MAX + 4)), return_exceptions=True
    )
    assert sum(isinstance(one, Refused) for one in made) == 4
    assert await ApiToken.all().count() == COUNT_MAX


async def test_tokens_are_listed_limited_and_removed_by_their_owner(owner: AccountId) -> None:
    for number in range(COUNT_MAX):
        await makes(owner, number)
    with pytest.raises(Refused, match=r"token\.limit"):
        await makes(owner, 99)
    listed = await tokens_of(owner)
    assert [token.name for token in listed] == [f"token {n}" for n in reversed(range(COUNT_MAX))]
    other = (await create_account(NewAccount("tom@example.org", "Tom", "hash"), at=AT)).id
    assert await tokens_of(other) == []
    assert not await delete_token(listed[0].id, account_id=other)
    assert await delete_token(listed[0].id, account_id=owner)
    assert await ApiToken.all().count() == COUNT_MAX - 1
