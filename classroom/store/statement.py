"""SQL that is written once and done often, and rows of a table added with one statement.

The library builds the text of each query anew, which costs the server many times what the database
takes for it. So what is asked with every stroke and every booking is spelled out where it is asked.
Placeholders are `$1`, `$2`; the text is the same on both databases. Inside a transaction it is part
of that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, count
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.fields.base import DatabaseDefault
from tortoise.models import Model

from classroom.store.tables import Fact

ROWS_MAX = 100
"""In one statement. One that adds all rows is a transaction by itself: on SQLite it costs half as
much as a transaction around them."""

Row = tuple[Any, ...]
M = TypeVar("M", bound=Model)


def database() -> BaseDBAsyncClient:
    """The open one, or the transaction that is under way."""
    return Fact._meta.db


async def ask(text: str, *values: Any) -> list[dict[str, Any]]:
    """The rows it gives, as the driver reads them: SQLite knows neither moments nor booleans."""
    open_one = database()
    return await open_one.execute_query_dict(_spelled(open_one, text), list(values))


async def do(text: str, *values: Any) -> int:
    """How many rows it touched."""
    open_one = database()
    touched, _ = await open_one.execute_query(_spelled(open_one, text), list(values))
    return touched


async def add_rows(text: str, rows: Sequence[Row]) -> None:
    """Add many rows, so many with one statement; they stand where the text says `{rows}`."""
    open_one = database()
    for start in range(0, len(rows), ROWS_MAX):
        some = rows[start : start + ROWS_MAX]
        whole = _spelled(open_one, _of_rows(text, len(some), len(some[0])))
        await open_one.execute_query(whole, list(chain.from_iterable(some)))


async def add(new: Sequence[Model], *, once: bool = False) -> None:
    """Add rows of one table; with `once` those that are there already stay as they are.

    All of them leave the same columns to the database. IntegrityError as the library's own.
    """
    if not new:
        return
    model = type(new[0])
    names = tuple(
        name
        for name, field in _columns(model).items()
        if not field.generated and not isinstance(getattr(new[0], name), DatabaseDefault)
    )
    encoders = [(name, model._meta.fields_map[name].to_db_value) for name in names]
    rows = [tuple(encode(getattr(one, name), one) for name, encode in encoders) for one in new]
    await add_rows(_insert(model, names, once), rows)


@cache
def selected(model: type[Model], alias: str) -> str:
    """The columns of a table, for `made_of`."""
    columns = model._meta.fields_db_projection.values()
    return ", ".join(f'{alias}."{column}" AS "{alias}.{column}"' for column in columns)


def made_of(model: type[M], alias: str, row: Mapping[str, Any]) -> M:
    """The object whose columns were `selected`."""
    values = {name: field.to_python_value(row[key]) for name, key, field in _keys(model, alias)}
    return model(**values)


@cache
def _keys(model: type[Model], alias: str) -> list[tuple[str, str, Any]]:
    columns = model._meta.fields_db_projection
    return [(name, f"{alias}.{columns[name]}", field) for name, field in _columns(model).items()]


def _columns(model: type[Model]) -> dict[str, Any]:
    return {name: model._meta.fields_map[name] for name in model._meta.fields_db_projection}


@cache
def _insert(model: type[Model], names: tuple[str, ...], once: bool) -> str:
    columns = ", ".join(f'"{model._meta.fields_db_projection[name]}"' for name in names)
    text = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {{rows}}'
    return text + " ON CONFLICT DO NOTHING" if once else text


def _spelled(open_one: BaseDBAsyncClient, text: str) -> str:
    """With the placeholders of this database."""
    return _with_marks(text) if open_one.capabilities.dialect == "sqlite" else text


@lru_cache(maxsize=1024)
def _with_marks(text: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", text)


@lru_cache(maxsize=1024)
def _of_rows(text: str, rows: int, width: int) -> str:
    numbers = count(1)
    row = (", ".join(f"${next(numbers)}" for _ in range(width)) for _ in range(rows))
    return text.replace("{rows}", ", ".join(f"({values})" for values in row))
