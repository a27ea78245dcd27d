"""Sensing: what one browser's lines lose, each way, from what is counted anyway.

Down, each feedback tells of each packet (`Downlink.losses`). Up, the numbers of what came say what
did not: they are looked at ten times a second, so that a packet costs nothing more. Decides what
is known at all: a line whose feedback does not come is no calm line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from media.endpoint.line import Line
from media.forward.reception import Reception
from media.repair.loss_sense import NOTHING, LossSense, Sensed

DEAF_S = 0.8
"""Without feedback for as long, although something left, nothing is known of the way down. Where
70 % are lost each way one comes in some 0.3 s."""
_DEAF_LOSS = 0.4
"""Of the way up, from which on what is not heard is taken to be lost alike."""
_MOST_MISSING = 1000
"""More numbers missing at once are a stream that began anew."""
STILL_S = 1.0
"""A stream of which nothing came for as long, while others went on, was paused: what it lost before
is not lost when it returns (a layer of a camera that was sent small)."""


class _Counts(NamedTuple):
    """Of one stream, as last seen; `at` is when a packet of it was seen last."""

    received: int
    missing: int
    gaps: int
    at: float


class Sensing:
    """Of one browser."""

    __slots__ = ("_came_at", "_counted", "_streams", "_up")

    def __init__(self) -> None:
        self._up = LossSense()
        self._counted: dict[Reception, _Counts] = {}
        self._came_at = float("-inf")
        """When a packet of any stream was seen last."""
        self._streams = 1

    def up(self, lines: Sequence[Line], *, now: float) -> Sensed:
        """Of what the browser sends."""
        before, self._counted = self._counted, {}
        packets = lost = rows = streams = 0
        for line in lines:
            for inbound in line.inbound.values():
                reception = inbound.stream.reception
                if inbound.repairs is not None or reception is None:
                    continue
                counts = _counts_of(reception, now)
                was = before.get(reception, counts)
                if counts.received == was.received:
                    self._counted[reception] = was
                    continue
                self._counted[reception] = counts
                gone = counts.missing - was.missing
                if abs(gone) > _MOST_MISSING or self._came_at > was.at + STILL_S:
                    continue
                streams += 1
                packets += counts.received - was.received + gone
                lost += gone
                rows += counts.gaps - was.gaps
        self._came_at = max((each.at for each in self._counted.values()), default=self._came_at)
        if streams:
            self._streams = streams
            self._up.came(packets, lost, rows, now=now)
        sensed = self._up.sensed(now)
        if sensed is NOTHING:
            return NOTHING
        # A row of losses is one of a stream's packets, and lasts as long as they take.
        return sensed._replace(packets_per_second=sensed.packets_per_second / self._streams)


def _counts_of(reception: Reception, now: float) -> _Counts:
    return _Counts(reception.received, reception.missing, reception.gaps, now)


def sensed_down(lines: Sequence[Line], up: Sensed, *, now: float) -> Sensed | None:
    """Of what leaves for the browser; None while nothing is known."""
    worst = NOTHING
    for line in lines:
        downlink = line.downlink
        if not downlink.is_told:
            continue
        since = downlink.sends.unanswered_since
        if since is None or now - max(since, downlink.losses.told_at) <= DEAF_S:
            sensed = downlink.losses.sensed(now)
            worst = worst if sensed is NOTHING else max(worst, sensed)
        elif up.loss >= _DEAF_LOSS:
            worst = max(worst, up)
        else:
            return None
    return worst
