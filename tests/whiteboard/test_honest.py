"""Real Yjs browsers at their ordinary work: all of it passes the gate, and all see the same."""

from __future__ import annotations

import pytest

from tests.support.boards import ANN, BEN, TUTOR, Browser, Class, note, stroke

MOVED = {"m": [1, 0, 0, 1, 25.5, -3]}


def draw(lesson: Class, browser: Browser, by: str) -> str:
    item = browser.new_id()
    lesson.send(browser, browser.edit(["set", "el", item, stroke(by)]))
    return item


def write(lesson: Class, browser: Browser, by: str, words: str) -> str:
    item = browser.new_id()
    steps = [["set", "el", item, note(by)], ["set_type", "tx", item, "text", words]]
    lesson.send(browser, browser.edit(*steps))
    return item


def erase(item: str) -> list[list[str]]:
    return [["delete", root, item] for root in ("el", "tf", "tx")]


def test_two_draw_and_see_each_other(lesson: Class) -> None:
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    items = [draw(lesson, ann, ANN), draw(lesson, ben, BEN), draw(lesson, ann, ANN)]
    seen = lesson.agrees()
    assert sorted(seen["el"]) == sorted(items)
    assert seen["el"][items[1]] == stroke(BEN)
    assert lesson.page.seq == 3
    assert lesson.page.item_count() == 3
    assert lesson.page.authors == {ANN, BEN}


def test_an_item_is_moved_twice_changed_and_erased(lesson: Class) -> None:
    ann, _ = lesson.join(ANN), lesson.join(BEN)
    item = draw(lesson, ann, ANN)
    lesson.send(ann, ann.edit(["set", "tf", item, MOVED]))
    lesson.send(ann, ann.edit(["set", "tf", item, {**MOVED, "c": "#c0392b"}]))
    lesson.send(ann, ann.edit(["set", "el", item, stroke(ANN, w=8)]))
    seen = lesson.agrees()
    assert seen["tf"] == {item: {**MOVED, "c": "#c0392b"}}
    assert seen["el"][item]["w"] == 8
    lesson.send(ann, ann.edit(*erase(item)))
    assert lesson.agrees() == {"el": {}, "tf": {}, "tx": {}}


