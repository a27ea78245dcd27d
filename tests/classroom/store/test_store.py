"""The store's contract, the same on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.ids import CODE_PATTERN, RoomId
from classroom.store.accounts import (
    AccountRow,
    NewAccount,
    create_account,
    create_first_administrator,
    credentials_of,
    has_administrator,
    set_password_hash,
)
from classroom.store.facts import fact, note_fact
from classroom.store.rooms import (
    change_room,
    create_room,
    delete_room,
    room_by_code,
    room_by_id,
    rooms_of,
)
from classroom.store.sessions import (
    AGENT_MAX,
    end_session,
    find_session,
    open_session,
    sessions_of,
    touch_session,
)

AT = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("store")


def new(email: str = "mei@example.org", name: str = "Mei") -> NewAccount:
    return NewAccount(email=email, name=name, password_hash="hash of it")


async def account(email: str = "mei@example.org") -> AccountRow:
    return await create_account(new(email), at=AT)


async def test_an_account_is_found_by_email() -> None:
    made = await account()
    assert await credentials_of("mei@example.org") == (made, "hash of it")
    assert made.created_at == AT
    assert made.is_admin is False


async def test_an_unknown_account_is_none() -> None:
    assert await credentials_of("nobody@example.org") is None


async def test_an_email_is_taken_once() -> None:
    await account()
    with pytest.raises(Refused) as refused:
        await account()
    assert refused.value.code == "account.email_taken"


async def test_of_many_sign_ups_at_once_one_wins() -> None:
    results = await asyncio.gather(*(account() for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(result, AccountRow) for result in results) == 1
    assert all(isinstance(result, AccountRow | Refused) for result in results)


async def test_the_first_administrator_is_made_once() -> None:
    assert not await has_administrator()
    made = await create_first_administrator(new(), at=AT)
    assert made.is_admin
    assert await has_administrator()
    with pytest.raises(Refused) as refused:
        await create_first_administrator(new("li@example.org"), at=AT)
    assert refused.value.code == "setup.token_invalid"
    assert await credentials_of("li@example.org") is None


async def test_of_many_first_administrators_at_once_one_wins() -> None:
    tries = (create_first_administrator(new(f"a{i}@example.org"), at=AT) for i in range(8))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, AccountRow) for result in results) == 1
    codes = {result.code for result in results if isinstance(result, Refused)}
    assert codes == {"setup.token_invalid"}


async def test_a_taken_email_leaves_the_one_time_link_open() -> None:
    await account()
    with pytest.raises(Refused) as refused:
        await create_first_administrator(new(), at=AT)
    assert refused.value.code == "account.email_taken"
    assert not await has_administrator()


async def test_an_administrator_made_by_hand_closes_the_link() -> None:
    await create_account(new(), at=AT, is_admin=True)
    await create_account(new("li@example.org"), at=AT, is_admin=True)
    assert await has_administrator()


async def test_a_password_hash_is_replaced() -> None:
    made = await account()
    await set_password_hash(made.id, "a harder hash")
    assert await credentials_of(made.email) == (made, "a harder hash")


async def test_a_room_is_found_by_code_and_by_id() -> None:
    owner = await account()
    room = await create_room("Chemistry 化学", owner_id=owner.id, at=AT)
    assert CODE_PATTERN.match(room.code)
    assert (room.owner_id, room.owner_name, room.created_at) == (owner.id, "Mei", AT)
    assert await room_by_id(room.id) == room
    assert await room_by_code(room.code) == room


async def test_a_room_without_owner() -> None:
    room = await create_room("Demo class", owner_id=None, at=AT)
    assert (room.owner_id, room.owner_name) == (None, "")
    assert await room_by_code(room.code) == room


async def test_an_unknown_room_is_none() -> None:
    assert await room_by_id(RoomId("nowhere")) is None
    assert await room_by_code("bbb-bbb-bbb") is None
    assert await change_room(RoomId("nowhere"), title="Title") is None
    assert await delete_room(RoomId("nowhere")) is False


async def test_own_rooms_are_listed_newest_first() -> None:
    owner, other = await account(), await account("li@example.org")
    first = await create_room("First", owner_id=owner.id, at=AT)
    await create_room("Not mine", owner_id=other.id, at=AT)
    second = await create_room("Second", owner_id=owner.id, at=AT + DAY)
    assert await rooms_of(owner.id) == [second, first]


async def test_a_room_is_renamed_and_deleted() -> None:
    owner = await account()
    room = await create_room("Old", owner_id=owner.id, at=AT)
    renamed = await change_room(room.id, title="New")
    assert renamed is not None
    assert (renamed.title, renamed.code) == ("New", room.code)
    assert await delete_room(room.id) is True
    assert await room_by_id(room.id) is None


async def test_a_session_is_found_by_its_hash_until_it_expires() -> None:
    owner = await account()
    session = await open_session(
        owner.id, token_hash="abc", agent="Firefox", at=AT, expires_at=AT + DAY
    )
    assert await find_session("abc", at=AT) == (session, owner)
    assert await find_session("abd", at=AT) is None
    assert await find_session("abc", at=AT + DAY) is None


async def test_sessions_are_listed_and_ended_by_their_owner_only() -> None:
    owner, other = await account(), await account("li@example.org")
    old = await open_session(owner.id, token_hash="a", agent="A", at=AT, expires_at=AT + DAY)
    new_one = await open_session(owner.id, token_hash="b", agent="B", at=AT, expires_at=AT + DAY)
    await touch_session(new_one.id, at=AT + timedelta(hours=1))
    listed = await sessions_of(owner.id, at=AT)
    assert [row.id for row in listed] == [new_one.id, old.id]
    assert await sessions_of(other.id, at=AT) == []
    assert await end_session(old.id, account_id=other.id) is False
    assert await end_session(old.id, account_id=owner.id) is True
    assert await find_session("a", at=AT) is None


async def test_expired_sessions_are_swept_away_and_long_agents_cut() -> None:
    owner = await account()
    old = await open_session(owner.id, token_hash="a", agent="A", at=AT, expires_at=AT + DAY)
    late = AT + 2 * DAY
    kept = await open_session(
        owner.id, token_hash="b", agent="x" * 5000, at=late, expires_at=late + DAY
    )
    assert len(kept.agent) == AGENT_MAX
    assert await end_session(old.id, account_id=owner.id) is False


async def test_a_fact_keeps_its_first_value() -> None:
    assert await fact("demo") is None
    assert await note_fact("demo", "one") == "one"
    assert await note_fact("demo", "two") == "one"
    assert await fact("demo") == "one"
