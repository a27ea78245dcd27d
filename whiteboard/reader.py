"""Reads the pieces Yjs writes: variable-length numbers, texts, bytes (lib0 encoding, version 1).

Never trusts a length or a count: whatever is not there is refused with the reader's code, and
nothing is made ahead of what the bytes really hold. Numbers end at 2^53 - 1, as in JavaScript, and
longer spellings of the same number are refused, so that no two decoders can disagree.
"""

from __future__ import annotations

from typing import Final, NoReturn

from whiteboard.errors import Refused

LARGEST: Final = 2**53 - 1


class Reader:
    """A position in bytes. Everything read moves it on; `Refused(code)` where the bytes end."""

    __slots__ = ("_code", "_end", "data", "pos")

    def __init__(self, data: bytes, code: str = "update.malformed") -> None:
        self.data = data
        self.pos = 0
        self._end = len(data)
        self._code = code

    def refuse(self, why: str) -> NoReturn:
        """Give up on these bytes."""
        raise Refused(self._code, f"{why} at byte {self.pos}")

    @property
    def left(self) -> int:
        """How many bytes are not read yet."""
        return self._end - self.pos

    def byte(self) -> int:
        """One byte."""
        pos = self.pos
        if pos >= self._end:
            self.refuse("the bytes end")
        self.pos = pos + 1
        return self.data[pos]

    def varuint(self) -> int:
        """An unsigned number: 7 bits a byte, lowest first."""
        pos = self.pos
        if pos >= self._end:
            self.refuse("the bytes end")
        byte = self.data[pos]
        self.pos = pos + 1
        if byte < 0x80:
            return byte
        return self._more(byte & 0x7F, 7)

    def varint(self) -> int:
        """A signed number: the first byte has a sign bit and 6 bits, further ones 7."""
        byte = self.byte()
        value = byte & 0x3F
        if byte & 0x80:
            value = self._more(value, 6)
        return -value if byte & 0x40 else value

    def _more(self, value: int, shift: int) -> int:
        data, pos, end = self.data, self.pos, self._end
        while pos < end:
            byte = data[pos]
            pos += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                self.pos = pos
                if byte == 0:
                    self.refuse("a number spelled too long")
                if value > LARGEST:
                    self.refuse("a number too large")
                return value
            shift += 7
            if shift > 56:
                self.refuse("a number too long")
        return self.refuse("the bytes end")

    def take(self, length: int) -> bytes:
        """So many bytes."""
        pos = self.pos
        stop = pos + length
        if stop > self._end:
            self.refuse("the bytes end")
        self.pos = stop
        return self.data[pos:stop]

    def blob(self) -> bytes:
        """Bytes after their length."""
        return self.take(self.varuint())

    def text(self) -> str:
        """UTF-8 after its length in bytes; wrong UTF-8 is refused (yrs would not look)."""
        start = self.pos + 1
        if start < self._end and (length := self.data[start - 1]) < 0x80:
            stop = start + length  # a short one, as every key is, in one step
            if stop > self._end:
                self.refuse("the bytes end")
            self.pos = stop
            raw = self.data[start:stop]
        else:
            raw = self.take(self.varuint())
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return self.refuse("a text that is no UTF-8")
