"""Selector: which layers one receiver gets; switches only where a picture can start.

Three opinions meet: what the receiver wants, what the network allows, which layers are alive. The
spatial layer changes only at a key frame of the target layer. The temporal layer goes down at any
picture, and up at a picture that depends on nothing the receiver has not got: the layer sync bit
(RFC 7741 section 4.2), a switching point (RFC 9628, or a dependency descriptor) or a key frame.
"""

from __future__ import annotations

from collections.abc import Sequence

from media.forward.packet import Packet
from media.forward.view import ALL_TEMPORAL

TOP = 7
"""As a spatial or temporal wish: whatever there is."""
_TOP_TEMPORAL = 2
"""Browsers make at most three temporal layers (L1T3); asking for the third is asking for all."""


def temporal_limit(temporal: int) -> int:
    """The limit of the view for temporal layers up to `temporal`."""
    return ALL_TEMPORAL if temporal >= _TOP_TEMPORAL else temporal


class Selector:
    """Of one receiver. `spatial` is None while nothing is sent."""

    __slots__ = ("allowed", "spatial", "temporal", "wanted")

    def __init__(self) -> None:
        self.wanted = (TOP, TOP)
        """(spatial, temporal) the receiver asked for."""
        self.allowed: tuple[int, int] | None = (TOP, TOP)
        """(spatial, temporal) the network carries; None for nothing of it."""
        self.spatial: int | None = None
        self.temporal = ALL_TEMPORAL

    @property
    def limit(self) -> int:
        """The temporal limit to reach, where anything is allowed."""
        allowed = self.wanted if self.allowed is None else self.allowed
        return temporal_limit(min(self.wanted[1], allowed[1]))

    def target(self, alive: Sequence[bool]) -> int | None:
        """The best living layer at or below what is wanted and allowed, else the lowest living.

        None when no layer lives, or none is allowed: then what is current stays.
        """
        if self.allowed is None:
            return None
        ceiling = min(self.wanted[0], self.allowed[0])
        living = [layer for layer, lives in enumerate(alive) if lives]
        below = [layer for layer in living if layer <= ceiling]
        if below:
            return below[-1]
        return living[0] if living else None

    def is_settled(self, target: int | None) -> bool:
        """Whether there is nothing to wait for."""
        if target is not None and self.spatial != target:
            return False
        return self.spatial is not None and self.temporal == self.limit

    def decide(self, packet: Packet, spatial: int, target: int | None) -> int | None:
        """The temporal limit from `packet` of layer `spatial` on; None to leave all as it is.

        Called with packets that start a picture.
        """
        limit = self.limit
        if self.spatial != spatial:
            # With nothing on screen, a picture of a lower layer beats waiting for the right one.
            fits = spatial == target or (
                self.spatial is None and target is not None and spatial < target
            )
            return limit if packet.key_frame and fits else None
        if self.is_too_much(target):
            limit = 0
        if limit == self.temporal:
            return None
        temporal = packet.temporal
        if limit < self.temporal or temporal is None or packet.key_frame:
            return limit
        if packet.layer_sync and self.temporal < temporal <= limit:
            return temporal_limit(temporal)
        return self._switched(packet.switches, limit) if temporal <= self.temporal else None

    def _switched(self, switches: int, limit: int) -> int | None:
        """The highest of `switches` up to `limit`, if it is more than what is shown."""
        top = (switches & ((2 << limit) - 1)).bit_length() - 1
        return temporal_limit(top) if top > self.temporal else None

    def is_too_much(self, target: int | None) -> bool:
        """Whether the network carries less than this spatial layer, and a lower one is awaited.

        Its key frame may be long in coming; the least of the present layer has to do until then.
        """
        if target is None or self.spatial is None or self.allowed is None:
            return False
        return target < self.spatial and self.allowed[0] < self.spatial

    def moved(self, spatial: int, temporal: int) -> None:
        """The switch was made."""
        self.spatial = spatial
        self.temporal = temporal

    def stopped(self) -> None:
        """Nothing is sent any more."""
        self.spatial = None
