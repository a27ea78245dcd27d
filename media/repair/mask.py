"""Mask: what a publisher is told of its losses where they are no sign that it sends too much.

Browsers answer loss in receiver reports with a lower bitrate: at 70 % a picture ends at 30 kbit/s
(weak_network.md section 5). Where the path loses that much whatever is sent, they are told of no
losses, and how much they may send is said by REMB alone. What was hidden stays hidden, so that its
sum is not taken for a sudden loss afterwards.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from media.wire.rtcp import ReportBlock

_LONG = 4 << 16
"""4 s in 1/65536 s, longer than any round trip."""


class Mask:
    """Of one line's publisher; off at first."""

    __slots__ = ("_hidden", "_told", "is_on")

    def __init__(self) -> None:
        self.is_on = False
        self._hidden: dict[int, int] = {}
        """Packets lost that were never told, by SSRC."""
        self._told: dict[int, int] = {}

    def keep(self, ssrcs: Set[int]) -> None:
        """No other stream comes any more; one that comes again begins to count anew."""
        if len(self._told) > len(ssrcs):
            self._told = {ssrc: told for ssrc, told in self._told.items() if ssrc in ssrcs}
            self._hidden = {ssrc: lost for ssrc, lost in self._hidden.items() if ssrc in ssrcs}

    def cover(self, block: ReportBlock) -> ReportBlock:
        """What is told in place of `block`, the next one of its stream.

        While it is on, the delay since the last SR is said to be too long, so that the round trip
        seems to be nothing: libwebrtc sends a packet again at most once in what it takes for one,
        and half of the answers are lost.
        """
        if not self.is_on and not self._hidden.get(block.ssrc):
            self._told[block.ssrc] = block.packets_lost
            return block
        if self.is_on:
            told = self._told.setdefault(block.ssrc, 0)
            self._hidden[block.ssrc] = block.packets_lost - told
            delay = block.delay_since_last_sr + _LONG if block.last_sr else 0
            return replace(block, fraction_lost=0, packets_lost=told, delay_since_last_sr=delay)
        told = self._told[block.ssrc] = block.packets_lost - self._hidden[block.ssrc]
        return replace(block, packets_lost=told)
