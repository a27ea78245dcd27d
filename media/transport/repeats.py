"""What is said more than once while a path is made, since on a bad network most of it is lost.

Decides when a flight of the handshake and an answer to a check are said again. Bounded twice: only
an authentic check is answered at all, and both stop as soon as media comes. Measured over 70 % loss
both ways in docs/weak_network.md.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from media.ids import Address

ANSWERS = 5
"""How often an answer is sent: at 70 % loss one of five arrives with 83 %, one alone with 30 %."""
ANSWERS_EVERY_S = 0.005
WAITING_MAX = 64
"""Answers that wait to be repeated; a browser checks each 50 ms on some pairs of addresses."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the newest flight is repeated: after `first_s`, and as often as that for `hurry_s`; then
    after twice as long each time, up to `longest_s`. The last flight `finals` times unasked.
    """

    first_s: float
    longest_s: float
    hurry_s: float
    finals: int


CALM = Pace(first_s=0.06, longest_s=0.25, hurry_s=0.0, finals=12)
"""RFC 6347 section 4.2.4.1 says 1 s and 60 s, for paths nobody has checked; here ICE has. At 70 %
loss one of 13 last flights (75 bytes) arrives with 99 %."""
HASTY = Pace(first_s=0.06, longest_s=0.25, hurry_s=5.0, finals=50)
"""A browser repeats its own flights ever more seldom, so ours must not be what it waits for."""


class Answers:
    """Answers to checks that are to be said again, to where each check came from."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[float, bytes, Address]] = deque()

    def next_at(self) -> float | None:
        """When `due` has something."""
        return self._waiting[0][0] if self._waiting else None

    def said(self, answer: bytes, address: Address, *, now: float) -> None:
        """It was sent for the first time. A stream loses nothing, so nothing is repeated there."""
        if len(address) > 2 or len(self._waiting) > WAITING_MAX - ANSWERS:
            return
        for number in range(1, ANSWERS):
            self._waiting.append((now + number * ANSWERS_EVERY_S, answer, address))
        self._waiting = deque(sorted(self._waiting, key=_when))

    def due(self, now: float) -> list[tuple[bytes, Address]]:
        """Those whose time has come, in order."""
        out: list[tuple[bytes, Address]] = []
        while self._waiting and self._waiting[0][0] <= now:
            _, answer, address = self._waiting.popleft()
            out.append((answer, address))
        return out

    def clear(self) -> None:
        """Nothing more is repeated."""
        self._waiting.clear()


def _when(entry: tuple[float, bytes, Address]) -> float:
    return entry[0]
