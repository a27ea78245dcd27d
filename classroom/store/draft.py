"""Compares the tables with the migrations and drafts the missing step.

`python -m classroom.store.draft` writes it into `migrations/`. Read it over before it is committed:
a renamed column is drafted as removed and added, and a new required one needs `db_default=`.
"""

from __future__ import annotations

import asyncio

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.writer import MigrationWriter

from classroom.store.database import database_config


async def missing_steps() -> list[MigrationWriter]:
    """What the tables have and the migrations do not; empty when they agree. Needs no database."""
    config = database_config("sqlite://:memory:")
    await Tortoise.init(config=config, init_connections=False)
    try:
        if Tortoise.apps is None:
            return []
        return await MigrationAutodetector(Tortoise.apps, config["apps"]).changes()
    finally:
        await Tortoise.close_connections()


async def main() -> None:
    """Write every missing step and say where."""
    for step in await missing_steps():
        print(step.write())


if __name__ == "__main__":
    asyncio.run(main())
