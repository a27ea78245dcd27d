"""Making an account from the command line, past the page and its limits."""

from __future__ import annotations

from classroom.clock import utc_now
from classroom.people.account import clean_email, clean_name
from classroom.people.password import Passwords, check_password
from classroom.settings import Settings
from classroom.store.accounts import AccountRow, NewAccount, create_account
from classroom.store.database import close_database, open_database


async def register(
    settings: Settings, email: str, name: str, password: str, *, is_admin: bool
) -> AccountRow:
    """The new account; Refused with the same codes as the page's."""
    email, name = clean_email(email), clean_name(name)
    check_password(password)
    await open_database(settings.database)
    try:
        new = NewAccount(email, name, await Passwords().hash(password))
        return await create_account(new, at=utc_now(), is_admin=is_admin)
    finally:
        await close_database()
