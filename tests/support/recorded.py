"""What Chromium sent in VP9 and AV1 with three temporal layers, as `corpus/record.py` kept it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from media.forward.packet import Packet
from media.wire import extension, rtp
from media.wire.extension import Extension
from tests.support.packets import corpus_json

FRAMES_EACH = 4
"""Pictures from one of the lowest layer to the next: T0, T2, T1, T2."""


class Recorded(NamedTuple):
    """One packet, opened."""

    sequence: int
    timestamp: int
    marker: bool
    payload: bytes
    descriptor: bytes | None

    def packet(self, arrival: float = 0.0) -> Packet:
        """As the endpoint would make it."""
        made = Packet(self.sequence, self.timestamp, self.marker, self.payload, arrival)
        made.descriptor = self.descriptor
        return made


@lru_cache
def recorded(codec: str) -> tuple[Recorded, ...]:
    """Of `vp9` or `av1`, in order; padding alone is left out."""
    found = corpus_json(f"chromium/{codec}_l1t3.json")
    identifier = found["extensions"][Extension.DEPENDENCY_DESCRIPTOR]
    packets = []
    for text in found["packets"]:
        data = bytes.fromhex(text)
        header = rtp.parse_header(data)
        payload = data[header.header_length :]
        if header.padding:
            payload = rtp.strip_padding(payload)
        elements = extension.parse(header.extension_profile, header.extension)
        if payload:
            packets.append(
                Recorded(
                    header.sequence,
                    header.timestamp,
                    header.marker,
                    payload,
                    elements.get(identifier),
                )
            )
    return tuple(packets)
