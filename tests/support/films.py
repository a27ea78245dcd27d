"""A film made here: a number in every frame, as light and dark fields, and a tone."""

from __future__ import annotations

import functools
import io
import math
from array import array
from fractions import Fraction
from typing import Any

import av

WIDTH, HEIGHT = 160, 90
FRAMES_A_SECOND = 5
BITS = 10
SOUND_HZ = 48_000
SOUND_FRAME = 960
TONE_HZ = 500

READ_NUMBER = """(film) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
    const ctx = canvas.getContext("2d");
    ctx.drawImage(film, 0, 0);
    let number = 0;
    for (let bit = 0; bit < 10; bit++) {
        const x = Math.floor((canvas.width * (bit + 0.5)) / 10);
        const [red] = ctx.getImageData(x, canvas.height / 2, 1, 1).data;
        if (red > 128) number += 2 ** bit;
    }
    return number;
}"""
"""The number of the frame that a video element shows."""


@functools.cache
def webm(seconds: int) -> bytes:
    """VP8 and Opus, with its length and places to jump to in its head."""
    made = io.BytesIO()
    with av.open(made, "w", format="webm") as container:
        picture: Any = container.add_stream("libvpx", rate=FRAMES_A_SECOND)
        picture.codec_context.thread_count = 1  # its threads wait for each other by spinning
        picture.width, picture.height, picture.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        picture.options = {"deadline": "realtime", "cpu-used": "8", "g": "10"}
        sound: Any = container.add_stream("libopus", rate=SOUND_HZ)
        sound.layout = "mono"
        for number in range(seconds * FRAMES_A_SECOND):
            container.mux(picture.encode(_frame(number)))
            per_frame = SOUND_HZ // FRAMES_A_SECOND // SOUND_FRAME
            for part in range(per_frame):
                container.mux(sound.encode(_tone(number * per_frame + part)))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))
    return made.getvalue()


def _frame(number: int) -> av.VideoFrame:
    frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
    light, *colours = frame.planes
    row = b"".join(
        bytes([235 if number >> bit & 1 else 16]) * (WIDTH // BITS) for bit in range(BITS)
    )
    light.update(row.ljust(light.line_size, b"\x10") * HEIGHT)
    for plane in colours:
        plane.update(bytes([128]) * plane.buffer_size)
    frame.pts, frame.time_base = number, Fraction(1, FRAMES_A_SECOND)
    return frame


@functools.cache
def _wave() -> bytes:
    """A whole number of swings, so that one frame follows the other."""
    turns = (2 * math.pi * TONE_HZ * at / SOUND_HZ for at in range(SOUND_FRAME))
    return array("h", (int(math.sin(turn) * 3000) for turn in turns)).tobytes()


def _tone(part: int) -> av.AudioFrame:
    frame = av.AudioFrame("s16", "mono", SOUND_FRAME)
    frame.planes[0].update(_wave().ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.pts = SOUND_HZ, part * SOUND_FRAME
    frame.time_base = Fraction(1, SOUND_HZ)
    return frame
