"""The word of advice: what a browser on a weak network should do, in 32 bits.

It rides in sound packets, as the one contributing source (CSRC) of their RTP header, because on
such a network the signalling is what dies first. `web/src/media/advice.ts` reads the same; both
sides are held to tests/corpus/advice.json. From the highest bit on:

    0xA (4) | depth of redundancy to send with (5) | sound buffer (4) | picture buffer (4)
    | level down (2) | level up (2) | Opus (2) | camera small only (1) | camera off (1) | check (7)

Buffers are in steps of 50 ms, 0 for the browser's own choice. "Down" is server to browser. The
check adds up the other 25 bits, by bytes, with what is carried over the seventh bit added once
more.
"""

from __future__ import annotations

from typing import NamedTuple

from media.errors import LocalError

MAX_DEPTH = 31
BUFFER_STEP_MS = 50
MAX_BUFFER_MS = 15 * BUFFER_STEP_MS

_MAGIC = 0xA
_CHECK = 0x7F


class Advice(NamedTuple):
    """What one word says.

    `depth` is how many earlier frames to send with each (0..31); `sound_buffer_ms` and
    `picture_buffer_ms` are jitter buffer targets (0: none); `down` and `up` are 0 calm, 1 light or
    weak, 2 heavy, 3 severe; `opus` is 0 as always, 1 24 kbit/s, 2 16 kbit/s, 3 12 kbit/s.
    """

    depth: int = 0
    sound_buffer_ms: int = 0
    picture_buffer_ms: int = 0
    down: int = 0
    up: int = 0
    opus: int = 0
    is_camera_small: bool = False
    is_camera_off: bool = False


def pack_advice(advice: Advice) -> int:
    """The word. Buffers are rounded up to whole steps, and cut at the most a word can say.

    LocalError for a depth, level or rate that is none.
    """
    if not 0 <= advice.depth <= MAX_DEPTH:
        raise LocalError(f"a depth of {advice.depth}")
    if not all(0 <= value <= 3 for value in (advice.down, advice.up, advice.opus)):
        raise LocalError(f"{advice}")
    word = _MAGIC << 28 | advice.depth << 23
    word |= _steps(advice.sound_buffer_ms) << 19 | _steps(advice.picture_buffer_ms) << 15
    word |= advice.down << 13 | advice.up << 11 | advice.opus << 9
    word |= advice.is_camera_small << 8 | advice.is_camera_off << 7
    return word | _check_of(word)


def read_advice(word: int) -> Advice | None:
    """What a contributing source says; None when it is no word of advice, or a damaged one."""
    depth = word >> 23 & 0x1F
    if word >> 28 != _MAGIC or word & _CHECK != _check_of(word):
        return None
    return Advice(
        depth,
        (word >> 19 & 0xF) * BUFFER_STEP_MS,
        (word >> 15 & 0xF) * BUFFER_STEP_MS,
        word >> 13 & 3,
        word >> 11 & 3,
        word >> 9 & 3,
        bool(word >> 8 & 1),
        bool(word >> 7 & 1),
    )


def _steps(milliseconds: int) -> int:
    return -(-min(max(milliseconds, 0), MAX_BUFFER_MS) // BUFFER_STEP_MS)


def _check_of(word: int) -> int:
    total = sum((word & ~_CHECK & 0xFFFFFFFF).to_bytes(4, "big"))
    return (total + (total >> 7)) & _CHECK
