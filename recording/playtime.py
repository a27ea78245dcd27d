"""Play time: recording time without what is left out of it (pauses and cuts).

All times are whole milliseconds. A moment within a hole is played where the hole begins; a moment
of play at which a hole lies is the one after it. `web/src/recording/playtime.ts` does the same;
`tests/corpus/playtime.json` holds both to it.
"""

from __future__ import annotations

from collections.abc import Iterable

Holes = tuple[tuple[int, int], ...]
"""(from, to) in recording time, ascending, apart from each other."""


def merged(pairs: Iterable[Iterable[int]]) -> Holes:
    """Holes out of pairs in any order, which may overlap or touch; empty ones are left out."""
    holes: list[tuple[int, int]] = []
    for start, end in sorted((int(a), int(b)) for a, b in pairs):
        if end <= start:
            continue
        if holes and start <= holes[-1][1]:
            holes[-1] = (holes[-1][0], max(holes[-1][1], end))
        else:
            holes.append((start, end))
    return tuple(holes)


def to_play(ms: int, holes: Holes) -> int:
    """When the recording's `ms` is played."""
    left_out = 0
    for start, end in holes:
        if start >= ms:
            break
        left_out += min(end, ms) - start
    return ms - left_out


def to_recorded(ms: int, holes: Holes) -> int:
    """What is played at `ms`."""
    for start, end in holes:
        if start > ms:
            break
        ms += end - start
    return ms


def length(duration_ms: int, holes: Holes) -> int:
    """How long a recording of that duration plays."""
    return to_play(duration_ms, holes)
