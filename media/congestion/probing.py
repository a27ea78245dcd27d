"""Probes: short clusters of packets above the target, to learn whether the line carries more."""

from __future__ import annotations

from typing import NamedTuple


class Probe(NamedTuple):
    """For `bytes` in at least `packets` packets, everything of the line together leaves at
    `rate_bps`, all of it marked with `cluster` in the send log. Media that leaves anyway counts;
    padding fills the rest.
    """

    cluster: int
    rate_bps: int
    bytes: int
    packets: int
