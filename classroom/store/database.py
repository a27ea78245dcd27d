"""The database: opened once in main, migrated, asked whether it lives, closed.

SQLite (WAL, one connection) unless a PostgreSQL URL is given. Queries are in the other modules.
Transactions must be short and must not await anything but the database: SQLite has one connection,
and a task started inside a transaction would inherit it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException

from classroom.errors import Misfit
from classroom.store.background import WAITS_MS
from classroom.store.stepping import Stepping
from classroom.store.tables import Fact
from whiteboard.store import StoreFailed

T = TypeVar("T")

APP = "classroom"
MODULES = (
    "classroom.store.tables",
    "classroom.store.lesson_tables",
    "classroom.store.chat_tables",
    "classroom.store.quiz_tables",
    "classroom.store.file_tables",
    "classroom.store.hook_tables",
    "classroom.store.enrolment_tables",
    "classroom.store.token_tables",
    "classroom.store.deck_tables",
    "classroom.store.deck_question_tables",
    "classroom.store.placement_tables",
    "classroom.store.recording_tables",
    "classroom.store.consent_tables",
    "classroom.store.practice_tables",
    "classroom.store.booking_tables",
    "classroom.store.letter_tables",
    "classroom.store.client_tables",
    "classroom.store.form_tables",
    "classroom.store.pay_tables",
    "classroom.store.visit_tables",
    "classroom.store.feed_tables",
)
"""Where the tables are."""
POOL_MAX = 5
"""Connections to PostgreSQL, unless the URL says another `maxsize`."""
ANSWER_WITHIN_S = 3.0
MIGRATE_WITHIN_S = 600.0
"""A step over a large table may take minutes; a database that never answers ends this."""
SQLITE_PREFIX = "sqlite://"
SQLITE_MEMORY = "sqlite://:memory:"
POSTGRESQL_PREFIXES = ("postgresql://", "postgres://", "asyncpg://")

FAILURES = (
    BaseORMException,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
    ValueError,
)
"""What a database that cannot be used raises: the library passes its drivers' own errors on."""


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    """Given back as it is: nothing of ours changes a connection, holds an advisory lock or listens,
    and what would put that back is one more question to the server for each of ours. A transaction
    that is open still ends."""

    def get_reset_query(self) -> str:
        """Nothing to ask."""
        return ""


def database_config(url: str) -> dict[str, Any]:
    """Tortoise's configuration for one of our URLs; Misfit for any other."""
    return {
        "connections": {_name(url): _connection(url)},
        "apps": {
            APP: {
                "models": list(MODULES),
                "default_connection": _name(url),
                "migrations": "classroom.store.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def open_database(url: str) -> list[str]:
    """Connect and bring the tables up to date; the names of the migrations applied now."""
    config = database_config(url)
    if url.startswith(SQLITE_PREFIX):
        Path(sqlite_path(url)).parent.mkdir(parents=True, exist_ok=True)
    try:
        async with asyncio.timeout(MIGRATE_WITHIN_S):
            return await _migrate(await _connect(url, config), config)
    except FAILURES as error:
        await close_database()
        raise Misfit(f"The database cannot be opened: {_reason(error)}.") from error


async def pending_migrations(url: str) -> list[str]:
    """What `open_database` would apply; Misfit when the database cannot be reached.

    A SQLite file that is not there is made by the first start, so everything is pending.
    """
    config = database_config(url)
    if _is_unmade(url):
        url, config = SQLITE_MEMORY, database_config(SQLITE_MEMORY)
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            executor = Stepping(await _connect(url, config), config["apps"])
            return [step.migration.name for step in await executor.plan()]
    except FAILURES as error:
        raise Misfit(f"The database cannot be opened: {_reason(error)}.") from error
    finally:
        await close_database()


async def ask_database(url: str, question: Callable[[], Awaitable[T]]) -> T:
    """Connect, ask, close; Misfit when the database cannot be reached or cannot answer."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            await _connect(url, database_config(url))
            return await question()
    except (*FAILURES, StoreFailed) as error:
        raise Misfit(f"The database cannot be read: {_reason(error)}.") from error
    finally:
        await close_database()


async def close_database() -> None:
    """Close every connection; harmless when none is open."""
    await Tortoise.close_connections()


async def is_database_alive() -> bool:
    """Whether it answers a query in time."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            await Fact.exists(key="")
    except (*FAILURES, RuntimeError):  # RuntimeError: it is closed
        return False
    return True


def sqlite_path(url: str) -> str:
    """`sqlite:///var/x.db` and `sqlite:////var/x.db` are absolute, `sqlite://x.db` is relative."""
    path = url.removeprefix(SQLITE_PREFIX)
    return "/" + path.lstrip("/") if path.startswith("/") else path


def _is_unmade(url: str) -> bool:
    return url.startswith(SQLITE_PREFIX) and not Path(sqlite_path(url)).exists()


def _name(url: str) -> str:
    """The library keeps prepared SQL by connection name, so each dialect has its own name."""
    return "sqlite" if url.startswith(SQLITE_PREFIX) else "postgresql"


def _connection(url: str) -> str | dict[str, Any]:
    if url.startswith(SQLITE_PREFIX):
        return {
            "engine": "tortoise.backends.sqlite",
            "credentials": {
                "file_path": sqlite_path(url),
                "journal_mode": "WAL",
                "synchronous": "FULL",  # what was answered is on the disk, also when the power goes
                "busy_timeout": WAITS_MS,
                "foreign_keys": "ON",
                "secure_delete": "ON",  # keys of recordings leave no byte behind
            },
        }
    if url.startswith(POSTGRESQL_PREFIXES):
        known: dict[str, Any] = expand_db_url("asyncpg://" + url.partition("://")[2])
        ours = {"maxsize": POOL_MAX, "connection_class": _Connection}
        return {**known, "credentials": {**ours, **known["credentials"]}}
    raise Misfit("CLASSROOM_DATABASE_URL must begin with sqlite:/// or postgresql://.")


async def _connect(url: str, config: dict[str, Any]) -> BaseDBAsyncClient:
    await Tortoise.init(config=config)
    connection = get_connection(_name(url))
    # First by itself: the library would hold its lock for ever if this failed later on.
    await connection.create_connection(with_db=True)
    return connection


async def _migrate(connection: BaseDBAsyncClient, config: dict[str, Any]) -> list[str]:
    applied: list[str] = []

    def note(event: str, _app: str, name: str) -> None:
        if event == "apply_done":
            applied.append(name)

    executor = Stepping(connection, config["apps"])
    await executor.migrate(progress=note)
    return applied


def _reason(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text.splitlines()[0].rstrip(".")
