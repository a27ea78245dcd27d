"""Pages as pictures: every kind of item is where it is, and what changed is all that is painted."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from recording.filming import framed
from recording.layering import lay, layer_of
from recording.lettering import has_chinese, pieces, wrapped
from recording.pages import Page, Pages, Sheet, read_item
from recording.painting import STANDARD, Painter, view_of
from tests.corpus import painted as corpus
from whiteboard.stroke import pack

BOX = (1280, 720)
PAGE = Page("p1", 0, paper="plain", width=1280.0, height=720.0)
WHITE = (255, 255, 255)
INK = (192, 57, 43)
CORPUS = Path(__file__).parents[1] / "corpus" / "items.json"
COMMON: dict[str, Any] = {"by": "ann", "at": 1, "m": [1, 0, 0, 1, 0, 0], "z": "a0"}
LINE = pack([(x, 200, 128) for x in range(100, 400, 10)])
POINTS = pack([(100, 100, 128), (300, 100, 128), (300, 300, 128), (100, 300, 128)])
PLACE = {"x": 100, "y": 100, "w": 200, "h": 200}
C = "#c0392b"

ITEMS: dict[str, tuple[dict[str, Any], tuple[int, int]]] = {
    "pen": ({"t": "pen", "c": C, "w": 12, "o": 1, "s": 0, "d": LINE}, (250, 200)),
    "rect": ({"t": "rect", **PLACE, "c": C, "sw": 8, "ds": 0, "fill": ""}, (200, 100)),
    "ell": ({"t": "ell", **PLACE, "c": C, "sw": 8, "ds": 0, "fill": ""}, (200, 100)),
    "poly": ({"t": "poly", "d": POINTS, "c": C, "sw": 8, "ds": 0, "fill": ""}, (300, 200)),
    "line": ({"t": "line", **PLACE, "c": C, "sw": 8, "ds": 0}, (200, 200)),
    "arrow": ({"t": "arrow", **PLACE, "c": C, "sw": 8, "ds": 0}, (150, 150)),
    "note": ({"t": "note", **PLACE, "c": C, "fs": 20, "text": ""}, (200, 200)),
}


def sheet_of(*items: dict[str, Any]) -> Sheet:
    sheet = Sheet()
    for number, item in enumerate(items):
        sheet.put(f"a-{number}", {**COMMON, "z": f"a{number}", **item, "id": f"a-{number}"})
    return sheet


def painted(*items: dict[str, Any], page: Page = PAGE, **more: Any) -> Image.Image:
    painter = Painter(BOX, **more)
    painter.paint(page, sheet_of(*items))
    return painter.image


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    """The part of a rectangle that is not white."""
    mask = image.crop(box).convert("L").point(lambda value: 255 if value < 200 else 0)
    return ImageStat.Stat(mask).mean[0] / 255


def png(colour: tuple[int, int, int], size: tuple[int, int] = (40, 20)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("kind", ITEMS)
def test_an_item_is_painted_where_it_is_and_nowhere_else(kind: str) -> None:
    item, where = ITEMS[kind]
    image = painted(item)

    assert image.getpixel(where) == INK
    assert inked(image, (500, 0, 1280, 720)) == 0


@pytest.mark.parametrize("kind", ITEMS)
def test_a_moved_item_is_painted_where_it_was_moved_to(kind: str) -> None:
    item, (x, y) = ITEMS[kind]
    image = painted({**item, "m": [1, 0, 0, 1, 600, 50]})

    assert image.getpixel((x + 600, y + 50)) == INK
    assert inked(image, (0, 0, 500, 720)) == 0


def test_everything_of_the_corpus_is_painted() -> None:
    for entry in json.loads(CORPUS.read_text(encoding="utf-8")):
        item = dict(entry["item"])
        if "d" in item:
            item["d"] = base64.b64encode(bytes.fromhex(item["d"])).decode()
        read = read_item("x-1", item)
        assert read is not None
        image = painted({**read, "m": [1, 0, 0, 1, 100, 100]}, assets=lambda name: png(INK))
        plain = painted()
        expected = item["t"] not in ("text", "note", "tex") or item["text"] or item.get("src")
        if expected:
            assert ImageChops.difference(image, plain).getbbox(), entry["name"]


def test_a_page_looks_as_in_a_browser() -> None:
    """Letters are those of the machine; all else is the same but for edges."""
    sheet = Sheet()
    for item_id, item in corpus.items().items():
        sheet.put(item_id, item)
    painter = Painter(corpus.SIZE, names=corpus.NAMES)
    painter.paint(Page("p1", 1, paper="grid", width=1280.0, height=720.0), sheet)
    with Image.open(corpus.FILE) as seen:
        apart = ImageChops.difference(painter.image, seen.convert("RGB"))

    assert sum(ImageStat.Stat(apart).mean) / 3 < 4


OVER = Page("ink", 0, kind="ink")


@pytest.mark.parametrize("kind", [*ITEMS, "hl"])
def test_ink_over_a_picture_is_as_on_a_white_page(kind: str) -> None:
    marker = {"t": "hl", "c": "#ffd84a", "w": 40, "o": 0.5, "s": 1, "d": LINE}
    pen, _ = ITEMS["pen"]
    items = [pen, marker] if kind == "hl" else [ITEMS[kind][0]]
    ink = painted(*items, page=OVER, is_over=True)
    white = framed(Image.new("RGB", BOX, WHITE))
    layer = layer_of(ink)
    assert layer is not None
    lay(white, layer, 0, 0)
    apart = ImageChops.difference(white.to_image(), framed(painted(*items)).to_image())

    low, high = apart.convert("L").getextrema()
    assert (low, high < 24) == (0, True)


def test_nothing_drawn_lays_nothing_over() -> None:
    assert layer_of(painted(page=OVER, is_over=True)) is None


def test_a_marker_lets_what_is_under_it_through() -> None:
    marker = {"t": "hl", "c": "#ffd84a", "w": 40, "o": 0.5, "s": 1, "d": LINE}
    pen, _ = ITEMS["pen"]
    image = painted({**pen, "c": "#000000"}, marker)

    assert image.getpixel((250, 200)) == (0, 0, 0)
    over = image.getpixel((250, 215))
    assert isinstance(over, tuple)
    assert over[0] == 255
    assert 140 < over[2] < 200


def test_words_stand_in_their_box_line_by_line() -> None:
    text = {"t": "text", **PLACE, "c": "#1d1c1a", "fs": 24, "text": "one two three four five six"}
    image = painted(text)

    assert inked(image, (100, 100, 300, 131)) > 0.05
    assert inked(image, (100, 131, 300, 162)) > 0.05
    assert inked(image, (310, 90, 700, 400)) == 0


def test_chinese_words_are_letters_where_the_machine_has_them() -> None:
    def word(text: str) -> Image.Image:
        return painted({"t": "text", **PLACE, "c": "#1d1c1a", "fs": 40, "text": text})

    is_told_apart = ImageChops.difference(word("导数"), word("函数")).getbbox() is not None
    assert is_told_apart == has_chinese()


def test_lines_break_as_on_the_board() -> None:
    def lines(text: str, letters: int) -> list[str]:
        return wrapped(text, letters, lambda part: float(len(part)))

    assert lines("one two three", 7) == ["one two", "three"]
    assert lines("导数的定义。", 5) == ["导数的定", "义。"]
    assert lines("a\n\nb", 5) == ["a", "", "b"]
    assert lines("unbreakable", 4) == ["unbr", "eaka", "ble"]
    assert lines("", 4) == [""]
    assert pieces("（注）和 word-by") == ["（注）", "和 ", "word-", "by"]


def test_the_picture_behind_a_page_and_pictures_on_it() -> None:
    page = Page("p1", 0, "", "slide", "plain", 1280.0, 720.0, "back")
    given = {"back": png((10, 200, 10)), "front": png((10, 10, 200))}
    image = painted({"t": "img", **PLACE, "asset": "front"}, page=page, assets=given.get)

    assert image.getpixel((900, 500)) == (10, 200, 10)
    assert image.getpixel((200, 200)) == (10, 10, 200)


@pytest.mark.parametrize("data", [None, b"", b"no picture", png(INK)[:40]])
def test_a_picture_that_is_none_is_left_out(data: bytes | None) -> None:
    page = Page("p1", 0, "", "slide", "plain", 1280.0, 720.0, "back")
    image = painted({"t": "img", **PLACE, "asset": "front"}, page=page, assets=lambda name: data)

    assert image.getpixel((900, 500)) == WHITE


HOSTILE = [
    {"t": "text", "x": 1e6, "y": -1e5, "w": 1e5, "h": 1e6, "c": C, "fs": 6, "text": "word " * 900},
    {"t": "note", "x": 0, "y": 0, "w": 1e6, "h": 1e6, "c": C, "fs": 400, "text": "字" * 4_000},
    {"t": "pen", "c": C, "w": 200, "o": 1, "s": 0, "d": pack([(-1e6, -1e6, 9), (1e6, 1e6, 255)])},
    {"t": "hl", "c": C, "w": 200, "o": 0.5, "s": 0, "d": pack([(-1e6, 9, 9), (1e6, 9, 9)] * 900)},
    {"t": "line", "x": -1e6, "y": 0, "w": 1e6, "h": 1e6, "c": C, "sw": 0.5, "ds": 1},
    {
        "t": "poly",
        "d": pack([(-1e6, 0, 9), (1e6, 9, 9)] * 900),
        "c": C,
        "sw": 1,
        "ds": 2,
        "fill": C,
    },
    {"t": "ell", "x": 0, "y": 0, "w": 1e6, "h": 1e6, "c": C, "sw": 200, "ds": 2, "fill": C},
    {"t": "tex", "x": 0, "y": 0, "s": 20, "c": C, "src": "x" * 2_000},
]
"""What the board takes and nobody draws."""


@pytest.mark.parametrize("item", HOSTILE)
@pytest.mark.parametrize(
    "m", [[1, 0, 0, 1, 0, 0], [1e6, 0, 1e6, 1e6, 0, 0], [1e-3, 1, 1e6, 0, 9, 9]]
)
def test_what_is_as_large_as_the_world_is_painted_in_a_moment(
    item: dict[str, Any], m: list[float]
) -> None:
    began = process_time()
    painted({**item, "m": m})

    assert process_time() - began < 10


@pytest.mark.parametrize("kind", ["film", "sound", "activity"])
def test_of_what_plays_on_a_page_the_name_is_shown(kind: str) -> None:
    named = painted(page=Page("p1", 0, "Volcanoes", kind, "plain", 1280.0, 720.0))
    plain = painted(page=Page("p1", 0, "Volcanoes", "page", "plain", 1280.0, 720.0))

    assert inked(named, (400, 300, 880, 420)) > 0.01
    assert inked(plain, (0, 0, *BOX)) == 0


def test_what_reaches_beyond_the_page_is_cut_off() -> None:
    page = Page("p1", 0, paper="plain", width=720.0, height=720.0)
    pen, _ = ITEMS["pen"]
    image = painted({**pen, "m": [1, 0, 0, 1, 500, 0]}, page=page)

    assert image.getpixel((280 + 700, 200)) == INK
    assert image.getpixel((1_100, 200)) == image.getpixel((5, 5))


@pytest.mark.parametrize("paper", ["dots", "grid", "ruled", "graph"])
def test_papers_have_their_pattern(paper: str) -> None:
    image = painted(page=Page("p1", 0, paper=paper, width=1280.0, height=720.0))

    assert image.getpixel((0 + 5, 5)) in (WHITE, image.getpixel((5, 5)))
    assert ImageChops.difference(image, painted()).getbbox()


items = st.sampled_from([item for item, _ in ITEMS.values()])
moves = st.tuples(st.integers(0, 4), st.one_of(st.none(), items), st.integers(0, 12))


@settings(max_examples=40, deadline=None)
@given(st.lists(moves, max_size=6))
def test_painting_what_changed_is_painting_all_of_it(
    steps: list[tuple[int, dict[str, Any] | None, int]],
) -> None:
    painter, sheet = Painter((320, 180)), Sheet()
    painter.paint(PAGE, sheet)
    for number, item, by in steps:
        item_id = f"a-{number}"
        if item is None:
            sheet.take(item_id)
        else:
            moved = {"m": [1, 0, 0, 1, by * 8, 0], "id": item_id, "z": f"a{number}"}
            sheet.put(item_id, {**COMMON, **item, **moved})
        painter.paint(PAGE, sheet)
    fresh = Painter((320, 180))
    fresh.paint(PAGE, sheet)

    difference = ImageChops.difference(painter.image, fresh.image)
    assert ImageStat.Stat(difference.convert("L")).mean[0] < 0.2


def test_a_page_without_an_end_shows_all_that_is_on_it_and_stays_still() -> None:
    page = Page("p1", 0)
    empty = view_of(page, BOX, [])
    assert (empty.scale, empty.left, empty.top) == (1, 0, 0)

    small = view_of(page, BOX, [(10, 10, 1_000, 700)])
    assert small == empty
    wide = view_of(page, BOX, [(10, 10, 2_000, 700)])
    assert wide.left <= 10
    assert wide.left + BOX[0] / wide.scale >= 2_000
    assert view_of(page, BOX, [(10, 10, 1_990, 700)]) == wide


@given(st.lists(st.tuples(*[st.integers(-9_000, 9_000)] * 2), min_size=1, max_size=4))
def test_nothing_lies_outside_of_what_is_seen(corners: list[tuple[int, int]]) -> None:
    bounds = [(x, y, x + 50.0, y + 40.0) for x, y in corners]
    view = view_of(Page("p1", 0), BOX, bounds)

    right, bottom = view.left + BOX[0] / view.scale, view.top + BOX[1] / view.scale
    for rect in (*bounds, STANDARD):
        assert view.left <= rect[0] + 0.01
        assert view.top <= rect[1] + 0.01
        assert right >= rect[2] - 0.01
        assert bottom >= rect[3] - 0.01


def line(ms: int, by: str = "ann", doc: str = "p1/0", **more: Any) -> dict[str, Any]:
    return {"ms": ms, "doc": doc, "by": by, **more}


def written(by: str = "ann") -> dict[str, Any]:
    return {**COMMON, **ITEMS["line"][0], "by": by}


def test_pages_tell_what_was_seen_when() -> None:
    turned = {"id": "p1", "epoch": 0, "paper": "grid", "width": 1280, "height": 720}
    tape = [
        line(0, base=True, items={"a-1": written()}),
        line(0, "bob", base=True, items={"b-1": written("bob")}),
        line(1_000, put={"a-2": written()}),
        line(2_000, gone=["a-1"]),
        line(3_000, base=True, items={}),
        {"index": "passed over"},
        line(4_000, doc="p2/1", put={"a-9": written()}),
    ]
    events = [
        {"ms": 500, "event": "turned", "page": turned},
        {"ms": 600, "event": "mark", "title": "nothing of ours"},
        {"ms": 3_500, "event": "turned", "page": turned | {"id": "p2", "epoch": 1}},
        {"ms": 4_500, "event": "page", "page": turned | {"id": "p2", "epoch": 2}},
    ]
    pages = Pages(tape, events)
    seen: list[tuple[str, set[str]]] = []
    for ms in (400, 500, 1_000, 2_000, 3_000, 3_500, 4_000, 4_500):
        pages.move(ms)
        seen.append((pages.page.doc if pages.page else "", set(pages.sheet.items)))

    assert seen == [
        ("", set()),
        ("p1/0", {"a-1", "b-1"}),
        ("p1/0", {"a-1", "a-2", "b-1"}),
        ("p1/0", {"a-2", "b-1"}),
        ("p1/0", {"b-1"}),
        ("p2/1", set()),
        ("p2/1", {"a-9"}),
        ("p2/2", set()),
    ]


@pytest.mark.parametrize(
    "item",
    [None, 7, {}, {"t": "sound"}, {"t": "pen", "d": "no base64!"}, {"t": "rect"}, {"t": "text"}],
)
def test_what_is_no_item_is_passed_over(item: object) -> None:
    sheet = Sheet()
    read = read_item("a-1", item)
    if read is not None:
        sheet.put("a-1", read)
    painter = Painter(BOX)
    painter.paint(PAGE, sheet)

    assert inked(painter.image, (0, 0, *BOX)) == 0
