"""Patience: when one line may go up again, and how far.

Up only after a while in which there was room enough, not soon after going down, and the later the
more often going up was in vain. After a rise in vain, what the line carried at its worst counts as
safe, and above that a larger margin is wanted for as long as it is remembered: so a capacity that
comes and goes does not take the pictures with it. A fall from what was carried for long is another
matter: the way back from it is open.
"""

from __future__ import annotations

MARGIN = 1.15
"""Capacity over need before going up, soon after going down or when nothing is known yet..."""
LEAST_MARGIN = 1.04
"""...and when it has been calm for long: what was estimated all the time is true."""
SETTLES = (2.0, 5.0)
"""Seconds of calm between which the margin shrinks from one to the other."""
CAREFUL = 1.25
"""The same where that was in vain: an estimate that finds the link full drops to 0.85 of what
arrived (draft-ietf-rmcat-gcc-02 section 5.5), and may overshoot by as much before it does."""
LESS = 0.92
"""Of what was too much: it may be used all the same, if the capacity is there."""
SHALLOW = 0.75
"""Of what was used: who falls less than that has found where the line is full, which is worth one
rise. It counts as in vain only while the one before it is remembered."""
REMEMBERED = 45.0
"""Seconds the worst is remembered after the capacity was last so low..."""
NEAR = 1.03
"""...or nearly."""
AFTER = 1.0
"""Seconds there must have been room..."""
EARLY = 0.3
"""...and on a line that never fell, where nothing is known yet but that the estimate grows, or that
carries `LEAP` times what it fell to, which a probe has found..."""
LEAP = 2.0
LEAPT = 3.0
"""Seconds after which such a line is taken for another one, and its worst is forgotten."""
AGAIN = 0.5
"""...and between one rise and the next while there still is."""
CALM = 2.0
"""Seconds after going down, none after a leap, doubled with every rise that was in vain..."""
BLANK = 1.0
"""...but never longer than this where nothing is shown at all..."""
MOST_VAIN = 3
"""...up to 16."""
IN_VAIN = 20.0
"""Seconds in which going down again makes a rise one in vain."""
FORGIVEN = 20.0
"""Seconds without going down after which one rise in vain is forgotten."""


class Patience:
    """Of one line."""

    __slots__ = (
        "_begun_at",
        "_fell_at",
        "_fell_bps",
        "_forgiven_at",
        "_leapt_at",
        "_low_at",
        "_low_bps",
        "_much_bps",
        "_rose_at",
        "_since",
        "_vain",
    )

    def __init__(self) -> None:
        self._begun_at: float | None = None
        self._since: float | None = None
        """From when on there was room without a break."""
        self._rose_at: float | None = None
        self._fell_at: float | None = None
        self._fell_bps = 0
        self._low_at: float | None = None
        self._low_bps = 0
        """The worst since the last rise in vain, and what was too much then."""
        self._much_bps = 0
        self._leapt_at: float | None = None
        self._forgiven_at = 0.0
        self._vain = 0

    def fell(self, capacity_bps: int, *, used_bps: int, now: float) -> None:
        """The network took something back, when `used_bps` were used."""
        if self._rose_at is not None and now - self._rose_at <= IN_VAIN:
            if self._low_at is not None or capacity_bps < SHALLOW * used_bps:
                self._vain = min(self._vain + 1, MOST_VAIN)
            self._rose_at = None
            self._low_at, self._low_bps = now, capacity_bps
            self._much_bps = used_bps
        self._fell_at = self._forgiven_at = now
        self._fell_bps = capacity_bps
        self._since = None

    def safe(self, capacity_bps: int, *, now: float) -> float:
        """How much may be used of a capacity by who wants to go up."""
        usual = capacity_bps / self._margin(now)
        if self._low_at is None:
            return usual
        if now - self._low_at > REMEMBERED or self._has_leapt(capacity_bps, now):
            self._low_at = self._leapt_at = None
            return usual
        if capacity_bps <= self._low_bps * NEAR:
            self._low_at, self._low_bps = now, min(self._low_bps, capacity_bps)
        near = max(self._low_bps, self._much_bps * LESS)
        return max(min(usual, near), capacity_bps / CAREFUL)

    def _has_leapt(self, capacity_bps: int, now: float) -> bool:
        """Whether the line has carried a multiple of its worst for long: it is another line."""
        if capacity_bps < LEAP * self._low_bps:
            self._leapt_at = None
        elif self._leapt_at is None:
            self._leapt_at = now
        return self._leapt_at is not None and now - self._leapt_at >= LEAPT

    def _margin(self, now: float) -> float:
        if self._begun_at is None:
            self._begun_at = now
        first, last = SETTLES
        calm = now - (self._begun_at if self._fell_at is None else self._fell_at)
        part = min(max((calm - first) / (last - first), 0.0), 1.0)
        return MARGIN + (LEAST_MARGIN - MARGIN) * part

    def content(self, *, now: float) -> None:
        """There is nothing to raise, or no room for it."""
        self._since = None
        self._forgive(now)

    def may_rise(self, capacity_bps: int, *, is_blank: bool, now: float) -> bool:
        """There is room for more: whether it may be used now. It is, when this says so.

        `is_blank` where nothing is shown that could be taken away.
        """
        self._forgive(now)
        if self._since is None:
            self._since = now
        after, calm = self._delays(capacity_bps, is_blank=is_blank)
        if self._fell_at is not None and now - self._fell_at < calm:
            return False
        if now - self._since < after:
            return False
        self._since = now - after + AGAIN
        self._rose_at = now
        return True

    def _delays(self, capacity_bps: int, *, is_blank: bool) -> tuple[float, float]:
        """Seconds of room before a rise, and seconds between a fall and a rise."""
        if self._fell_at is None:
            return EARLY, 0.0
        if not self._vain and capacity_bps >= LEAP * self._fell_bps:
            return EARLY, EARLY
        calm = CALM * 2**self._vain
        return AFTER, min(calm, BLANK) if is_blank else calm

    def _forgive(self, now: float) -> None:
        if self._vain and now - self._forgiven_at >= FORGIVEN:
            self._vain -= 1
            self._forgiven_at = now
