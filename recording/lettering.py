"""Lettering: faces of letters for pictures that we draw, and words broken into lines of a width.

Letters come from the fonts of the machine: one for Latin letters and their like, one for Chinese,
Japanese and Korean. Where none is found Pillow's own is used, which knows no Chinese. Lines are
broken as `web/src/board/kernel/text_layout.ts` does it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

LINE_HEIGHT: Final = 1.3
"""Of a line by the size of its letters, as on the board."""
_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")
_LATIN: Final = ("NotoSans-Regular", "DejaVuSans", "LiberationSans-Regular", "Helvetica")
_CJK: Final = ("NotoSansCJK-Regular", "NotoSansSC-Regular", "PingFang", "wqy-microhei")

CJK: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_CLOSING: Final = "、。，．！？；：）」』】〉》〕〗’”…‥ー々ゝゞっゃゅょッャュョ·・)]}!?;:,.%"
_OPENING: Final = "（「『【〈《〔〖‘“([{"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Measure = Callable[[str], float]


@lru_cache(maxsize=1)
def _files() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Font files of the machine, the ones we would rather have first: Latin, and Chinese."""
    found: list[Path] = []
    for folder in _FOLDERS:
        root = Path(folder)
        if root.is_dir():
            found += [
                path for path in sorted(root.rglob("*")) if path.suffix in (".ttf", ".ttc", ".otf")
            ]

    def wanted(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(path) for name in names for path in found if path.stem == name)

    return wanted(_LATIN), wanted(_CJK)


def has_chinese() -> bool:
    """Whether this machine has letters for Chinese; without them they are drawn as boxes."""
    return bool(_files()[1])


@lru_cache(maxsize=64)
def font(size: int, *, is_chinese: bool = False) -> Font:
    """A face of this height in pixels."""
    latin, chinese = _files()
    for name in (*chinese, *latin) if is_chinese else (*latin, *chinese):
        try:
            # Of a collection the third face is simplified Chinese, where there are so many.
            return ImageFont.truetype(name, size, index=2 if name.endswith(".ttc") else 0)
        except OSError:
            continue
    return ImageFont.load_default(size)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Parts of a line that one face can write, and whether it is the Chinese one."""
    start, is_chinese = 0, False
    for at, letter in enumerate(text):
        here = bool(CJK.match(letter)) or (is_chinese and letter.isspace())
        if here != is_chinese:
            if at > start:
                yield text[start:at], is_chinese
            start, is_chinese = at, here
    if start < len(text):
        yield text[start:], is_chinese


@lru_cache(maxsize=20_000)
def width_of(text: str, size: int) -> float:
    """How wide a line is in pixels at this height of letters."""
    return sum(font(size, is_chinese=is_chinese).getlength(part) for part, is_chinese in runs(text))


def shortened(text: str, width: float, size: int) -> str:
    """The text, or its beginning with an ellipsis where it is wider than that."""
    if width_of(text, size) <= width:
        return text
    text = text[: max(int(width / size * 4), 1)]
    while len(text) > 1 and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text}…"


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """Lines of every paragraph; an empty text is one empty line."""
    return [
        line
        for paragraph in re.split(r"\r\n|\r|\n", text)
        for line in _paragraph(paragraph, width, measure)
    ]


def pieces(paragraph: str) -> list[str]:
    """Parts between which a line may end; spaces stay with the part before them."""
    found: list[str] = []
    for letter in _letters(paragraph):
        if found and _is_joined(found[-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _letters(text: str) -> Iterator[str]:
    """Letters with the marks that belong to them."""
    letter = ""
    for sign in text:
        is_mark = bool(unicodedata.combining(sign)) or sign in "\u200d\ufe0f"
        if letter and (is_mark or letter.endswith("\u200d")):
            letter += sign
        else:
            if letter:
                yield letter
            letter = sign
    if letter:
        yield letter


def _is_joined(before: str, letter: str) -> bool:
    is_space = letter[0].isspace()
    if before[-1].isspace():
        return is_space
    if is_space or letter[0] in _CLOSING or before[-1] in _OPENING:
        return True
    if letter == "—" or before[-1] == "—":
        return letter == before[-1]
    if before[-1] in "-–" and letter[0].isalpha():
        return len(before) == 1
    if unicodedata.category(letter[0]) == "So" or unicodedata.category(before[-1]) == "So":
        return False
    return not (CJK.match(letter) or CJK.match(before[-1]))


def _paragraph(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    line, taken = "", 0.0
    for piece in pieces(paragraph):
        word, space = measure(piece.rstrip()), measure(piece)
        if line and taken + word > width:
            yield line.rstrip()
            line, taken = "", 0.0
        if word > width:
            *whole, rest = _broken(piece, width, measure)
            yield from whole
            line, taken = rest, measure(rest)
        else:
            line, taken = line + piece, taken + space
    yield line.rstrip()


def _broken(word: str, width: float, measure: Measure) -> list[str]:
    """Parts of a word that is longer than a line; at least one letter each."""
    parts, part, taken = [], "", 0.0
    for letter in _letters(word):
        wide = measure(letter)
        if part and taken + wide > width and letter.strip():
            parts.append(part)
            part, taken = "", 0.0
        part, taken = part + letter, taken + wide
    parts.append(part)
    return parts
