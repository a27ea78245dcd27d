"""Writes variable-length numbers, and folds signed ones into unsigned ones (zigzag)."""

from __future__ import annotations


def write_varuint(out: bytearray, value: int) -> None:
    """Append an unsigned number: 7 bits a byte, lowest first, as short as it can be."""
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def zigzag(value: int) -> int:
    """0, -1, 1, -2 ... to 0, 1, 2, 3 ..."""
    return value << 1 if value >= 0 else -(value << 1) - 1


def unzigzag(value: int) -> int:
    """The inverse of `zigzag`."""
    return value >> 1 if value & 1 == 0 else -((value + 1) >> 1)
