"""What earlier frames in sound cost: every depth is measured, and each costs something."""

from __future__ import annotations

from bench.sound_cost import DEPTHS, costs


def test_every_depth_has_a_cost() -> None:
    found = costs(2, 1)
    assert tuple(found) == DEPTHS
    assert all(0 < us < float("inf") for us in found.values())
