"""How often a JPEG goes over its pixels: a progressive one may do so any number of times, each time
for a few bytes, and keeps whoever decodes it busy. A core.

The form is ITU T.81, annex B. What stands inside other segments, as a small picture, counts not.
"""

from __future__ import annotations

import re
from mmap import mmap

MOST = 10_000
"""No need to count further."""
MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])", re.DOTALL)
"""B.1.1.2: no stuffed byte, no restart, no fill byte; so none is found inside a scan."""
ALONE = frozenset((0x01, 0xD8))
"""B.1.1.3: these have no length behind them."""
END, _SCAN = 0xD9, 0xDA


def count_scans(content: bytes | mmap) -> int:
    """The scans of a JPEG, up to MOST; what stands behind its end is not looked at."""
    scans = at = 0
    while scans < MOST and (found := MARKER.search(content, at)) is not None:
        marker, at = found[1][0], found.end()
        if marker == END:
            break
        if marker not in ALONE:
            at += max(2, int.from_bytes(content[at : at + 2]))
            scans += marker == _SCAN
    return scans
