"""Meter: how many bits a second one encoding takes, by temporal layer, as a receiver would get it.

A mean over a window, so that a burst counts by what it brings and not by its peak: how long a burst
may last before it matters is then a question of the link it has to pass. A shared screen that
begins to play a film is too much for a link of 500 kbit/s after a third of a second; a page that
is turned costs nobody a face on a link that carries it in half a second. What comes faster than
this tells shows in the queue in front of the link.
"""

from __future__ import annotations

from collections import deque

from media.source import Kind, Source

OVERHEAD_BYTES = 64
"""Of one packet beside its payload: RTP header 12, extensions 8, authentication tag 16, UDP and
IPv4 28. Sound is a third larger by it."""
TEMPORAL_LAYERS = 3
"""Layers told apart; browsers make no more (L1T3), and what lies above counts as the highest."""
WINDOW = 1.5
"""Seconds; after half of it half of a sustained step shows, and after it a burst is forgotten."""
EACH = 0.1
"""Seconds between two samples, and between two judgements."""
_LEAST = 0.4
"""Seconds a young stream is judged by at least: its first picture is a burst in itself."""
_GUESSED_SHARES = ((1.0,), (0.6, 1.0), (0.4, 0.6, 1.0))
"""libvpx's split of the bits among temporal layers, cumulative, by the number of layers."""
_GUESSED_BPS = (150_000, 500_000, 1_500_000)
"""By spatial layer of a simulcast camera, as our own client encodes it; measured soon enough."""
_GUESSED_SOUND_BPS = 60_000
_GUESSED_SCREEN_BPS = 1_000_000


class Meter:
    """Of one encoding. `octets`, by temporal layer, is counted up by the stream itself, which
    calls `begin` before the first packet and `sample` before any that comes at `sample_at` or
    later. Until a window has passed from a beginning, `guess_bps` is the least that is shown.
    """

    __slots__ = (
        "_begun_at",
        "_guess_bps",
        "_is_layer",
        "_rates",
        "_read_at",
        "_samples",
        "octets",
        "sample_at",
    )

    def __init__(self, guess_bps: int, *, is_layer: bool) -> None:
        self.octets = [0] * 8
        """The codecs have three bits for a temporal layer."""
        self.sample_at = float("inf")
        self._guess_bps = guess_bps
        self._is_layer = is_layer
        self._samples: deque[tuple[float, tuple[int, ...]]] = deque(maxlen=int(WINDOW / EACH) + 2)
        self._begun_at: float | None = None
        self._read_at = float("-inf")
        self._rates: tuple[int, ...] = (0,)

    def begin(self, now: float) -> None:
        """The first packet comes, or the first after a silence.

        One of several simulcast layers was switched off meanwhile, and is unknown again. Any other
        stream was quiet, as a screen is that nobody touches, and stays known for it.
        """
        if self._begun_at is None or self._is_layer:
            self._begun_at = now
            self._samples.clear()
            self._read_at = float("-inf")
        self.sample(now)

    def sample(self, now: float) -> None:
        """Remembers what came before `now`."""
        self._samples.append((now, tuple(self.octets)))
        self.sample_at = now + EACH

    def rates(self, *, now: float) -> tuple[int, ...]:
        """Bits per second with temporal layers 0, 0..1, 0..2, as many as were seen; never falling.

        Judged at most each 100 ms: in between, the same tuple. Zero before the first packet.
        """
        if self._begun_at is None or 0 <= now - self._read_at < EACH:
            return self._rates
        self._read_at = now
        if now >= self.sample_at:
            self.sample(now)
        rates = self._means(now)[: self._layers()]
        if now - self._begun_at < WINDOW:
            shares = _GUESSED_SHARES[len(rates) - 1]
            rates = [
                max(rate, share * self._guess_bps)
                for rate, share in zip(rates, shares, strict=True)
            ]
        self._rates = tuple(map(int, rates))
        return self._rates

    def _layers(self) -> int:
        """How many temporal layers were seen; at least one."""
        if any(self.octets[2:]):
            return TEMPORAL_LAYERS
        return 2 if self.octets[1] else 1

    def _means(self, now: float) -> list[float]:
        """Mean bits per second over the window, cumulative by temporal layer."""
        since = now - WINDOW
        at, before = next(
            (sample for sample in reversed(self._samples) if sample[0] <= since), self._samples[0]
        )
        scale = 8 / max(now - at, _LEAST)
        everything = sum(self.octets) - sum(before)
        base = self.octets[0] - before[0]
        middle = base + self.octets[1] - before[1]
        return [base * scale, middle * scale, everything * scale]


def meter_of(source: Source, layers: int, spatial: int) -> Meter:
    """The meter of layer `spatial` of a track of so many `layers`, with a guess to begin with."""
    if source.kind is Kind.AUDIO:
        guess_bps = _GUESSED_SOUND_BPS
    elif source is Source.SCREEN and spatial == layers - 1:
        guess_bps = _GUESSED_SCREEN_BPS
    else:
        guess_bps = _GUESSED_BPS[min(spatial, 2) if layers > 1 else 1]
    return Meter(guess_bps, is_layer=layers > 1)
