"""Lines of people, each with a link up and a link down, told and counted by name."""

from __future__ import annotations

from typing import Any

from bench.link import Link, Shape
from bench.pipe import HEADER_BYTES, Pipe

Json = dict[str, Any]


class Lines:
    """What a commanded network has laid. Seeds differ by line and direction, so that no two links
    lose the same packets."""

    def __init__(self, seed: int, *, header_bytes: int = HEADER_BYTES) -> None:
        self._seed = seed
        self._header_bytes = header_bytes
        self._pipes: dict[str, tuple[Pipe, Pipe]] = {}

    def lay(self, name: str, shape: Json) -> tuple[Pipe, Pipe]:
        """A line of this shape in both directions, down and up; the one there is if there is."""
        if name not in self._pipes:
            seed = self._seed + 2 * len(self._pipes)
            down, up = (
                Pipe(Link(Shape(**shape), seed=each), header_bytes=self._header_bytes)
                for each in (seed, seed + 1)
            )
            self._pipes[name] = down, up
        return self._pipes[name]

    def change(self, name: str, down: Json, up: Json) -> None:
        """Fields of `Shape` that are others from now on."""
        for pipe, fields in zip(self._pipes[name], (down, up), strict=True):
            pipe.change(**fields)

    def counts(self) -> Json:
        """{name: {"down": {...}, "up": {...}}}, as `Link.counts` has them."""
        return {
            name: {"down": dict(down.link.counts), "up": dict(up.link.counts)}
            for name, (down, up) in self._pipes.items()
        }

    def apply(self, command: Json) -> Json:
        """The two commands every such network knows: `change` and `counts`."""
        if "change" in command:
            self.change(command["change"], command.get("down", {}), command.get("up", {}))
            return {}
        if command.get("counts"):
            return self.counts()
        raise LookupError(f"no such command: {', '.join(command)}")
