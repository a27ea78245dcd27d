"""Veil: what somebody is told who sees a page and is not to know who drew on it.

Decides what in an update, and in what peers say, tells whose it is, and what stands there instead.
All that lies on the page is by the same somebody: who knew a few items from elsewhere could go from
those to the others. Peers have numbers nobody can work out without the secret.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from whiteboard.ids import PageDocId
from whiteboard.visitor import Visitor

SOMEBODY: Final = "somebody"
"""The author of everything; shorter than any id that is given out."""

_BY: Final = re.compile(rb"\x02by\x77([\x01-\x40])")
"""An element's author in an update: the key `by`, and the length of a text of 64 letters at most.
Nothing is counted in bytes around it, so another length may stand there."""
_AUTHOR: Final = re.compile(rb"[A-Za-z0-9_-]+").fullmatch
_INSTEAD: Final = b"\x02by\x77" + bytes((len(SOMEBODY),)) + SOMEBODY.encode()
_FIRST_STRANGER: Final = 1 << 31
"""Real peers count from 1, and no board lives to see so many."""


class Veil:
    """Of one page document. `secret` is the board's, 16 bytes or more."""

    def __init__(self, doc_id: PageDocId, secret: bytes) -> None:
        self._key = blake2b(secret + str(doc_id).encode(), digest_size=32).digest()

    def update(self, update: bytes) -> bytes:
        """The same update, without the ids of authors."""
        parts, at = [], 0
        for found in _BY.finditer(update):
            end = found.end() + found[1][0]
            # What looks like it in somebody's own words makes these unreadable, not a name known.
            if found.start() >= at and _AUTHOR(update[found.end() : end]):
                parts += [update[at : found.start()], _INSTEAD]
                at = end
        return b"".join([*parts, update[at:]])

    def peer(self, number: int, who: Visitor) -> int:
        """The number under which a peer is heard: staff under their own, all others a stranger's,
        which is in no PEERS."""
        if who.is_staff:
            return number
        mixed = blake2b(b"%d" % number, key=self._key, digest_size=4).digest()
        return _FIRST_STRANGER | int.from_bytes(mixed, "big")
