"""Cost: what repair takes on the wire, in bits a second, headers of all layers counted."""

from __future__ import annotations

from media.repair.redundancy import MAX_BYTES
from media.wire.red import HEADER_BYTES

OVERHEAD_BYTES = 64
"""Of a packet, besides its payload: IP, UDP, RTP with extensions, and what SRTP adds."""
FRAMES_PER_SECOND = 50
"""Of sound, each of 20 ms, as every browser sends them by itself."""


def protected_bps(plain_bps: float, depth: int, frames: float = FRAMES_PER_SECOND) -> float:
    """What sound of `plain_bps` on the wire, of so many `frames` a second, takes with so many
    earlier frames in each packet.
    """
    if not depth:
        return plain_bps
    overhead_bps = min(OVERHEAD_BYTES * 8 * frames, plain_bps)
    frame_bps = plain_bps - overhead_bps + HEADER_BYTES * 8 * frames
    most_bps = overhead_bps + MAX_BYTES * 8 * frames
    return max(min(plain_bps + depth * frame_bps, most_bps), plain_bps)
