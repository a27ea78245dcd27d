"""SQLite files with every table, for servers that are not begun to see how tables are made.

The steps that make the tables are done once in a process; each file begins as a copy of that one.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from classroom.store.database import SQLITE_PREFIX, close_database, open_database


def begin_migrated(file: Path) -> None:
    """For a server in a process of its own; `file` is its SQLite, and stays when it is there."""
    with ThreadPoolExecutor(1) as beside:  # whoever asks may be in a loop that runs
        begin_like(file, beside.submit(asyncio.run, original()).result())


def begin_like(file: Path, original: Path) -> None:
    """A copy, where there is nothing yet."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, file)


async def original() -> Path:
    """The file that is only copied."""
    made = _folder() / "migrated.db"
    if not await asyncio.to_thread(made.exists):
        await open_database(f"{SQLITE_PREFIX}{made}")
        await close_database()  # nothing is left in files beside it
    return made


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="classroom-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
