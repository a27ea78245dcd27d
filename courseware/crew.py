"""How many children work at once, and what is tried a second time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from courseware.cell import Cells, Order
from courseware.confine import Bounds
from courseware.errors import Broken, LocalError, Unfit

log = logging.getLogger(__name__)


class Crew:
    """Children by task. `bounds` says what each task may take; of the tasks that begin the office
    program one runs at a time, of all others `at_once`."""

    def __init__(self, cells: Cells, bounds: Mapping[str, Bounds], *, at_once: int) -> None:
        if at_once < 1:
            raise LocalError("nobody at work")
        self.cells = cells
        self.at_once = at_once
        self._bounds = bounds
        self._room = asyncio.Semaphore(at_once)
        self._office = asyncio.Semaphore(1)

    @asynccontextmanager
    async def child(
        self,
        task: str,
        files: Sequence[Path],
        numbers: Mapping[str, Any],
        folder: Path,
        *,
        cwd: Path | None = None,
    ) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """One child, as soon as there is room for it; what it says. See `Cells.child`."""
        order = Order(task, files, self._bounds[task], numbers)
        async with (
            self._office if task == "office" else self._room,
            self.cells.child(order, folder, cwd=cwd) as lines,
        ):
            yield lines

    async def run(
        self,
        task: str,
        files: Sequence[Path],
        numbers: Mapping[str, Any],
        folder: Path,
        *,
        cwd: Path | None = None,
    ) -> list[dict[str, Any]]:
        """All that a child says. One that dies is tried once more, then it is the file: Unfit
        `broken`. A full disk and a closed workshop are told as they are."""
        for _ in range(2):
            try:
                async with self.child(task, files, numbers, folder, cwd=cwd) as lines:
                    return [line async for line in lines]
            except Broken as broken:
                if broken.reason not in ("died", "answer"):
                    raise
                log.warning("a child for %s failed: %s", task, broken)
        raise Unfit("broken")
