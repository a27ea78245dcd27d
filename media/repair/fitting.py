"""Fitting: how much of what the policy wants a line has room for.

Redundancy is never more than the line carries. It is spent in the order in which it helps: sound
with earlier frames, one small picture and the copies it needs, sound once more, the other copies;
what has no room is left out. A voice keeps a little of it on any line, however little is estimated
(`FLOOR_BPS`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from media.repair.cost import FRAMES_PER_SECOND, protected_bps
from media.repair.policy import (
    DOWN,
    UP,
    WITHOUT_ECHO,
    against_bursts_down,
    against_bursts_up,
)
from media.repair.redundancy import MAX_DEPTH
from media.repair.remedy import ALWAYS_DEPTH, Down, Level, Remedy, Up

MOST_DOWN_BPS = 2_400_000
"""Of all that a weak line gets, however much it carries."""
OPUS_BPS = (32_000, 24_000, 16_000, 12_000)
"""What the words of `Up.opus` stand for; the first is what browsers take by themselves."""
LEAST_OPUS = len(OPUS_BPS) - 1
SMALL_PICTURE_BPS = 110_000
"""A camera of 320x180 at 15 frames a second."""
LEAST_PICTURE_BPS = 60_000
"""The same at 8 frames a second: the least worth its name."""
NEEDED_COPIES = 7
"""Of a picture at 70 %: with as many 13.8 of 15 pictures a second came, and 7.5 of 8."""
ELASTIC_FROM = 2
"""Copies that have to fit for their number to be left to the line's rate."""
SLOW_SHARE = 0.6
"""Of a picture's bits are in every second of its frames."""
NARROW_BPS = 1_000_000
"""A severe line that carries less asks for the smallest sound: 12 kbit/s and pictures at 8 frames a
second were whole in 762 kbit/s."""
FLOOR_BPS = 140_000
"""Of all sound, what heavy and severe losses get against them even if less is estimated: 12 kbit/s
with 7 frames, of which 6 % are lost at 70 %, where 4 in 100 kbit/s leave 17 %. A line of 100
kbit/s, the least there is an estimate of, loses less than a third of it by itself, so that it is no
heavy one for what is spent here."""
_PACKET_HEADERS_BPS = 64 * 8 * 50


@dataclass(frozen=True, slots=True)
class Load:
    """What a browser gets without any repair, in bits a second on the wire: all the sound, and the
    smallest form of the picture that matters most to it (0: none). `has_camera`: it sends one.
    `frames` are of one sound in a second. `is_plain`: it reads no earlier frames in sound.
    """

    sound_bps: float = 57_600.0
    sounds: int = 1
    picture_bps: float = SMALL_PICTURE_BPS
    has_camera: bool = True
    frames: float = FRAMES_PER_SECOND
    is_plain: bool = False


class Way(NamedTuple):
    """One direction of a browser's lines: how bad it is, what it carries in bits a second, and
    whether losses come in long rows.
    """

    level: Level
    capacity_bps: float
    is_bursty: bool = False


def remedy_for(down: Way, up: Way, load: Load, *, far: int = 0) -> Remedy:
    """What is done for a browser.

    `far` is the size of sound (as `Up.opus`) that those who hear it can take at most.
    """
    return Remedy(
        fitting_down(against_bursts_down(DOWN[down.level], down.is_bursty), down, load),
        fitting_up(against_bursts_up(UP[up.level], up.is_bursty), up.capacity_bps, load, far),
    )


def fitting_down(down: Down, way: Way, load: Load) -> Down:
    """As much of `down` as the line carries beside what it has to. Where losses
    come in rows the late copy of sound goes before pictures, elsewhere behind what they need.
    """
    if down.level is Level.CALM:
        return down
    if load.is_plain:
        return _fitting_plain(down, way, load)
    room = min(way.capacity_bps, MOST_DOWN_BPS)
    depth = _deepest(down.depth, _for_sound(down.level, room), load)
    sound_bps = _sound_bps(load, depth)
    room -= sound_bps
    needed = 0.0 if way.is_bursty else load.picture_bps * (1 + min(down.copies, NEEDED_COPIES))
    is_echoed = down.echo and sound_bps + needed <= room
    if is_echoed:
        room -= sound_bps
    return replace(
        down,
        depth=depth,
        echo=is_echoed,
        copies=_copies(down.copies, room, load.picture_bps),
        sound=WITHOUT_ECHO if down.echo and not is_echoed else down.sound,
        opus=LEAST_OPUS if _wants_least(down, way.capacity_bps, load.sounds) else down.opus,
    )


