"""Accounts: made, found, given a new password hash. Passwords themselves never come here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import AccountId, new_id
from classroom.store.held import hold
from classroom.store.tables import Account, Fact

ADMINISTRATOR = "administrator"
"""The fact that the first administrator was made; its value is the account."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A person known by e-mail; the hash of the password stays behind `credentials_of`."""

    id: AccountId
    email: str
    name: str
    is_admin: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made of; `email` and `name` in their one spelling."""

    email: str
    name: str
    password_hash: str


async def create_account(new: NewAccount, *, at: datetime, is_admin: bool = False) -> AccountRow:
    """The new account; Refused `account.email_taken`.

    Making an administrator here (the command line does) also closes the one-time link.
    """
    async with in_transaction():
        account = await _insert(new, at=at, is_admin=is_admin)
        if is_admin and not await Fact.exists(key=ADMINISTRATOR):
            await Fact.create(key=ADMINISTRATOR, value=account.id)
    return account_row(account)


async def create_first_administrator(new: NewAccount, *, at: datetime) -> AccountRow:
    """The administrator the one-time link makes; Refused `setup.token_invalid` when there is one.

    The fact's primary key is the guard: of two tries at once, one fails.
    """
    async with in_transaction():
        account_id = new_id()
        try:
            await Fact.create(key=ADMINISTRATOR, value=account_id)
        except IntegrityError as error:
            raise Refused("setup.token_invalid") from error
        account = await _insert(new, at=at, is_admin=True, account_id=account_id)
    return account_row(account)


async def hold_account(account_id: AccountId) -> None:
    """Let nobody else count what an account has until the transaction is over."""
    await hold(Account.filter(id=account_id), "name")


async def has_administrator() -> bool:
    """Whether the one-time link has done its work."""
    return await Fact.exists(key=ADMINISTRATOR)


async def credentials_of(email: str) -> tuple[AccountRow, str] | None:
    """The account and its password hash, or None."""
    account = await Account.get_or_none(email=email)
    return None if account is None else (account_row(account), account.password_hash)


async def set_password_hash(account_id: AccountId, password_hash: str) -> None:
    """Replace the hash: a new password, or the same one hashed harder."""
    await Account.filter(id=account_id).update(password_hash=password_hash)


def account_row(account: Account) -> AccountRow:
    """The plain value of a row."""
    return AccountRow(
        id=AccountId(account.id),
        email=account.email,
        name=account.name,
        is_admin=account.is_admin,
        created_at=account.created_at,
    )


async def _insert(
    new: NewAccount, *, at: datetime, is_admin: bool, account_id: str | None = None
) -> Account:
    try:
        return await Account.create(
            id=account_id or new_id(),
            email=new.email,
            name=new.name,
            password_hash=new.password_hash,
            is_admin=is_admin,
            created_at=at,
        )
    except IntegrityError as error:
        raise Refused("account.email_taken") from error
