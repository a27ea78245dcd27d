"""Layering: ink laid over pictures of a film.

A drawn picture with transparency becomes planes of light and colour once; laying them over a frame
touches the part alone in which something is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from PIL import Image, ImageChops

from recording.filming import BLACK, framed

_PLANES: Final = tuple(zip((1, 2, 2), BLACK, strict=True))
"""By how much each is smaller than the picture, and its value for nothing."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What is laid over a picture; `left` and `top` are even."""

    left: int
    top: int
    planes: tuple[Image.Image, ...]
    """Y, U and V, as dense as they are."""
    covers: tuple[Image.Image, ...]
    """Of each plane: how much of what is under it is hidden."""


def layer_of(image: Image.Image) -> Layer | None:
    """Of an RGBA picture with even sides whose colours are multiplied by its transparency; None
    when nothing is drawn on it."""
    found = image.getchannel("A").getbbox()
    if found is None:
        return None
    left, top, right, bottom = found
    left, top = left // 2 * 2, top // 2 * 2
    part = image.crop((left, top, right + right % 2, bottom + bottom % 2))
    *colours, cover = part.split()
    frame = framed(Image.merge("RGB", colours))
    planes = tuple(_read(plane, (0, 0, plane.width, plane.height)) for plane in frame.planes)
    half = cover.reduce(2)
    return Layer(left, top, planes, (cover, half, half))


def lay(onto: VideoFrame, layer: Layer, left: int, top: int) -> None:
    """Lays it over a picture, from this even place on. All of it has to lie inside."""
    for number, plane in enumerate(onto.planes):
        part, nothing = _PLANES[number]
        ink, cover = layer.planes[number], layer.covers[number]
        x, y = (left + layer.left) // part, (top + layer.top) // part
        under = _read(plane, (x, y, x + ink.width, y + ink.height))
        under.paste(nothing, (0, 0, *under.size), cover)
        _write(plane, (x, y), ImageChops.add(under, ink, 1, -nothing))


def _read(plane: VideoPlane, rect: tuple[int, int, int, int]) -> Image.Image:
    left, top, right, bottom = rect
    line = plane.line_size
    rows = bytes(memoryview(plane)[top * line : bottom * line])
    whole = Image.frombuffer("L", (plane.width, bottom - top), rows, "raw", "L", line, 1)
    return whole.crop((left, 0, right, bottom - top))


def _write(plane: VideoPlane, at: tuple[int, int], image: Image.Image) -> None:
    data, wide = memoryview(image.tobytes()), image.width
    target = memoryview(plane)
    for row in range(image.height):
        start = (at[1] + row) * plane.line_size + at[0]
        target[start : start + wide] = data[row * wide : (row + 1) * wide]
