"""Plan: the order in which parts leave, cut into bursts of equal datagrams.

Shared by all receivers of the same parts in one flush. Order within a part is kept, as receivers
take a changed order for loss; between parts it is free, and sound rides as the shorter last
datagram of a burst of pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from media.endpoint.batch import Part
from media.endpoint.outlet import MAX_BURST_BYTES, MAX_SEGMENTS, WIRE_OVERHEAD


class Run:
    """Datagrams that leave in one call: `buffers` in order, cut each `segment_bytes`."""

    __slots__ = ("buffers", "count", "is_closed", "segment_bytes", "total_bytes")

    def __init__(self, segment_bytes: int) -> None:
        self.buffers: list[memoryview] = []
        self.segment_bytes = segment_bytes
        self.count = 0
        self.total_bytes = 0
        self.is_closed = False
        """The last datagram is shorter: nothing can follow."""

    def takes(self, size: int) -> bool:
        """Whether a datagram of `size` bytes can follow."""
        return (
            not self.is_closed
            and size <= self.segment_bytes
            and self.count < MAX_SEGMENTS
            and self.total_bytes + size <= MAX_BURST_BYTES
        )

    def add(self, header: memoryview, out: memoryview, size: int) -> None:
        """One datagram more."""
        self.buffers += (header, out)
        self.count += 1
        self.total_bytes += size
        self.is_closed = size < self.segment_bytes


class Plan:
    """What one set of parts looks like on its way out.

    `starts` says for each part where it begins in the order of leaving, which is also the order of
    transport-wide numbers and of `wire_sizes`. `is_numbered` is None where some receivers of one
    line have such numbers and some have not: then there is no batch.
    """

    __slots__ = (
        "is_numbered",
        "octets",
        "packets",
        "parts",
        "runs",
        "starts",
        "wire_bytes",
        "wire_sizes",
    )

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        in_order = sorted(parts, key=_largest_first)
        self.runs = cut_runs(in_order)
        self.packets = sum(run.count for run in self.runs)
        self.octets = sum(run.total_bytes for run in self.runs)
        numbered = {bool(part.shape.extensions.transport) for part in parts}
        self.is_numbered = numbered.pop() if len(numbered) == 1 else None
        ends = accumulate(len(part.sizes) for part in in_order)
        begins = dict(zip(in_order, (0, *ends), strict=False))
        self.starts = [begins[part] if self.is_numbered else 0 for part in parts]
        self.wire_bytes = self.octets + self.packets * WIRE_OVERHEAD
        self.wire_sizes = tuple(size + WIRE_OVERHEAD for part in in_order for size in part.sizes)


def _largest_first(part: Part) -> int:
    return -part.sizes[0]


def cut_runs(parts: Iterable[Part]) -> list[Run]:
    """Bursts as long as sizes and the kernel allow."""
    runs: list[Run] = []
    for part in parts:
        for header, out, size in zip(part.headers, part.outs, part.sizes, strict=True):
            if not runs or not runs[-1].takes(size):
                runs.append(Run(size))
            runs[-1].add(header, out, size)
    return runs
