"""Every store test runs twice: on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from classroom.store.database import close_database, open_database
from tests.support.database import Postgresql, postgresql


@pytest.fixture(scope="session")
def cluster() -> Iterator[Postgresql]:
    with postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'store.db'}"
    running: Postgresql = request.getfixturevalue("cluster")
    return running.new_database()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[str]:
    await open_database(database_url)
    yield database_url
    await close_database()
