"""What is true once for the whole installation."""

from __future__ import annotations

from tortoise.exceptions import IntegrityError

from classroom.store.tables import Fact


async def fact(key: str) -> str | None:
    """Its value, or None while it is not true."""
    row = await Fact.get_or_none(key=key)
    return None if row is None else row.value


async def note_fact(key: str, value: str) -> str:
    """Make it true; the value that holds, which is the older one when somebody was faster."""
    try:
        await Fact.create(key=key, value=value)
    except IntegrityError:
        return await fact(key) or value
    return value
