"""How much a page may hold: its bytes are counted as they come and go, and when it is loaded."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.boards import ANN, TUTOR, Class, contents, note, stroke
from whiteboard.errors import Refused

LARGE: Any = stroke(ANN, d=b"\x01" + bytes(9000))


def test_a_page_holds_only_so_many_bytes(lesson: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whiteboard.page.PAGE_BYTES_MAX", 30_000)
    ann = lesson.join(ANN)
    items = [ann.new_id() for _ in range(4)]
    for item in items[:3]:
        lesson.send(ann, ann.edit(["set", "el", item, LARGE]))
    for reloads in (False, True):
        if reloads:
            lesson.reload()
        before = lesson.page.snapshot()
        other = lesson.join(ANN)
        for steps in ([["set", "el", other.new_id(), LARGE]], words(other.new_id(), 3000)):
            with pytest.raises(Refused, match=r"page\.full"):
                lesson.send(other, other.edit(*steps))
            other = lesson.join(ANN)
        assert lesson.page.snapshot() == before
    # What follows the last value replaces it, and what is erased makes room.
    lesson.send(ann, ann.edit(["set", "el", items[0], LARGE]))
    lesson.send(ann, ann.edit(["delete", "el", items[0]]))
    lesson.send(ann, ann.edit(["set", "el", items[3], LARGE]))
    lesson.send(ann, ann.edit(["delete", "el", items[3]]))
    lesson.send(ann, ann.edit(*words(ann.new_id(), 2500)))
    assert {**ann.read(), "pending": False} == {**contents(lesson.page), "pending": False}


def words(item: str, count: int) -> list[Any]:
    return [["set", "el", item, note(ANN)], ["set_type", "tx", item, "text", "a" * count]]


def test_the_count_is_what_is_there_when_nobody_writes_at_once(lesson: Class) -> None:
    ann, tutor = lesson.join(ANN), lesson.join(TUTOR, pen="all")
    item, text = ann.new_id(), ann.new_id()
    for steps in (
        [["set", "el", item, LARGE]],
        [["set", "tf", item, {"z": "b"}]],
        [["set", "tf", item, {"z": "b" * 100}]],
        words(text, 500),
        [["erase", text, 5, 100]],
        [["type", text, 5, "三角"]],
        [["delete", "el", item], ["delete", "tf", item]],
        [["delete", "el", text], ["delete", "tx", text]],
    ):
        lesson.send(ann, ann.edit(*steps))
        count = lesson.page._index.bytes
        lesson.reload()
        # A struct's neighbours are told in more bytes or fewer by another encoding.
        assert abs(lesson.page._index.bytes - count) < 60
    assert lesson.page._index.bytes == 0
    for _ in range(3):
        lesson.send(tutor, tutor.edit(*words_of(tutor.new_id())))
    lesson.agrees()


def words_of(item: str) -> list[Any]:
    return [["set", "el", item, note(TUTOR)], ["set_type", "tx", item, "text", "a" * 50]]


def test_two_values_at_once_count_as_the_larger(lesson: Class) -> None:
    ann, tutor = lesson.join(ANN), lesson.join(TUTOR, pen="all")
    item = ann.new_id()
    lesson.send(ann, ann.edit(["set", "el", item, stroke(ANN)]))
    both = [ann.edit(["set", "el", item, LARGE]), tutor.edit(["set", "el", item, stroke(ANN)])]
    lesson.send(ann, both[0])
    lesson.send(tutor, both[1])
    there = len(contents(lesson.page)["el"][item]["d"])
    assert lesson.page._index.bytes >= max(there, 9000)
    lesson.send(tutor, tutor.edit(["delete", "el", item]))
    assert lesson.page._index.bytes >= 9000
    lesson.reload()
    assert lesson.page._index.bytes == 0
