"""Opening, migrating and losing the database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tortoise.connection import get_connection

from bench.product import free_port
from classroom.errors import Misfit
from classroom.store.database import (
    close_database,
    database_config,
    is_database_alive,
    open_database,
    sqlite_path,
)
from classroom.store.draft import missing_steps
from classroom.store.facts import note_fact
from tests.support import database as support
from tests.support.database import MIGRATIONS, Postgresql, PostgresqlMissing
from tests.support.migrated import new_migrated, open_migrated


async def test_migrations_are_applied_once(database_url: str) -> None:
    assert await open_database(database_url) == list(MIGRATIONS)
    assert await is_database_alive()
    await close_database()
    assert await open_database(database_url) == []
    await close_database()


async def test_the_tables_and_the_migrations_agree() -> None:
    assert await missing_steps() == []


async def test_sqlite_is_written_ahead_and_checks_its_references(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "er" / "store.db"
    await open_migrated(f"sqlite://{file}")
    try:
        rows = await get_connection("sqlite").execute_query_dict("PRAGMA foreign_keys")
        assert rows == [{"foreign_keys": 1}]
    finally:
        await close_database()
    other = sqlite3.connect(file)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


async def test_sqlite_answers_when_it_is_on_the_disk(tmp_path: Path) -> None:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    try:
        rows = await get_connection("sqlite").execute_query_dict("PRAGMA synchronous")
        assert rows == [{"synchronous": 2}], "FULL: with WAL the last answers survive a power cut"
    finally:
        await close_database()


async def test_a_lost_database_is_not_alive(store: str) -> None:
    assert store
    await close_database()
    assert not await is_database_alive()


async def test_a_server_that_restarts_is_found_again(cluster: Postgresql) -> None:
    await open_database(await new_migrated(cluster))
    try:
        cluster.stop()
        try:
            answers = [await is_database_alive() for _ in range(3)]
        finally:
            cluster.start()
        assert not any(answers)
        assert await is_database_alive()
        assert await note_fact("after", "all") == "all"
    finally:
        await close_database()


async def test_no_server_is_a_sentence() -> None:
    with pytest.raises(Misfit, match="The database cannot be opened"):
        await open_database(f"postgresql://tester@127.0.0.1:{free_port()}/nothing")


async def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.write_text("this is not a database " * 100)
    with pytest.raises(Misfit, match="The database cannot be opened"):
        await open_database(f"sqlite://{file}")


def test_an_unknown_kind_of_database_is_a_sentence() -> None:
    with pytest.raises(Misfit, match="CLASSROOM_DATABASE_URL"):
        database_config("mysql://somewhere/x")


def test_urls_of_sqlite() -> None:
    assert sqlite_path("sqlite:///var/x.db") == "/var/x.db"
    assert sqlite_path("sqlite:////var/x.db") == "/var/x.db"
    assert sqlite_path("sqlite://x.db") == "x.db"


def test_missing_binaries_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "ROOTS", ())
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CLASSROOM_TEST_POSTGRESQL", raising=False)
    with pytest.raises(PostgresqlMissing, match="apt-get install postgresql"):
        support.postgresql_binaries()
