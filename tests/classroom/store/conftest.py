"""Every store test runs twice: on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from classroom.store.database import close_database
from tests.support.database import Postgresql, postgresql
from tests.support.migrated import new_migrated, open_migrated


@pytest.fixture(scope="session")
def cluster() -> Iterator[Postgresql]:
    with postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if kind == "sqlite":
        return f"sqlite://{tmp_path / 'store.db'}"
    running: Postgresql = request.getfixturevalue("cluster")
    return running.new_database()


@pytest.fixture
async def store(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    url = f"sqlite://{tmp_path / 'store.db'}"
    if kind == "postgresql":
        url = await new_migrated(request.getfixturevalue("cluster"))
    await open_migrated(url)
    yield url
    await close_database()
