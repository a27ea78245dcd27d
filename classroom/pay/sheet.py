"""A sheet of paper that is written from the top downwards, as a PDF of A4 pages.

Western text is set in Helvetica, Chinese in the Song face of Adobe's Chinese fonts, run by run:
neither is embedded, since every reader of PDF brings them. The library that writes it is loaded
with the first sheet: it is large, and few are made.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

MM = 72 / 25.4
"""A millimetre in points."""
A4 = (210 * MM, 297 * MM)
HAN = "STSong-Light"
PLAIN, STRONG = "Helvetica", "Helvetica-Bold"
LEFT, RIGHT = 22 * MM, A4[0] - 22 * MM
TOP, BOTTOM = A4[1] - 24 * MM, 22 * MM
SMALL, TEXT, TITLE = 8.5, 10.0, 20.0
LEADING = 1.45
COLUMN = 34 * MM
"""Kept free for the amount at the end of a line."""
_PIECES = re.compile(r"[0-9]+|.", re.DOTALL)
PALE, RULE = (0.38, 0.38, 0.38), (0.8, 0.8, 0.8)


class Sheet:
    """Writes from the top downwards, on as many pages as it takes."""

    def __init__(self, title: str) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont(HAN))
        self._bytes = io.BytesIO()
        self._canvas: Any = Canvas(self._bytes, pagesize=A4, invariant=1)
        self._canvas.setTitle(title)
        self._y = TOP

    def write(
        self,
        text: str,
        *,
        size: float = TEXT,
        font: str = PLAIN,
        colour: tuple[float, float, float] = (0, 0, 0),
        width: float = RIGHT - LEFT,
    ) -> None:
        """A paragraph."""
        for line in broken(text, font, size, width):
            self._down(size)
            self._put(line, LEFT, font, size, colour)

    def pair(self, name: str, text: str) -> None:
        """A name and what it is, beside each other."""
        first = True
        for line in broken(text, PLAIN, TEXT, RIGHT - LEFT - COLUMN) or [""]:
            self._down(TEXT)
            if first:
                self._put(name, LEFT, PLAIN, TEXT, PALE)
            self._put(line, LEFT + COLUMN, PLAIN, TEXT, (0, 0, 0))
            first = False

    def row(
        self,
        text: str,
        amount: str,
        *,
        size: float = TEXT,
        font: str = PLAIN,
        colour: tuple[float, float, float] = (0, 0, 0),
    ) -> None:
        """A text, and an amount at the end of its first line."""
        for number, line in enumerate(broken(text, font, size, RIGHT - LEFT - COLUMN) or [""]):
            self._down(size)
            self._put(line, LEFT, font, size, colour)
            if number == 0:
                self._put(amount, RIGHT - width_of(amount, font, size), font, size, colour)

    def rule(self) -> None:
        """A line across."""
        self.space(2 * MM)
        self._canvas.setStrokeColorRGB(*RULE)
        self._canvas.setLineWidth(0.6)
        self._canvas.line(LEFT, self._y, RIGHT, self._y)
        self.space(2 * MM)

    def space(self, height: float) -> None:
        """Nothing."""
        self._y -= height

    def end(self) -> bytes:
        """The document."""
        self._canvas.save()
        return self._bytes.getvalue()

    def _down(self, size: float) -> None:
        self._y -= size * LEADING
        if self._y < BOTTOM:
            self._canvas.showPage()
            self._y = TOP - size * LEADING

    def _put(
        self, text: str, x: float, font: str, size: float, colour: tuple[float, float, float]
    ) -> None:
        self._canvas.setFillColorRGB(*colour)
        for run, is_han in runs(text):
            name = HAN if is_han else font
            self._canvas.setFont(name, size)
            self._canvas.drawString(x, self._y, run)
            x += _width(run, name, size)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it needs the Chinese font.

    Digits that touch Chinese letters are set as they are: 3月29日 is one word to a reader.
    """
    for is_han, letters in groupby(_marked(text), key=lambda one: one[1]):
        yield "".join(letter for letter, _ in letters), is_han


def _marked(text: str) -> Iterator[tuple[str, bool]]:
    for piece in _PIECES.finditer(text):
        start, end = piece.span()
        touches = _is_han(text[start - 1 : start]) or _is_han(text[end : end + 1])
        for letter in piece[0]:
            yield letter, _is_han(letter) or (piece[0].isdecimal() and touches)


def width_of(text: str, font: str, size: float) -> float:
    """In points."""
    return sum(_width(run, HAN if is_han else font, size) for run, is_han in runs(text))


def _width(run: str, font: str, size: float) -> float:
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(run, font, size))


def broken(text: str, font: str, size: float, width: float) -> list[str]:
    """Lines that fit: broken at spaces, between Chinese letters, and in words that are too long."""
    lines: list[str] = []
    line = ""
    for whole in _words(" ".join(text.split())):
        word = whole
        if line and width_of((line + word).rstrip(), font, size) > width:
            lines.append(line.rstrip())
            line = ""
        while width_of(word.rstrip(), font, size) > width:
            fits = next(
                n for n in range(len(word), 0, -1) if width_of(word[:n], font, size) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]
        line += word
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str) -> Iterator[str]:
    word = ""
    for letter in text:
        if word and (word[-1] == " " or _is_han(letter) or _is_han(word[-1])):
            yield word
            word = ""
        word += letter
    if word:
        yield word


def _is_han(letter: str) -> bool:
    """Whether Helvetica has no such letter."""
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False
