"""Policy: what is done at which loss.

One table for each direction; the rows and their figures are those that were measured with Chromium
156 through a lossy relay (docs/weak_network.md); what lies between two rows is the deeper one's.
How much of it a line has room for is `fitting`'s.

Sources: RFC 2198 (redundant sound), RFC 4588 (retransmission), RFC 8854 section 4.3 (redundancy
must not congest what loses by congestion), ITU-T G.114 (how much delay a talk bears).
"""

from __future__ import annotations

from dataclasses import replace

from media.repair.loss_sense import Sensed
from media.repair.remedy import Buffers, Down, Level, Up

LIMITS: tuple[tuple[float, Level], ...] = (
    (0.03, Level.CALM),
    (0.15, Level.LIGHT),
    (0.35, Level.WEAK),
    (0.56, Level.HEAVY),
)
"""Up to which loss a level goes; what is beyond all of them is severe."""

DOWN: dict[Level, Down] = {
    Level.CALM: Down(),
    # Measured at 10 %: depth 3 and 150 ms, 0.14 % concealed with both ends bad.
    Level.LIGHT: Down(
        level=Level.LIGHT,
        depth=3,
        sound=Buffers(150, 150),
        picture=Buffers(200, 250),
    ),
    # 30 %: depth 5 to 6 and 250 ms, 0.00 %. With 2 copies 12.3 of 15 pictures came in the product.
    Level.WEAK: Down(
        level=Level.WEAK,
        depth=6,
        sound=Buffers(250, 250),
        picture=Buffers(300, 350),
        copies=4,
        copy_spacing_s=0.02,
        is_small=True,
        repeats=2,
    ),
    # 50 %: depth 10, 400 ms with both ends bad, 0.08 %. More than the 5 copies measured then.
    Level.HEAVY: Down(
        level=Level.HEAVY,
        depth=10,
        sound=Buffers(300, 400),
        picture=Buffers(450, 550),
        copies=8,
        is_small=True,
        repeats=3,
        opus=1,
    ),
    # 70 %: depth 17, a late copy, 13 copies of pictures; 0.00 % at 500 ms, 0.55 % at 700 ms and
    # both ends bad.
    Level.SEVERE: Down(
        level=Level.SEVERE,
        depth=17,
        echo=True,
        sound=Buffers(500, 700),
        picture=Buffers(700, 750),
        copies=13,
        is_small=True,
        repeats=3,
        opus=2,
    ),
}

UP: dict[Level, Up] = {
    Level.CALM: Up(),
    Level.LIGHT: Up(level=Level.LIGHT, depth=3, sound=Buffers(150, 150), picture=Buffers(200, 250)),
    # 30 %: asked twice each 20 ms.
    Level.WEAK: Up(
        level=Level.WEAK,
        depth=6,
        opus=1,
        sound=Buffers(250, 250),
        picture=Buffers(300, 350),
        is_camera_small=True,
        nack_wait_s=0.01,
        nack_times=2,
        is_speculative=True,
        is_masked=True,
    ),
    # 50 %: each 10 ms, what stays missing in up to three packets, and ahead of time.
    Level.HEAVY: Up(
        level=Level.HEAVY,
        depth=10,
        opus=2,
        sound=Buffers(300, 400),
        picture=Buffers(450, 550),
        is_camera_small=True,
        nack_wait_s=0.01,
        nack_times=3,
        is_speculative=True,
        is_masked=True,
    ),
    # 70 %: up to four; 690 kbit/s for all pictures in time, where five from the start took 1190.
    # Of rows of 5 packets 17 frames leave 0.3 to 2.6 %, and a browser sends no late copy.
    Level.SEVERE: Up(
        level=Level.SEVERE,
        depth=23,
        opus=2,
        sound=Buffers(550, 700),
        picture=Buffers(700, 750),
        is_camera_small=True,
        nack_wait_s=0.01,
        nack_times=4,
        is_speculative=True,
        is_masked=True,
    ),
}

WITHOUT_ECHO = Buffers(350, 700)
"""Of a severe line that has no room for the late copy: what 17 frames reach back."""
BURSTY_FRAMES, BURSTY = 2.5, 1.6
"""Frames of sound a mean burst outlasts, and times what chance alone makes, to be a burst: 10
packets in a row at 30 % take 17 frames and the late copy (0.67 % concealed), however little is lost
besides."""
BURSTY_BUFFERS = Buffers(600, 700)
_FRAME_MS = 20


def level_of(loss: float) -> Level:
    """Of a share of packets lost."""
    for most, level in LIMITS:
        if loss <= most:
            return level
    return Level.SEVERE


def is_bursty(sensed: Sensed) -> bool:
    """Whether losses come in rows that earlier frames in the next packets do not outlast."""
    if sensed.loss <= 0:
        return False
    chance = 1 / max(1 - sensed.loss, 0.05)
    frames = sensed.burst * 1000 / _FRAME_MS / max(sensed.packets_per_second, 1000 / _FRAME_MS)
    return sensed.burst > BURSTY * chance and frames >= BURSTY_FRAMES


def against_bursts_down(down: Down, is_bursty: bool) -> Down:
    """What is done where losses come in long rows, whatever else."""
    if not is_bursty or down.level is Level.CALM:
        return down
    return replace(down, depth=17, echo=True, sound=BURSTY_BUFFERS, picture=BURSTY_BUFFERS)


def against_bursts_up(up: Up, is_bursty: bool) -> Up:
    """The same of the other direction."""
    if not is_bursty or up.level is Level.CALM:
        return up
    opus = max(up.opus, 1)
    return replace(up, depth=27, opus=opus, sound=BURSTY_BUFFERS, picture=BURSTY_BUFFERS)
