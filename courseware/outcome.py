"""Looks at what a child says it wrote, before anything else is done with it. A child that was
taken over by a file may write what it likes: only regular files in the job's folder pass, of the
form and the size that was promised. It is taken out of the child's reach first, and looked at then.
"""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path
from typing import Final

from courseware.confine import DESK
from courseware.deck import MEGABYTE
from courseware.errors import Broken

PICTURE_MAX: Final = 8 * MEGABYTE


def take(folder: Path, name: str) -> Path:
    """Move what a child wrote at its desk into the job's folder, which is closed to it; where it is
    now. Broken `answer` when there is nothing, `storage` when it cannot be kept."""
    path = folder / name
    try:
        os.rename(folder / DESK / name, path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise Broken("answer", "no file") from error
    except OSError as error:
        raise Broken("storage", type(error).__name__) from error
    return path


def check_picture(path: Path, width: int, height: int) -> int:
    """Bytes of a WebP of this size; Broken `answer` when it is none.

    RFC 6386 9.1 in RFC 9649 2.5: a simple lossy file; the frame's size stands after its start code.
    """
    head, size = _head(path, 30)
    is_webp = head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8 " and head[23:26] == b"\x9d\x01\x2a"
    if not is_webp or len(head) < 30 or size > PICTURE_MAX:
        raise Broken("answer", "no picture")
    found = tuple(side & 0x3FFF for side in struct.unpack("<HH", head[26:30]))
    if found != (width, height):
        raise Broken("answer", "a picture of another size")
    return size


def check_pdf(path: Path, most: int) -> int:
    """Bytes of a PDF of at most so many; Broken `answer` when it is none."""
    head, size = _head(path, 5)
    if head != b"%PDF-" or size > most:
        raise Broken("answer", "no PDF")
    return size


def check_file(path: Path, most: int) -> int:
    """Bytes of any regular file of at most so many; Broken `answer` otherwise."""
    _, size = _head(path, 0)
    if size > most:
        raise Broken("answer", "too large")
    return size


def _head(path: Path, count: int) -> tuple[bytes, int]:
    """The first bytes and the size of a regular file; a link is not followed."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Broken("answer", "no file") from error
    try:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode):
            raise Broken("answer", "no regular file")
        return os.read(number, count), about.st_size
    finally:
        os.close(number)
