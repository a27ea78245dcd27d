"""Long texts to a client, packed: on a line that loses most packets it is their number that counts.

A packed text is `Z`, then raw deflate (RFC 1951) of its UTF-8 in base64. What Engine.IO says begins
with a digit, so nothing else begins so.
"""

from __future__ import annotations

import base64
import zlib

PACK_FROM = 1_200
"""Characters. Less is one packet anyhow."""
PACK_MAX = 256 * 1024
"""A longer one would keep the others waiting; it takes its time in any case."""
_MARK = "Z"
_LEVEL = 6


def pack(text: str) -> str:
    """The text packed where that makes it shorter, else as it is."""
    if not PACK_FROM < len(text) <= PACK_MAX:
        return text
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(text.encode()) + deflate.flush()
    short = _MARK + base64.b64encode(packed).decode("ascii")
    return short if len(short) < len(text) else text
