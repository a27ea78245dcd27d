"""Writes nobody waits for: they give up soon while another process holds the database.

SQLite has one connection, and whoever waits on it for the lock keeps everybody else waiting. Who
writes again by themselves waits a moment; so people's requests come between.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.transactions import in_transaction

WAITS_MS = 5000
"""For the command line, which may write beside the server."""
BRIEF_MS = 250


@asynccontextmanager
async def in_background() -> AsyncIterator[TransactionalDBClient]:
    """A transaction that is to be tried again later when it does not get the lock at once."""
    async with in_transaction() as database:
        if database.capabilities.dialect != "sqlite":
            yield database
            return
        await database.execute_query(f"PRAGMA busy_timeout={BRIEF_MS}")
        try:
            yield database
        finally:
            await database.execute_query(f"PRAGMA busy_timeout={WAITS_MS}")
