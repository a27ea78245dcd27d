"""A voice that is nobody's: syllables out of pulses and resonances, for a browser's microphone.

Speech as far as codecs and concealment care: voiced sound with moving formants (about those of
Peterson and Barney, 1952), hisses between, pauses after phrases. The same voice each time.
"""

from __future__ import annotations

import math
import random
import struct
import wave
from pathlib import Path

RATE = 16_000
SECONDS = 12
_FORMANTS_HZ = ((730, 1090, 2440), (270, 2290, 3010), (530, 1840, 2480), (300, 870, 2240))
_WIDTHS_HZ = (80.0, 110.0, 160.0)
_PEAK = 0.5
_SYLLABLE_S = (0.14, 0.26)
_PAUSE_S = (0.25, 0.45)
_SYLLABLES_A_PHRASE = 9


class _Resonance:
    """A two-pole filter (D. H. Klatt, 1980, section I.C)."""

    def __init__(self, frequency_hz: float, width_hz: float) -> None:
        radius = math.exp(-math.pi * width_hz / RATE)
        self._b = 2 * radius * math.cos(2 * math.pi * frequency_hz / RATE)
        self._c = -radius * radius
        self._a = 1 - self._b - self._c
        self._last = self._before = 0.0

    def pass_on(self, value: float) -> float:
        out = self._a * value + self._b * self._last + self._c * self._before
        self._before, self._last = self._last, out
        return out


def _hiss(chance: random.Random, count: int) -> list[float]:
    return [0.05 * chance.uniform(-1, 1) for _ in range(count)]


def _vowel(chance: random.Random, count: int, pitch_hz: float) -> list[float]:
    """A vowel that rises and falls within its syllable."""
    formants = chance.choice(_FORMANTS_HZ)
    filters = [_Resonance(*each) for each in zip(formants, _WIDTHS_HZ, strict=True)]
    out = []
    phase = 0.0
    for index in range(count):
        place = index / count
        phase += pitch_hz * (1.1 - 0.2 * place) / RATE
        pulse = 1.0 if phase >= 1 else 0.0
        phase %= 1
        value = pulse * math.sin(math.pi * place)
        for each in filters:
            value = each.pass_on(value)
        out.append(value)
    return out


def samples(*, pitch_hz: float, seconds: float = SECONDS) -> list[float]:
    """-1 to 1 at `RATE`, some `seconds` long, ending in a pause."""
    chance = random.Random(round(pitch_hz))
    out: list[float] = []
    while len(out) < seconds * RATE:
        for _ in range(_SYLLABLES_A_PHRASE):
            out += _hiss(chance, round(chance.uniform(0.02, 0.06) * RATE))
            pitch = pitch_hz * chance.uniform(0.9, 1.15)
            out += _vowel(chance, round(chance.uniform(*_SYLLABLE_S) * RATE), pitch)
        out += [0.0] * round(chance.uniform(*_PAUSE_S) * RATE)
    peak = max(map(abs, out))
    hissing = 0.0005
    return [_PEAK * value / peak + chance.uniform(-hissing, hissing) for value in out]


def write_wave(file: Path, frames: bytes) -> Path:
    """One channel of little-endian 16-bit samples at `RATE`."""
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(frames)
    return file


def write_voice(file: Path, *, pitch_hz: float = 140.0, seconds: float = SECONDS) -> Path:
    """A file for `--use-file-for-fake-audio-capture`, which plays it again and again."""
    values = samples(pitch_hz=pitch_hz, seconds=seconds)
    whole = (round(value * 32767) for value in values)
    return write_wave(file, struct.pack(f"<{len(values)}h", *whole))
