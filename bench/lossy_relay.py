"""A media relay in a process of its own, with a port and a lossy line for each person.

    python -m bench.lossy_relay TARGET_PORT SEED

Commands, a line of JSON each (see `child`): {"lay": NAME, "port": N, "shape": {...}} opens a port
whose clients have a line of this shape; {"change": NAME, "down": {...}, "up": {...}} changes fields
of its shapes; {"counts": true} tells.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from bench.child import Child, obey
from bench.lines import Lines
from bench.relay import UdpRelay

Json = dict[str, Any]


class LossyRelay:
    """The benchmark's side."""

    def __init__(self, target: int, *, seed: int) -> None:
        self._child = Child("bench.lossy_relay", str(target), str(seed))

    async def __aenter__(self) -> Self:
        await self._child.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._child.__aexit__(kind, error, trace)

    async def lay(self, name: str, port: int, **shape: Any) -> None:
        """A line for whoever sends to this port, the same in both directions."""
        await self._child.ask(lay=name, port=port, shape=shape)

    async def change(self, name: str, *, down: Json, up: Json) -> None:
        await self._child.ask(change=name, down=down, up=up)

    async def counts(self) -> Json:
        """Of every line by name: {"down": {"sent", "lost", "offered", ...}, "up": {...}}."""
        return await self._child.ask(counts=True)


async def _serve(target: int, seed: int) -> None:
    lines = Lines(seed)
    async with AsyncExitStack() as stack:

        async def apply(command: Json) -> Json:
            if "lay" not in command:
                return lines.apply(command)
            relay = UdpRelay(("127.0.0.1", target), port=command["port"])
            relay.lay(*lines.lay(command["lay"], command["shape"]))
            await stack.enter_async_context(relay)
            return {}

        await obey(apply)


if __name__ == "__main__":
    asyncio.run(_serve(*map(int, sys.argv[1:3])))
