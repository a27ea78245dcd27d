"""Treating: tells those who repair one line what the remedy of its browser asks of them.

Each of them decides what a single packet gets; none of them knows why. All of it may be said again
and again.
"""

from __future__ import annotations

from media.endpoint import reports
from media.endpoint.egress import Egress
from media.endpoint.line import Line
from media.endpoint.requests import Requests
from media.endpoint.sharing import Sharing
from media.endpoint.uplink import CEILING_BPS
from media.repair.cost import protected_bps
from media.repair.fitting import SMALL_PICTURE_BPS, opus_bps, wished_bps
from media.repair.manner import Manner
from media.repair.remedy import Level, Remedy
from media.source import Kind

MOST_UP_BPS = 1_150_000
"""Of all that comes from a line that loses more than half, repairs counted."""
MOST_REPAIR_BPS = 700_000
"""Of that, for pictures that are sent again: what 15 frames a second took at 70 %."""
GUESSES = 2
"""Numbers beyond the newest that are asked for ahead of time."""


class Treating:
    """Of all lines of an exchange."""

    def __init__(self, egress: Egress, requests: Requests, sharing: Sharing) -> None:
        self._egress = egress
        self._requests = requests
        self._sharing = sharing

    def treat(self, line: Line, remedy: Remedy, *, is_other: bool, now: float) -> None:
        """`line` is of the browser that gets `remedy`; `is_other` than before."""
        worst = max(remedy.down.level, remedy.up.level)
        line.transport.is_lossy = worst >= Level.HEAVY
        self._requests.repeating.times(line, remedy.down.repeats)
        self._treat_up(line, remedy)
        self._treat_down(line, remedy, now)
        if is_other:
            self._sharing.mark_room(line.router)  # others may get smaller pictures of it

    def _treat_up(self, line: Line, remedy: Remedy) -> None:
        up, uplink = remedy.up, line.uplink
        is_calm, is_severe = up.level is Level.CALM, up.level is Level.SEVERE
        passes = 1 - remedy.down.level.loss
        guesses = GUESSES if up.is_speculative else 0
        manner = None if is_calm else Manner(up.nack_wait_s, up.nack_times, guesses, passes)
        self._requests.manner(line, manner)
        reports.masks(line, up.is_masked)
        uplink.bounds(most_bps=MOST_UP_BPS if is_severe else CEILING_BPS)
        taken = protected_bps(opus_bps(up.opus), up.depth) + SMALL_PICTURE_BPS
        spare = min(max(min(uplink.target_bps, MOST_UP_BPS) - taken, 0.0), MOST_REPAIR_BPS)
        uplink.repair_bps = int(spare) if up.level >= Level.WEAK else 0

    def _treat_down(self, line: Line, remedy: Remedy, now: float) -> None:
        down, egress = remedy.down, self._egress
        egress.echoes.follow(line, down.echo, now=now)
        line.is_echoed, line.is_small = down.echo, down.is_small
        line.downlink.wished_bps = wished_bps(down.level)
        for subscription in line.subscriptions.values():
            if subscription.consumer.delivery.kind is Kind.VIDEO:
                egress.copies.set(subscription, down.copies, down.copy_spacing_s)
