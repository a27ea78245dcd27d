"""Cards: names as pictures, for where nobody's camera is to be seen and under whose is."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageDraw

from recording.lettering import font, runs, shortened, width_of

Box = tuple[int, int]
"""Width and height."""

_GROUND: Final = (38, 37, 35)
_ROUND: Final = (18, 101, 109)
_INK: Final = (250, 249, 246)


def card(name: str, box: Box) -> Image.Image:
    """A quiet picture: initials in a round and the name under it. Nothing but the ground for
    nobody."""
    image = Image.new("RGB", box, _GROUND)
    if not name:
        return image
    draw = ImageDraw.Draw(image)
    wide, high = box
    radius, middle = high // 8, (wide // 2, high * 9 // 20)
    draw.ellipse(
        (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius),
        fill=_ROUND,
    )
    _centred(draw, initials(name), middle, radius)
    size = high // 20
    _centred(
        draw, shortened(name, wide * 0.8, size), (middle[0], middle[1] + radius * 7 // 4), size
    )
    return image


def tag(name: str, corner: Box) -> Image.Image:
    """A strip with the name that fits the lower edge of a face in the corner."""
    high = max(corner[1] // 7 // 2 * 2, 16)
    size = high * 3 // 5
    text = shortened(name, corner[0] - high, size)
    wide = min((int(width_of(text, size)) + high) // 2 * 2, corner[0])
    image = Image.new("RGB", (wide, high), _GROUND)
    _centred(ImageDraw.Draw(image), text, (wide // 2, high // 2), size)
    return image


def initials(name: str) -> str:
    """One letter of a Chinese name, of others the first of the first and of the last word."""
    words = [word for word in name.split() if word]
    if not words:
        return ""
    if len(words) == 1:
        return words[0][0].upper()
    return (words[0][0] + words[-1][0]).upper()


def _centred(draw: ImageDraw.ImageDraw, text: str, middle: tuple[int, int], size: int) -> None:
    left = middle[0] - width_of(text, size) / 2
    for part, is_chinese in runs(text):
        face = font(size, is_chinese=is_chinese)
        draw.text((left, middle[1]), part, font=face, fill=_INK, anchor="lm")
        left += face.getlength(part)
