"""How long the driver waits between turns. Sans-IO; see docs/architecture.md.

Being woken costs a core more than the work of a packet, so a busy worker looks at its socket every
10 ms: each turn then finds a batch that is encrypted hot and leaves in bursts. The price is half a
tick of delay, which no jitter buffer notices. A worker that is nearly idle turns at once instead.
So does one with calls of two: where a packet has one receiver there is little to batch, and whoever
talks to one other person notices delay most. And one in which a browser is just connecting ticks
faster: a handshake waits for several turns.
"""

from __future__ import annotations

TICK_S = 0.010
"""Fewer wakes than at 5 ms (-25 % CPU), less delay than at 20 ms for nearly the same CPU."""

TICK_ABOVE = 0.02
"""Share of one core from which to tick where packets have several receivers: three with cameras."""

AT_ONCE_BELOW = 0.01
"""Share of one core below which to turn at once; ticking itself saves a third, hence the gap."""

CALLS_TICK_ABOVE = 0.25
CALLS_AT_ONCE_BELOW = 0.10
"""The same where packets have one receiver each; there ticking saves up to a half."""

FAN_OUT = 1.5
"""Media packets sent for each datagram received from which on packets have several receivers.
Calls of two stay below 1; three people, whose feedback is received too, give about 1.8."""

WINDOW_S = 0.25
"""Span over which the load is measured."""

EMPTY_TICKS = 20
"""So many turns that found nothing end the ticking, whatever the load was."""

HASTE_TICK_S = 0.002
"""The tick while somebody connects: four turns cost 8 ms instead of 40."""

HASTE_S = 0.2
"""How long after a handshake's last datagram: its next comes within a round trip."""


class Pace:
    """Whether to turn at once (`tick_s` 0) or by ticks, from the load measured so far."""

    __slots__ = ("_cpu", "_empty", "_hasty_until", "_received", "_sent", "_since", "tick_s")

    def __init__(self, *, now: float, cpu: float) -> None:
        self.tick_s = 0.0
        self._since = now
        self._cpu = cpu
        self._empty = 0
        self._hasty_until = now
        self._received = 0
        self._sent = 0

    def hasten(self, now: float) -> None:
        """Part of a handshake came at `now`."""
        self._hasty_until = now + HASTE_S

    def tick(self, now: float) -> float:
        """Seconds from one turn to the next; 0 to turn at once."""
        return min(self.tick_s, HASTE_TICK_S) if now < self._hasty_until else self.tick_s

    def due(self, now: float) -> bool:
        """Is it time to `measure` again?"""
        return now - self._since >= WINDOW_S

    def measure(self, *, now: float, cpu: float, sent: int) -> None:
        """`cpu` is the processor time this process used so far, in seconds, `sent` the media
        packets it sent so far."""
        load = (cpu - self._cpu) / max(now - self._since, 1e-6)
        is_calls = sent - self._sent < FAN_OUT * self._received
        self._since, self._cpu, self._sent, self._received = now, cpu, sent, 0
        if load > (CALLS_TICK_ABOVE if is_calls else TICK_ABOVE):
            self.tick_s = TICK_S
        elif load < (CALLS_AT_ONCE_BELOW if is_calls else AT_ONCE_BELOW):
            self.tick_s = 0.0

    def turned(self, datagrams: int, *, now: float) -> None:
        """A turn found so many datagrams. That a hasty one finds nothing says nothing."""
        self._received += datagrams
        if datagrams:
            self._empty = 0
        elif now >= self._hasty_until:
            self._empty += 1
        if self._empty >= EMPTY_TICKS:
            self._empty = 0
            self.tick_s = 0.0
