"""AV1 payloads without a dependency descriptor: the aggregation header (AV1 RTP section 4.4).

Decides whether a packet begins a picture, and whether a decoder can start there. Layers are not
told by it; a sender that has some says so in the descriptor (`dependency_descriptor`).

     0 1 2 3 4 5 6 7
    |Z|Y| W |N|-|-|-|   Z: continues an OBU; N: first packet of a coded video sequence
"""

from __future__ import annotations

from typing import NamedTuple

from media.errors import Malformed

_CONTINUES = 0x80
_NEW_SEQUENCE = 0x08


class Av1Aggregation(NamedTuple):
    """`begins_obu`: no part of an OBU of the packet before; `key_frame`: a sequence begins."""

    begins_obu: bool
    key_frame: bool


def parse(payload: bytes) -> Av1Aggregation:
    """Malformed `av1.truncated` for a header with nothing behind it, `av1.aggregation` for one
    that both continues and begins.
    """
    if len(payload) < 2:
        raise Malformed("av1.truncated", f"{len(payload)} bytes")
    header = payload[0]
    key = bool(header & _NEW_SEQUENCE)
    if key and header & _CONTINUES:
        raise Malformed("av1.aggregation", "a new sequence continues")
    return Av1Aggregation(not header & _CONTINUES, key)
