"""Crew: the children that make recordings playable: one for each that goes on, some for tasks.

A live child that dies, or says nothing for too long, is begun again with all it was told; the files
say how far it had come. Keys reach it by its stdin alone. Shell; reads no recording itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from recording.errors import Broken, LocalError
from recording.manifest import HEARD, key_name, read_track
from recording.spawned import Child, Said

Task = Literal["export", "remix", "thumbs", "verify"]
OnStep = Callable[[str, Said], None]
"""(recording, what its step said)."""
OnPercent = Callable[[int], None]

LIVE_SILENT_S: Final = 30.0
"""A live child says something in each step."""
TASK_SILENT_S: Final = 300.0
AGAIN_S: Final = (0.5, 2.0, 5.0)
"""Before a dead child is begun again; the last one for all after it."""
TRIES: Final = 4
"""Of a recording that is over: then it is broken for now, and tried at the next start."""

log = logging.getLogger(__name__)


def _ignore(recording_id: str, said: Said) -> None:
    pass


def _ignore_percent(recording_id: str, percent: int) -> None:
    pass


@dataclass(slots=True)
class _Live:
    """A recording that goes on: what a child of it has to know."""

    folder: Path
    began: float | None
    keys: dict[str, bytes] = field(repr=False)
    orders: list[Said] = field(default_factory=list)
    finish: Said | None = None
    child: Child | None = None
    task: asyncio.Task[Said] | None = None

    def leave_out(self, names: set[str]) -> None:
        """What was sealed with these keys is gone. The next child hears no more of it than that:
        by then there may be another key of the same name, of a yes that was given again."""
        gone: set[str] = set()
        for order in self.orders:
            if order["order"] == "track" and read_track(order["track"]).key in names:
                gone.add(order["track"]["id"])
        kept = [order for order in self.orders if _track_of(order) not in gone]
        is_heard = any(name.endswith(HEARD) for name in names)
        left_out = {"order": "left_out", "tracks": sorted(gone), "is_heard": is_heard}
        self.orders = [*kept, left_out]
        for name in names:
            self.keys.pop(name, None)


class Crew:
    """Invariant: at most one live child for a recording; after `close` none runs."""

    def __init__(self, *, at_once: int = 1, on_step: OnStep = _ignore) -> None:
        """`at_once` tasks are done at a time; live children are bounded by whoever begins them."""
        self.on_percent: Callable[[str, int], None] = _ignore_percent
        """(recording, how much of one that is over is made)."""
        if at_once < 1:
            raise LocalError("nobody at work")
        self._on_step = on_step
        self._room = asyncio.Semaphore(at_once)
        self._live: dict[str, _Live] = {}
        self._children: set[Child] = set()
        self._is_closed = False

    @property
    def children(self) -> list[Child]:
        """Those that run now."""
        return list(self._children)

    # Recordings that go on

    async def begin(
        self,
        rec: str,
        folder: Path,
        keys: Mapping[str, bytes],
        *,
        began: float | None = None,
        is_over: bool = False,
    ) -> None:
        """A child for a recording that began at `began` (monotonic; now when it is None), or for
        one that is over and was not finished.

        Orders as `child` tells them. Returns at once: a child that dies is begun again.
        """
        if self._is_closed:
            raise Broken("closed")
        if rec in self._live:
            raise LocalError("it is being made already")
        at = None if is_over else began if began is not None else time.monotonic()
        live = self._live[rec] = _Live(folder, at, dict(keys))
        live.task = asyncio.create_task(self._keep(rec, live), name=f"recording {rec}")
        live.task.add_done_callback(_fetched)

    def tell(self, rec: str, order: Said) -> None:
        """An order. A recording that is not being made is passed over."""
        live = self._live.get(rec)
        if live is None:
            return
        match order["order"]:
            case "keys":
                live.keys.update(order["keys"])
                order = {**order, "keys": _hex(order["keys"])}
            case "leave_out":
                live.leave_out({key_name(order["pid"], kind) for kind in order["kinds"]})
            case "finish":
                live.finish = order
            case _:
                live.orders.append(order)
        if live.child is not None:
            live.child.tell(order)

    async def finished(self, rec: str) -> Said:
        """Wait for its last step: what it says. LocalError when it is not being made; Broken,
        Damaged. Afterwards it is not known any more."""
        live = self._live.get(rec)
        if live is None or live.task is None:
            raise LocalError("it is not being made")
        try:
            return await asyncio.shield(live.task)
        finally:
            if live.task.done():
                self._live.pop(rec, None)

    def is_making(self, rec: str) -> bool:
        """Whether a child of it runs, or is about to."""
        return rec in self._live

    async def leave(self, rec: str) -> None:
        """It is not wanted any more: end its child."""
        live = self._live.pop(rec, None)
        if live is not None and live.task is not None:
            live.task.cancel()
            await asyncio.gather(live.task, return_exceptions=True)

    # Tasks

    async def run(
        self,
        task: Task,
        rec: str,
        folder: Path,
        keys: Mapping[str, bytes],
        order: Said,
        on_percent: OnPercent | None = None,
    ) -> Said:
        """One task in a child of its own, when there is room for it. Broken, Damaged."""
        async with self._room:
            if self._is_closed:
                raise Broken("closed")
            first = self._first(task, rec, folder, keys, {"order": order, "began": None})
            child = await self._child(first)
            try:
                async for said in child.said(TASK_SILENT_S):
                    if "progress" in said and on_percent is not None:
                        on_percent(int(said["progress"]))
                    if "done" in said:
                        return dict(said["done"])
            finally:
                await self._end(child)
        raise Broken("died")

    async def close(self) -> None:
        """End every child. What they had not made is made by the next ones."""
        self._is_closed = True
        tasks = [live.task for live in self._live.values() if live.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(self._end(child) for child in self.children))
        self._live.clear()

    # Children

    async def _keep(self, rec: str, live: _Live) -> Said:
        """Children of one recording, one after the other, until one has finished it."""
        failures = 0
        while True:
            try:
                return await self._serve(rec, live)
            except Broken as broken:
                failures += 1
                if broken.reason == "unable" or (live.finish is not None and failures >= TRIES):
                    raise
                log.warning("a child of a recording failed: %s", broken)
                await asyncio.sleep(AGAIN_S[min(failures, len(AGAIN_S)) - 1])

    async def _serve(self, rec: str, live: _Live) -> Said:
        first = self._first("live", rec, live.folder, live.keys, {"began": live.began})
        child = await self._child(first)
        try:
            # While it was begun keys may have come: a track whose key it does not know is left out.
            child.tell({"order": "keys", "keys": _hex(live.keys)})
            for order in live.orders:
                child.tell(order)
            child.tell({"order": "go"})
            if live.finish is not None:
                child.tell(live.finish)
            live.child = child
            async for said in child.said(LIVE_SILENT_S if live.began else TASK_SILENT_S):
                if "step" in said:
                    self._on_step(rec, said)
                if "progress" in said and live.finish is not None:
                    self.on_percent(rec, int(said["progress"]))
                if "done" in said:
                    return dict(said["done"])
        finally:
            live.child = None
            await self._end(child)
        raise Broken("died")

    async def _child(self, first: Said) -> Child:
        """Begun whole: asyncio can wait for ever for a process whose beginning was cancelled."""
        beginning = asyncio.ensure_future(Child.begin(first))
        try:
            child = await asyncio.shield(beginning)
        except asyncio.CancelledError:
            with contextlib.suppress(Broken):
                await (await asyncio.shield(beginning)).end()
            raise
        self._children.add(child)
        return child

    async def _end(self, child: Child) -> None:
        await asyncio.shield(asyncio.ensure_future(child.end()))
        self._children.discard(child)

    def _first(
        self, task: str, rec: str, folder: Path, keys: Mapping[str, bytes], more: Said
    ) -> Said:
        return {
            "task": task,
            "rec": rec,
            "folder": str(folder.absolute()),
            "keys": _hex(keys),
            "parent": os.getpid(),
            **more,
        }


def _track_of(order: Said) -> str | None:
    """Which track an order is about; None for others."""
    match order["order"]:
        case "track":
            return str(order["track"]["id"])
        case "closed":
            return str(order["track"])
    return None


def _hex(keys: Mapping[str, bytes]) -> dict[str, str]:
    return {name: key.hex() for name, key in keys.items()}


def _fetched(task: asyncio.Task[Said]) -> None:
    """Whoever waits is told; that nobody does yet is no error."""
    if not task.cancelled():
        task.exception()
