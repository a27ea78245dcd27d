"""Meter: how many bits a second one encoding takes, by temporal layer, as a receiver would get it.

Counts packets as they come and judges over two windows: the short one shows a screen that begins
to move, the long one keeps in mind that it moved. A burst counts by its mean over the short window,
not by its peak: how long a burst may last before it matters is then a question of the link it has
to pass, and a page that is turned costs nobody a face on a link that takes it in half a second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from media.source import Kind, Source

OVERHEAD_BYTES = 64
"""Of one packet beside its payload: RTP header 12, extensions 8, authentication tag 16, UDP and
IPv4 28. Sound is a third larger by it."""
TEMPORAL_LAYERS = 3
"""Layers told apart; browsers make no more (L1T3), and what lies above counts as the highest."""
SHORT = 0.8
"""Seconds: half of a sustained step shows after 0.4 s."""
LONG = 2.0
"""Seconds after which a burst is forgotten."""
_SAMPLE = 0.1
_LEAST = 0.4
"""Seconds a young stream is judged by at least: its first picture is a burst in itself."""
_GUESSED_SHARES = ((1.0,), (0.6, 1.0), (0.4, 0.6, 1.0))
"""libvpx's split of the bits among temporal layers, cumulative, by the number of layers."""
_GUESSED_BPS = (150_000, 500_000, 1_500_000)
"""By spatial layer of a simulcast camera, as our own client encodes it; measured soon enough."""
_GUESSED_SOUND_BPS = 60_000
_GUESSED_SCREEN_BPS = 1_000_000


class Meter:
    """Of one encoding. `octets` by temporal layer is counted up by the stream, which calls
    `sample` first for every packet that comes at `sample_at` or later.

    Until a first window has passed, `guess_bps` is the least it shows. One that `may_pause` (a
    simulcast layer) is guessed anew when it comes back from a silence.
    """

    __slots__ = (
        "_guess_bps",
        "_may_pause",
        "_rates",
        "_read_at",
        "_samples",
        "_started_at",
        "octets",
        "sample_at",
    )

    def __init__(self, guess_bps: int, *, may_pause: bool) -> None:
        self.octets = [0] * 8
        """The codecs have three bits for a temporal layer."""
        self.sample_at = float("-inf")
        self._samples: deque[tuple[float, tuple[int, ...]]] = deque(maxlen=int(LONG / _SAMPLE) + 2)
        self._guess_bps = guess_bps
        self._may_pause = may_pause
        self._started_at: float | None = None
        self._read_at = float("-inf")
        self._rates: tuple[int, ...] = (0,)

    def sample(self, now: float) -> None:
        """Remembers what came before `now`."""
        silence = now - self.sample_at
        if self._started_at is None or (self._may_pause and silence > LONG):
            self._started_at = now
            self._samples.clear()
        self._samples.append((now, tuple(self.octets)))
        self.sample_at = now + _SAMPLE

    def rates(self, *, now: float) -> tuple[int, ...]:
        """Bits per second with temporal layers 0, 0..1, 0..2, as many as were seen; never falling.

        Judged at most each 100 ms: in between, the same tuple.
        """
        if self._started_at is None or 0 <= now - self._read_at < _SAMPLE:
            return self._rates
        self._read_at = now
        short, long = self._means(SHORT, now), self._means(LONG, now)
        count = self._layers()
        guessed: Sequence[float] = ()
        if now - self._started_at < SHORT:
            guessed = _GUESSED_SHARES[count - 1]
        rates = [max(pair) for pair in zip(short[:count], long[:count], strict=True)]
        for layer, share in enumerate(guessed):
            rates[layer] = max(rates[layer], share * self._guess_bps)
        self._rates = tuple(map(int, rates))
        return self._rates

    def _layers(self) -> int:
        """How many temporal layers were seen; at least one."""
        for layer in range(TEMPORAL_LAYERS - 1, 0, -1):
            if any(self.octets[layer:] if layer == TEMPORAL_LAYERS - 1 else (self.octets[layer],)):
                return layer + 1
        return 1

    def _means(self, window: float, now: float) -> list[float]:
        """Mean bits per second over `window`, cumulative by temporal layer."""
        at, before = self._samples[0]
        for sampled_at, octets in reversed(self._samples):
            if sampled_at <= now - window:
                at, before = sampled_at, octets
                break
        scale = 8 / max(now - at, _LEAST)
        gained = [new - old for new, old in zip(self.octets, before, strict=True)]
        base, middle = gained[0], gained[0] + gained[1]
        return [base * scale, middle * scale, sum(gained) * scale]


def meter_of(source: Source, layers: int, spatial: int) -> Meter:
    """The meter of layer `spatial` of a track of so many `layers`, with a guess to begin with."""
    if source.kind is Kind.AUDIO:
        guess_bps = _GUESSED_SOUND_BPS
    elif source is Source.SCREEN and spatial == layers - 1:
        guess_bps = _GUESSED_SCREEN_BPS
    else:
        guess_bps = _GUESSED_BPS[min(spatial, 2) if layers > 1 else 1]
    return Meter(guess_bps, may_pause=layers > 1)
