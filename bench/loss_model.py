"""Which packets a network loses: each by chance of its own, or in bursts; without input or output.

Bursts follow Gilbert and Elliott (E. N. Gilbert, 1960; E. O. Elliott, 1963) in the simple form:
two states, a good one that loses nothing and a bad one that loses everything, one step a packet.
"""

from __future__ import annotations

import random
from typing import Protocol


class Unreachable(ValueError):
    """No chain of two states has this loss with bursts so short."""


class LossModel(Protocol):
    """One direction of one line."""

    def loses(self) -> bool:
        """Whether the next packet is lost."""


class Independent:
    """Every packet with the same chance, whatever happened to the one before."""

    def __init__(self, loss: float, chance: random.Random) -> None:
        """`loss` is 0 to 1."""
        if not 0 <= loss <= 1:
            raise Unreachable(f"a loss of {loss} is no share")
        self._loss = loss
        self._chance = chance

    def loses(self) -> bool:
        return self._loss > 0 and self._chance.random() < self._loss


class Bursts:
    """`loss` of all packets in the long run, in bursts of `mean_burst` packets on average."""

    def __init__(self, loss: float, mean_burst: float, chance: random.Random) -> None:
        """Raises Unreachable where a burst would have to begin with a chance above 1: of `loss`
        p the mean burst b is at least p / (1 - p)."""
        if not 0 <= loss < 1 or mean_burst < 1:
            raise Unreachable(f"no bursts of {mean_burst:g} packets at a loss of {loss:g}")
        self.ends = 1 / mean_burst
        """The chance that a burst is over after a lost packet."""
        self.begins = self.ends * loss / (1 - loss)
        """The chance that a burst begins after a packet that passed."""
        if self.begins > 1:
            least = loss / (1 - loss)
            raise Unreachable(
                f"a loss of {loss:g} needs bursts of {least:.2f} packets at least,"
                f" and {mean_burst:g} was asked"
            )
        self._chance = chance
        self._is_bad = loss > 0 and chance.random() < loss

    def loses(self) -> bool:
        was_bad = self._is_bad
        turns = self.ends if was_bad else self.begins
        if turns and self._chance.random() < turns:
            self._is_bad = not was_bad
        return was_bad


def loss_model(loss: float, mean_burst: float, chance: random.Random) -> LossModel:
    """Bursts of `mean_burst` packets, or with 0 each packet by itself; Unreachable if neither."""
    return Bursts(loss, mean_burst, chance) if mean_burst else Independent(loss, chance)
