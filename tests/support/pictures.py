"""Pictures as people send them, and as nobody should."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image


def drawing(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """Sharp edges and few colours; its upper left quarter is red."""
    image = Image.new(mode, (width, height), "white" if mode != "RGBA" else (0, 0, 0, 0))
    red = (255, 0, 0, 255) if mode == "RGBA" else (255, 0, 0)
    image.paste(red, (0, 0, width // 2, height // 2))
    return image


def noise(width: int, height: int) -> Image.Image:
    """What no compression helps against, as in a photograph of a meadow."""
    pixels = random.Random(7).randbytes(width * height * 3)
    return Image.frombytes("RGB", (width, height), pixels)


def encoded(image: Image.Image, name: str, **options: Any) -> bytes:
    """The bytes of a file of this format."""
    file = io.BytesIO()
    image.save(file, name, **options)
    return file.getvalue()


def png_bomb(width: int, height: int) -> bytes:
    """A true PNG of one colour: small as a file, huge when it is decoded."""
    lines = zlib.compressobj(9)
    body = b"".join(lines.compress(bytes(1 + width // 8)) for _ in range(height)) + lines.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + crc
