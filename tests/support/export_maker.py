"""A maker of exports that encodes nothing: it writes what it is told to, when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from recording.manifest import DERIVED_KEY
from recording.parcel import ParcelWriter


class MakerTwin:
    """`orders` and `keys` are what it was given; it waits while `may_go_on` is not set."""

    def __init__(self, body: bytes = b"a film", *, is_slow: bool = False) -> None:
        self.orders: list[dict[str, Any]] = []
        self.keys: list[set[str]] = []
        self.body = body
        self.failures: list[Exception] = []
        """Raised instead, one after the other."""
        self.begun = asyncio.Event()
        self.may_go_on = asyncio.Event()
        self.cancelled = 0
        self.ended = asyncio.Event()
        if not is_slow:
            self.may_go_on.set()

    async def run(
        self,
        task: Literal["export"],
        rec: str,
        folder: Path,
        keys: Mapping[str, bytes],
        order: dict[str, Any],
        on_percent: Callable[[int], None] | None = None,
    ) -> dict[str, Any]:
        self.orders.append(order)
        self.keys.append(set(keys))
        self.begun.set()
        if self.failures:
            raise self.failures.pop(0)
        if on_percent is not None:
            on_percent(40)
        try:
            await self.may_go_on.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            self.ended.set()
            raise
        name = f"exports/{order['id']}"
        writer = ParcelWriter(folder / name, keys[DERIVED_KEY], {"name": f"{rec}/{name}"})
        writer.write(self.body)
        return {"bytes": writer.finish()}

    async def close(self) -> None:
        """Nothing runs."""
