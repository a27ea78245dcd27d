"""Rewriter: the constants one receiver adds to a view, so that it sees one unbroken stream.

Sequence numbers, timestamps and VP8 ids of the packets of a view become a receiver's own by
adding four numbers, chosen anew whenever it joins a view. Numbers run on without a gap,
timestamps advance by the time that passed, picture ids move ahead (RFC 3550 section 5.1, RFC 7741
section 4.2). Extended numbers are 48 bits long and never repeat: they make the AES-GCM nonce.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from media.forward.packet import Packet
from media.forward.view import View

_TIMESTAMP_MASK = 0xFFFFFFFF
_LEAST_STEP = 0.001
"""Seconds between the last picture of one layer and the first of the next, at least."""
_MOST_ASTRAY = 3.0
"""Seconds a publisher's clock mapping may differ from arrival before we trust arrival."""


class Stretch(NamedTuple):
    """One stay in a view: what was added, from which of the view's numbers on. Where `end` is given
    the view's numbers from it on were never used in it.
    """

    view: View
    first: int
    offset: int
    timestamp_offset: int
    picture_delta: int
    tl0_delta: int
    end: int | None = None


class Rewriter:
    """Of one receiver. `next` and the rest are only up to date between two stays."""

    __slots__ = (
        "_clock_rate",
        "_last_arrival",
        "_last_timestamp",
        "_picture",
        "_tl0",
        "_tl0_delta",
        "next",
    )

    def __init__(self, first_number: int, clock_rate: int) -> None:
        self._clock_rate = clock_rate
        self.next = first_number
        """Extended number of the next packet."""
        self._last_timestamp: int | None = None
        self._last_arrival = 0.0
        self._picture = -1
        self._tl0 = -1
        self._tl0_delta = 0

    def join(self, view: View, packet: Packet, reference: int | None, *, now: float) -> Stretch:
        """The constants for a stay that begins with `packet`.

        `reference` is what has to be added to timestamps of this layer so that they continue the
        receiver's timeline by the publisher's own clock; None when that is not known.
        """
        number = view.number_of(packet.index)
        self._tl0_delta = self._tl0_ahead(packet)
        return Stretch(
            view,
            number,
            self.next - number,
            self._timestamp_offset(packet.timestamp, reference, now),
            self._picture_ahead(view, packet),
            self._tl0_delta,
        )

    def _picture_ahead(self, view: View, packet: Packet) -> int:
        """What moves the picture id ahead of the last one; between key frames, right behind it."""
        if packet.placed_picture is None or self._picture < 0:
            return 0
        picture = view.picture_of(packet, packet.placed_picture)
        if packet.key_frame and picture > self._picture:
            return 0
        return self._picture + 1 - picture

    def _tl0_ahead(self, packet: Packet) -> int:
        """The same for TL0PICIDX, which all views of one layer share."""
        if packet.placed_tl0 is None or self._tl0 < 0 or not packet.key_frame:
            return self._tl0_delta
        return max(self._tl0 + 1 - packet.placed_tl0, 0)

    def _timestamp_offset(self, timestamp: int, reference: int | None, now: float) -> int:
        last = self._last_timestamp
        if last is None:
            return 0
        elapsed = int((now - self._last_arrival) * self._clock_rate)
        step = elapsed
        if reference is not None:
            by_clock = _signed(timestamp + reference - last)
            if abs(by_clock - elapsed) <= _MOST_ASTRAY * self._clock_rate:
                step = by_clock
        step = max(step, int(_LEAST_STEP * self._clock_rate))
        return (last + step - timestamp) & _TIMESTAMP_MASK

    def leave(self, stretch: Stretch) -> None:
        """The stay ended; everything the view gave out has been sent."""
        view = stretch.view
        last = view.last
        if last is None or last.number < stretch.first:
            return
        self.next = last.number + stretch.offset + 1
        self._last_timestamp = (last.packet.timestamp + stretch.timestamp_offset) & _TIMESTAMP_MASK
        self._last_arrival = last.packet.arrival
        if view.top_picture >= 0:
            self._picture = view.top_picture + stretch.picture_delta
        if view.top_tl0 >= 0:
            self._tl0 = view.top_tl0 + stretch.tl0_delta

    def spend(self, stretch: Stretch, count: int) -> tuple[int, int]:
        """Takes `count` numbers behind the last of the stay for packets of our own, which is over
        with it: (the first of them, the timestamp of the packet before).
        """
        self.leave(stretch)
        first, self.next = self.next, self.next + count
        return first, self._last_timestamp or 0

    def recall(self, numbers: Set[int]) -> None:
        """These numbers were never used after all; as many of them as came last are next again."""
        while self.next - 1 in numbers:
            self.next -= 1


def _signed(difference: int) -> int:
    """A difference of 32-bit timestamps, the shorter way round."""
    return ((difference + 0x80000000) & _TIMESTAMP_MASK) - 0x80000000