def _fitting_plain(down: Down, way: Way, load: Load) -> Down:
    """The same for a browser that gets each packet of sound once more instead of earlier frames.
    Its packets are no smaller for smaller sound, and what Opus repairs by itself goes with that.
    """
    room = min(way.capacity_bps, MOST_DOWN_BPS)
    sound_bps = _sound_bps(load, 0)
    most_bps = _for_sound(down.level, room)
    is_echoed = (down.echo or down.level >= Level.WEAK) and 2 * sound_bps <= most_bps
    room -= sound_bps * (1 + is_echoed)
    is_narrow = down.level >= Level.HEAVY and 2 * load.sounds * opus_bps(0) > most_bps
    copies = _copies(down.copies, room, load.picture_bps)
    opus = LEAST_OPUS if is_narrow else 0
    return replace(down, depth=0, echo=is_echoed, copies=copies, opus=opus)


def _wants_least(down: Down, capacity_bps: float, sounds: int) -> bool:
    """Whether all that is heard on the line should be as small as sound can be."""
    if down.level is Level.SEVERE:
        return capacity_bps < NARROW_BPS
    whole_bps = sounds * protected_bps(opus_bps(down.opus), down.depth)
    return down.level is Level.HEAVY and capacity_bps < whole_bps


def _for_sound(level: Level, capacity_bps: float) -> float:
    """What sound may take of a line that carries as much."""
    return max(capacity_bps, FLOOR_BPS) if level >= Level.HEAVY else capacity_bps


def wished_bps(level: Level) -> int:
    """What a line at that level would be given if it carried it: as much is worth a probe."""
    if level < Level.WEAK:
        return 0
    down = DOWN[level]
    sound_bps = protected_bps(opus_bps(down.opus), down.depth) * (2 if down.echo else 1)
    return int(min(sound_bps + SMALL_PICTURE_BPS * (1 + down.copies), MOST_DOWN_BPS))


def _copies(most: int, room: float, picture_bps: float) -> int:
    """Of a picture, besides itself; with half of its frames where that is what fits. Where a few
    fit all may be made: they end when one came, and leave as far as the line's rate has room.
    """
    if not picture_bps:
        return 0
    fit = max(int(room / (picture_bps * SLOW_SHARE)) - 1, 0)
    return most if fit >= ELASTIC_FROM else min(most, fit)


def _sound_bps(load: Load, depth: int) -> float:
    each_bps = load.sound_bps / max(load.sounds, 1)
    return load.sounds * protected_bps(each_bps, depth, load.frames)


def _deepest(depth: int, room: float, load: Load) -> int:
    """Frames of `depth` that fit, and never fewer than on a line that loses nothing."""
    while depth > ALWAYS_DEPTH and _sound_bps(load, depth) > room:
        depth -= 1
    return depth


def fitting_up(up: Up, capacity_bps: float, load: Load, far: int) -> Up:
    """As much of `up` as the line carries: sound is made smaller first, then goes with fewer
    frames; a camera that has no room beside it is switched off. Frames beyond `MAX_DEPTH` go where
    there is room for them beside the camera.
    """
    opus = max(up.opus, far)
    if up.level is Level.CALM:
        return replace(up, opus=opus)
    needed = min(up.depth, MAX_DEPTH)
    opus = _smallest(up.level, needed, opus, capacity_bps)
    depth = _deepest(needed, _for_sound(up.level, capacity_bps), Load(opus_bps(opus)))
    left = capacity_bps - protected_bps(opus_bps(opus), depth)
    is_off = load.has_camera and left < LEAST_PICTURE_BPS * _asked_again(up.level)
    if depth == MAX_DEPTH:
        beside = SMALL_PICTURE_BPS * _asked_again(up.level)
        depth = max(_deepest(up.depth, capacity_bps - beside, Load(opus_bps(opus))), depth)
    return replace(up, opus=opus, depth=depth, is_camera_off=is_off)


def _smallest(level: Level, depth: int, opus: int, capacity_bps: float) -> int:
    """The largest size of sound, from `opus` on, that leaves room for a camera; or the least."""
    for size in range(opus, len(OPUS_BPS)):
        taken = protected_bps(opus_bps(size), depth)
        if taken + SMALL_PICTURE_BPS * _asked_again(level) <= capacity_bps:
            return size
    return LEAST_OPUS


def _asked_again(level: Level) -> float:
    """Times what a picture takes when what is lost of it is sent again until it comes."""
    return 1 / (1 - level.loss)


def opus_bps(opus: int) -> float:
    """Of one microphone at that size, on the wire."""
    return OPUS_BPS[opus] + _PACKET_HEADERS_BPS
