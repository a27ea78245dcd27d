"""16-bit sequence numbers that wrap (RFC 3550 appendix A.1).

Decides what the full, never wrapping number of a packet is. Keeps no state: the caller holds the
reference.
"""

from __future__ import annotations

SEQUENCE_BITS = 16
SEQUENCES = 1 << SEQUENCE_BITS
SEQUENCE_MASK = SEQUENCES - 1
HALF = SEQUENCES >> 1


def unwrap(sequence: int, reference: int) -> int:
    """The extended number (roll-over count << 16 | sequence) nearest to the extended `reference`.

    Never negative: a number that would lie before zero is taken one roll-over later, because a
    stream starts with roll-over count 0 (RFC 3711 section 3.3.1).
    """
    extended = reference + ((sequence - reference + HALF) & SEQUENCE_MASK) - HALF
    return extended if extended >= 0 else extended + SEQUENCES
