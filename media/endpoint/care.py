"""Care: what is known of the network of one browser, and what is done about it now.

Gathers what decides it: what is lost each way, what the lines carry, what they would carry without
repair. What follows from that is `repair.remedying`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from media.congestion.estimator import START_BPS
from media.endpoint.line import Line, Publication, Subscription
from media.endpoint.sensing import Sensing, sensed_down
from media.endpoint.sound_pace import SoundPace
from media.endpoint.uplink import CEILING_BPS
from media.forward.consumer import Consumer
from media.repair.fitting import Load
from media.repair.remedy import CALM, Remedy
from media.repair.remedying import Remedying
from media.source import Kind, Source

LEAST_SOUND_BPS = 41_600.0
"""A voice at 16 kbit/s: what is silent now may speak in a moment."""
UNKNOWN = Load()
"""Where both directions are calm it does not matter."""


class Care:
    """Of one browser."""

    __slots__ = ("_pace", "_remedying", "_sensing", "due_at", "told", "told_at")

    def __init__(self) -> None:
        self._sensing = Sensing()
        self._remedying = Remedying()
        self._pace = SoundPace()
        self.due_at = float("-inf")
        """When what is done is to be said once more, as tracks may have come."""
        self.told: Remedy = CALM
        """What others were told last, and when."""
        self.told_at = float("-inf")

    @property
    def remedy(self) -> Remedy:
        """What is done now."""
        return self._remedying.remedy

    def look(self, lines: Sequence[Line], *, far: int, now: float) -> bool:
        """Whether anything else is to be done than before. `far` is the size of sound that those
        who hear this browser can take at most.
        """
        up, remedying = self._sensing.up(lines, now=now), self._remedying
        if far and not any(_is_sound(each) for line in lines for each in line.publications):
            far = 0
        remedying.up.see(up, now=now)
        for line in lines:
            line.uplink.loses(up.loss)
        down = sensed_down(lines, up, now=now)
        if down is not None:
            before = remedying.down.level
            remedying.down.see(down, now=now)
            if remedying.down.level > before:
                _blame(lines, max(down.loss, remedying.down.level.loss), now=now)
        if remedying.down.is_calm and remedying.up.is_calm and not far and self.remedy == CALM:
            return False
        load = UNKNOWN
        if not (remedying.down.is_calm and remedying.up.is_calm):
            sounds = _sounds(lines)
            self._pace.look(sounds, now=now)
            load = replace(
                load_of(lines, now=now),
                frames=self._pace.frames,
                is_plain=any(each.delivery.redundant_type is None for each in sounds),
            )
        return remedying.update(
            load, down_bps=_down_bps(lines), up_bps=_up_bps(lines), far=far, now=now
        )


def _blame(lines: Sequence[Line], loss: float, *, now: float) -> None:
    """What is lost already is not the fault of what is sent more for it."""
    for line in lines:
        if line.downlink.is_told:
            line.downlink.estimator.loses(loss, now=now)


def load_of(lines: Sequence[Line], *, now: float) -> Load:
    """What the browser gets, and whether it shows itself."""
    sounds, sound_bps = 0, 0.0
    pictures: list[float] = []
    for subscription in _flowing(lines):
        rates = subscription.publication.producer.demand_rates(now=now)
        if subscription.consumer.delivery.kind is Kind.AUDIO:
            sounds += rates[0][-1] > 0  # none of what never came, which would thin out the rest
            sound_bps += rates[0][-1]
        else:
            pictures += [max(row) for row in rates if any(row)][:1]
    return Load(
        max(sound_bps, LEAST_SOUND_BPS),
        max(sounds, 1),
        max(pictures, default=0.0),
        any(
            publication.producer.track.source is Source.CAMERA
            for line in lines
            for publication in line.publications
        ),
    )


def _sounds(lines: Sequence[Line]) -> list[Consumer]:
    return [each.consumer for each in _flowing(lines) if each.consumer.delivery.kind is Kind.AUDIO]


def _is_sound(publication: Publication) -> bool:
    return publication.producer.track.kind is Kind.AUDIO


def _flowing(lines: Sequence[Line]) -> Iterator[Subscription]:
    for line in lines:
        for subscription in line.subscriptions.values():
            if not subscription.consumer.paused and not subscription.publication.producer.paused:
                yield subscription


def _down_bps(lines: Sequence[Line]) -> float:
    told = [line.downlink.estimate_bps for line in lines]
    return max((each for each in told if each is not None), default=START_BPS)


def _up_bps(lines: Sequence[Line]) -> float:
    told = [line.uplink.estimate_bps for line in lines]
    return max((each for each in told if each is not None), default=CEILING_BPS)
