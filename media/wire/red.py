"""Redundant sound (RFC 2198): one payload that holds a frame and some that were sent before it.

Reads and writes the form, and keeps to what receivers take; which frames go in is
`repair.redundancy`'s. Every block but the last has a header of four bytes

    1 (1) | payload type (7) | timestamp offset (14) | length (10)

and the last, the primary, one of a single byte, 0 (1) | payload type (7); its length is the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from media.errors import LocalError, Malformed

MAX_REDUNDANT = 31
"""Blocks before the primary. Chromium throws away a packet of 33 blocks and more, sound and all
(measured, weak_network.md section 2: 32 are decoded)."""
MAX_OFFSET = (1 << 14) - 1
"""Ticks of the RTP clock: 341 ms at 48 kHz, 17 frames of 20 ms."""
MAX_LENGTH = (1 << 10) - 1
"""Bytes of a redundant block; the primary has no bound here."""
HEADER_BYTES = 4
PRIMARY_HEADER_BYTES = 1

_FOLLOWED = 0x80


class Block(NamedTuple):
    """One frame. `timestamp_offset` is how many ticks before the primary it began; 0 for that.
    A redundant block without data is legal and says nothing.
    """

    payload_type: int
    timestamp_offset: int
    data: bytes


def split(payload: bytes) -> tuple[Block, ...]:
    """The blocks of a payload in their order, the primary last.

    Malformed: `red.truncated` (headers or blocks longer than the payload), `red.blocks` (more than
    receivers take).
    """
    heads: list[tuple[int, int, int]] = []
    at, size = 0, len(payload)
    while at < size and payload[at] & _FOLLOWED:
        if at + HEADER_BYTES > size:
            raise Malformed("red.truncated", "block header")
        head = int.from_bytes(payload[at : at + HEADER_BYTES], "big")
        heads.append((head >> 24 & 0x7F, head >> 10 & MAX_OFFSET, head & MAX_LENGTH))
        at += HEADER_BYTES
        if len(heads) > MAX_REDUNDANT:
            raise Malformed("red.blocks", f"more than {MAX_REDUNDANT}")
    if at >= size:
        raise Malformed("red.truncated", "no primary")
    primary_type = payload[at]
    at += PRIMARY_HEADER_BYTES
    if at + sum(length for _, _, length in heads) > size:
        raise Malformed("red.truncated", "blocks")
    blocks = []
    for payload_type, offset, length in heads:
        blocks.append(Block(payload_type, offset, payload[at : at + length]))
        at += length
    blocks.append(Block(primary_type, 0, payload[at:]))
    return tuple(blocks)


def pack(redundant: Sequence[Block], primary: Block) -> bytes:
    """The payload of these blocks, in this order. LocalError beyond what the form can say or
    receivers take.
    """
    if len(redundant) > MAX_REDUNDANT:
        raise LocalError(f"{len(redundant)} redundant blocks")
    heads, data = bytearray(), []
    for payload_type, offset, block in redundant:
        if not 0 <= offset <= MAX_OFFSET or len(block) > MAX_LENGTH:
            raise LocalError(f"redundant block of {len(block)} bytes, {offset} ticks before")
        head = (_FOLLOWED | payload_type) << 24 | offset << 10 | len(block)
        heads += head.to_bytes(HEADER_BYTES, "big")
        data.append(block)
    heads.append(primary.payload_type)
    return b"".join((heads, *data, primary.data))
