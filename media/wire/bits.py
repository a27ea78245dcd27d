"""Bits: a bounded reader of fields that do not end at whole bytes, first bit first."""

from __future__ import annotations

from media.errors import Malformed


class Bits:
    """Reads from the start of `data`. Malformed with `code` when it ends within a field."""

    __slots__ = ("_code", "_left", "_value")

    def __init__(self, data: bytes, code: str) -> None:
        self._value = int.from_bytes(data, "big")
        self._left = 8 * len(data)
        self._code = code

    def read(self, count: int) -> int:
        """The next `count` bits as an unsigned number."""
        self._left -= count
        if self._left < 0:
            raise Malformed(self._code, f"{-self._left} bits missing")
        return self._value >> self._left & ((1 << count) - 1)

    def flag(self) -> bool:
        """The next bit."""
        return bool(self.read(1))

    def read_below(self, limit: int) -> int:
        """A number in 0..limit-1 in as few bits as it needs (ns(n), AV1 section 4.10.7)."""
        bits = limit.bit_length()
        short = (1 << bits) - limit
        value = self.read(bits - 1)
        if value < short:
            return value
        return (value << 1) - short + self.read(1)
