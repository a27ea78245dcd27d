"""Tapes: items as the client paints them, and what an update changed of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.corpus import items
from tests.support.boards import ANN, BEN, DOC_ID, TUTOR, Class, note, stroke
from whiteboard.page import Page
from whiteboard.tape import PageTape, Taken, merge_item

GOLDEN = json.loads(items.FILE.read_text(encoding="utf-8"))


def revived(value: dict[str, Any]) -> dict[str, Any]:
    """Packed points as bytes."""
    return {key: bytes.fromhex(part) if key == "d" else part for key, part in value.items()}


def test_the_golden_file_is_what_its_script_writes() -> None:
    assert items.FILE.read_text(encoding="utf-8") == items.text()


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: entry["name"])
def test_the_golden_items(entry: dict[str, Any]) -> None:
    element, item = revived(entry["element"]), revived(entry["item"])
    assert merge_item("x-1", element, entry["patch"], entry["text"]) == item


def test_each_update_tells_what_became_of_its_items(lesson: Class) -> None:
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    tape = PageTape(lesson.page)
    tape.attach()
    one, two = ann.new_id(), ben.new_id()

    lesson.send(ann, ann.edit(["set", "el", one, stroke(ANN)]))
    taken = tape.take()
    assert taken.gone == ()
    assert taken.put == {one: {**stroke(ANN), "id": one, "m": [1, 0, 0, 1, 0, 0], "text": ""}}
    assert type(taken.put[one]["d"]) is bytes
    assert tape.take() == Taken()

    lesson.send(ann, ann.edit(["set", "tf", one, {"o": 0.5}]))
    assert tape.take().put[one]["o"] == 0.5

    lesson.send(
        ben, ben.edit(["set", "el", two, note(BEN)], ["set_type", "tx", two, "text", "a🙂"])
    )
    assert tape.take().put[two]["text"] == "a🙂"
    lesson.send(ben, ben.edit(["type", two, 3, "b"]))
    assert tape.take().put[two]["text"] == "a🙂b"

    assert tape.all_items().keys() == {one, two}
    lesson.send(ann, ann.edit(*(["delete", root, one] for root in ("el", "tf"))))
    assert tape.take() == Taken({}, (one,))
    assert tape.all_items().keys() == {two}


def test_a_tape_that_is_detached_or_was_never_attached_hears_nothing(lesson: Class) -> None:
    ann = lesson.join(ANN)
    tape = PageTape(lesson.page)
    one = ann.new_id()
    lesson.send(ann, ann.edit(["set", "el", one, stroke(ANN)]))
    assert tape.take() == Taken()
    tape.attach()
    tape.attach()
    lesson.send(ann, ann.edit(["set", "tf", one, {"o": 0.5}]))
    tape.detach()
    assert tape.take() == Taken()
    lesson.send(ann, ann.edit(["set", "tf", one, {"o": 0.25}]))
    assert tape.take() == Taken()
    assert tape.all_items()[one]["o"] == 0.25


def test_a_page_that_was_loaded_has_all_its_items(lesson: Class) -> None:
    ann = lesson.join(TUTOR)
    one, two = ann.new_id(), ann.new_id()
    lesson.send(ann, ann.edit(["set", "el", one, stroke(TUTOR)], ["set", "tf", one, {"z": "b0"}]))
    lesson.send(ann, ann.edit(["set", "el", two, stroke(TUTOR)]))
    loaded = Page.load(
        DOC_ID,
        snapshot=lesson.page.snapshot(),
        updates=[],
        seq=lesson.page.seq,
        bound=lesson.page.bound,
    )
    assert PageTape(loaded).all_items() == PageTape(lesson.page).all_items()
    assert PageTape(loaded).all_items()[one]["z"] == "b0"
