"""Databases with every table for tests that are not about making them.

The steps that make the tables are done once for all tests of a process; each new database begins as
a copy of that one.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from classroom.store.database import (
    SQLITE_PREFIX,
    close_database,
    open_database,
    sqlite_path,
)
from tests.support.database import Postgresql


async def open_migrated(url: str) -> None:
    """Open the database as a server does that was started there before."""
    if url.startswith(SQLITE_PREFIX):
        _begin(Path(sqlite_path(url)), await _original())
    await open_database(url)


def begin_migrated(file: Path) -> None:
    """The same for a server in a process of its own; `file` is its SQLite."""
    with ThreadPoolExecutor(1) as beside:  # whoever asks may be in a loop that runs
        _begin(file, beside.submit(asyncio.run, _original()).result())


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


def _begin(file: Path, original: Path) -> None:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, file)


async def _original() -> Path:
    made = _folder() / "migrated.db"
    if not _is_there(made):
        await open_database(f"{SQLITE_PREFIX}{made}")
        await close_database()  # nothing is left in files beside it
    return made


def _is_there(file: Path) -> bool:
    return file.exists()


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="classroom-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
