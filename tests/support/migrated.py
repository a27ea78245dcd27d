"""Databases with every table for tests that are not about making them."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakKeyDictionary

from bench.migrated import begin_like, begin_migrated, original
from classroom.store.database import (
    SQLITE_PREFIX,
    close_database,
    open_database,
    sqlite_path,
)
from tests.support.database import Postgresql

__all__ = ["begin_migrated", "new_migrated", "open_migrated"]


async def open_migrated(url: str) -> None:
    """Open the database as a server does that was started there before."""
    if url.startswith(SQLITE_PREFIX):
        begin_like(Path(sqlite_path(url)), await original())
    await open_database(url)


async def new_migrated(cluster: Postgresql) -> str:
    """The URL of a PostgreSQL database of its own with every table."""
    if cluster not in _MIGRATED:
        url = cluster.new_database()
        await open_database(url)
        await close_database()  # a database somebody is connected to cannot be copied
        _MIGRATED[cluster] = url.rpartition("/")[2]
    return cluster.new_database(like=_MIGRATED[cluster])


_MIGRATED: WeakKeyDictionary[Postgresql, str] = WeakKeyDictionary()
"""Of each cluster the name of a database that is only copied."""
