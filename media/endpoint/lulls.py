"""Lulls: pauses in speech, in which browsers that waited for late sound begin anew.

A frame of comfort noise at 8 kHz between frames of Opus at 48 kHz is a change of codec to
libwebrtc (`NetEqImpl::MaybeChangePayloadType`): with the next frame of Opus it drops what it holds
and forgets how late frames were. The noise itself is never played. Which delays are cut when is
`repair.settling`'s.
"""

from __future__ import annotations

from media.endpoint.egress import Egress
from media.endpoint.line import Subscription
from media.endpoint.single import Single
from media.forward.view import View
from media.repair.settling import Settling

TIMES = 2
"""Frames of noise: on a line that loses one of thirty, one in nine hundred times both."""
SILENCE = b"\x7f"
"""127 dB below the loudest, no spectrum (RFC 3389 section 3)."""
_AFTER = 480
"""Of 48 kHz, 10 ms: between the last frame and the next."""
QUIET = 60
"""-dBov; a quiet room is 55 to 70 (`forward.speakers`)."""
BELOW = 20
"""Or so many dB below the loudest that is remembered: rooms are not all quiet."""


class Lulls:
    """Of all lines of an exchange."""

    def __init__(self, egress: Egress) -> None:
        self.count = 0
        """Delays that were cut."""
        self._egress = egress
        self._settling: dict[Subscription, Settling] = {}

    def advised(self, subscription: Subscription, buffer_ms: int, *, now: float) -> None:
        """Its listener is to wait for this sound for so long; 0 is as it likes."""
        if subscription.consumer.delivery.noise_type is None:
            return
        if buffer_ms and subscription not in self._settling:
            self._settling[subscription] = Settling()
        if subscription in self._settling:
            self._settling[subscription].advised(buffer_ms, now=now)

    def look(self, *, now: float) -> None:
        """One round: cuts the delays whose pause has come."""
        quiet: dict[View, float] = {}
        for subscription, settling in list(self._settling.items()):
            consumer = subscription.consumer
            if consumer not in self._egress.lines:
                del self._settling[subscription]
                continue
            needed, stretch = settling.pause_s(now=now), consumer.stretch
            if needed is None or stretch is None:
                continue
            view = stretch.view
            if view not in quiet:
                quiet[view] = quiet_s(view, now=now)
            if quiet[view] >= needed and self._begin_anew(subscription, now):
                settling.settled()

    def _begin_anew(self, subscription: Subscription, now: float) -> bool:
        consumer = subscription.consumer
        noise_type, stretch = consumer.delivery.noise_type, consumer.stretch
        last = None if stretch is None else stretch.view.last
        spent = consumer.interpose(TIMES)
        if noise_type is None or last is None or spent is None:
            return False
        first, timestamp = spent
        for number in range(first, first + TIMES):
            numbers = (noise_type, number, timestamp + _AFTER, consumer.ssrc)
            single = Single(last, consumer.shape, numbers, SILENCE)
            self._egress.singles.send(subscription.line, single, now)
        self.count += 1
        return True


def quiet_s(view: View, *, now: float) -> float:
    """Seconds since anything was said in this view, as far as it is remembered; 0.0 where its
    packets do not tell how loud they are.
    """
    history = view.history
    numbers = range(history.highest, max(history.highest - history.size, -1), -1)
    packets = [sent.packet for sent in map(history.get, numbers) if sent is not None]
    levels = [(each.level[0] & 0x7F, each.arrival) for each in packets if each.level]
    if not levels:
        return 0.0
    enough = min(QUIET, min(level for level, _ in levels) + BELOW)
    loud = (arrival for level, arrival in levels if level < enough)
    return now - max(loud, default=min(arrival for _, arrival in levels))
