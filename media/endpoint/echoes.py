"""Echoes: each packet of sound once more, 170 ms later, the same bytes, to lines that need it.

Bursts of loss outlast the 340 ms redundancy can reach back, and half of that is too early for a
burst that ends now; a copy in the middle between two packets' reach fixes it (weak_network.md
section 2: at bursts of 5, 70 % lost, 2.1 % concealed become 0.0 %). The ciphertext is the one that
left before, so no number seals anything twice; a receiver that had the packet drops the copy as a
replay. Whether a line needs it is not decided here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from media.endpoint.line import Line
from media.endpoint.outlet import WIRE_OVERHEAD, Buffer, Outlet
from media.repair.allowance import Allowance
from media.repair.redundancy import COPY_S
from media.source import Kind

SHARE = 0.5
"""Of the line's estimate, for copies; what is above is not copied. With the sound itself they are
at most all of a line that carries nothing else."""
_AT_ONCE_S = 0.25
_DOUBTED_S = 1.0
"""So long after the last copy feedback may still tell of one."""


class _Echo:
    """Of one line: what is to leave again, with its time."""

    __slots__ = ("allowance", "waiting")

    def __init__(self, line: Line) -> None:
        self.waiting: deque[tuple[float, bytes]] = deque()
        self.allowance = Allowance(*_bounds(line))


class Echoes:
    """Of all lines of an exchange. `count` is of copies that left."""

    def __init__(self, outlet: Outlet) -> None:
        self.count = 0
        self._outlet = outlet
        self._lines: dict[Line, _Echo] = {}

    def follow(self, line: Line, on: bool, *, now: float) -> None:
        """From now on each packet of sound of `line` leaves twice, or once again."""
        if on and line not in self._lines:
            self._lines[line] = _Echo(line)
            line.downlink.copied_until = float("inf")
        elif not on and line in self._lines:
            del self._lines[line]
            line.downlink.copied_until = now + _DOUBTED_S

    def close(self, line: Line) -> None:
        """The line is gone."""
        self._lines.pop(line, None)

    def follows(self, line: Line) -> bool:
        """Whether `left` is to be told what leaves on it."""
        return line in self._lines

    def left(
        self, line: Line, ssrc: int, datagrams: Iterable[Iterable[Buffer]], now: float
    ) -> None:
        """Packets of a stream of `line` left, each in pieces; pictures are none of ours."""
        subscription, echo = line.subscriptions.get(ssrc), self._lines.get(line)
        if subscription is None or echo is None:
            return
        if subscription.consumer.delivery.kind is Kind.AUDIO:
            echo.waiting += [(now + COPY_S, b"".join(pieces)) for pieces in datagrams]

    def release(self, now: float) -> None:
        """Sends what is due, as far as it fits beside the rest."""
        for line, echo in self._lines.items():
            while echo.waiting and echo.waiting[0][0] <= now:
                _, datagram = echo.waiting.popleft()
                self._again(line, echo, datagram, now)

    def _again(self, line: Line, echo: _Echo, datagram: bytes, now: float) -> None:
        address, downlink = line.transport.address, line.downlink
        if address is None:
            return
        octets = len(datagram) + WIRE_OVERHEAD
        if downlink.is_measured:
            echo.allowance.rate, echo.allowance.burst = _bounds(line)
            if not echo.allowance.spend(octets, now=now):
                line.drops["echo.limit"] += 1
                return
            downlink.pacer.spend(octets, now=now)
        self._outlet.datagram(datagram, address)
        self.count += 1

    def next_at(self) -> float | None:
        """When `release` has something to do."""
        return min(
            (echo.waiting[0][0] for echo in self._lines.values() if echo.waiting), default=None
        )


def _bounds(line: Line) -> tuple[float, float]:
    """Bytes a second for copies on `line`, and at once."""
    rate = line.downlink.estimator.target_bps / 8 * SHARE
    return rate, rate * _AT_ONCE_S
