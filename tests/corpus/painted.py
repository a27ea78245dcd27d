"""A page with items of every kind but pictures, and how a browser paints it: `painted.png`.

Run as `python -m tests.corpus.painted` with the built client: the real player shows the page in a
real Chromium, and what is on the page's paper is kept, as wide as it was on the screen.
"""

from __future__ import annotations

import asyncio
import base64
import io
import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from bench import recorded_page as player
from whiteboard.stroke import pack

FILE = Path(__file__).with_name("painted.png")
SIZE = (864, 486)
"""Of the paper of a page of 1280 x 720 in the player's board."""
Item = dict[str, Any]
_COMMON: Item = {"by": "ann", "at": 1, "m": [1, 0, 0, 1, 0, 0], "text": ""}
_TURNED = [0.9, 0.3, -0.3, 0.9, 60, -200]
_WORDS = "The derivative of x² is 2x. 导数的定义：函数在某一点的变化率，写作 f′(x)。"


def _wave(y: float, *, is_pressed: bool = False) -> bytes:
    return pack(
        (60 + n * 6, y + 30 * math.sin(n / 5), min(255, n * 4) if is_pressed else 128)
        for n in range(60)
    )


_ITEMS: list[Item] = [
    {"t": "pen", "c": "#1d1c1a", "w": 4, "o": 1, "s": 0, "d": _wave(80, is_pressed=True)},
    {"t": "pen", "c": "#12656d", "w": 12, "o": 1, "s": 1, "d": _wave(160)},
    {"t": "pen", "c": "#c0392b", "w": 7, "o": 0.5, "s": 1, "d": _wave(240)},
    {
        "t": "hl",
        "c": "#ffd84a",
        "w": 20,
        "o": 0.45,
        "s": 1,
        "d": pack((60 + n * 8, 160, 128) for n in range(40)),
    },
    {
        "t": "rect",
        "x": 500,
        "y": 60,
        "w": 160,
        "h": 100,
        "c": "#2f62c4",
        "sw": 3,
        "ds": 1,
        "fill": "#dbe6fa",
    },
    {
        "t": "ell",
        "x": 700,
        "y": 60,
        "w": 160,
        "h": 100,
        "c": "#8a4fb0",
        "sw": 5,
        "ds": 0,
        "fill": "",
        "m": _TURNED,
    },
    {"t": "arrow", "x": 500, "y": 220, "w": 200, "h": 60, "c": "#a65500", "sw": 5, "ds": 0},
    {"t": "line", "x": 500, "y": 300, "w": 300, "h": 0, "c": "#1d1c1a", "sw": 3, "ds": 2},
    {
        "t": "poly",
        "d": pack([(900, 80, 0), (1000, 60, 0), (1040, 160, 0), (930, 200, 0)]),
        "c": "#c0392b",
        "sw": 3,
        "ds": 0,
        "fill": "#fbdfd9",
    },
    {"t": "text", "x": 60, "y": 320, "w": 380, "h": 60, "c": "#1d1c1a", "fs": 24, "text": _WORDS},
    {
        "t": "note",
        "x": 500,
        "y": 340,
        "w": 240,
        "h": 160,
        "c": "#fdeeb3",
        "fs": 20,
        "text": "Remember: 乘法公式 (a+b)²\nnext week",
    },
    {
        "t": "text",
        "x": 60,
        "y": 560,
        "w": 300,
        "h": 60,
        "c": "#2f62c4",
        "fs": 36,
        "text": "Turned",
        "m": [0.9, 0.3, -0.3, 0.9, 150, 0],
    },
]
NAMES = {"ann": "Amara Okafor"}


def items() -> dict[str, Item]:
    """By their ids, lowest first."""
    return {
        f"a-{number}": {**_COMMON, "z": f"a{number:02}", **item, "id": f"a-{number}"}
        for number, item in enumerate(_ITEMS)
    }


class _Answers(player.Answers):
    """A recording of this page alone."""

    def __init__(self) -> None:
        put = {
            item_id: item | ({"d": base64.b64encode(item["d"]).decode()} if "d" in item else {})
            for item_id, item in items().items()
        }
        page = player.PAGE | {"paper": "grid"}
        turned = {"ms": 0, "event": "turned", "page": page}
        self._texts = {
            "board.tape": player._text([{"ms": 1, "doc": player.DOC, "by": "ann", "put": put}]),
            "events.jsonl": player._text([player.EVENTS[0], turned]),
        }


async def picture() -> Image.Image:
    """The paper, as a browser shows it."""
    with TemporaryDirectory() as folder:
        async with (
            player.product(Path(folder)) as running,
            player.chromium(devices=False) as browser,
        ):
            page = await player.open_page(browser)
            for pattern in ("**/recorded/**", "**/api/recordings/**"):
                await page.route(pattern, _Answers().answer)
            await player._open(page, f"{running.address}/recordings/one")
            await page.evaluate(player.SEEK, [2_000])
            await asyncio.sleep(2)  # its letters come late
            shot = Image.open(io.BytesIO(await player._picture(page))).convert("RGB")
    white = (255, 255, 255)
    across, down = shot.width // 2 + 9, shot.height // 2 + 9  # between two lines of the paper
    left = next(x for x in range(shot.width) if shot.getpixel((x, down)) == white)
    top = next(y for y in range(shot.height) if shot.getpixel((across, y)) == white)
    return shot.crop((left, top, left + SIZE[0], top + SIZE[1]))


if __name__ == "__main__":
    asyncio.run(picture()).quantize(128).save(FILE, optimize=True)