@pytest.mark.parametrize("words", ["plain", "三角形的面积", "🙂👩‍🏫 e\u0301 🙂"])
def test_words_are_typed_changed_and_deleted(lesson: Class, words: str) -> None:
    ann, _ = lesson.join(ANN), lesson.join(BEN)
    item = write(lesson, ann, ANN, words)
    lesson.send(ann, ann.edit(["type", item, 0, "👍 "]))
    for at, letter in enumerate("abc"):
        lesson.send(ann, ann.edit(["type", item, 3 + at, letter]))
    assert lesson.agrees()["tx"] == {item: f"👍 abc{words}"}
    lesson.send(ann, ann.edit(["erase", item, 0, 4]))
    assert lesson.agrees()["tx"] == {item: f"bc{words}"}
    lesson.send(ann, ann.edit(["erase", item, 0, 2 + len(words.encode("utf-16-le")) // 2]))
    lesson.send(ann, ann.edit(["type", item, 0, words]))
    assert lesson.agrees()["tx"] == {item: words}


def test_the_tutor_changes_everybodys_items(lesson: Class) -> None:
    ann, tutor = lesson.join(ANN), lesson.join(TUTOR, pen="all")
    item, other = write(lesson, ann, ANN, "2x"), draw(lesson, ann, ANN)
    steps = [["type", item, 2, " + 1"], ["set", "tf", item, MOVED], ["erase", item, 0, 1]]
    lesson.send(tutor, tutor.edit(*steps))
    lesson.send(tutor, tutor.edit(["set", "el", other, stroke(ANN, c="#12656d")]))
    assert lesson.agrees()["tx"] == {item: "x + 1"}
    lesson.send(tutor, tutor.edit(*erase(other)))
    lesson.send(tutor, tutor.undo())
    assert lesson.agrees()["el"][other]["c"] == "#12656d"
    lesson.send(ann, ann.edit(*erase(other)))
    assert other not in lesson.agrees()["el"]


def test_undo_and_redo_of_every_kind_of_step(lesson: Class) -> None:
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    bens = draw(lesson, ben, BEN)
    item = write(lesson, ann, ANN, "sum 🙂")
    history = [lesson.agrees()]
    for steps in (
        [["type", item, 3, " of"]],
        [["set", "tf", item, MOVED]],
        [["set", "tf", item, {"z": "b"}]],
        [["erase", item, 0, 3]],
        [["set", "el", item, note(ANN, w=90)]],
        erase(item),
    ):
        lesson.send(ann, ann.edit(*steps))
        history.append(lesson.agrees())
    for _ in range(2):
        for before in reversed(history[:-1]):
            lesson.send(ann, ann.undo())
            assert lesson.agrees() == before
        for after in history[1:]:
            lesson.send(ann, ann.redo())
            assert lesson.agrees() == after
    for _ in range(7):
        lesson.send(ann, ann.undo())
    assert list(lesson.agrees()["el"]) == [bens]


def test_undo_after_the_server_loaded_the_page_again(lesson: Class) -> None:
    ann, _ = lesson.join(ANN), lesson.join(BEN)
    item = write(lesson, ann, ANN, "sum")
    lesson.send(ann, ann.edit(["type", item, 3, " of"]))
    lesson.send(ann, ann.edit(*erase(item)))
    lesson.reload()
    lesson.send(ann, ann.undo())
    assert lesson.agrees()["tx"] == {item: "sum of"}
    lesson.reload()
    lesson.send(ann, ann.undo())
    assert lesson.agrees()["tx"] == {item: "sum"}


@pytest.mark.parametrize("reloads", [False, True])
@pytest.mark.parametrize("way", ["one by one", "merged", "as a difference", "everything twice"])
def test_work_without_network_is_merged(lesson: Class, way: str, reloads: bool) -> None:
    ann, ben = lesson.join(ANN), lesson.join(BEN)
    item = write(lesson, ann, ANN, "one two")
    gone = draw(lesson, ann, ANN)
    offline = [
        *ann.edit(["set", "tf", item, MOVED]),
        *ann.edit(["type", item, 3, " and a half,"]),
        *ann.edit(*erase(gone)),
        *ann.edit(["set", "el", ann.new_id(), stroke(ANN)]),
        *ann.undo(),
        *ann.redo(),
        *ann.edit(["erase", item, 0, 4]),
    ]
    draw(lesson, ben, BEN)
    if reloads:
        lesson.reload()
    sent = {
        "one by one": lambda: offline,
        "merged": lambda: [lesson.merge(offline)],
        "as a difference": lambda: [ann.state(lesson.page.state_vector())],
        "everything twice": lambda: [*offline, lesson.merge(offline), *offline],
    }[way]()
    answers = lesson.send(ann, sent)
    assert [answer is None for answer in answers] == [at >= len(offline) for at in range(len(sent))]
    seen = lesson.agrees()
    assert seen["tx"] == {item: "and a half, two"}
    assert len(seen["el"]) == 3


@pytest.mark.parametrize("reloads", [False, True])
def test_work_on_what_somebody_erased_meanwhile(lesson: Class, reloads: bool) -> None:
    ann, tutor = lesson.join(ANN), lesson.join(TUTOR, pen="all")
    item, line = write(lesson, ann, ANN, "one 🙂 two"), draw(lesson, ann, ANN)
    empty = write(lesson, ann, ANN, "")
    offline = [
        *ann.edit(["type", item, 4, "more "], ["type", item, 0, "<"]),
        *ann.edit(["type", item, 3, "."]),
        *ann.edit(["erase", item, 0, 2]),
        *ann.edit(["set", "tf", item, MOVED]),
        *ann.edit(["set", "tf", line, MOVED], ["set", "el", line, stroke(ANN, w=9)]),
        *ann.edit(["type", empty, 0, "first words"]),
        *ann.edit(*erase(item)),
        *ann.undo(),
    ]
    lesson.send(tutor, tutor.edit(*erase(item), *erase(line), *erase(empty)))
    if reloads:
        lesson.reload()
    answers = lesson.send(ann, offline)
    # Once the erased words are collected, erasing letters among them is nothing new.
    assert [at for at, answer in enumerate(answers) if answer is None] == ([2] if reloads else [])
    lesson.agrees()
    lesson.reload()
    draw(lesson, ann, ANN)
    lesson.agrees()


def test_erased_by_one_and_moved_by_the_other_at_once(lesson: Class) -> None:
    ann, tutor = lesson.join(ANN), lesson.join(TUTOR, pen="all")
    item = draw(lesson, ann, ANN)
    erased, moved = ann.edit(*erase(item)), tutor.edit(["set", "tf", item, MOVED])
    lesson.send(ann, erased)
    lesson.send(tutor, moved)
    seen = lesson.agrees()
    assert seen["el"] == {}
    assert seen["tf"] == {item: MOVED}


def test_two_write_one_key_at_once_and_a_third_resends_all_it_knows(lesson: Class) -> None:
    ann, ben, tutor = lesson.join(ANN), lesson.join(BEN), lesson.join(TUTOR, pen="all")
    item = draw(lesson, ben, BEN)
    bens = ben.edit(["set", "tf", item, MOVED])
    tutors = tutor.edit(["set", "tf", item, {"z": "c"}])
    lesson.send(ben, bens)
    lesson.send(tutor, tutors)
    # One of the two values is deleted now, everywhere, and no update has ever said so.
    ann.edit(["set", "el", ann.new_id(), stroke(ANN)])
    with_all_deletes = ann.state(lesson.page.state_vector())
    assert lesson.send(ann, [with_all_deletes, with_all_deletes])[1:] == [None]
    lesson.pens[ANN] = "none"
    assert lesson.send(ann, [ann.state(lesson.page.state_vector())]) == [None]
    assert len(lesson.agrees()["el"]) == 2


def test_one_person_with_two_clients_in_one_update(lesson: Class) -> None:
    first = lesson.join(ANN)
    item = first.new_id()
    made = first.edit(["set", "el", item, note(ANN)], ["set_type", "tx", item, "text", "ab"])
    second = lesson.join(ANN)
    second.apply(*made)
    made += second.edit(["type", item, 1, "🙂"])
    first.apply(made[-1])
    made += first.edit(["type", item, 3, "x"])
    second.apply(made[-1])
    made += second.edit(["type", item, 4, "y"])
    whole = lesson.merge(made)
    assert lesson.page.receive(whole, author=ANN, client_id=second.client, pen="own")
    first.apply(made[-1])
    assert lesson.agrees()["tx"] == {item: "a🙂xyb"}


def test_what_was_applied_is_known_even_when_the_pen_is_gone(lesson: Class) -> None:
    ann = lesson.join(ANN)
    item = ann.new_id()
    updates = [*ann.edit(["set", "el", item, stroke(ANN)]), *ann.edit(*erase(item))]
    lesson.send(ann, updates)
    lesson.pens[ANN] = "none"
    assert lesson.send(ann, updates) == [None, None]
    assert lesson.send(ann, [b"\x00\x00"]) == [None]
    assert lesson.page.seq == 2
