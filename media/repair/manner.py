"""Manner: how lost packets are asked for again on a line that loses much.

A record. Asking once in a round trip is right where most of the asking and of the answers arrive;
at 70 % loss each way a single question is answered one time in eleven. What is best for how much
loss is in weak_network.md sections 5 and 11; which manner a line has is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

FRESH_S = 0.08
"""About a round trip: what was asked for so shortly ago may be on its way."""
PATIENCE_S = 0.8
"""Seconds from the first question on; what comes later is behind the receivers' buffers."""


@dataclass(frozen=True, slots=True)
class Manner:
    """`wait_s` seconds from one round of asking to the next. In each, up to `times` packets ask;
    publishers answer every one, so what was just found missing is asked for by one, and by one
    more each `FRESH_S` it stays missing. After silence, `speculative` numbers beyond the newest are
    asked for too. `passes` is the share 0..1 of our packets that reach the publisher: the others
    cost its line nothing.
    """

    wait_s: float = 0.02
    times: int = 1
    speculative: int = 0
    passes: float = 1.0

    @property
    def attempts(self) -> int:
        """Rounds of asking for one packet before it is given up."""
        return max(int(PATIENCE_S / self.wait_s), 10)

    def asks(self, rounds: int) -> int:
        """Packets that ask for a number in its round `rounds`, from 1 on."""
        return min(1 + int(rounds * self.wait_s / FRESH_S), self.times)
