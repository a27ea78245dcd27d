"""Which letters had their last byte written, in a file that outlives the process.

A number is appended at once after the last byte of its letter, without waiting for the disk: what
the kernel was given it keeps when the process is killed. Only an end of the whole machine loses it;
then its boot id is another one, and nobody claims to know.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import struct
import uuid
from pathlib import Path

_NUMBER = struct.Struct("<q")
_HOUSE_BYTES = 8
BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")


class Marks:
    """Held by one process at a time. `house` names the file: letters begun by whoever had it."""

    def __init__(self, descriptor: int, house: str) -> None:
        self._descriptor = descriptor
        self.house = house
        self.holder = f"{house}:{boot_id()}"

    def add(self, letter_id: int) -> None:
        """Its last byte is written."""
        os.write(self._descriptor, _NUMBER.pack(letter_id))

    def refuse(self, letter_id: int) -> None:
        """The server did not take it after all."""
        os.write(self._descriptor, _NUMBER.pack(-letter_id))

    def taken(self) -> set[int]:
        """Letters that were written, and not refused after that."""
        size = os.fstat(self._descriptor).st_size
        told = os.pread(self._descriptor, size, _HOUSE_BYTES)
        whole = len(told) - len(told) % _NUMBER.size
        found: set[int] = set()
        for (number,) in _NUMBER.iter_unpack(told[:whole]):
            if number > 0:
                found.add(number)
            else:
                found.discard(-number)
        return found

    def clear(self) -> None:
        """What became of all of them is stored."""
        os.ftruncate(self._descriptor, _HOUSE_BYTES)

    def close(self) -> None:
        """Let another process have the file."""
        os.close(self._descriptor)


def open_marks(file: Path) -> Marks | None:
    """The marks in the file, which is made when it is not there; None while another process has
    them. OSError when it cannot be made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    house = os.pread(descriptor, _HOUSE_BYTES, 0)
    if len(house) < _HOUSE_BYTES:
        os.ftruncate(descriptor, 0)
        house = secrets.token_bytes(_HOUSE_BYTES)
        os.write(descriptor, house)
        os.fsync(descriptor)
    return Marks(descriptor, house.hex())


def boot_id() -> str:
    """The same while the machine runs; where there is none, another at each start of ours."""
    with contextlib.suppress(OSError):
        return BOOT_FILE.read_text(encoding="ascii").strip()
    return _OWN


_OWN = str(uuid.uuid4())
