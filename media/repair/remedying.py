"""Remedying: what is done for one browser from moment to moment, so that it neither lags nor flaps.

Worse at once, better by one level after a while: a network that was bad a second ago mostly is bad
in a second. And of what the line has room for, no more changes than has to: while the present
remedy still fits and one with a margin would not be more, it stays.
"""

from __future__ import annotations

from dataclasses import replace

from media.repair.fitting import Load, Way, remedy_for
from media.repair.loss_sense import NOTHING, Sensed
from media.repair.policy import is_bursty, level_of
from media.repair.remedy import CALM, Down, Level, Remedy, Up

BETTER_AFTER_S = 3.5
"""Of a better level, before the first step back; a shower of rain lasts longer."""
NEXT_AFTER_S = 1.0
"""Before each further one: from severe to calm it takes 6.5 s, and the sense a second more; then
buffers begin to go back."""
OFF_AFTER_S = 5.0
"""Without room for it, before a camera is switched off: an estimate may be low for a moment, and
until then what the publisher is told of its line bounds its pictures."""
BURSTY_S = 8.0
"""For so long after a long burst the next one is expected."""
UNCLEAR_S = 2.0
"""While a network has just turned bad, one cannot tell rows of losses from the turn itself; nor
when it turns well, where less is lost than its level says."""
MARGIN = 0.85
"""Of the room there is that is planned with before more is done than now."""


class Standing:
    """Of one direction: its level, and whether losses come in long rows."""

    __slots__ = ("_better_since", "_bursty_until", "_calm_at", "_wait", "is_bursty", "level")

    def __init__(self) -> None:
        self.level = Level.CALM
        self.is_bursty = False
        self._better_since: float | None = None
        self._wait = BETTER_AFTER_S
        self._bursty_until = float("-inf")
        self._calm_at = float("-inf")

    @property
    def is_calm(self) -> bool:
        return self.level is Level.CALM

    def see(self, sensed: Sensed, *, now: float) -> None:
        """How the direction is now."""
        if sensed is NOTHING and self.is_calm:
            self._calm_at = now
            return
        measured = level_of(sensed.loss)
        if measured is Level.CALM and self.is_calm:
            self._calm_at = now
        elif measured >= self.level and is_bursty(sensed) and now - self._calm_at > UNCLEAR_S:
            self._bursty_until = now + BURSTY_S
        self.is_bursty = now < self._bursty_until
        if measured >= self.level:
            self.level, self._better_since, self._wait = measured, None, BETTER_AFTER_S
        elif self._better_since is None:
            self._better_since = now
        elif now - self._better_since >= self._wait:
            self.level = Level(self.level - 1)
            self._better_since, self._wait = now, NEXT_AFTER_S


class Remedying:
    """Of one browser. `remedy` is what is done now."""

    __slots__ = ("_narrow_since", "down", "remedy", "up")

    def __init__(self) -> None:
        self.down = Standing()
        self.up = Standing()
        self.remedy = CALM
        self._narrow_since: float | None = None

    def update(self, load: Load, *, down_bps: float, up_bps: float, far: int, now: float) -> bool:
        """With what its lines carry now; whether anything else is done than before."""
        full = self._remedy(load, down_bps, up_bps, far)
        careful = self._remedy(load, down_bps * MARGIN, up_bps * MARGIN, far)
        remedy = self._patient(settled(self.remedy, careful, full), now)
        if remedy == self.remedy:
            return False
        self.remedy = remedy
        return True

    def _patient(self, remedy: Remedy, now: float) -> Remedy:
        """The same, with a camera that stays on for a moment."""
        if not remedy.up.is_camera_off or self.remedy.up.is_camera_off:
            self._narrow_since = None
            return remedy
        if self._narrow_since is None:
            self._narrow_since = now
        if now - self._narrow_since >= OFF_AFTER_S:
            return remedy
        return replace(remedy, up=replace(remedy.up, is_camera_off=False))

    def _remedy(self, load: Load, down_bps: float, up_bps: float, far: int) -> Remedy:
        down = Way(self.down.level, down_bps, self.down.is_bursty)
        return remedy_for(down, Way(self.up.level, up_bps, self.up.is_bursty), load, far=far)


def settled(before: Remedy, careful: Remedy, full: Remedy) -> Remedy:
    """What is nearest to `before` between `careful` and `full`: never more than fits."""
    return Remedy(
        _settled_down(before.down, careful.down, full.down),
        _settled_up(before.up, careful.up, full.up),
    )


def _settled_down(before: Down, careful: Down, full: Down) -> Down:
    depth = _between(before.depth, careful.depth, full.depth)
    copies = _between(before.copies, careful.copies, full.copies)
    opus = _between(before.opus, careful.opus, full.opus)
    echo = before.echo if careful.echo != full.echo else full.echo
    sound = full.sound if echo == full.echo else careful.sound
    return replace(full, depth=depth, copies=copies, echo=echo, sound=sound, opus=opus)


def _settled_up(before: Up, careful: Up, full: Up) -> Up:
    if careful.opus == full.opus and careful.is_camera_off == full.is_camera_off:
        return replace(full, depth=_between(before.depth, careful.depth, full.depth))
    # Size, depth and camera depend on each other: one of the two as a whole.
    return careful if _is_like(before, careful) else full


def _is_like(before: Up, careful: Up) -> bool:
    return (before.opus, before.is_camera_off) == (careful.opus, careful.is_camera_off)


def _between(value: int, one: int, other: int) -> int:
    return min(max(value, min(one, other)), max(one, other))
