"""In which order leaves are drawn, and which are given up."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware import child
from courseware.chunks import GIVEN_UP_MAX, Chunks
from courseware.deck import leaf_of, picture_size
from courseware.errors import Broken, Unfit
from courseware.outcome import check_file, check_pdf, check_picture, take
from tests.support.decks import picture, plain_pdf


def taken(chunks: Chunks) -> list[tuple[int, ...]]:
    found = []
    while (chunk := chunks.take()) is not None:
        found.append(chunk)
    return found


def test_leaves_go_out_by_eight_in_the_order_asked() -> None:
    assert taken(Chunks([9, *range(8)])) == [(9, 0, 1, 2, 3, 4, 5, 6), (7,)]
    assert taken(Chunks([])) == []


def test_what_was_not_drawn_goes_on_in_a_new_child() -> None:
    chunks = Chunks(range(10))
    first = chunks.take()
    assert first is not None
    assert chunks.died(first, 3, "slow") is None
    assert taken(chunks) == [(3, 4, 5, 6, 7), (8, 9)]


def test_a_leaf_that_had_a_child_to_itself_is_given_up() -> None:
    chunks = Chunks([4, 5, 6])
    assert chunks.died((4, 5, 6), 0, "slow") == 4
    assert (5, 6) in taken(chunks)


def test_a_death_that_may_be_ours_is_tried_once_more() -> None:
    chunks = Chunks([])
    assert chunks.died((4, 5), 0, "broken") is None
    assert chunks.take() == (4, 5)
    assert chunks.died((4, 5), 0, "broken") == 4


def test_a_child_that_died_after_its_last_leaf_lost_nothing() -> None:
    chunks = Chunks([])
    assert chunks.died((1, 2), 2, "broken") is None
    assert chunks.take() is None


def test_without_its_first_page_a_file_is_refused() -> None:
    with pytest.raises(Unfit, match="memory"):
        Chunks([]).died((0, 1), 0, "memory")


def test_too_many_lost_pages_are_the_file() -> None:
    chunks = Chunks([])
    for leaf in range(1, GIVEN_UP_MAX + 1):
        assert chunks.died((leaf,), 0, "slow") == leaf
    with pytest.raises(Unfit, match="slow"):
        chunks.died((99,), 0, "slow")


@settings(max_examples=100)
@given(st.integers(1, 40), st.lists(st.integers(0, 8), max_size=40))
def test_every_leaf_is_drawn_or_given_up_once(count: int, deaths: list[int]) -> None:
    """However often children die; leaf 0 is not asked for, so nothing ends it but too many."""
    chunks = Chunks(range(1, count + 1))
    seen: list[int] = []
    try:
        while (chunk := chunks.take()) is not None:
            came = min(deaths.pop(), len(chunk)) if deaths else len(chunk)
            seen += chunk[:came]
            lost = chunks.died(chunk, came, "slow") if came < len(chunk) else None
            seen += [] if lost is None else [lost]
    except Unfit:
        return
    assert sorted(seen) == list(range(1, count + 1))


def test_pictures_are_as_wide_as_asked_unless_too_high() -> None:
    assert picture_size(842, 595, 1280) == (1280, 905)
    assert picture_size(595, 842, 2560) == (2560, 3623)
    assert picture_size(100, 2000, 1280) == (205, 4096)
    assert picture_size(2000, 100, 320) == (320, 16)
    assert leaf_of(3, 1, 720.0, 405.0).height == 720


# What a child wrote is looked at


def test_what_is_promised_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "0-320.webp"
    path.write_bytes(picture("WEBP", (320, 200)))
    assert check_picture(path, 320, 200) == path.stat().st_size
    with pytest.raises(Broken, match="another size"):
        check_picture(path, 200, 320)
    printed = tmp_path / "print.pdf"
    printed.write_bytes(plain_pdf())
    assert check_pdf(printed, 1 << 20) == check_file(printed, 1 << 20) == len(plain_pdf())
    with pytest.raises(Broken, match="no PDF"):
        check_pdf(printed, 100)


@pytest.mark.parametrize("raw", [b"", b"RIFF", picture("PNG"), picture("WEBP", lossless=True)])
def test_other_pictures_are_none(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x").write_bytes(raw)
    with pytest.raises(Broken, match="no picture"):
        check_picture(tmp_path / "x", 640, 480)


def test_what_was_written_is_taken_out_of_reach(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "a.pdf").write_bytes(plain_pdf())
    (desk / "link.pdf").symlink_to("/etc/passwd")
    assert take(tmp_path, "a.pdf").read_bytes() == plain_pdf()
    assert list(desk.glob("a.*")) == []
    with pytest.raises(Broken):
        check_pdf(take(tmp_path, "link.pdf"), 1 << 20)
    with pytest.raises(Broken, match="answer"):
        take(tmp_path, "a.pdf")


def test_links_folders_and_nothing_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder", "nothing"):
        with pytest.raises(Broken):
            check_file(tmp_path / name, 1 << 20)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, {"broken": "storage"}),
        (errno.EDQUOT, {"broken": "storage"}),
        (errno.EFBIG, {"fault": "large", "params": {}}),
        (errno.EIO, {"fault": "broken", "params": {}}),
    ],
)
def test_a_full_disk_is_ours_and_a_file_that_grows_is_theirs(
    number: int, said: dict[str, object]
) -> None:
    assert child._of_the_system(OSError(number, "x")) == json.loads(json.dumps(said))
