"""Programs: who shows an API token is its account where a route is for accounts, only there."""

from __future__ import annotations

from quart import g

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import Told
from classroom.http.visitor import Visitor, asking_address
from classroom.people.secret import token_hash
from classroom.people.token import may_use
from classroom.store.accounts import AccountRow
from classroom.store.tokens import TokenRow, find_token, touch_token


async def let_in(doors: Doors, shown: str, told: Told | None, *, is_reading: bool) -> None:
    """Make this request the account's of the token; Refused `token.*`, `rate.limited`.

    Where nobody is asked who they are, the request is nobody's; a seat is asked for by its own
    routes. No cookie counts from here on.
    """
    g.visitor = Visitor(session=None, account=None, bound=None)
    if told is not None and (told.by == "seat" or (told.by == "anybody" and is_reading)):
        return
    if told is None or told.by != "account":
        raise Refused("token.browser")
    token, account = await _known(doors, shown)
    spend(doors.limits.token, token.id)
    if not may_use(token.scope, is_reading=is_reading):
        raise Refused("token.scope")
    await touch_token(token, at=utc_now())
    g.may_write = may_use(token.scope, is_reading=False)
    g.visitor = Visitor(session=None, account=account, bound=None)


async def _known(doors: Doors, shown: str) -> tuple[TokenRow, AccountRow]:
    """The token and whose it is. Wrong ones are counted, so that nobody asks without end."""
    tries, key = doors.limits.wrong_token, asking_address()
    spend(tries, key)
    found = await find_token(token_hash(shown), at=utc_now()) if shown else None
    if found is None:
        raise Refused("token.invalid")
    tries.give_back(key)
    return found
