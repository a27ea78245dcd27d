"""Protecting: packets of sound with frames that were sent before, from what a view remembers.

Looks them up; which of them go in is `repair.redundancy`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from media.forward.history import History
from media.forward.view import Sent
from media.ortc.capabilities import OPUS_PAYLOAD_TYPE
from media.repair.redundancy import Frame, protect


def protected(sent: Sent, depth: int, history: History[Sent], floor: int = 0) -> bytes:
    """The payload of `sent` with up to `depth` frames before it, none numbered below `floor`.

    A packet that only closes a gap stays empty. All receivers know Opus under the router's number.
    """
    if not sent.payload:
        return b""
    primary = Frame(sent.packet.timestamp, sent.payload)
    return protect(primary, _earlier(sent, depth, history, floor), OPUS_PAYLOAD_TYPE)


def _earlier(sent: Sent, depth: int, history: History[Sent], floor: int) -> Iterator[Frame]:
    """Newest first, as far as they came."""
    for number in range(sent.number - 1, max(sent.number - 1 - depth, floor - 1), -1):
        before = history.get(number)
        if before is not None and before.payload:
            yield Frame(before.packet.timestamp, before.payload)
