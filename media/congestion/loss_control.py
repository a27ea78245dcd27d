"""LossControl: the limit by loss, where the delay tells nothing: policers, and queues so short
that they overflow before they are seen.

Loss above the known one is not answered before it is known what it comes of. Where the windows do
not tell (LossModel), the experiment is made: a step down, and the next windows tell. So a path that
loses a third of everything keeps its rate but for a second, and a policer is found in as long.
Where the target is far from filled there is nothing to step down from: so little was carried
before, and the loss is taken for the path's own unless the windows say otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import inf, sqrt

from media.congestion.loss_model import BURSTS, Finding, LossModel, Window
from media.congestion.loss_window import WINDOW_S, LossWindow
from media.congestion.send_log import PacketResult

EXCESS = 0.03
"""Loss above the known one that is looked into, beyond twice its chance deviation."""
EVIDENCE = 2.0
"""A hypothesis is believed when it is seven times as likely."""
NOISY = 0.1
"""Of the path's own loss: beyond it, a capacity takes as much evidence as one nobody looked for,
and the experiment is the least step: chance alone makes windows of all kinds."""
UNSURE, SURE = 0.5, 4.0
"""Evidence that tells nothing yet; and that is believed without a new reason to look."""
REVIEW_WINDOWS = 4
"""Known loss is looked into once in so many windows: a fit costs a millisecond."""
SHARE = 0.97
"""Of the capacity found: below it, or the loss would go on."""
STEPS = (0.7, 0.85)
"""Of what was sent, the deepest step and the least one, which would hide in chance."""
HEAVY = 0.5
"""So much loss is answered before it is understood."""
DEEPEST = 0.3
"""Of what was sent, the step when a capacity is the likelier cause already."""
TESTS = 4
"""Windows of an experiment; undecided until then, the likelier cause is taken."""
HOLD_S = 2.5
"""Seconds at a limit before more is tried."""
_FIRST_GROWTH_BPS, _DOUBLES = 50_000.0, 1.6  # in a second; times with each clean window
_MOST_A_SECOND = 1.0
HOPELESS = 0.8
"""More loss than this is taken for too much that is sent, in part at least, however much more is
allowed: nobody is heard through it anyway, and less that is sent tells."""
LEAST_BPS = 100_000
"""No capacity below it is looked for on a path with loss of its own: less is not sent anyway, and
the few packets of so little cannot tell the two apart."""
_ROWS = 0.9
"""The weight of a window's rows of losses against the next one's."""
_FREE = 4.0
"""Times the limit once found at which it is no limit any more."""
_FILLED = 0.66
_SMOOTHING = 0.4


class State(StrEnum):
    """What is thought of the loss. CLEAR: nothing to answer. TESTING: it is looked into. LIMITED:
    there is a capacity.
    """

    CLEAR = "clear"
    TESTING = "testing"
    LIMITED = "limited"


class LossControl:
    """Of one path. `limit` is bits a second, inf without one; `loss` the share of packets lost
    lately; `inherent` the share the path loses whatever is sent.
    """

    def __init__(self) -> None:
        self.limit = inf
        self.loss = 0.0
        self.inherent = 0.0
        self.state = State.CLEAR
        self._model = LossModel()
        self._window = LossWindow()
        self._from = 0.0  # what left earlier does not count
        self._tests = self._reviews = 0
        self._is_new = False
        self._found = inf  # the limit as it was found
        self._held_until = 0.0
        self._growth = 0.0
        self._lost = self._rows = 0.0  # lately
        self._is_filled = True
        self._updated_at = 0.0

    def update(self, results: Sequence[PacketResult], *, target_bps: float, now: float) -> None:
        """What one feedback told, while `target_bps` were allowed."""
        self._grow(now)
        if results[0].sent_at < self._from:
            results = [each for each in results if each.sent_at >= self._from]
        if results:
            self._window.add(results)
        if not self._window.is_complete:
            return
        window, loss = self._weighed(self._window), self._window.loss
        self._window = LossWindow()
        self.loss += (loss - self.loss) * _SMOOTHING
        allowed = min(target_bps, self.limit)
        self._is_filled = window.sent_bps > _FILLED * allowed or self._is_hopeless(window)
        self._model.add(window)
        self._judge(window, now)

    def skip(self, *, now: float) -> None:
        """What was sent until now says nothing about this: a queue overflowed, or an outage."""
        self._from = now
        self._window = LossWindow()

    def know(self, share: float, *, now: float) -> None:
        """The path was seen to lose `share` while it was far from filled: that is its own, and the
        windows of the moments in which it began would speak for a capacity.
        """
        if self.state is not State.LIMITED:
            self._clear(max(min(share, HOPELESS), self.inherent))
            self._model.forget()
            self._is_new = False
            self.skip(now=now)

    def raise_to(self, rate: float) -> None:
        """A probe came through at `rate`."""
        if self.state is State.LIMITED and rate > self.limit:
            self.limit = rate
            self._growth = _FIRST_GROWTH_BPS

    def may_probe(self, *, now: float) -> bool:
        """Whether more may be tried as far as loss goes."""
        if self.state is State.LIMITED:
            return now >= self._held_until
        return self.state is State.CLEAR or self.limit == inf

    def _is_hopeless(self, window: Window) -> bool:
        chance = 2 * sqrt(HOPELESS * (1 - HOPELESS) / window.packets)
        return self.loss > HOPELESS and window.loss > min(HOPELESS + chance, 0.9)

    def _weighed(self, window: LossWindow) -> Window:
        """What it says. Losses in rows say less than as many by chance: with a loss p in rows of L
        on average, one packet tells of the next by 1 - 1 / r, r = L (1 - p), and as many vary as
        2 r - 1 times fewer would (two states after Gilbert).
        """
        taken = window.taken()
        lost, rows = window.lost
        self._lost, self._rows = self._lost * _ROWS + lost, self._rows * _ROWS + rows
        if not self._rows:
            return taken
        ratio = self._lost / self._rows * (1 - max(window.loss, self.inherent))
        return taken._replace(packets=taken.packets / max((2 * ratio - 1) / BURSTS, 1.0))

    def _judge(self, window: Window, now: float) -> None:
        if not self._model.has_loss:
            self.inherent = 0.0
            if self.state is State.TESTING:
                self._clear(0.0)
        chance = 2 * sqrt(self.inherent * (1 - self.inherent) / window.packets)
        is_over = window.loss > self.inherent + EXCESS + chance
        if is_over and self._model.is_new and not self._is_new:
            self._model.forget()
            self._is_new = True
            self._tests = 0
            self.state = State.TESTING
            if window.loss > HEAVY and self._is_filled:
                self._step(window, STEPS[0])
        elif self.state is State.TESTING or is_over:
            self._is_new = False
            if self.state is not State.TESTING:
                self._tests = 0
            self._test(window, self._model.finding(self.inherent), is_over, now)
        elif self.state is State.LIMITED:
            self._growth *= _DOUBLES
        elif self._model.has_loss:
            self._review(window, now)

    def _review(self, window: Window, now: float) -> None:
        """Loss that is known: seldom, whether what was sent meanwhile speaks for a capacity."""
        self._reviews = (self._reviews + 1) % REVIEW_WINDOWS
        if not self._reviews:
            finding = self._model.finding(self.inherent)
            if finding.evidence > SURE and finding.residual < self.inherent - EXCESS:
                self._limit(finding, window, now)
                return
        self.inherent = self._model.inherent

    def _test(self, window: Window, finding: Finding, is_over: bool, now: float) -> None:
        self._tests += 1
        is_last = self._tests > TESTS
        may_step = is_over and not is_last and self._is_filled
        if finding.evidence > (0.0 if is_last and self.limit < inf else self._needed):
            if finding.residual > self.inherent + EXCESS and may_step:
                self._step(window, DEEPEST)  # both causes? less has to be tried first
            else:
                self._limit(finding, window, now)
        elif finding.evidence < -EVIDENCE or is_last:
            self._clear(finding.inherent)
        else:
            self.state = State.TESTING
            if may_step and finding.evidence > -UNSURE:
                self._step(window, DEEPEST if finding.evidence > UNSURE else STEPS[0])

    @property
    def _needed(self) -> float:
        """Evidence for a capacity."""
        return EVIDENCE if self.inherent < NOISY else SURE

    def _step(self, window: Window, deepest: float) -> None:
        self.state = State.TESTING
        if self.inherent >= NOISY:
            deepest = STEPS[1]
        share = min(max(SHARE * (1 - window.loss), deepest), STEPS[1])
        self.limit = min(window.sent_bps * share, self.limit)

    def _limit(self, finding: Finding, window: Window, now: float) -> None:
        """On a path with loss of its own by a step at a time: the rest of it may be its own."""
        found, least = finding.capacity_bps * SHARE, DEEPEST * window.sent_bps
        is_lossy = self.inherent >= NOISY
        if is_lossy and max(found, least) < LEAST_BPS:
            self._clear(finding.inherent)
            return
        self.state = State.LIMITED
        if is_lossy and found < least:
            found = least
        else:
            self.inherent = finding.residual
        self.limit = self._found = found
        self._growth = _FIRST_GROWTH_BPS
        self._held_until = now + HOLD_S

    def _clear(self, inherent: float) -> None:
        self.state = State.CLEAR
        self.limit = self._found = inf
        self.inherent = inherent

    def _grow(self, now: float) -> None:
        if self.state is State.LIMITED and now >= self._held_until and self._is_filled:
            growth = min(self._growth, _MOST_A_SECOND * self.limit)
            self.limit += growth * min(now - self._updated_at, WINDOW_S)
            if self.limit > _FREE * self._found:
                self._clear(self.inherent)
        self._updated_at = now
