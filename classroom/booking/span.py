"""Spans of time in whole seconds since 1970: joined, met, cut out of each other. A core."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """From one moment on until before another; seconds since 1970."""

    from_s: int
    to_s: int


def joined(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The same moments as spans that neither touch nor overlap, in order. Empty ones go."""
    whole: list[Span] = []
    for from_s, to_s in sorted(spans):
        if from_s >= to_s:
            continue
        if whole and from_s <= whole[-1].to_s:
            if to_s > whole[-1].to_s:
                whole[-1] = Span(whole[-1].from_s, to_s)
        else:
            whole.append(Span(from_s, to_s))
    return tuple(whole)


def without(spans: Iterable[tuple[int, int]], gone: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """What is left of the spans when others are cut out of them, joined."""
    left: list[Span] = []
    cuts = Spans(gone)
    for from_s, to_s in joined(spans):
        begin = from_s
        for cut in cuts.met(from_s, to_s):
            left.append(Span(begin, cut.from_s))
            begin = cut.to_s
        left.append(Span(begin, to_s))
    return joined(left)


class Spans:
    """Joined spans that are asked many times; each question is a search by halves."""

    __slots__ = ("_ends", "all")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.all: tuple[Span, ...] = joined(spans)
        self._ends = [one.to_s for one in self.all]

    def met(self, from_s: int, to_s: int) -> Sequence[Span]:
        """Those that share a moment with [from_s, to_s), in order."""
        first = bisect_right(self._ends, from_s)
        last = first
        while last < len(self.all) and self.all[last].from_s < to_s:
            last += 1
        return self.all[first:last]

    def meet(self, from_s: int, to_s: int) -> bool:
        """Whether any shares a moment with [from_s, to_s)."""
        at = bisect_right(self._ends, from_s)
        return at < len(self.all) and self.all[at].from_s < to_s

    def hold(self, from_s: int, to_s: int) -> bool:
        """Whether the whole of [from_s, to_s) lies in one of them."""
        at = bisect_right(self._ends, from_s)
        return at < len(self.all) and self.all[at].from_s <= from_s and to_s <= self.all[at].to_s


def packed(spans: Iterable[tuple[int, int]]) -> bytes:
    """Joined spans as they are kept: pairs of four bytes, the smaller first."""
    flat = array("I", (at_s for span in joined(spans) for at_s in span))
    if sys.byteorder == "big":
        flat.byteswap()
    return flat.tobytes()


def unpacked(kept: bytes, from_s: int, to_s: int) -> list[Span]:
    """Those of packed spans that share a moment with [from_s, to_s)."""
    flat = array("I")
    flat.frombytes(kept[: len(kept) // 8 * 8])
    if sys.byteorder == "big":
        flat.byteswap()
    ends = flat[1::2]
    first = bisect_right(ends, from_s)
    found: list[Span] = []
    for at in range(first, len(ends)):
        if flat[2 * at] >= to_s:
            break
        found.append(Span(flat[2 * at], ends[at]))
    return found
